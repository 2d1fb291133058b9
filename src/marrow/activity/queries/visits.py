"""Visits as pages show them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet, Sum

from marrow.activity.models import Deed, Visits
from marrow.missions.models import Mission


def visits_of(mission: Mission) -> QuerySet[Visits]:
    """Every count of a mission, voided ones too, the newest day first."""
    return Visits.objects.filter(mission=mission).order_by("-held_on", "pk")


def visits_total(mission: Mission) -> int | None:
    """Visits that count, told as numbers and one by one; None when nobody has recorded any:
    unknown is not nought."""
    counted = Visits.objects.filter(mission=mission, void_reason="").aggregate(n=Sum("count"))
    single = Deed.objects.filter(mission=mission, kind="VISIT", void_reason="")
    return (counted["n"] or 0) + (single.aggregate(n=Sum("count"))["n"] or 0) or None


def visits_told(row: Visits) -> dict[str, Any]:
    """A count as plain values; its note stays sealed."""
    return {
        "id": row.pk, "mission": row.mission_id, "held_on": row.held_on, "count": row.count,
        "void_reason": row.void_reason,
    }  # fmt: skip
