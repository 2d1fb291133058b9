"""Calls: who is asked, who came forward, who has nobody, who has not answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.missions.models import Mission
from marrow.people import access as people_access
from marrow.people.models import Person
from marrow.teams import access
from marrow.teams.models import AskedUnit, Assignment, Call, Seat
from marrow.teams.rules.stages import AWAY, HOME_AGAIN, OVER

FORTHCOMING, OPEN, CLOSED = "FORTHCOMING", "OPEN", "CLOSED"


CANCELLED, LEFT = "CANCELLED", "LEFT"


def ended(call: Call) -> str:
    """What closed a call before its last day: its team was cancelled, or has left; '' nothing."""
    status = call.mission.status
    if status == Mission.Status.CANCELLED:
        return CANCELLED
    return LEFT if status in AWAY or status in HOME_AGAIN else ""


def stands(call: Call, today: dt.date) -> str:
    if ended(call):
        return CLOSED
    if today < call.opens_on:
        return FORTHCOMING
    return OPEN if today <= call.closes_on else CLOSED


@dataclass(frozen=True, slots=True)
class CallShown:
    call: Call
    stands: str
    ended: str = ""  # what closed it before its last day

    @property
    def is_open(self) -> bool:
        return self.stands == OPEN


@dataclass(frozen=True, slots=True)
class UnitAnswer:
    """What a unit answered: how many it put forward, or that it has nobody; neither is unknown."""

    asked: AskedUnit
    people: int
    mine: bool


def calls_of(mission: Mission, today: dt.date) -> list[CallShown]:
    rows = Call.objects.filter(mission=mission).select_related("mission")
    return [call_shown(c, today) for c in rows]


def call_shown(call: Call, today: dt.date) -> CallShown:
    early = ended(call) if today <= call.closes_on else ""
    return CallShown(call, stands(call, today), early)


def asked_by(call: Call) -> set[UUID]:
    """The units that a call names; where there is none, it asks them all."""
    return set(call.asked.values_list("unit", flat=True))


def asks(call: Call, unit: UUID) -> bool:
    """Whether a call asks a unit: by its name, or where it names none."""
    units = asked_by(call)
    return not units or unit in units


def calls_to(viewer: Viewer, today: dt.date) -> list[CallShown]:
    """Calls that wait for a unit of this viewer."""
    if not viewer.holds("unit"):
        return []
    rows = access.calls_for(viewer).filter(closes_on__gte=today)
    rows = rows.exclude(mission__status__in=OVER).select_related("mission")
    return [call_shown(c, today) for c in rows.order_by("closes_on", "pk")]


def calls_that_wait(viewer: Viewer, today: dt.date) -> list[Call]:
    """Open calls to which no unit of this viewer has answered in any way."""
    found = [shown.call for shown in calls_to(viewer, today) if shown.is_open]
    if not found:
        return []
    units = people_access.units_of(viewer, "unit")
    return [call for call in found if not _answered(call, units)]


def _answered(call: Call, units: QuerySet[Organisation]) -> bool:
    said = call.asked.filter(unit__in=units).exclude(nobody_on=None).exists()
    return said or came_forward(call).filter(person__unit__in=units).exists()


def public_calls(today: dt.date) -> list[CallShown]:
    """Calls that everybody may read and that are open."""
    rows = Call.objects.filter(public=True, opens_on__lte=today, closes_on__gte=today)
    rows = rows.exclude(mission__status__in=OVER)
    return [CallShown(c, OPEN) for c in rows.select_related("mission").order_by("closes_on", "pk")]


def unit_answers(viewer: Viewer, call: Call) -> list[UnitAnswer]:
    mine = set(people_access.units_of(viewer, "unit").values_list("pk", flat=True))
    counts = dict(
        came_forward(call).values("person__unit").annotate(n=Count("pk"))
        .values_list("person__unit", "n")
    )  # fmt: skip
    rows = call.asked.select_related("unit").order_by("pk")
    return [UnitAnswer(a, counts.get(a.unit_id, 0), a.unit_id in mine) for a in rows]


def came_forward(call: Call) -> QuerySet[Assignment]:
    """Those who applied or were put forward while a call ran."""
    return Assignment.objects.filter(
        seat__mission=call.mission, applied_on__gte=call.opens_on, applied_on__lte=call.closes_on
    )


def open_seats(mission: Mission) -> list[Seat]:
    """Seats that nobody holds."""
    held = Assignment.objects.filter(state__in=Assignment.HELD).values("seat")
    rows = Seat.objects.filter(mission=mission, dropped_on=None).exclude(pk__in=held)
    return list(rows.order_by("role", "specialty", "pk"))


def to_put_forward(viewer: Viewer) -> list[Person]:
    """People of this viewer's units, by name."""
    units = people_access.units_of(viewer, "unit")
    rows = Person.objects.filter(unit__in=units, left_on="").exclude(willing=False)
    return list(rows.order_by("search", "pk")[:500])
