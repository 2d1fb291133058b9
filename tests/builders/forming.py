"""Teams on the way: a seat, somebody whose unit agreed, a mission that moved on."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.missions.models import Mission
from marrow.people.models import Person
from marrow.teams.actions import answer_for_unit, invite, move_stage, open_seats, select
from marrow.teams.models import Assignment, Seat
from tests.builders import NOW, OFFICE, a_batch, a_person

TODAY = NOW.date()


def unit_of(person: Person) -> Viewer:
    return Viewer(uuid4(), "Unit", (Grant("unit", ORGANISATION, person.unit_id),))


def a_seat(mission: Mission | None = None, role: str = "MEMBER", **told: object) -> Seat:
    mission = mission or a_batch(31)
    seat = Seat(id=uuid4(), role=role, **told)
    return open_seats(mission=mission.pk, seats=[seat], by=OFFICE, at=NOW)[0]


def agreed(seat: Seat, person: Person) -> Assignment:
    asked = invite(seat=seat.pk, person=person.pk, by=OFFICE, at=NOW)
    return answer_for_unit(assignment=asked.pk, agrees=True, by=unit_of(person), at=NOW)


def chosen(seat: Seat | None = None, person: Person | None = None) -> Assignment:
    asked = agreed(seat or a_seat(), person or a_person())
    return select(assignment=asked.pk, by=OFFICE, at=NOW)


def moved(mission: Mission, *stages: str, on: dt.date = TODAY) -> None:
    for stage in stages:
        reason = "needed" if stage in ("EXTENDED", "SUSPENDED", "CANCELLED") else ""
        move_stage(mission=mission.pk, stage=stage, on=on, reason=reason, by=OFFICE, at=NOW)
