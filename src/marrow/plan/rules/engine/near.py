"""The plan around a few seats solved exactly while all else stays: what serves every explanation,
every repair and every mending.

Where a plan has few seats the whole of it is freed, and the answer is exact. Else it is exact among
the plans in which nothing farther away moves, so that a cost is told as "at most so much". Of one
plan that is asked much the whole model is made once (`Standing.of`); of a changed problem that is
asked one thing only the model of the neighbourhood (`local`), which takes a small part of the time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from marrow.plan.rules.engine import bound
from marrow.plan.rules.engine.away import COUNTED
from marrow.plan.rules.engine.ground import CANDIDATES, FEW_PAIRS, FEW_SEATS, TRIED, Ground
from marrow.plan.rules.engine.improve import HALF, block, rank
from marrow.plan.rules.engine.model import Model, build
from marrow.plan.rules.engine.program import Floats, Program
from marrow.plan.rules.engine.solvers import Limit, SolverError, simplex, solve_mip
from marrow.plan.rules.engine.whole import (
    NEAR,
    broken_rules,
    pairs_in,
    pairs_of,
    points_by_tier,
    value,
    whole,
)
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import Problem, Seated
from marrow.plan.rules.roster import Ints, Mask

NODES = 400
STAYS = 1e-4  # points, for a pair of the plan that stays


@dataclass(frozen=True)
class Around:
    """A plan solved anew around some seats. `exact`: no plan at all is better; else none is in
    which only these seats change."""

    x: Floats
    exact: bool


class Standing:
    """A plan within its problem, ready to be asked "what if". `whole`: the model has every pair
    that the rules allow, not those of a neighbourhood alone."""

    def __init__(self, model: Model, x: Floats, *, whole: bool = True) -> None:
        self.model, self.x, self.whole = model, x, whole

    @classmethod
    def of(cls, problem: Problem, assignments: Iterable[Seated]) -> Standing:
        model = build(Rules(problem))
        return cls(model, whole(model, pairs_in(model, assignments)))

    @classmethod
    def on(
        cls, ground: Ground, free: Collection[int] = (), asked: Collection[int] = ()
    ) -> Standing:
        """A plan with the model of the freed seats alone."""
        model = ground.model(free, asked)
        held = np.array([ground.holds.get(k, -1) for k in range(model.seats)], np.int64)
        stands = np.flatnonzero(held[model.seat] == model.person)
        return cls(model, whole(model, stands), whole=ground.is_small)

    def then(self, x: Floats) -> Standing:
        """Another plan of the same model."""
        return Standing(self.model, x, whole=self.whole)

    @property
    def problem(self) -> Problem:
        return self.model.rules.problem

    @cached_property
    def value(self) -> float:
        return value(self.model, self.x)

    @cached_property
    def tiers(self) -> tuple[float, ...]:
        return points_by_tier(self.model, self.x)

    @cached_property
    def reached(self) -> Floats:
        """What the plan takes of each row."""
        return np.asarray(self.model.rows @ self.x)

    @cached_property
    def seat_row(self) -> dict[str, int]:
        return {s.id: k for k, s in enumerate(self.problem.seats)}

    @cached_property
    def column(self) -> dict[tuple[int, int], int]:
        """The column of each seat and person, both as rows."""
        pairs = zip(self.model.seat.tolist(), self.model.person.tolist(), strict=True)
        return {pair: c for c, pair in enumerate(pairs)}

    @cached_property
    def holds(self) -> dict[int, int]:
        """Who sits where: the person of each filled seat, both as rows."""
        pairs = pairs_of(self.model, self.x)
        return {int(self.model.seat[c]): int(self.model.person[c]) for c in pairs}

    @cached_property
    def ground(self) -> Ground:
        """The same plan, for models of a neighbourhood."""
        return Ground(self.model.rules, self.holds)

    @cached_property
    def held(self) -> dict[int, list[int]]:
        """The seats of each person who has any."""
        found = defaultdict[int, list[int]](list)
        for seat, person in self.holds.items():
            found[person].append(seat)
        return found

    def candidates(self, seat: int) -> list[int]:
        """The rows of those who may take a seat by every rule of one person and one seat."""
        of_seat = np.flatnonzero(self.model.seat == seat)
        return [int(p) for p in self.model.person[of_seat]]

    @property
    def is_small(self) -> bool:
        few = self.model.seats <= FEW_SEATS and self.model.pairs <= FEW_PAIRS
        return few and self.whole

    def around(self, seats: Collection[int], also: Collection[int] = ()) -> list[int]:
        """What is freed to ask about these seats: their neighbours, or all seats of a few."""
        if self.is_small:
            return list(range(self.model.seats))
        return sorted(self.near(seats) | set(also))

    def near(self, seats: Collection[int]) -> set[int]:
        """These seats, their teams, and the seats of those who could take them."""
        teams = {self.problem.seats[k].mission for k in seats}
        near = {k for k, s in enumerate(self.problem.seats) if s.mission in teams}
        for k in seats:
            for p in self.candidates(k)[:CANDIDATES]:
                near.update(self.held.get(p, ()))
        return near | set(seats)

    def tried(self, free: Collection[int]) -> Mask:
        """Of each freed seat the pairs that are tried: those in the plan, and of the others first
        those whose people sit nowhere that stays."""
        model, pairs = self.model, self.model.pairs
        if self.is_small or not self.whole:
            return np.ones(pairs, np.bool_)
        stays = {p for k, p in self.holds.items() if k not in set(free)}
        busy = np.isin(model.person, sorted(stays))
        liked = model.points[:pairs] - 1e6 * busy - 1e9 * (model.most[:pairs] < 1)
        kept: Mask = (rank(model.seat, liked) < TRIED) | (self.x[:pairs] > HALF)
        return kept

    def solved(
        self, free: Collection[int], *, fill: int | None = None, points: Floats | None = None
    ) -> Around | None:
        """The best plan with these seats free, of equal ones that with the fewest moves; with the
        seat `fill` filled. None where there is no such plan. `points` weigh the columns in another
        way."""
        model = self.weighed(self.staying if points is None else points)
        program, columns = block(model, self.x, list(free), self.tried(free))
        start: Floats | None = self.x[columns]
        if fill is not None:
            program, start = filled(program, columns, model.filled + fill), None
        if start is not None and broken_rules(self.model, self.x):
            start = None
        return self.taken(program, columns, start)

    def best(self, free: Collection[int], asked: int) -> Standing | None:
        """The best plan with these seats free, of the model that is made to ask about one seat."""
        key = (asked, *sorted(free))
        if key not in self.solved_once:
            now = Standing.on(self.ground, free, [asked])
            found = now.solved(range(now.model.seats) if self.ground.is_small else sorted(free))
            self.solved_once[key] = None if found is None else now.then(found.x)
        return self.solved_once[key]

    @cached_property
    def solved_once(self) -> dict[tuple[int, ...], Standing | None]:
        """The best plans around seats that were asked about."""
        return {}

    @cached_property
    def looked_once(self) -> dict[str, object]:
        """What was found by looking at all of the plan."""
        return {}

    @cached_property
    def prices(self) -> tuple[float, Floats]:
        """By the prices of the whole: what no plan exceeds, and how far each column falls short."""
        y = simplex(self.model).y
        return bound.safe(self.model, y), bound.reduced(self.model, bound.usable(self.model, y))

    def weighed(self, points: Floats) -> Model:
        """The model with other points."""
        model = Model(**vars(self.model))
        model.points = points
        return model

    def taken(self, program: Program, columns: Ints, start: Floats | None) -> Around | None:
        """The best of a program that has these columns, in the plan of which the rest stands."""
        try:
            found = solve_mip(program, start, Limit(NODES))
        except SolverError:
            return None
        if found.x is None:
            return None
        changed = self.x.copy()
        changed[columns] = found.x
        changed = whole(self.model, pairs_of(self.model, changed))
        if broken_rules(self.model, changed):
            return None
        return Around(changed, found.proved and self.is_small)

    @cached_property
    def staying(self) -> Floats:
        """The points, with so little for who stays that only equal plans are told apart."""
        points = self.model.points.copy()
        points[pairs_of(self.model, self.x)] += STAYS
        return points

    def kept_back(self, column: int, given_up: Iterable[int] = ()) -> list[str]:
        """The rules of several seats that this pair would break as the plan stands without those
        who sit in the seats `given_up`."""
        model = self.model
        gone = {self.column[k, self.holds[k]] for k in given_up if k in self.holds}
        stays = model.follows.away(set(pairs_of(model, self.x).tolist()) - gone)
        left = self.reached - self._taken_by({*gone, *model.follows.away(gone) - stays})
        takes = self._taken_by({column, *model.follows.away([column]) - stays})
        broken = [
            model.kind[r] for r, v in ((r, takes[r]) for r in np.flatnonzero(takes))
            if (v > 0 and left[r] + v > model.high[r] + NEAR)
            or (v < 0 and left[r] + v < model.low[r] - NEAR)
        ]  # fmt: skip
        if model.most[column] < 1:
            broken.append("pin_is_kept")
        return [k for k in dict.fromkeys(broken) if k not in ("seat", *GAINS)]

    def _taken_by(self, columns: Collection[int]) -> Floats:
        """What these columns take of each row."""
        return np.asarray(self.model.rows[:, sorted(columns)].sum(axis=1)).ravel()


def filled(program: Program, columns: Ints, seat: int) -> Program:
    """The program with a seat that must be filled: the column of that."""
    row = sp.csr_matrix(([1.0], ([0], np.flatnonzero(columns == seat))), (1, len(columns)))
    return replace(
        program, rows=sp.csr_matrix(sp.vstack([program.rows, row])),
        low=np.append(program.low, 1.0), high=np.append(program.high, 1.0),
    )  # fmt: skip


def local(
    ground: Ground, seats: Collection[int], *, fill: int | None = None
) -> tuple[Standing, Around | None]:
    """The plan before and after these seats and their neighbours were solved anew, with the seat
    `fill` filled."""
    free = sorted(ground.near(seats))
    standing = Standing.on(ground, free, seats)
    whole = range(standing.model.seats) if ground.is_small else free
    return standing, standing.solved(whole, fill=fill)


#: rows that no plan breaks by itself: what they hold follows
GAINS = (
    "containment_gained", "handover_kept", "mentor_continues", "sender_load_shared", COUNTED,
)  # fmt: skip
