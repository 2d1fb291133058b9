"""Whether the answer of the planner that stands in a plan is still of what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import F

from marrow.plan.models import PlannedSeat, Scenario
from marrow.teams.models import Assignment


def turned_down_in(*plans: Scenario) -> list[str]:
    """The seats whose person was turned down for them, or withdrew, since they were put there."""
    return sorted(code for _plan, code in _turned_down(plans))


def is_stale(scenario: Scenario) -> bool:
    """Whether the answer that stands is no longer of what is asked."""
    return scenario.pk in stale_of([scenario])


def stale_of(plans: Iterable[Scenario]) -> set[UUID]:
    """Those of some plans that were changed since they were solved, or in which somebody stands who
    does not come."""
    solved = [row for row in plans if row.solved_at]
    changed = {row.pk for row in solved if row.solved_at and row.changed_at > row.solved_at}
    rest = [row for row in solved if row.pk not in changed]
    return changed | {plan for plan, _code in _turned_down(rest)}


def _turned_down(plans: Sequence[Scenario]) -> list[tuple[UUID, str]]:
    rows = PlannedSeat.objects.filter(
        team__scenario__in=[row.pk for row in plans],
        seat__assignments__person=F("placing__person"),
        seat__assignments__state__in=Assignment.TURNED_DOWN,
    )  # fmt: skip
    return list(rows.values_list("team__scenario", "code").distinct())
