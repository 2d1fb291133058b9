"""A team on post: its leader and a member with accounts of their own, at a place of work."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid4

from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.missions.models import Mission, Site
from marrow.people.models import Person
from marrow.teams.actions import answer_for_unit, invite, move_stage, open_seats, select
from marrow.teams.models import Assignment, Seat
from tests.builders import NOW, OFFICE, a_batch, a_hospital, a_person, a_site

STAGES = ("RECRUITING", "SELECTED", "TRAINING", "IN_TRANSIT", "ON_POST")


@dataclass(frozen=True, slots=True)
class Team:
    """Those of a team who are asked for in tests."""

    mission: Mission
    site: Site
    leader: Viewer
    member: Viewer
    host: Viewer  # the recipient's office
    head: Viewer
    chief: Person
    mate: Person


def seated(mission: Mission, person: Person, role: str = "MEMBER", **told: object) -> Assignment:
    """Somebody comes into a seat as people do: asked, agreed, selected."""
    unit = Viewer(uuid4(), "Unit", (Grant("unit", ORGANISATION, person.unit_id),))
    seat = Seat(id=uuid4(), role=role, **told)
    open_seats(mission=mission.pk, seats=[seat], by=OFFICE, at=NOW)
    asked = invite(seat=seat.pk, person=person.pk, by=OFFICE, at=NOW)
    answer_for_unit(assignment=asked.pk, agrees=True, by=unit, at=NOW)
    return select(assignment=asked.pk, by=OFFICE, at=NOW)


def moved(mission: Mission, *stages: str, at: dt.datetime = NOW, reason: str = "") -> Mission:
    for stage in stages:
        move_stage(mission=mission.pk, stage=stage, on=at.date(), reason=reason, by=OFFICE, at=at)
    return Mission.objects.get(pk=mission.pk)


def a_team_on_post(
    number: int = 31, at: dt.datetime = NOW, accounts: tuple[UUID, ...] = ()
) -> Team:
    """Two people on post since `at`; `accounts` are those of the leader and the member."""
    mission = a_batch(number)
    hospital = a_hospital(f"Hôpital Test {number}")
    site = a_site(mission, organisation=hospital)
    chief, mate = a_person(f"Chief Test {number}"), a_person(f"Mate Test {number}")
    leader, member = accounts or (uuid4(), uuid4())
    for person, account, role in ((chief, leader, "LEADER"), (mate, member, "MEMBER")):
        Person.objects.filter(pk=person.pk).update(account=account)
        seated(mission, person, role)
    mission = moved(mission, *STAGES, at=at)
    return Team(
        mission, site,
        Viewer(leader, "Leader", (Grant("leader"),)), Viewer(member, "Member", (Grant("member"),)),
        Viewer(uuid4(), "Host", (Grant("recipient", ORGANISATION, hospital.pk),)),
        Viewer(uuid4(), "Head", (Grant("head", ORGANISATION, hospital.pk),)),
        chief, mate,
    )  # fmt: skip
