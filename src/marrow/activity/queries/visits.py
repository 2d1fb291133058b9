"""Visits as pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Sum

from marrow.activity.models import Deed, Visits
from marrow.missions.models import Mission


def visits_of(mission: Mission) -> QuerySet[Visits]:
    """Every count of a mission, voided ones too, the newest day first."""
    return Visits.objects.filter(mission=mission).order_by("-held_on", "pk")


@dataclass(frozen=True, slots=True)
class Recorded:
    """Visits of a mission: `total` is None when nobody has recorded any, for unknown is not nought.
    The counts in `lines`, `earlier` and `singly` make it up."""

    total: int | None
    lines: Sequence[Visits]  # counts of a day, voided ones too, the newest day first
    earlier: int  # what counts of days that are not among `lines`
    singly: int  # told one by one


def recorded_visits(mission: Mission, most: int) -> Recorded:
    """Every visit that counts, with the `most` newest counts of days."""
    days = visits_of(mission)
    lines = list(days[:most])
    counted = _sum(days.filter(void_reason=""))
    singly = _sum(Deed.objects.filter(mission=mission, kind="VISIT", void_reason=""))
    shown = sum(line.count for line in lines if not line.void_reason)
    return Recorded(counted + singly or None, lines, counted - shown, singly)


def _sum(rows: QuerySet[Any]) -> int:
    found: int | None = rows.aggregate(n=Sum("count"))["n"]
    return found or 0


def visits_told(row: Visits) -> dict[str, Any]:
    """A count as plain values; its note stays sealed."""
    return {
        "id": row.pk, "mission": row.mission_id, "held_on": row.held_on, "count": row.count,
        "void_reason": row.void_reason,
    }  # fmt: skip
