"""Whether a plan has the points, the bound and the critical seats that it says it has."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from marrow.plan.rules.problem import Plan, Problem
from marrow.plan.rules.said import Named, Said, said

CENT = 0.01
NEAR = 1e-6  # relative: a bound is rounded outward by so much


def claims_against(
    problem: Problem, plan: Plan, tiers: Collection[float], held: Collection[str]
) -> Iterator[Said]:
    """What the plan says otherwise than is counted: `tiers` its points, `held` the seats filled."""
    for n, (own, told) in enumerate(zip(tiers, plan.points_by_tier, strict=True), 1):
        if abs(own - told) > CENT:
            yield said("tier_differs", tier=n, told=told, counted=own)
    if abs(sum(tiers) - plan.value) > CENT:
        yield said("value_differs", told=plan.value, counted=sum(tiers))
    if plan.value > plan.bound + CENT:
        yield said("above_bound", value=plan.value, bound=plan.bound)
    yield from _gap(plan)
    yield from _critical(problem, plan, held)


def _gap(plan: Plan) -> Iterator[Said]:
    """The gap is what the bound leaves; nothing is proved while it leaves anything."""
    open_points = plan.bound - plan.value
    gap = max(0.0, open_points) / max(1.0, abs(plan.bound))
    if abs(gap - plan.gap) > NEAR:
        yield said("gap_differs", told=100 * plan.gap, counted=100 * gap)
    if plan.stopped_because == "proved" and open_points > max(CENT, 2 * NEAR * abs(plan.bound)):
        yield said("not_proved", value=plan.value, bound=plan.bound)


def _critical(problem: Problem, plan: Plan, held: Collection[str]) -> Iterator[Said]:
    told = plan.critical
    seats = [s for s in problem.seats if s.weight == "critical"]
    covered = sum(s.id in held for s in seats)
    if (told.seats, told.covered) != (len(seats), covered):
        again: dict[str, Named] = {"counted": covered, "seats": len(seats)}
        yield said("critical_differs", told=told.covered, of=told.seats, **again)
    if covered > told.at_most:
        yield said("critical_beyond_most", covered=covered, at_most=told.at_most)
    if told.at_most > len(seats):
        yield said("most_beyond_critical", at_most=told.at_most, seats=len(seats))
