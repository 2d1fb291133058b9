"""Who else could take a filled seat, and what that costs.

The plan around the seat is made into one small program. Its relaxation puts all who could in order;
with each of the first few it is solved exactly. No price of the whole plan is needed, which takes
most of the time where a plan is large.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from marrow.plan.rules.engine.improve import block
from marrow.plan.rules.engine.kept_back import kept_back
from marrow.plan.rules.engine.near import Around, Standing, filled
from marrow.plan.rules.engine.program import Floats, Program
from marrow.plan.rules.engine.solvers import SolverError, simplex
from marrow.plan.rules.engine.whole import (
    NEAR,
    broken_rules,
    pairs_of,
    points_by_tier,
    value,
    whole,
)
from marrow.plan.rules.roster import Ints, Mask
from marrow.plan.rules.said import Said

OTHERS = 5  # of which the cost is reckoned and not estimated
ENOUGH = 0.005  # points: what is less is no difference
CALM = 0.05  # points, for a pair that stays, where plans are as good as each other


@dataclass(frozen=True)
class Other:
    """Somebody else who may take a filled seat. `cost` in points, None where no plan has them
    there or the seat is pinned, and `kept_back` by what; `tiers` what each tier loses; `moves`
    other seats that then must change their person."""

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


def moves(standing: Standing, x: Floats) -> list[str]:
    """The seats that another plan fills otherwise."""
    model = standing.model
    then = {int(model.seat[c]): int(model.person[c]) for c in pairs_of(model, x)}
    rows = sorted({k for k, _ in standing.holds.items() ^ then.items()})
    return [standing.problem.seats[k].id for k in rows]


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
    change, with the pairs `also` beside those that are likeliest; the rest stands."""

    def __init__(
        self, standing: Standing, row: int, free: Collection[int], points: Floats, also: Ints
    ) -> None:
        self.standing, self.row = standing, row
        model = standing.model
        tried = standing.tried(free) | (model.seat == row)
        tried[also] = True
        program, self.columns = block(standing.weighed(points), standing.x, sorted(free), tried)
        self.program = filled(program, self.columns, model.filled + row)
        pairs = self.columns < model.pairs
        self.own: Mask = pairs.copy()
        self.own[pairs] = model.seat[self.columns[pairs]] == row

    @classmethod
    def of(cls, standing: Standing, row: int, people: Iterable[int]) -> _Around:
        """The seat's neighbours and the seats of these people are free, the rest stands."""
        theirs = {k for p in people for k in standing.held.get(p, ())}
        none = np.array([], np.int64)
        return cls(standing, row, standing.around([row], theirs), standing.staying, none)

    def other(self, person: int) -> Other:
        """What it costs that this person comes, and who else moves."""
        standing, row = self.standing, self.row
        model, problem = standing.model, standing.problem
        column = standing.column[row, person]
        sits = tuple(problem.seats[k].id for k in standing.held.get(person, ()))
        name = problem.people[person].id
        swapped = self._swapped(column)
        found = None if model.most[column] < 1 else self.solved(column, swapped)
        if found is None:
            return Other(name, sits, None, kept_back=tuple(kept_back(standing, row, person)))
        x = self._calmest(column, found.x, swapped)
        tiers = tuple(a - b for a, b in zip(standing.tiers, points_by_tier(model, x), strict=True))
        moved = tuple(m for m in moves(standing, x) if m != problem.seats[row].id)
        return Other(name, sits, sum(tiers), tiers, moved, found.exact)

    def _swapped(self, column: int) -> Floats | None:
        """The plan in which this pair comes and nobody else stirs, where that may be."""
        model = self.standing.model
        stays = pairs_of(model, self.standing.x)
        x = whole(model, [*stays[model.seat[stays] != self.row], column])
        return None if broken_rules(model, x) else x

    def solved(self, column: int, start: Floats | None) -> Around | None:
        most = self.program.most.copy()
        most[self.own & (self.columns != column)] = 0
        first = None if start is None else start[self.columns]
        return self.standing.taken(replace(self.program, most=most), self.columns, first)

    def _calmest(self, column: int, best: Floats, swapped: Floats | None) -> Floats:
        """Of the plans with this pair that are as good as the best, one in which few others move:
        if it can be, this person comes and nobody else stirs."""
        standing, model = self.standing, self.standing.model
        least = value(model, best) - ENOUGH
        if swapped is not None and value(model, swapped) >= least:
            return swapped
        then = pairs_of(model, best)
        moved = {int(k) for k in model.seat[np.setxor1d(then, pairs_of(model, standing.x))]}
        if len(moved - {self.row}) <= 1:  # fewer would be the swap
            return best
        points = model.points.copy()
        points[pairs_of(model, standing.x)] += CALM
        found = _Around(standing, self.row, moved | {self.row}, points, then).solved(column, best)
        return best if found is None or value(model, found.x) < least else found.x
