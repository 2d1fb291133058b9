"""Of pins that leave no plan, the fewest that contradict each other, and the rule in which they do.

A pin is left out and the rest solved again: where there is still no plan, it has no part in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

import numpy as np
import scipy.sparse as sp

from marrow.plan.rules.caps import Caps
from marrow.plan.rules.engine.model import Model, build
from marrow.plan.rules.engine.near import GAINS
from marrow.plan.rules.engine.program import Floats, Program
from marrow.plan.rules.engine.solvers import Limit, SolverError, solve_mip
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import SELECTED, Pin, Problem
from marrow.plan.rules.said import Named, Said, said

NODES = 400
LARGE_ENOUGH = "team_is_large_enough"
UNTOLD = ("seat", "pin_is_kept", *GAINS)  # rows that are no rule a person could yield in


def pins_at_odds(problem: Problem) -> list[Said]:
    """What is told where no plan keeps the pins: those that contradict, and the rule if it is one.
    Pins that the records set, not a person, are told apart: they are not removed from a plan."""
    asked = _Asked(problem)
    guilty = asked.fewest(sorted(asked.pins, key=lambda p: p.by == SELECTED))
    rules = asked.rules_against(guilty)
    pins = tuple(_told(p) for p in guilty if p.by != SELECTED)
    held = tuple(_told(p) for p in guilty if p.by == SELECTED)
    small = list(_too_small(problem, guilty)) if LARGE_ENOUGH in rules else []
    if not pins:
        return [said("selected_at_odds", held=held, rules=rules), *small]
    names: dict[str, Named] = {"pins": pins}
    code = "pins_against_selected" if held else "pins_at_odds"
    if held:
        names["held"] = held
    if rules:
        names["rules"] = rules
    return [said(f"{code}_by_rule" if rules else code, **names), *small]


def _too_small(problem: Problem, guilty: Collection[Pin]) -> Iterator[Said]:
    """The teams that go with more people than are pinned to them."""
    mission = {s.id: s.mission for s in problem.seats}
    pinned = Counter(mission[p.seat] for p in guilty if p.person is not None)
    for m in problem.missions:
        if 0 < pinned[m.id] < m.minimum_people:
            yield said("goes_with_more", mission=m.id, least=m.minimum_people)


def _told(pin: Pin) -> str:
    return f"{pin.seat} → {pin.person or '–'}"


class _Asked:
    """The missions to which somebody is pinned, asked whether some of the pins leave a plan; all
    other missions may stay at home and have no part in it."""

    def __init__(self, problem: Problem) -> None:
        mission = {s.id: s.mission for s in problem.seats}
        asked = {mission[p.seat] for p in problem.pins if p.person is not None}
        self.pins = [p for p in problem.pins if mission[p.seat] in asked]
        part = problem.model_copy(update={
            "missions": tuple(m for m in problem.missions if m.id in asked),
            "seats": tuple(s for s in problem.seats if s.mission in asked), "pins": (),
        })  # fmt: skip
        rules = Rules(part)
        rules.caps = Caps(problem)  # which knows who is selected already
        self.model = build(rules)
        self.row = {s.id: k for k, s in enumerate(part.seats)}
        self.person = [p.id for p in part.people]
        self.rows = _with_a_row_for_each_seat(self.model)

    def fewest(self, pins: Sequence[Pin]) -> list[Pin]:
        """Pins of which no plan keeps all, and of which none can be left out. Those that stand late
        are left out first."""
        needed: list[Pin] = []
        parts = [list(pins)]
        while parts:
            part = parts.pop()
            rest = [p for one in parts for p in one]
            if not self.is_possible([*needed, *rest]):
                continue
            if len(part) == 1:
                needed += part
            else:
                parts += [part[: len(part) // 2], part[len(part) // 2 :]]
        return [p for p in self.pins if p in needed]

    def rules_against(self, pins: Sequence[Pin]) -> tuple[str, ...]:
        """The rules without which, each alone, these pins could be kept; where there is none, the
        fewest that stand against them together."""
        kinds = [k for k in dict.fromkeys(self.model.kind) if k not in UNTOLD]
        if alone := tuple(k for k in kinds if self.is_possible(pins, {k})):
            return alone
        together = set(kinds)
        if not self.is_possible(pins, together):
            return ()
        for kind in sorted(kinds, key=lambda k: k != "rests_between"):  # nobody sits twice at once
            if self.is_possible(pins, together - {kind}):
                together.remove(kind)
        return tuple(k for k in kinds if k in together)

    def is_possible(self, pins: Collection[Pin], without: Collection[str] = ()) -> bool:
        model, most = self.model, self.model.most.copy()
        filled = np.zeros(model.seats)
        for pin in pins:
            k = self.row[pin.seat]
            own = np.flatnonzero(model.seat == k)
            most[[c for c in own if self.person[model.person[c]] != pin.person]] = 0
            filled[k] = pin.person is not None
        dropped = np.array([kind in without for kind in model.kind], np.bool_)
        # who is seated goes with the team, whatever its size
        dropped &= (np.array(model.kind) != LARGE_ENOUGH) | (model.low > -np.inf)
        low, high = np.where(dropped, -np.inf, model.low), np.where(dropped, np.inf, model.high)
        program = Program(
            points=np.zeros(len(model.points)), most=most, whole=model.whole, rows=self.rows,
            low=_and(low, filled), high=_and(high, np.ones(model.seats)),
        )  # fmt: skip
        try:
            return solve_mip(program, None, Limit(NODES)).x is not None
        except SolverError:
            return False


def _and(one: Floats, other: Floats) -> Floats:
    return np.concatenate([one, other])


def _with_a_row_for_each_seat(model: Model) -> sp.csr_matrix:
    seats = np.arange(model.seats)
    shape = (model.seats, len(model.points))
    filled = sp.csr_matrix((np.ones(model.seats), (seats, model.filled + seats)), shape=shape)
    return sp.csr_matrix(sp.vstack([model.rows, filled]))
