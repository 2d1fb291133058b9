"""A problem as a linear model: columns, rows and points, all as sparse arrays.

Maximise `points @ x` with `low <= rows @ x <= high` and `0 <= x <= most`. The first columns are the
pairs (person, seat), then filled seats, missions that go, who is away, and the gains.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from marrow.plan.rules import teams
from marrow.plan.rules.engine.away import caps
from marrow.plan.rules.engine.builder import INF, At, Builder, Follows
from marrow.plan.rules.engine.gains import gains, loads
from marrow.plan.rules.engine.program import Floats, Program
from marrow.plan.rules.engine.stays import apart, largest
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import Weights
from marrow.plan.rules.roster import Ints

TIERS = 5


@dataclass
class Model(Program):
    """Columns: `pairs` first, `filled`, `goes`, then what follows from these. `tier` tells in which
    of the five tiers a column's points count, but for `kept`, the part of a pair's that is of the
    last."""

    rules: Rules
    person: Ints
    seat: Ints
    tier: Ints
    kept: Floats
    kind: list[str]
    follows: Follows

    @property
    def pairs(self) -> int:
        return len(self.person)

    @property
    def seats(self) -> int:
        return len(self.rules.problem.seats)

    @property
    def filled(self) -> int:
        """The column of the first seat."""
        return self.pairs

    @property
    def goes(self) -> int:
        """The column of the first mission."""
        return self.pairs + self.seats


def seat_points(weights: Weights, weight: str) -> float:
    return float(getattr(weights, weight))


def build(rules: Rules, pairs: tuple[Ints, Ints] | None = None) -> Model:
    """The model of a problem without faults; with `pairs`, people and seats as rows, the model of
    its plans of these pairs alone."""
    problem, w = rules.problem, rules.problem.weights
    person, seat = _eligible(rules) if pairs is None else pairs
    wishes, kept = _pair_points(rules, person, seat)
    n, seats, missions = len(person), len(problem.seats), len(problem.missions)
    b = Builder(
        [a + k for a, k in zip(wishes, kept, strict=True)]
        + [seat_points(w, s.weight) for s in problem.seats]
        + [0.0] * missions,
        [3] * n + [0] * (seats + missions),
        [True] * n + [False] * seats + [True] * missions,
    )
    at = At(rules, person, seat, n, n + seats)
    _seats(b, at)
    _missions(b, at)
    _people(b, at)
    caps(b, at)
    _couples(b, at)
    gains(b, at)
    loads(b, at)
    _budgets(b, at)
    rows = sp.csr_matrix((b.v, (b.i, b.j)), shape=(len(b.low), len(b.points)))
    model = Model(
        points=np.array(b.points),
        most=np.array(b.most),
        whole=np.array(b.whole, np.bool_),
        rows=rows,
        low=np.array(b.low),
        high=np.array(b.high),
        rules=rules,
        person=person,
        seat=seat,
        tier=np.array(b.tier, np.int64),
        kept=np.array(kept),
        kind=b.kind,
        follows=b.follows,
    )
    _pin(model, at)
    return model


def _eligible(rules: Rules) -> tuple[Ints, Ints]:
    who = [rules.eligible(s.id) for s in rules.problem.seats]
    who = [w[rules.lent(s, w)] for s, w in zip(rules.problem.seats, who, strict=True)]
    seat = np.repeat(np.arange(len(who)), [len(x) for x in who])
    person = np.concatenate([*who, np.array([], np.int64)])
    return person.astype(np.int64), seat.astype(np.int64)


def _pair_points(rules: Rules, person: Ints, seat: Ints) -> tuple[list[float], list[float]]:
    """Points of the wishes that each pair meets, and of keeping what is published."""
    problem, w = rules.problem, rules.problem.weights
    published = {(x.seat, x.person) for x in problem.published}
    wishes, kept = [], []
    for p, s in zip(person.tolist(), seat.tolist(), strict=True):
        one, place = problem.people[p], problem.seats[s]
        wishes.append(w.preference * teams.wish_points(one, rules.mission[place.mission]))
        kept.append(w.stability if (place.id, one.id) in published else 0.0)
    return wishes, kept


def _seats(b: Builder, at: At) -> None:
    for k, pairs in enumerate(at.of_seat):
        b.row("seat", {**dict.fromkeys(pairs.tolist(), 1.0), at.filled + k: -1.0}, 0, 0)


def _missions(b: Builder, at: At) -> None:
    members = defaultdict[str, list[int]](list)
    for k, s in enumerate(at.problem.seats):
        members[s.mission].append(k)
    for m in at.problem.missions:
        goes, seats = at.goes + at.mission_row[m.id], members[m.id]
        for k in seats:
            b.row("team_is_large_enough", {at.filled + k: 1.0, goes: -1.0}, -INF, 0)
        terms = {at.filled + k: 1.0 for k in seats}
        b.row("team_is_large_enough", {**terms, goes: -float(m.minimum_people)}, 0, INF)
        for hat in teams.hats_of(m):
            wearing = {
                int(c): 1.0
                for k in seats
                for c in at.of_seat[k]
                if teams.wears(
                    hat, at.problem.people[at.person[c]], at.problem.seats[k], m, at.problem
                )
            }
            b.row(HAT_RULE[hat], {**wearing, goes: -1.0}, 0, INF)
    for surgeon, near in teams.anaesthetists_for(at.problem):
        if surgeon in near:
            continue
        beside = {at.filled + at.seat_row[a.id]: -1.0 for a in near}
        b.row(
            "surgeon_has_anaesthetist",
            {at.filled + at.seat_row[surgeon.id]: 1.0, **beside},
            -INF,
            0,
        )


HAT_RULE = {
    "leader": "team_has_leader",
    "language": "team_is_understood",
    "infection_control": "outbreak_has_infection_control",
}


def _people(b: Builder, at: At) -> None:
    """One place at a time and rest between, as the fewest rows: seats of one person that meet on
    one day exclude each other all together."""
    for pairs in at.of_person:
        if len(pairs) > 1:
            _one_person(b, at, pairs.tolist())


def _one_person(b: Builder, at: At, pairs: list[int]) -> None:
    cliques = (c for c in apart(at, pairs) if len(c) > 1)
    for clique in sorted(largest(cliques), key=sorted):
        b.row("rests_between", {pairs[i]: 1.0 for i in clique}, -INF, 1)


def _couples(b: Builder, at: At) -> None:
    row = at.rules.roster.row
    for c in at.problem.couples:
        one, other = at.of_person[row[c.a]].tolist(), at.of_person[row[c.b]].tolist()
        if c.rule == "together":
            for m in sorted({at.problem.seats[at.seat[x]].mission for x in one + other}):
                both = {x: 1.0 for x in one if at.problem.seats[at.seat[x]].mission == m}
                both |= {x: -1.0 for x in other if at.problem.seats[at.seat[x]].mission == m}
                b.row("couple_together", both, 0, 0)
            continue
        seats = {x: at.problem.seats[at.seat[x]] for x in one + other}
        for t in sorted({s.start for s in seats.values()}):
            b.row(
                "couple_apart",
                {x: 1.0 for x, s in seats.items() if s.start <= t < s.end},
                -INF,
                1,
            )


def _budgets(b: Builder, at: At) -> None:
    areas = at.rules.roster.areas
    for budget in at.problem.budgets:
        terms = {
            c: at.problem.seats[s].cost
            for c, (p, s) in enumerate(zip(at.person.tolist(), at.seat.tolist(), strict=True))
            if at.problem.seats[s].start.year == budget.year
            and at.rules.roster.area[p] == areas.of(budget.area)
            and at.problem.seats[s].cost
        }
        if sum(terms.values()) > budget.amount:
            b.row("budget_is_kept", terms, -INF, budget.amount)


def _pin(model: Model, at: At) -> None:
    """A pinned seat keeps its person, or stays empty: all its other pairs go to 0."""
    for pin in at.problem.pins:
        k = at.seat_row[pin.seat]
        for c in at.of_seat[k]:
            if pin.person is None or at.problem.people[at.person[c]].id != pin.person:
                model.most[c] = 0
        if pin.person is not None:
            terms = sp.csr_matrix(([1.0], ([0], [at.filled + k])), shape=(1, len(model.points)))
            model.rows = sp.csr_matrix(sp.vstack([model.rows, terms]))
            model.low, model.high = np.append(model.low, 1.0), np.append(model.high, 1.0)
            model.kind.append("pin_is_kept")
