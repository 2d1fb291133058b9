"""What a hospital is told of the team that is formed for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q

from marrow.catalogue.queries.specialties import specialty_name
from marrow.directory.models import Organisation
from marrow.missions.models import Mission, Site
from marrow.teams.models import Assignment, Seat
from marrow.teams.rules.stages import AT_HOME


@dataclass(slots=True)
class Coming:
    """A team on its way: the day from which it is expected, its seats, how many have somebody."""

    mission: Mission
    from_on: dt.date | None = None
    seats: list[str] = field(default_factory=list)
    filled: int = 0


def coming_to(organisation: Organisation) -> list[Coming]:
    """Teams with seats that are formed for a hospital, the first to come first."""
    sites = Site.objects.filter(organisation=organisation).values("mission")
    here = Q(pk__in=sites) | Q(sites=None, series__recipient=organisation)
    rows = Mission.objects.filter(here, status__in=AT_HOME, seats__isnull=False)
    found = {m.pk: Coming(m) for m in rows.select_related("series").distinct()[:4]}
    held = set(
        Assignment.objects.filter(seat__mission__in=found, state__in=Assignment.HELD)
        .values_list("seat", flat=True)
    )  # fmt: skip
    seats = Seat.objects.filter(mission__in=found, dropped_on=None)
    for seat in seats.order_by("role", "specialty"):
        one = found[seat.mission_id]
        one.seats.append(_called(seat))
        one.filled += seat.pk in held
        if seat.from_on:
            one.from_on = min(seat.from_on, one.from_on or seat.from_on)
    return sorted(found.values(), key=lambda c: c.from_on or dt.date.max)


def _called(seat: Seat) -> str:
    if seat.role == Seat.Role.MEMBER and seat.specialty:
        return specialty_name(seat.specialty)
    return str(seat.get_role_display())
