"""A hospital with local staff, who watches them, and who signs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from marrow.catalogue.models import Item
from marrow.core.viewer import Grant, Viewer
from marrow.core.words import names
from marrow.directory.models import Organisation
from marrow.entrusting.actions import (
    confirm_case,
    entrust,
    log_case,
    name_base,
    name_talent,
    open_channel,
    pair_up,
    propose_first,
    send_to_study,
)
from marrow.entrusting.models import (
    Base,
    Entrustment,
    FirstTime,
    GreenChannel,
    LogCase,
    Pair,
    Study,
    Talent,
)
from marrow.people.actions import enter_person
from marrow.people.models import Person
from tests.builders import NOW
from tests.builders.capability import SPECIALTY, Ward, a_ward
from tests.builders.catalogued import an_item

TODAY = NOW.date()
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class House:
    """A ward (head, visitor on post, office) with two of its own people; one signs in."""

    ward: Ward
    nurse: Person
    doctor: Person
    as_nurse: Viewer
    expert: Person  # the visitor's own record


def a_house(number: int = 31) -> House:
    ward = a_ward(number)
    nurse, doctor = (
        enter_person(
            unit=ward.hospital, names=names(fr=f"{name} Essai {number}"), kind=kind,
            specialty=SPECIALTY, by=ward.head, at=NOW,
        )
        for name, kind in (("Infirmière", "NURSE"), ("Docteur", "DOCTOR"))
    )  # fmt: skip
    account = uuid4()
    Person.objects.filter(pk=nurse.pk).update(account=account)
    nurse.account = account
    return House(
        ward, nurse, doctor, Viewer(account, "Nurse", (Grant("member"),)),
        Person.objects.get(account=ward.visitor.person),
    )  # fmt: skip


def logged(
    house: House, item: Item, role: str = "SUPERVISED", on: dt.date = TODAY,
    by: Viewer | None = None, count: int = 1, person: Person | None = None,
) -> LogCase:  # fmt: skip
    """Cases that the nurse tells of herself, watched by the visitor."""
    case = LogCase(id=uuid4(), item=item, role=role, on=on, count=count, supervisor=house.expert)
    who = person or house.nurse
    return log_case(person=who.pk, case=case, by=by or house.as_nurse, at=NOW)


def shown(house: House, item: Item, role: str = "SUPERVISED", on: dt.date = TODAY) -> LogCase:
    """A case that the visitor confirmed."""
    return confirm_case(case=logged(house, item, role, on).pk, by=house.ward.visitor, at=NOW)


def signed(
    house: House, item: Item, level: int, on: dt.date = TODAY, by: Viewer | None = None,
    reason: str = "", person: Person | None = None,
) -> Entrustment:  # fmt: skip
    row = Entrustment(id=uuid4(), item=item, level=level, on=on, reason=reason)
    who = person or house.nurse
    return entrust(person=who.pk, level=row, by=by or house.ward.visitor, at=NOW)


def local_staff(head: Viewer, house: Organisation, host: Organisation, mark: str) -> dict[str, str]:
    """A nurse with a case, a teacher, a study; a base, and a first that waits: by their places in
    addresses. `mark` stands in what is not for everybody."""
    nurse, teacher = (
        enter_person(unit=house, names=names(f"{who} {mark}"), kind="NURSE", by=head, at=NOW)
        for who in ("Nurse", "Teacher")
    )
    item = an_item(f"Service of {house}", kind="SERVICE")
    case = LogCase(id=uuid4(), item=item, role="ALONE", on=TODAY, count=1)
    pair = Pair(id=uuid4(), teacher=teacher, apprentice=nurse, track="CLINICAL", begun_on=TODAY)
    study = Study(id=uuid4(), person=nurse, host=host, specialty="NURSING", track="CLINICAL")
    base = Base(id=uuid4(), kind="OTHER", specialty="NURSING")
    first = FirstTime(id=uuid4(), item=item, side="LOCAL", by_whom="LOCALS", evidence=mark)
    here: dict[str, Any] = {"organisation": house.pk, "by": head, "at": NOW}
    talent = Talent(id=uuid4(), person=nurse, track="CLINICAL", grade="KEY", shown_by=mark)
    name_talent(talent=talent, **here)
    opened = name_base(base=base, **here)
    channel = GreenChannel(id=uuid4(), organisation=host)
    told: dict[str, Any] = {
        "channel": open_channel(base=opened.pk, channel=channel, by=head, at=NOW),
        "case": log_case(person=nurse.pk, case=case, by=head, at=NOW),
        "pair_of_two": pair_up(pair=pair, items=[item], **here),
        "study": send_to_study(study=study, **here), "base": opened,
        "first": propose_first(first=first, **here),
    }  # fmt: skip
    return {name: str(each.pk) for name, each in told.items()} | {"figure": "people"}
