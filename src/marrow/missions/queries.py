"""Missions to choose from, and those of which nobody told."""

from __future__ import annotations

import datetime as dt
from functools import reduce
from operator import or_

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from marrow.core.viewer import Viewer
from marrow.missions.access import of_mission_office, places_of
from marrow.missions.models import Mission
from marrow.programmes.access import changed_by
from marrow.programmes.models import Programme, Series

#: missions that a higher room keeps as living ones: their stages move there, and it hears of them
LIVING: list[Q] = []
SILENCE = dt.timedelta(days=183)
PRESENT = (
    Mission.Status.IN_TRANSIT,
    Mission.Status.ON_POST,
    Mission.Status.EXTENDED,
    Mission.Status.HANDING_OVER,
)


def lives(mission: Mission) -> bool:
    """Whether a higher room moves the stages of this mission and hears of it."""
    return any(Mission.objects.filter(living, pk=mission.pk).exists() for living in LIVING)


def silent_missions(viewer: Viewer, today: dt.date, limit: int = 8) -> list[Mission]:
    """Missions that were away when somebody last told of them, half a year ago or longer.

    No news is unknown, not safe and not home: their programme office finds out.
    """
    if not viewer.holds("office"):
        return []
    since = (today - SILENCE).isoformat()
    rows = Mission.objects.filter(status__in=PRESENT, status_as_of__lt=since)
    for living in LIVING:
        rows = rows.exclude(living)
    mine = of_mission_office("")(viewer)
    return list(rows.exclude(status_as_of="").filter(mine).order_by("status_as_of", "key")[:limit])


def _of_year(year: int) -> QuerySet[Mission]:
    """Missions of which a day in this year is told: signed, left, came, planned to end."""
    days = ("signed_on", "departed_on", "arrived_on", "planned_end_on", "returned_on")
    told = reduce(or_, (Q(**{f"{day}__startswith": f"{year:04}"}) for day in days))
    return Mission.objects.filter(told).exclude(status=Mission.Status.CANCELLED)


def of_year(programme: Programme, year: int) -> Mission | None:
    """The latest mission of a programme in this year. None where nobody told of any."""
    rows = _of_year(year).filter(programme=programme)
    return rows.order_by("-departed_on", "-key").first()


def yearly_waiting(viewer: Viewer, today: dt.date) -> list[Programme]:
    """Programmes of this viewer's office that recur every year, and have no mission in this one."""
    if not viewer.holds("office"):
        return []
    rows = changed_by(viewer).filter(recurs="yearly", ended_on="")
    rows = rows.exclude(status=Programme.Status.COMPLETED)
    entered = _of_year(today.year).filter(programme=OuterRef("pk")).order_by()
    return list(rows.filter(~Exists(entered)))


def next_number(series: Series) -> int:
    """The number that the next batch of a series would bear."""
    last = Mission.objects.filter(series=series).aggregate(n=Max("number"))["n"]
    return (last or 0) + 1


def present_missions(viewer: Viewer, limit: int = 50) -> list[Mission]:
    """Missions that are away now and for which this viewer may record."""
    rows = Mission.objects.filter(status__in=PRESENT).select_related(
        "programme__sender", "series__recipient_area", "sender"
    )
    rows = rows.prefetch_related("sites", "units").order_by("key")
    roles = ("member", "leader", "office")
    return [m for m in rows if viewer.holds_for(*roles, things=places_of(m))][:limit]
