"""A plan as one value a column: made from its pairs, weighed, tested against every row."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from marrow.plan.rules.engine.model import TIERS, Model
from marrow.plan.rules.engine.program import Floats
from marrow.plan.rules.problem import Seated
from marrow.plan.rules.roster import Ints

NEAR = 1e-6


def whole(model: Model, chosen: Iterable[int] | Ints) -> Floats:
    """All columns of the plan that seats these pairs; the gains follow."""
    x = np.zeros(len(model.points))
    chosen = np.asarray(list(chosen), np.int64)
    x[chosen] = 1
    seats = np.unique(model.seat[chosen])
    x[model.filled + seats] = 1
    x[model.goes + _mission_of(model)[seats]] = 1
    x[list(model.follows.away(chosen.tolist()))] = 1
    reached = model.rows @ x
    for gains, row in model.follows.cells:
        left = model.high[row] - reached[row]
        for column in gains:
            x[column] = min(1.0, max(0.0, left))
            left -= x[column]
    for gain, one, other in model.follows.both:
        x[gain] = min(x[one], x[other])
    for over, row in model.follows.over:
        x[over] = max(0.0, reached[row] - model.high[row])
    return x


def _mission_of(model: Model) -> Ints:
    row = {m.id: k for k, m in enumerate(model.rules.problem.missions)}
    return np.array([row[s.mission] for s in model.rules.problem.seats], np.int64)


def pairs_of(model: Model, x: Floats) -> Ints:
    return np.flatnonzero(x[: model.pairs] > 0.5)


def value(model: Model, x: Floats) -> float:
    return float((model.points * x).sum())  # a product of short vectors wakes no threads


def points_by_tier(model: Model, x: Floats) -> tuple[float, ...]:
    """Points of the five tiers, which sum to the value."""
    tiers = np.bincount(model.tier, weights=model.points * x, minlength=TIERS)
    kept = float((model.kept * x[: model.pairs]).sum())
    tiers[3] -= kept
    tiers[4] += kept
    return tuple(float(t) for t in tiers)


def broken_rules(model: Model, x: Floats) -> list[str]:
    """The rules of which a row is broken; none for a plan that may stand."""
    reached = model.rows @ x
    bad = (reached > model.high + NEAR) | (reached < model.low - NEAR)
    broken = {model.kind[i] for i in np.flatnonzero(bad)}
    if (x > model.most + NEAR).any():
        broken.add("pin_is_kept")
    return sorted(broken)


def seated(model: Model, x: Floats) -> tuple[Seated, ...]:
    """The plan in the order of the seats."""
    problem = model.rules.problem
    found = sorted(pairs_of(model, x), key=lambda c: model.seat[c])
    return tuple(
        Seated(seat=problem.seats[model.seat[c]].id, person=problem.people[model.person[c]].id)
        for c in found
    )


def pairs_in(model: Model, assignments: Iterable[Seated]) -> Ints:
    """The columns of a plan's pairs; those that no rule allows any more are left out."""
    seat = {s.id: k for k, s in enumerate(model.rules.problem.seats)}
    column = {
        (int(s), int(p)): c for c, (s, p) in enumerate(zip(model.seat, model.person, strict=True))
    }
    row = model.rules.roster.row
    asked = ((seat.get(a.seat, -1), row.get(a.person, -1)) for a in assignments)
    return np.array([column[a] for a in asked if a in column], np.int64)
