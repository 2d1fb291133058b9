"""Who else could take a filled seat, and what that costs.

The plan around the seat is made into one small program, and its relaxation puts all who could in
order. With each of the first few the plan is mended as if they were pinned there: what is told of
them is what the page does when they are taken. No price of the whole plan is needed, which takes
most of the time where a plan is large.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from marrow.plan.rules.engine.improve import block
from marrow.plan.rules.engine.kept_back import kept_back
from marrow.plan.rules.engine.mend import smallest
from marrow.plan.rules.engine.near import Around, Standing, filled
from marrow.plan.rules.engine.program import Program
from marrow.plan.rules.engine.solvers import SolverError, simplex
from marrow.plan.rules.engine.whole import NEAR, broken_rules, value
from marrow.plan.rules.problem import Pin
from marrow.plan.rules.roster import Mask
from marrow.plan.rules.said import Said

OTHERS = 5  # of which the cost is reckoned and not estimated
ENOUGH = 0.005  # points: what is less is no difference


@dataclass(frozen=True)
class Other:
    """Somebody else who may take a filled seat. `cost` in points of the smallest change that puts
    them there, None where no plan has them there or the seat is pinned, and `kept_back` by what;
    `tiers` what each tier loses; `moves` other seats that then change their person. `exact`: the
    best plan with them there lies no less below the best plan."""

    person: str
    sits: tuple[str, ...]
    cost: float | None
    tiers: tuple[float, ...] = ()
    moves: tuple[str, ...] = ()
    exact: bool = False
    kept_back: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Estimate:
    """Somebody else who may take a filled seat, with `about` what it would cost by the prices
    around it, in points: where the plan is the best, no plan with them there in which nothing
    farther away moves costs less. None where something farther away keeps them back."""

    person: str
    sits: tuple[str, ...]
    about: float | None


class Asked:
    """A filled seat of a plan, by its row, about which is asked who else could take it."""

    def __init__(self, standing: Standing, row: int) -> None:
        self.standing, self.row = standing, row
        self.rest = [p for p in standing.candidates(row) if p != standing.holds.get(row)]

    def others(self, most: int = OTHERS) -> tuple[Other, ...]:
        """The others with what each costs, the cheapest first: of many, those who seem cheapest by
        the prices."""
        rest = self.rest
        if len(rest) > most:  # else all of them are reckoned, and no prices are needed
            rest = sorted(rest, key=lambda p: (*_late(self.about[p]), p))[:most]
        around = _Around.of(self.standing, self.row, rest)
        told = [around.other(p) for p in rest]
        return tuple(sorted(told, key=lambda o: (o.cost is None, o.cost or 0.0, o.person)))

    def further(self, told: Collection[str]) -> tuple[Estimate, ...]:
        """All others who are not told of yet, the cheapest first; nobody where the seat is
        pinned."""
        standing, row = self.standing, self.row
        problem, most = standing.problem, standing.model.most
        rest = [
            p for p in self.rest
            if problem.people[p].id not in told and most[standing.column[row, p]] > 0
        ]  # fmt: skip
        found = [
            Estimate(
                problem.people[p].id,
                tuple(problem.seats[k].id for k in standing.held.get(p, ())),
                self.about[p],
            )
            for p in rest
        ]
        return tuple(sorted(found, key=lambda e: (*_late(e.about), e.person)))

    @cached_property
    def about(self) -> dict[int, float | None]:
        """By the row of a person, how far they stay behind the best on this seat by the prices of
        the plan around it; their own seats are free."""
        around = _Around.of(self.standing, self.row, self.rest)
        own = np.flatnonzero(around.own)
        try:
            prices = simplex(around.program).y
        except SolverError:
            return dict.fromkeys(self.rest)
        worth = around.program.points - around.program.rows.T @ prices
        best, kept = worth[own].max(initial=0.0), _kept(around.program)
        people = self.standing.model.person[around.columns[own]].tolist()
        told = zip(people, own.tolist(), strict=True)
        return {p: None if kept[c] else float(best - worth[c]) for p, c in told}


def other(standing: Standing, row: int, person: int) -> Other:
    """The best plan with this person in this seat, beside the plan as it stands."""
    return _Around.of(standing, row, [person]).other(person)


def _late(about: float | None) -> tuple[bool, float]:
    """Those come last of whom nothing is estimated."""
    return about is None, about or 0.0


def _kept(program: Program) -> Mask:
    """The columns that something outside the program keeps from being one: a row in which all that
    is in it takes room has less left than they take."""
    rows = program.rows.tocsr()
    least = rows.min(axis=1).toarray().ravel()
    tight = rows[np.flatnonzero(least >= 0)]
    room = program.high[least >= 0]
    found = tight.tocoo()
    kept: Mask = np.zeros(len(program.points), np.bool_)
    kept[found.col[found.data > room[found.row] + NEAR]] = True
    return kept


class _Around:
    """The plan around a seat that somebody else is to take, as one program: the `free` seats may
    change, the rest stands."""

    def __init__(self, standing: Standing, row: int, free: Collection[int]) -> None:
        self.standing, self.row, self.free = standing, row, sorted(free)
        model = standing.model
        tried = standing.tried(free) | (model.seat == row)
        weighed = standing.weighed(standing.staying)
        program, self.columns = block(weighed, standing.x, self.free, tried)
        self.program = filled(program, self.columns, model.filled + row)
        pairs = self.columns < model.pairs
        self.own: Mask = pairs.copy()
        self.own[pairs] = model.seat[self.columns[pairs]] == row

    @classmethod
    def of(cls, standing: Standing, row: int, people: Iterable[int]) -> _Around:
        """The seat's neighbours and the seats of these people are free, the rest stands."""
        theirs = {k for p in people for k in standing.held.get(p, ())}
        return cls(standing, row, standing.around([row], theirs))

    def other(self, person: int) -> Other:
        """What it costs that this person comes, and who else moves."""
        standing, row = self.standing, self.row
        problem, column = standing.problem, standing.column[row, person]
        sits = tuple(problem.seats[k].id for k in standing.held.get(person, ()))
        name = problem.people[person].id
        after = None if standing.model.most[column] < 1 else self._taken(name)
        if after is None:
            return Other(name, sits, None, kept_back=tuple(kept_back(standing, row, person)))
        tiers = tuple(a - b for a, b in zip(standing.tiers, after.tiers, strict=True))
        moved = sorted({k for k, _ in standing.holds.items() ^ after.holds.items()} - {row})
        told = tuple(problem.seats[k].id for k in moved)
        return Other(name, sits, sum(tiers), tiers, told, self._is_least(column, sum(tiers)))

    def _taken(self, person: str) -> Standing | None:
        """The plan after somebody is pinned here and it is mended."""
        standing, seat = self.standing, self.standing.problem.seats[self.row].id
        ground = standing.ground.pinned(Pin(seat=seat, person=person))
        after = smallest(ground, standing.holds.keys() | {self.row}).standing
        return None if broken_rules(after.model, after.x) else after

    def _is_least(self, column: int, cost: float) -> bool:
        """Whether the best plan with this pair lies by no less than this below the best plan: what
        both have beyond the plan that stands is no merit of this person."""
        if not self.standing.is_small or self.best is None:
            return False
        most = self.program.most.copy()
        most[self.own & (self.columns != column)] = 0
        found = self.standing.taken(replace(self.program, most=most), self.columns, None)
        if found is None or not (found.exact and self.best.exact):
            return False
        model = self.standing.model
        return value(model, self.best.x) - value(model, found.x) > cost - ENOUGH

    @cached_property
    def best(self) -> Around | None:
        """The best plan in which the same seats are free, whoever sits there."""
        return self.standing.taken(self.program, self.columns, None)
