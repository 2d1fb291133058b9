"""A first plan at once: the heaviest missions first, in each the seats that few can take, and a
team goes whole or not at all."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np

from marrow.plan.rules import teams
from marrow.plan.rules.engine.model import Model, seat_points
from marrow.plan.rules.engine.program import Floats
from marrow.plan.rules.engine.whole import broken_rules, whole
from marrow.plan.rules.problem import Hat, Mission
from marrow.plan.rules.roster import Ints

#: rows that only fill up as people are seated
FILLING = {
    "rests_between",
    "department_keeps_enough",
    "hospital_keeps_enough",
    "couple_apart",
    "budget_is_kept",
}


class Room:
    """What each row still has room for while people are seated one by one."""

    def __init__(self, model: Model) -> None:
        self.model = model
        filling = np.array([k in FILLING for k in model.kind], np.bool_)
        self.columns = model.rows[np.flatnonzero(filling)].tocsc()
        self.left = model.high[filling].copy()
        self.away = Counter[int]()  # by the column of who is away, of how many pairs that is
        self.together = _together(model)

    def takes(self, column: int) -> bool:
        if self.model.most[column] < 1 or int(self.model.person[column]) in self.together:
            return False
        rows, needs = self._of(column)
        return bool((self.left[rows] >= needs - 1e-9).all())

    def take(self, column: int, sign: float = 1) -> None:
        gone = self.model.follows.away([column])
        self.away.subtract(gone if sign < 0 else ())
        rows, needs = self._of(column)
        self.left[rows] -= sign * needs
        self.away.update(gone if sign > 0 else ())

    def _of(self, column: int) -> tuple[Ints, Floats]:
        """What a pair takes of each row: of the limits of its homes nothing where the person is
        away in that month already."""
        new = [c for c in self.model.follows.away([column]) if not self.away[c]]
        taken = [slice(*self.columns.indptr[c : c + 2]) for c in (column, *new)]
        if not new:
            return self.columns.indices[taken[0]], self.columns.data[taken[0]]
        rows = np.concatenate([self.columns.indices[part] for part in taken])
        return rows, np.concatenate([self.columns.data[part] for part in taken])


def _together(model: Model) -> set[int]:
    """Couples who go together wait for the solver."""
    row = model.rules.roster.row
    pairs = [(c.a, c.b) for c in model.rules.problem.couples if c.rule == "together"]
    return {row[p] for both in pairs for p in both}


def greedy(model: Model) -> Floats:
    """A plan that breaks no rule but, where pins leave no such, that of the pins."""
    problem, members = model.rules.problem, defaultdict[str, list[int]](list)
    for k, s in enumerate(problem.seats):
        members[s.mission].append(k)
    of_seat = defaultdict[int, list[int]](list)
    for c, k in enumerate(model.seat.tolist()):
        of_seat[k].append(c)
    room, plan = Room(model), list[int]()
    pinned = {p.seat for p in problem.pins if p.person is not None}

    def weight(m: Mission) -> tuple[bool, float]:
        seats = [problem.seats[k] for k in members[m.id]]
        total = sum(seat_points(problem.weights, s.weight) for s in seats)
        return not any(s.id in pinned for s in seats), -total

    for m in sorted(problem.missions, key=weight):
        plan += _team(model, room, m, members[m.id], of_seat)
    return whole(model, plan)


def _team(
    model: Model, room: Room, mission: Mission, seats: list[int], of_seat: dict[int, list[int]]
) -> list[int]:
    problem, chosen = model.rules.problem, dict[int, int]()
    pinned = {p.seat for p in problem.pins if p.person is not None}
    open_seats = sorted(
        seats,
        key=lambda k: (
            problem.seats[k].id not in pinned,
            problem.trade.anaesthesia not in problem.seats[k].accepts,
            -seat_points(problem.weights, problem.seats[k].weight),
            len(of_seat[k]),
        ),
    )
    for hat in teams.hats_of(mission):
        _wear(model, room, mission, hat, open_seats, of_seat, chosen)
    for k in open_seats:
        if k not in chosen:
            _sit(model, room, k, of_seat[k], chosen)
    _drop_lonely_surgeons(model, room, chosen)
    if broken_rules(model, whole(model, chosen.values())) and not _only_pins(model, chosen):
        for c in chosen.values():
            room.take(c, -1)
        return []
    return list(chosen.values())


def _only_pins(model: Model, chosen: dict[int, int]) -> bool:
    broken = broken_rules(model, whole(model, chosen.values()))
    return set(broken) <= {"pin_is_kept"}


def _wear(
    model: Model,
    room: Room,
    mission: Mission,
    hat: Hat,
    seats: list[int],
    of_seat: dict[int, list[int]],
    chosen: dict[int, int],
) -> None:
    problem = model.rules.problem

    def wearing(c: int) -> bool:
        person, seat = problem.people[model.person[c]], problem.seats[model.seat[c]]
        return teams.wears(hat, person, seat, mission, problem)

    if any(wearing(c) for c in chosen.values()):
        return
    for k in seats:
        if k not in chosen and _sit(model, room, k, [c for c in of_seat[k] if wearing(c)], chosen):
            return


def _sit(model: Model, room: Room, seat: int, columns: list[int], chosen: dict[int, int]) -> bool:
    """Seats the one with most points of those for whom there is room."""
    for c in sorted(columns, key=lambda c: -model.points[c]):
        if room.takes(c):
            room.take(c)
            chosen[seat] = c
            return True
    return False


def _drop_lonely_surgeons(model: Model, room: Room, chosen: dict[int, int]) -> None:
    row = {s.id: k for k, s in enumerate(model.rules.problem.seats)}
    for surgeon, near in teams.anaesthetists_for(model.rules.problem):
        k = row[surgeon.id]
        if k in chosen and surgeon not in near and not any(row[a.id] in chosen for a in near):
            room.take(chosen.pop(k), -1)
