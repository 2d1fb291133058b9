"""What is honoured: a team that came home, a ceremony, those who did not come home."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.core.words import names
from marrow.directory.models import Area
from marrow.missions.actions import add_to_mission
from marrow.missions.models import Fallen, Mission
from marrow.people.models import Person
from marrow.programmes.models import Event, Programme
from marrow.recognition.actions import Family, issue_certificates
from marrow.recognition.models import Certificate
from marrow.teams.actions import answer_for_unit, invite, open_seats, select
from marrow.teams.models import Assignment, Seat
from tests.builders import NOW, OFFICE, PAPER, a_batch, a_person, a_sending_hospital, an_event

DAY = dt.timedelta(days=1)
ISSUER = names("Health Commission (invented)", "卫生健康委员会（虚构）", "Commission (fictive)")


def a_team_at_home(size: int = 3, number: int = 40) -> tuple[Mission, list[Person]]:
    """Everybody served 540 days, until the day before yesterday."""
    mission, unit = a_batch(number), a_sending_hospital(f"Home Test Hospital {number}")
    by = Viewer(uuid4(), "Unit", (Grant("unit", ORGANISATION, unit.pk),))
    people = [a_person(f"Member {n:02d} Test {number}", unit) for n in range(size)]
    for n, person in enumerate(people):
        seat = Seat(id=uuid4(), role="LEADER" if n == 0 else "MEMBER")
        open_seats(mission=mission.pk, seats=[seat], by=OFFICE, at=NOW)
        asked = invite(seat=seat.pk, person=person.pk, by=OFFICE, at=NOW)
        answer_for_unit(assignment=asked.pk, agrees=True, by=by, at=NOW)
        select(assignment=asked.pk, by=OFFICE, at=NOW)
    home = NOW.date() - 2 * DAY
    Assignment.objects.filter(seat__mission=mission).update(
        state="SERVED", started_on=home - 540 * DAY, ended_on=home
    )
    return mission, people


def certified(mission: Mission, **told: object) -> list[Certificate]:
    usual: dict[str, object] = {
        "issuer": ISSUER, "signed_by": "Chen Wei", "languages": "ALL", "issued_on": NOW.date(),
        "by": OFFICE, "at": NOW,
    }  # fmt: skip
    return issue_certificates(mission=mission.pk, **{**usual, **told})  # type: ignore[arg-type]


def a_ceremony(programme: Programme, name: str = "Honouring (invented)") -> Event:
    return an_event(programme, names=names(name), kind="CEREMONY", held_on="2026-11-20")


def the_fallen(programme: Programme, persons: int = 3) -> Fallen:
    row = Fallen(id=uuid4(), programme=programme, area=Area.objects.get(code="GN"), persons=persons)
    add_to_mission(
        programme=programme, mission=None, rows=[row], told={"persons": persons}, source=PAPER,
        by=OFFICE, at=NOW,
    )  # fmt: skip
    return row


def a_family(**told: Any) -> Family:
    usual = {
        "name": "Li Test", "relation": "child", "paper": "letter, kept in the office",
        "covers": "NAME_AND_WORDS", "given_on": NOW.date(),
    }  # fmt: skip
    return Family(**{**usual, **told})
