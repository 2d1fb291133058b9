"""A hospital with its head, a visitor beside it, its office; items, and steps that all signed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import uuid4

from marrow.capacity.actions import propose_step, sign_step
from marrow.capacity.models import Evidence, Step
from marrow.catalogue.models import Item, List, ListMember, ListVersion, Requirement
from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.core.words import names
from marrow.directory.models import Area, Organisation
from marrow.missions.models import Mission
from marrow.people.models import Person
from tests.builders import NOW, a_batch, a_hospital, a_person, a_series, a_site
from tests.builders.on_post import moved, seated

STAGES = ("RECRUITING", "SELECTED", "TRAINING", "IN_TRANSIT", "ON_POST")
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
    seated(mission, expert, "LEADER")
    mission.seats.update(specialty=SPECIALTY)
    mission = moved(mission, *STAGES, at=at)
    return Ward(
        hospital, mission,
        Viewer(uuid4(), "Head", (Grant("head", ORGANISATION, hospital.pk),)),
        Viewer(account, "Expert", (Grant("member"),)),
        Viewer(uuid4(), "From afar", (Grant("specialist"),)),
        Viewer(uuid4(), "Office", (Grant("office"),)),
        Viewer(uuid4(), "Elsewhere", (Grant("head", ORGANISATION, other.pk),)),
    )  # fmt: skip


def an_item(key: str = "haemodialysis", thing: str = "", wanted: int | None = None) -> Item:
    """A service of nephrology; `thing` is the machine that it needs."""
    item = Item.objects.create(
        id=uuid4(), key=key, kind="SERVICE", specialty=SPECIALTY, severity="MODERATE",
        names=names(key, key, key), search=key,
    )  # fmt: skip
    if thing:
        Requirement.objects.create(
            id=uuid4(), item=item, kind="EQUIPMENT", thing=thing, names=names(thing), count=wanted
        )
    return item


def a_list(*items: Item, area: str = "GN", on: dt.date = dt.date(2020, 1, 1)) -> List:
    found = List.objects.create(
        id=uuid4(), key="list", names=names("List"), kind="OTHER", area=Area.objects.get(code=area)
    )
    version = ListVersion.objects.create(id=uuid4(), list=found, number=1, valid_from=on)
    for rank, item in enumerate(items):
        ListMember.objects.create(id=uuid4(), version=version, item=item, rank=rank)
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


def climbed(ward: Ward, item: Item, level: int, on: dt.date, at: dt.datetime = NOW) -> Step:
    """A step up that head and visitor signed."""
    row = proposed(ward, item, level, on, at=at)
    sign_step(step=row.pk, side="VISITOR", by=ward.visitor, at=at)
    return sign_step(step=row.pk, side="HEAD", by=ward.head, at=at)
