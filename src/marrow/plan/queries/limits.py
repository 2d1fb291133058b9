"""Limits that hospitals told of themselves after a plan was solved."""

from __future__ import annotations

from django.db.models import QuerySet

from marrow.plan.models import AbsenceCap, Scenario
from marrow.plan.queries.filled import filled_seats


def limits_since(scenario: Scenario) -> QuerySet[AbsenceCap]:
    """The limits told of hospitals of a plan's people since it was solved."""
    if scenario.state != Scenario.State.SOLVED or not scenario.solved_at or scenario.aside_at:
        return AbsenceCap.objects.none()
    units = filled_seats().filter(team__scenario=scenario).values("placing__person__unit")
    return AbsenceCap.objects.filter(
        unit__in=units, told_at__gt=scenario.solved_at, ended_on=None
    ).order_by()
