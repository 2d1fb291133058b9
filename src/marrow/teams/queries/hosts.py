"""What a hospital is told of the team that is formed for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

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
    """Teams with seats that are formed for a hospital, the first to come first; at most four."""
    found: dict[UUID, Coming] = {}
    for seat, is_held in _seats_for(organisation):
        one = found.setdefault(seat.mission_id, Coming(seat.mission))
        if seat.dropped_on is None:
            one.seats.append(_called(seat))
            one.filled += is_held
            if seat.from_on:
                one.from_on = min(seat.from_on, one.from_on or seat.from_on)
    return sorted(list(found.values())[:4], key=lambda c: c.from_on or dt.date.max)


def _seats_for(organisation: Organisation) -> list[tuple[Seat, bool]]:
    """The seats of these teams, team by team, each with whether somebody holds it."""
    sites = Site.objects.filter(organisation=organisation).values("mission")
    here = Q(mission__in=sites) | Q(mission__sites=None, mission__series__recipient=organisation)
    held = Assignment.objects.filter(seat=OuterRef("pk"), state__in=Assignment.HELD)
    rows = Seat.objects.filter(here, mission__status__in=AT_HOME).annotate(is_held=Exists(held))
    rows = rows.select_related("mission__series").distinct()
    of_team = ("mission__series", "mission__number", "mission__key")
    return [(row, row.is_held) for row in rows.order_by(*of_team, "role", "specialty")]


def _called(seat: Seat) -> str:
    if seat.role == Seat.Role.MEMBER and seat.specialty:
        return specialty_name(seat.specialty)
    return str(seat.get_role_display())
