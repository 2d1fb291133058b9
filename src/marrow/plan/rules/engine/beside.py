"""What the best plan loses with each of the others who could take a filled seat, proved.

The whole of a plan that is not large is solved with the seat held by anybody but its holder: who
comes is the next best, and whoever may stand there in their place for as much is as good. Then
again without those. By the prices of the whole most pairs fall away before, as no plan with them
is worth as much as one that is known. Work is counted in nodes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.engine.program import Floats, Program
from marrow.plan.rules.engine.whole import broken_rules, pairs_of, value, whole
from marrow.plan.rules.engine.widely import FEW_PAIRS, solved, whole_again, with_seats
from marrow.plan.rules.roster import Mask

SOLVES = 8  # of one seat
SMALL = 1_000  # pairs up to which it is solved so often; above them once, for the next best
KNOWN = 5  # people of whom it is known what they cost, from which no further are looked for
ENOUGH = 0.005  # points: what is less is no difference
SLACK = 0.01  # points by which a pair must fall short to fall away


@dataclass
class Beside:
    """By the row of a person, what the best plan with them on the seat loses against the best plan,
    in points. All others lose no less than `rest`; those `out` are in no plan. `sure`: it was
    looked for at all."""

    least: dict[int, float] = field(default_factory=dict)
    rest: float = 0.0
    out: frozenset[int] = frozenset()
    sure: bool = False

    @property
    def as_good(self) -> list[int]:
        """Those who cost the least."""
        low = min(self.least.values(), default=0.0)
        return [p for p, cost in self.least.items() if cost <= low + ENOUGH]


def beside(standing: Standing, row: int) -> Beside:
    """What each other person would cost; nothing where the plan is large."""
    model, found = standing.model, Beside()
    holder = standing.holds.get(row)
    left = {
        p for p in standing.candidates(row)
        if p != holder and model.most[standing.column[row, p]] > 0
    }  # fmt: skip
    if not standing.whole or model.pairs > FEW_PAIRS:
        return found
    again = whole_again(standing)
    if again.after is None or not again.sure:
        return found
    top, first = again.after.value, True
    most = {p: top - _with(standing, standing.x, row, p) for p in left}
    for _ in range(SOLVES if model.pairs <= SMALL else 1):
        if not left:
            break
        x, sure = _best(standing, row, left, top - min(most[p] for p in left))
        if x is None and sure:
            found.out, found.sure = frozenset(left), True
            break
        if x is None or not sure:
            break
        cost = top - value(model, x)
        if not first and len(found.least) >= KNOWN and cost > min(found.least.values()) + ENOUGH:
            found.rest = cost
            break
        first, found.sure, found.rest = False, True, cost
        same = {p for p in left if top - _with(standing, x, row, p) <= cost + ENOUGH}
        found.least |= dict.fromkeys(sorted(same), max(cost, 0.0))
        left -= same
    return found


def _best(
    standing: Standing, row: int, people: set[int], worth: float
) -> tuple[Floats | None, bool]:
    """The best plan with one of these people on the seat, of those that are worth no less; and
    whether that is proved."""
    model = standing.model
    above, behind = standing.prices
    kept: Mask = np.ones(len(model.points), np.bool_)
    if np.isfinite(worth):
        kept[: model.pairs] = behind[: model.pairs] > worth - above - SLACK
    own = model.seat == row
    kept[: model.pairs] &= ~own | np.isin(model.person, sorted(people))
    columns = np.flatnonzero(kept)
    program = Program(
        model.points[columns], model.most[columns], model.whole[columns], model.rows[:, columns],
        model.low, model.high,
    )  # fmt: skip
    chosen, sure = solved(with_seats(program, columns, [model.filled + row]))
    if chosen is None:
        return None, sure
    x = np.zeros(len(model.points))
    x[columns] = chosen
    x = whole(model, pairs_of(model, x))
    return (None, False) if broken_rules(model, x) else (x, sure)


def _with(standing: Standing, x: Floats, row: int, person: int) -> float:
    """What a plan is worth when somebody else takes the seat at once: who sat there stays at home,
    or takes theirs. Without end too little where that breaks a rule."""
    worth = (
        value(standing.model, changed)
        for changed in _changed(standing, x, row, person)
        if not broken_rules(standing.model, changed)
    )
    return max(worth, default=-np.inf)


def _changed(standing: Standing, x: Floats, row: int, person: int) -> Iterator[Floats]:
    model, pairs = standing.model, pairs_of(standing.model, x)
    own = model.seat[pairs] == row
    comes = standing.column[row, person]
    stay = np.append(pairs[~own], comes)
    yield whole(model, stay)
    elsewhere = [int(c) for c in stay if model.person[c] == person and c != comes]
    if not elsewhere:
        return
    left = np.setdiff1d(stay, elsewhere)
    yield whole(model, left)
    before = [int(p) for p in model.person[pairs[own]]]
    takes = [standing.column.get((int(model.seat[c]), p)) for c in elsewhere for p in before]
    for column in takes:
        if column is not None and model.most[column] > 0:
            yield whole(model, np.append(left, column))
