"""A hospital with its head, a visitor beside it, its office; items, and steps that all signed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import uuid4

from marrow.capacity import access
from marrow.capacity.actions import propose_step, sign_step
from marrow.capacity.models import Evidence, Step
from marrow.catalogue.actions import add_requirement
from marrow.catalogue.models import Item, List, Requirement
from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.core.words import names
from marrow.directory.models import Organisation
from marrow.missions.models import Mission
from marrow.people.models import Person
from tests.builders import NOW, OFFICE, a_batch, a_hospital, a_person, a_series, a_site
from tests.builders.catalogued import a_list, a_version, an_item
from tests.builders.on_post import STAGES, moved, seated

SPECIALTY = "NEPHROLOGY"


@dataclass(frozen=True, slots=True)
class Ward:
    """A hospital and who signs there."""

    hospital: Organisation
    mission: Mission
    head: Viewer
    visitor: Viewer
    remote: Viewer
    office: Viewer
    elsewhere: Viewer  # the head of another hospital


def a_ward(number: int = 31, at: dt.datetime = NOW) -> Ward:
    """A hospital in which a nephrologist of a team serves since `at`."""
    series, hospital = a_series(), a_hospital(f"Hôpital Échelle {number}")
    other = a_hospital(f"Hôpital Autre {number}")
    mission = a_batch(number, series)
    a_site(mission, organisation=hospital)
    expert, account = a_person(f"Expert Test {number}", specialty=SPECIALTY), uuid4()
    Person.objects.filter(pk=expert.pk).update(account=account)
    seated(mission, expert, "LEADER", specialty=SPECIALTY)
    mission = moved(mission, *STAGES, at=at)
    return Ward(
        hospital, mission,
        Viewer(uuid4(), "Head", (Grant("head", ORGANISATION, hospital.pk),)),
        Viewer(account, "Expert", (Grant("member"),)),
        Viewer(uuid4(), "From afar", (Grant("specialist"),)),
        Viewer(uuid4(), "Office", (Grant("office"),)),
        Viewer(uuid4(), "Elsewhere", (Grant("head", ORGANISATION, other.pk),)),
    )  # fmt: skip


def a_service(name: str = "Haemodialysis", machine: str = "", wanted: int | None = None) -> Item:
    """A service of nephrology; `machine` is the code of the one that it needs."""
    item = an_item(name, kind="SERVICE", specialty=SPECIALTY)
    if machine:
        need = Requirement(kind="EQUIPMENT", resource=machine, names=names(machine), count=wanted)
        add_requirement(item=item.key, need=need, by=OFFICE, at=NOW)
    return item


def listed(*items: Item) -> List:
    """Guinea's list, which holds these since 2020."""
    found = a_list("Guinea’s list")
    a_version(found.key, items, dt.date(2020, 1, 1))
    return found


def cases(on: dt.date, count: int = 5) -> Evidence:
    return Evidence(id=uuid4(), cases=count, from_on=on, until_on=on, how="with the visitor")


def proposed(
    ward: Ward, item: Item, level: int, on: dt.date, by: Viewer | None = None, reason: str = "",
    at: dt.datetime = NOW,
) -> Step:  # fmt: skip
    step = Step(id=uuid4(), item=item, level=level, on=on, reason=reason)
    up = not reason
    return propose_step(
        organisation=ward.hospital.pk, step=step, evidence=[cases(on)] if up else [],
        by=by or ward.visitor, at=at,
    )  # fmt: skip


def the_team_went_home(ward: Ward) -> None:
    """No visitor is left at the hospital."""
    Mission.objects.filter(sites__organisation=ward.hospital).update(status="CLOSED")


def climbed(ward: Ward, item: Item, level: int, on: dt.date, at: dt.datetime = NOW) -> Step:
    """A step up that the head signed, and the visitor; of a day before they came, who is afar."""
    row = proposed(ward, item, level, on, at=at)
    there = ward.hospital.pk in access.with_visitors(on)
    side, who = ("VISITOR", ward.visitor) if there else ("REMOTE", ward.remote)
    sign_step(step=row.pk, side=side, by=who, at=at)
    return sign_step(step=row.pk, side="HEAD", by=ward.head, at=at)


def gone_home(ward: Ward, on: dt.date) -> None:
    """The nephrologist of the team left on this day, and nobody followed."""
    assignment = ward.mission.seats.get().assignments.get()
    assignment.started_on, assignment.ended_on = on - dt.timedelta(days=400), on
    assignment.save(update_fields=["started_on", "ended_on"])
