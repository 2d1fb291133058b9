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
import scipy.sparse as sp

from marrow.plan.rules.engine.beside import ENOUGH, Beside, beside
from marrow.plan.rules.engine.improve import block
from marrow.plan.rules.engine.kept_back import clash_told, kept_back
from marrow.plan.rules.engine.mend import smallest
from marrow.plan.rules.engine.near import Standing, filled
from marrow.plan.rules.engine.program import Program
from marrow.plan.rules.engine.solvers import SolverError, simplex
from marrow.plan.rules.engine.whole import NEAR, broken_rules
from marrow.plan.rules.problem import Pin
from marrow.plan.rules.roster import Mask
from marrow.plan.rules.said import Said

OTHERS = 5  # of which the cost is reckoned and not estimated


@dataclass(frozen=True)
class Other:
    """Somebody else who may take a filled seat. `cost` in points of the smallest change that puts
    them there, None where none was found or the seat is pinned, and `kept_back` by what; `tiers`
    what each tier loses; `moves` other seats that then change their person. `least`: by how much
    the best plan with them there lies below the best plan, where that is proved; `exact`: by no
    less than `cost`."""

    person: str
    sits: tuple[str, ...]
    cost: float | None
    tiers: tuple[float, ...] = ()
    moves: tuple[str, ...] = ()
    exact: bool = False
    kept_back: tuple[Said, ...] = ()
    least: float | None = None

    @property
    def known(self) -> float | None:
        """The cost as well as it is known."""
        return self.cost if self.least is None else self.least


@dataclass(frozen=True)
class Estimate:
    """Somebody else who may take a filled seat, with `about` what it would cost by the prices
    around it, in points: where the plan is the best, no plan with them there in which nothing
    farther away moves costs less. None where something farther away keeps them back, or where a
    pin does, which `kept_back` tells: it holds them in a seat that they cannot have beside this."""

    person: str
    sits: tuple[str, ...]
    about: float | None
    kept_back: tuple[Said, ...] = ()


class Asked:
    """A filled seat of a plan, by its row, about which is asked who else could take it."""

    def __init__(self, standing: Standing, row: int) -> None:
        self.standing, self.row = standing, row
        self.rest = [p for p in standing.candidates(row) if p != standing.holds.get(row)]

    @cached_property
    def beside(self) -> Beside:
        """What is proved of the others."""
        return beside(self.standing, self.row)

    def others(self, most: int = OTHERS) -> tuple[Other, ...]:
        """The others with what each costs, the cheapest first: of many, those who are proved to be
        cheapest, or seem so by the prices."""
        rest, least = self.rest, self.beside.least
        if len(rest) > most:  # else all of them are reckoned, and no prices are needed
            far = float("inf")
            rest = sorted(
                rest, key=lambda p: (
                    p in self.pinned_elsewhere, least.get(p, far), *_late(self.about[p]), p
                ),
            )[:most]  # fmt: skip
        around = _Around.of(self.standing, self.row, rest)
        told = [_proved(around.other(p), least.get(p)) for p in rest]
        return tuple(sorted(told, key=lambda o: (*_late(o.known), *_late(o.cost), o.person)))

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
                self._estimated(p),
                self.pinned_elsewhere.get(p, ()),
            )
            for p in rest
        ]
        return tuple(sorted(found, key=lambda e: (*_late(e.about), e.person)))

    def _estimated(self, person: int) -> float | None:
        """What is proved of somebody stands for the estimate, and bounds it."""
        if person in self.pinned_elsewhere:
            return None
        if person in self.beside.least:
            return self.beside.least[person]
        about = self.about[person]
        return None if about is None else max(about, self.beside.rest)

    @cached_property
    def pinned_elsewhere(self) -> dict[int, tuple[Said, ...]]:
        """By their row, those whom a pin, or who selected or asked them, holds in a seat that they
        cannot have beside this one: in which."""
        standing, seat = self.standing, self.standing.problem.seats[self.row].id
        rules, row = standing.model.rules, standing.model.rules.roster.row
        found: dict[int, tuple[Said, ...]] = {}
        for pin in standing.problem.pins:
            if pin.person and pin.seat != seat and rules.clash(pin.person, seat, pin.seat):
                told = clash_told(rules, seat, pin.seat)
                found[row[pin.person]] = (*found.get(row[pin.person], ()), told)
        return found

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


def _proved(one: Other, least: float | None) -> Other:
    """Somebody with whom a plan is known is kept back by nothing."""
    if least is None:
        return one
    exact = one.cost is not None and least > one.cost - ENOUGH
    return replace(one, least=least, exact=exact, kept_back=())


def _late(about: float | None) -> tuple[bool, float]:
    """Those come last of whom nothing is estimated."""
    return about is None, about or 0.0


def _kept(program: Program) -> Mask:
    """The columns that something outside the program keeps from being one: a row in which all that
    is in it takes room has less left than they take. Then those that need one of these."""
    first = _without_room(program, np.zeros(len(program.points), np.bool_))
    return first | _without_room(program, first)


def _without_room(program: Program, kept: Mask) -> Mask:
    """The columns that no row has room for, where those that are `kept` are none."""
    rows = sp.csr_matrix(program.rows.multiply(~kept))
    rows.eliminate_zeros()
    least = rows.min(axis=1).toarray().ravel()
    tight = rows[np.flatnonzero(least >= 0)]
    room = program.high[least >= 0]
    found = tight.tocoo()
    out: Mask = np.zeros(len(program.points), np.bool_)
    out[found.col[found.data > room[found.row] + NEAR]] = True
    return out


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
        return Other(name, sits, sum(tiers), tiers, told)

    def _taken(self, person: str) -> Standing | None:
        """The plan after somebody is pinned here and it is mended."""
        standing, seat = self.standing, self.standing.problem.seats[self.row].id
        ground = standing.ground.pinned(Pin(seat=seat, person=person))
        after = smallest(ground, standing.holds.keys() | {self.row}).standing
        return None if broken_rules(after.model, after.x) else after
