"""What is open in the teams that an office forms and a unit gives people to."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    Max,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Window,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marrow.core.partial_dates import is_day
from marrow.core.viewer import Viewer
from marrow.core.words import in_tongue
from marrow.missions.models import Mission
from marrow.people import access as people_access
from marrow.people.models import Credential
from marrow.teams.access import formed_by
from marrow.teams.models import Assignment, Seat
from marrow.teams.queries.calls import calls_that_wait
from marrow.teams.queries.seats import teams_of
from marrow.teams.rules.stages import AT_HOME, AWAY, FILLED

DAY = dt.timedelta(days=1)
NEEDED = dt.timedelta(days=60)  # before the end of a mission, when its office is told
MOST = 25  # licences looked at: a few end on the very last day
ALL = Window(Count("*"))  # counted with the first of them, by one question
COUNTED = Func(F("pk"), function="COUNT", output_field=IntegerField())  # by no group
LICENCES = Credential.objects.filter(person=OuterRef("person"), kind=Credential.Kind.LICENCE)
LASTS = Subquery(
    LICENCES.exclude(expires_on=None).order_by("-expires_on").values("expires_on")[:1]
)  # the last day told of any licence
ON_THE_WAY = ("APPLIED", "INVITED")
#: what a line tells of a seat and its team: of all that are counted the database carries these
#: columns along, and no others
SEAT = (
    "role", "specialty", "grade", "languages", "from_on", "until_on", "unit",
    "mission__names", "mission__status",
)  # fmt: skip
RULED = ("mission__programme__rest_months",)
LINE = ("state", "person__names", *(f"seat__{column}" for column in SEAT))
GONE = (*Assignment.TURNED_DOWN, Assignment.State.RELEASED)


def _empty(viewer: Viewer, today: dt.date) -> QuerySet[Seat]:
    """Seats that nobody has and nobody may come into: of teams at home, and of those away in which
    the post lasts on."""
    held = Assignment.objects.filter(state__in=(*Assignment.HELD, "AGREED")).values("seat")
    forming = formed_by(viewer).filter(status__in=FILLED)
    rows = Seat.objects.filter(mission__in=forming, dropped_on=None).exclude(pk__in=held)
    return rows.exclude(mission__status__in=AWAY, until_on__lte=today)


def _unanswered(viewer: Viewer) -> QuerySet[Assignment]:
    """People of this viewer's own units about whom the unit has not answered yet; once a team is
    away, for seats that nobody has, or whose holder is to be followed."""
    held = Assignment.objects.filter(seat=OuterRef("seat"), state__in=Assignment.HELD)
    follow = Exists(held.filter(started_on__lte=OuterRef("asked_on")))
    asked = Q(seat__mission__status__in=AT_HOME) | Q(
        ~Exists(held) | follow, seat__mission__status__in=FILLED
    )
    return Assignment.objects.filter(
        asked, state__in=ON_THE_WAY,
        person__unit__in=people_access.units_of(viewer, "unit"),
    )  # fmt: skip


def _to_choose(viewer: Viewer) -> QuerySet[Assignment]:
    """Those whose unit agrees, for seats that nobody has: their office chooses."""
    held = Assignment.objects.filter(seat=OuterRef("seat"), state__in=Assignment.HELD)
    forming = formed_by(viewer).filter(status__in=FILLED)
    return Assignment.objects.filter(~Exists(held), state="AGREED", seat__mission__in=forming)


def waits_in(viewer: Viewer, today: dt.date) -> dict[UUID, list[str]]:
    """By mission what waits for this viewer in it, in words: what *Today* has a line for."""
    found: dict[UUID, list[str]] = {}

    def told(mission: UUID, words: str, count: int) -> None:
        found.setdefault(mission, []).append(words % {"count": count})

    if viewer.holds("unit"):
        for call in calls_that_wait(viewer, today):
            found.setdefault(call.mission_id, []).append(_("the call"))
        for mission, n in _by_mission(_unanswered(viewer), "seat__mission"):
            told(mission, ngettext("%(count)s answer", "%(count)s answers", n), n)
    if viewer.holds("office"):
        for mission, n in _by_mission(_to_choose(viewer), "seat__mission"):
            words = ngettext("%(count)s person to choose", "%(count)s people to choose", n)
            told(mission, words, n)
        for mission, n in _by_mission(_empty(viewer, today), "mission"):
            told(mission, ngettext("%(count)s empty seat", "%(count)s empty seats", n), n)
        ending_first = Counter(one.seat.mission_id for one, _day in licences_that_end(viewer))
        for mission, n in ending_first.items():
            words = ngettext("%(count)s licence that ends", "%(count)s licences that end", n)
            told(mission, words, n)
        for row, _day, _follows in ending(viewer, today):
            found.setdefault(row.pk, []).append(_("its last day"))
    return found


def _by_mission(rows: QuerySet[Any], mission: str) -> list[tuple[UUID, int]]:
    counted = rows.order_by().values(mission).annotate(n=Count("pk"))
    return list(counted.values_list(mission, "n"))


def _people_in(states: tuple[str, ...]) -> Coalesce:
    """Of each seat, how many people are in one of these states."""
    rows = Assignment.objects.filter(seat=OuterRef("pk"), state__in=states).order_by()
    counted = rows.values("seat").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def empty_seats(viewer: Viewer, today: dt.date, limit: int) -> tuple[list[Seat], int]:
    """The empty seats, the first to leave first; and how many there are in all."""
    rows = (
        _empty(viewer, today)
        .annotate(in_all=ALL, coming=_people_in(ON_THE_WAY), gone=_people_in(GONE))
        .order_by("from_on", "mission", "role", "specialty")
    )
    first = rows.select_related("mission__programme").only(*SEAT, *RULED)[:limit]
    return list(first), _in_all(first)


def _in_all(first: Iterable[Any]) -> int:
    """How many there are of which these are the first."""
    return next((one.in_all for one in first), 0)


def unanswered(viewer: Viewer) -> list[Assignment]:
    if not viewer.holds("unit"):
        return []
    rows = _unanswered(viewer)
    return list(rows.select_related("person", "seat__mission").order_by("seat__from_on", "pk")[:40])


@dataclass(frozen=True, slots=True)
class Chosen:
    """Of the teams that an office forms: the first of those among whom it chooses, how many they
    are in all, and those who are chosen of whom a licence ends, with its last day."""

    among: list[Assignment]
    in_all: int
    ending: list[tuple[Assignment, dt.date]]


def chosen(viewer: Viewer, limit: int) -> Chosen:
    """By one question: what is counted is looked through without what the lines tell of it."""
    if not viewer.holds("office"):
        return Chosen([], 0, [])
    every = _to_choose(viewer).order_by()
    first = every.order_by("seat__from_on", "pk")[:limit]
    rows = _lines(Q(pk__in=first.values("pk")) | Q(pk__in=_that_end(viewer).values("pk")))
    rows = rows.annotate(in_all=Subquery(every.values(n=COUNTED)))
    found: list[Any] = list(rows.order_by("seat__from_on", "pk"))
    among = [one for one in found if one.state == "AGREED"]
    return Chosen(among, _in_all(among), _early(one for one in found if one.state != "AGREED"))


def licences_that_end(viewer: Viewer) -> list[tuple[Assignment, dt.date]]:
    """Those chosen or away of whose licences the last day that is told comes before their seat
    ends, with that day; `untold`: of another one nobody told an end."""
    return _early(_lines(Q(pk__in=_that_end(viewer).values("pk"))))


def _that_end(viewer: Viewer) -> QuerySet[Assignment]:
    rows = Assignment.objects.filter(state__in=("SELECTED", "SERVING"))
    rows = rows.filter(seat__mission__in=formed_by(viewer)).exclude(seat__until_on=None)
    rows = rows.annotate(lasts=LASTS).filter(lasts__lt=F("seat__until_on"))
    return rows.order_by("lasts", "pk")[:MOST]


def _lines(these: Q) -> QuerySet[Assignment]:
    """What a line tells of these people in their seats."""
    rows = Assignment.objects.filter(these).select_related("person", "seat__mission")
    return rows.only(*LINE).annotate(lasts=LASTS, untold=Exists(LICENCES.filter(expires_on=None)))


def _early(rows: Iterable[Any]) -> list[tuple[Assignment, dt.date]]:
    early = [one for one in rows if one.lasts < one.seat.last_on]  # not on the last day
    return [(one, one.lasts) for one in sorted(early, key=lambda one: (one.lasts, one.pk))[:20]]


def ending(viewer: Viewer, today: dt.date) -> list[tuple[Mission, dt.date, str]]:
    """Living missions that are away and end soon, their last day, and the name of the batch that
    follows ('' for none).

    The day is the one that is planned, else the last day of a seat.
    """
    after = Mission.objects.filter(series=OuterRef("series"), number=OuterRef("number") + 1)
    seats, until = Seat.objects.filter(mission=OuterRef("pk")), today + NEEDED
    last = seats.exclude(until_on=None).order_by("-until_on").values("until_on")[:1]
    later = Exists(seats.filter(until_on__gt=until + DAY))
    rows = formed_by(viewer).filter(
        ~Q(planned_end_on="") | ~later, Exists(seats.exclude(until_on=None)), status__in=AWAY
    )
    rows = rows.annotate(ends=Subquery(last), follows=Subquery(after.values("names")[:1]))
    days = [(m, _last_day(m)) for m in rows]
    found = sorted(((m, day) for m, day in days if day <= until), key=lambda one: one[1])[:20]
    return [(m, day, in_tongue(m.follows) if m.follows else "") for m, day in found]


def rotations(viewer: Viewer) -> list[tuple[Mission, dt.date | None, dt.date | None]]:
    """The living teams that concern this person, with the day they leave and their last day; of one
    that is home the day it came home, None where only its month or year is told."""
    mine = [line.mission.pk for line in teams_of(viewer)]
    rows = Mission.objects.filter(pk__in=mine).annotate(
        leaves=Min("seats__from_on"), ends=Max("seats__until_on")
    )
    return [
        (m, _whole_day(m.departed_on) or m.leaves, _comes_home(m))
        for m in rows.order_by("leaves", "key")
    ]


def _comes_home(mission: Mission) -> dt.date | None:
    if mission.returned_on:
        return _whole_day(mission.returned_on)
    return _last_day(mission) if mission.ends else None  # type: ignore[attr-defined]


def _whole_day(told: str) -> dt.date | None:
    return dt.date.fromisoformat(told) if is_day(told) else None


def _last_day(mission: Mission) -> dt.date:
    after: dt.date = mission.ends  # type: ignore[attr-defined]  # the first day after its seats
    return _whole_day(mission.planned_end_on) or after - DAY
