"""Missions to choose from."""

from __future__ import annotations

from django.db.models import Max

from marrow.core.viewer import Viewer
from marrow.missions.access import places_of
from marrow.missions.models import Mission
from marrow.programmes.models import Series

PRESENT = (
    Mission.Status.IN_TRANSIT,
    Mission.Status.ON_POST,
    Mission.Status.EXTENDED,
    Mission.Status.HANDING_OVER,
)


def next_number(series: Series) -> int:
    """The number that the next batch of a series would bear."""
    last = Mission.objects.filter(series=series).aggregate(n=Max("number"))["n"]
    return (last or 0) + 1


def present_missions(viewer: Viewer, limit: int = 50) -> list[Mission]:
    """Missions that are away now and for which this viewer may record."""
    rows = Mission.objects.filter(status__in=PRESENT).select_related(
        "programme__sender", "series__recipient_area"
    )
    rows = rows.prefetch_related("sites", "units").order_by("key")
    roles = ("member", "leader", "office")
    return [m for m in rows if viewer.holds_for(*roles, things=places_of(m))][:limit]
