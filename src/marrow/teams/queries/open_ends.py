"""What is open in the teams that an office forms and a unit gives people to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, Subquery, Window

from marrow.core.viewer import Viewer
from marrow.missions.models import Mission
from marrow.people import access as people_access
from marrow.people.models import Credential
from marrow.teams.access import formed_by
from marrow.teams.models import Assignment, Seat
from marrow.teams.queries.seats import teams_of
from marrow.teams.rules.stages import AT_HOME, AWAY

DAY = dt.timedelta(days=1)
NEEDED = dt.timedelta(days=60)  # before the end of a mission, when its office is told
MOST = 25  # licences looked at: a few end on the very last day
ALL = Window(Count("*"))  # counted with the first of them, by one question
ON_THE_WAY = ("APPLIED", "INVITED")


def empty_seats(viewer: Viewer, limit: int) -> tuple[list[Seat], int]:
    """Seats of teams still at home that nobody has and nobody may come into, the first to leave
    first; and how many there are in all."""
    held = Assignment.objects.filter(
        seat=OuterRef("pk"), state__in=(*Assignment.HELD, "AGREED")
    )  # fmt: skip
    forming = formed_by(viewer).filter(status__in=AT_HOME)
    rows = Seat.objects.filter(~Exists(held), mission__in=forming, dropped_on=None)
    rows = rows.annotate(in_all=ALL).order_by("from_on", "mission", "role", "specialty")
    first = rows.select_related("mission__series").prefetch_related("assignments")[:limit]
    return list(first), _in_all(first)


def _in_all(first: Iterable[Any]) -> int:
    """How many there are of which these are the first."""
    return next((one.in_all for one in first), 0)


def unanswered(viewer: Viewer) -> list[Assignment]:
    """People of this viewer's own units about whom the unit has not answered yet."""
    if not viewer.holds("unit"):
        return []
    rows = Assignment.objects.filter(
        state__in=("APPLIED", "INVITED"), seat__mission__status__in=AT_HOME,
        person__unit__in=people_access.units_of(viewer, "unit"),
    )  # fmt: skip
    return list(rows.select_related("person", "seat__mission").order_by("seat__from_on", "pk")[:40])


def to_choose(viewer: Viewer, limit: int) -> tuple[list[Assignment], int]:
    """The first of those whose unit agrees, for the office that chooses; and how many in all."""
    held = Assignment.objects.filter(seat=OuterRef("seat"), state__in=Assignment.HELD)
    forming = formed_by(viewer).filter(status__in=AT_HOME)
    rows = Assignment.objects.filter(~Exists(held), state="AGREED", seat__mission__in=forming)
    rows = rows.annotate(in_all=ALL).order_by("seat__from_on", "pk")
    first = rows.select_related("person", "seat__mission__series")[:limit]
    return list(first), _in_all(first)


def licences_that_end(viewer: Viewer) -> list[tuple[Assignment, dt.date]]:
    """Those chosen or away whose longest licence ends before their seat does, with that day."""
    rows = Assignment.objects.filter(state__in=("SELECTED", "SERVING"))
    rows = rows.filter(seat__mission__in=formed_by(viewer)).exclude(seat__until_on=None)
    held = Credential.objects.filter(person=OuterRef("person"), kind=Credential.Kind.LICENCE)
    last = held.exclude(expires_on=None).order_by("-expires_on").values("expires_on")[:1]
    rows = rows.annotate(lasts=Subquery(last)).filter(
        ~Exists(held.filter(expires_on=None)), lasts__lt=F("seat__until_on")
    )
    found = rows.select_related("person", "seat__mission__series").order_by("lasts", "pk")
    early = [one for one in found[:MOST] if one.lasts < one.seat.last_on]  # not on the last day
    return [(one, one.lasts) for one in early[:20]]


def ending(viewer: Viewer, today: dt.date) -> list[tuple[Mission, dt.date, Mission | None]]:
    """Living missions that are away and end soon, their last day, and the batch that follows.

    The day is the one that is planned, else the last day of a seat.
    """
    rows = formed_by(viewer).filter(status__in=AWAY).annotate(ends=Max("seats__until_on"))
    until = today + NEEDED
    rows = rows.filter(~Q(planned_end_on="") | Q(ends__lte=until + DAY)).exclude(ends=None)
    days = [(m, _last_day(m)) for m in rows]
    found = sorted(((m, day) for m, day in days if day <= until), key=lambda one: one[1])[:20]
    batches = Mission.objects.filter(series__in=[m.series_id for m, _day in found if m.series_id])
    after = {(m.series_id, m.number): m for m in batches.exclude(number=None)}
    return [(m, day, after.get((m.series_id, (m.number or 0) + 1))) for m, day in found]


def rotations(viewer: Viewer) -> list[tuple[Mission, dt.date | None, dt.date | None]]:
    """The living teams that concern this person, with the day they leave and their last day."""
    mine = [line.mission.pk for line in teams_of(viewer)]
    rows = Mission.objects.filter(pk__in=mine).annotate(
        leaves=Min("seats__from_on"), ends=Max("seats__until_on")
    )
    return [
        (m, _whole_day(m.departed_on) or m.leaves, _last_day(m) if m.ends else None)
        for m in rows.order_by("leaves", "key")
    ]


def _whole_day(told: str) -> dt.date | None:
    return dt.date.fromisoformat(told) if len(told) == len("2026-11-24") else None


def _last_day(mission: Mission) -> dt.date:
    after: dt.date = mission.ends  # type: ignore[attr-defined]  # the first day after its seats
    return _whole_day(mission.planned_end_on) or after - DAY
