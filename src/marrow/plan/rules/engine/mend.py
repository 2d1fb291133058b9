"""The smallest change to a plan that stands, after something happened: somebody drops out, a visa
slips, an outbreak takes six people.

What nothing touches stays. First only the seats that lost their person are filled; where one of
them stays empty their teams and the seats of those who could come are freed too; last everything.
A wider step is taken only if it covers more. In each, seats come first, then as few moves as can
be, and only then the rest of the points.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from marrow.plan.rules.engine.improve import HALF
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.engine.program import Floats
from marrow.plan.rules.engine.solve import Impossible, model_of
from marrow.plan.rules.engine.whole import NEAR, broken_rules, pairs_in, pairs_of, seated, whole
from marrow.plan.rules.problem import Problem, Seated
from marrow.plan.rules.roster import Ints
from marrow.plan.rules.said import said

WIDEST = 300  # seats up to which all of them are freed where the neighbourhood does not suffice


@dataclass(frozen=True)
class Moved:
    """A seat in which another person sits, or nobody any more."""

    seat: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Mended:
    """The mended plan; `lost` seats could not stay as they were, `open` ones of them are empty.
    `step`: stands, seats, neighbours or all, as wide as had to be looked."""

    assignments: tuple[Seated, ...]
    moved: tuple[Moved, ...]
    lost: tuple[str, ...]
    open: tuple[str, ...]
    step: str
    value: float
    tiers: tuple[float, ...]


def mend(problem: Problem, before: Iterable[Seated], new: Collection[str] = ()) -> Mended:
    """Mends the plan `before` so that it keeps the rules of the problem as it is now; `new` seats
    came since and are to be filled like those that lost their person.

    Raises Impossible where the problem makes no sense or no plan keeps its pins.
    """
    plan = tuple(before)
    model = model_of(problem)
    kept = _kept(Standing(model, whole(model, pairs_in(model, plan))))
    row = {s.id: k for k, s in enumerate(problem.seats)}
    stay = {int(model.seat[c]) for c in kept}
    lost = {row[a.seat] for a in plan if a.seat in row} - stay | {row[n] for n in new if n in row}
    standing = Standing(model, whole(model, kept))
    step = "stands"
    if lost or broken_rules(model, standing.x):
        standing, step = _mended(standing, lost)
    if broken_rules(model, standing.x):
        pins = tuple(f"{p.seat} → {p.person}" for p in problem.pins if p.person is not None)
        raise Impossible([said("pins_at_odds", pins=pins)])
    return _told(standing, plan, lost, step)


def _kept(standing: Standing) -> Ints:
    """The pairs that can stay: while a rule of several seats is broken, the least worthy of the
    pairs that break it goes. A team that can no longer go whole is left for the solver."""
    model, pairs = standing.model, pairs_of(standing.model, standing.x)
    pairs = pairs[model.most[pairs] > HALF]
    while True:
        x = whole(model, pairs)
        over = model.rows @ x > model.high + NEAR
        rows = model.rows[np.flatnonzero(over & np.isin(model.kind, LIMITS))]
        guilty = [c for c in pairs.tolist() if rows[:, [c]].sum() > 0] if rows.shape[0] else []
        if not guilty:
            return pairs
        pinned = {p.seat for p in model.rules.problem.pins}
        seats = model.rules.problem.seats
        worst = min(guilty, key=lambda c: (
            seats[model.seat[c]].id in pinned, model.points[model.filled + model.seat[c]], -c,
        ))  # fmt: skip
        pairs = pairs[pairs != worst]


LIMITS = (
    "rests_between", "department_keeps_enough", "hospital_keeps_enough", "couple_apart",
    "budget_is_kept",
)  # fmt: skip


def _mended(standing: Standing, lost: Collection[int]) -> tuple[Standing, str]:
    """Wider and wider, until every lost seat is filled."""
    model = standing.model
    points = _few_moves(standing)
    best, step = standing, "stands"
    broken = bool(broken_rules(model, standing.x))
    wider: list[tuple[str, Collection[int]]] = [
        ("seats", lost),
        ("neighbours", standing.near(lost)),
    ]
    if model.seats <= WIDEST:
        wider.append(("all", range(model.seats)))
    for name, free in wider:
        found = standing.solved(sorted(free), points=points) if free else None
        if found is None:
            continue
        if broken or _covered(standing, found.x) > _covered(standing, best.x) + NEAR:
            best, step, broken = Standing(model, found.x), name, False
        if not broken and all(best.x[model.filled + k] > HALF for k in lost):
            break
    return best, step


def _covered(standing: Standing, x: Floats) -> float:
    model = standing.model
    part = slice(model.filled, model.goes)
    return float(model.points[part] @ x[part])


def _few_moves(standing: Standing) -> Floats:
    """Points in which seats come first, then the people who stay, then everything else."""
    model = standing.model
    part = slice(model.filled, model.goes)
    seats = model.points[part]
    least = float(seats[seats > 0].min()) if (seats > 0).any() else 1.0
    stays = least / (len(standing.holds) + 1) if len(standing.holds) < 500 else least / 50
    points = model.points.copy()
    points[part] = 0
    rest = float(np.abs(points * np.minimum(model.most, 30)).max()) * max(10, model.seats)
    points *= stays / (rest + 1)
    points[part] = seats
    points[pairs_of(model, standing.x)] += stays
    return points


def _told(
    standing: Standing, before: tuple[Seated, ...], lost: Collection[int], step: str
) -> Mended:
    problem, plan = standing.problem, seated(standing.model, standing.x)
    old, new = {a.seat: a.person for a in before}, {a.seat: a.person for a in plan}
    moved = tuple(
        Moved(s.id, old.get(s.id), new.get(s.id))
        for s in problem.seats if old.get(s.id) != new.get(s.id)
    )  # fmt: skip
    names = [problem.seats[k].id for k in sorted(lost)]
    return Mended(
        plan, moved, tuple(names), tuple(n for n in names if n not in new), step, standing.value,
        standing.tiers,
    )  # fmt: skip
