"""Who can be sent, their service records, entering and changing them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from marrow.directory.access import organisation_for
from marrow.people import actions, plain
from marrow.people.access import ENTERERS
from marrow.people.forms import PersonForm
from marrow.people.queries import Sought
from marrow.ui.rest.answers import done, made, read, unless_changed
from marrow.ui.rest.bodies import Body, Code, Names, NamesOut, Page, filled, meant, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

router = Router(tags=["people"])
READERS = ("office", "unit", "auditor", "leader")


class PersonOut(Schema):
    """Somebody who can be sent. What is empty or null is unknown; contacts are never told."""

    id: UUID
    names: NamesOut
    unit: UUID
    kind: str
    specialty: str
    grade: str
    sex: str
    birth_year: int | None
    willing: bool | None
    left_on: str
    invented: bool


class CredentialOut(Schema):
    id: UUID
    kind: str
    title: str
    number: str
    given_by: str
    issued_on: str
    expires_on: dt.date | None


class LanguageOut(Schema):
    language: str
    level: str
    tested_on: str


class AbsenceOut(Schema):
    id: UUID
    why: str
    from_on: dt.date
    until_on: dt.date | None


class BenefitOut(Schema):
    id: UUID
    kind: str
    granted_on: str
    note: str


class DistinctionOut(Schema):
    id: UUID
    names: NamesOut
    body: str
    given_on: str


class CareerOut(Schema):
    id: UUID
    kind: str
    what: str
    since_on: str


class LearningOut(Schema):
    id: UUID
    what: str
    learned_on: str


class RecordOut(Schema):
    """The service record, without the seats that somebody held: teams tell of these."""

    credentials: list[CredentialOut]
    languages: list[LanguageOut]
    absences: list[AbsenceOut]
    benefits: list[BenefitOut]
    distinctions: list[DistinctionOut]
    career: list[CareerOut]
    learnings: list[LearningOut]


class PeopleFilters(Schema):
    q: Annotated[str, text(80)] = ""
    specialty: Annotated[str, text(24)] = ""
    language: Annotated[str, text(8)] = ""
    kind: Code = ""


class PersonIn(Body):
    """`willing` left out is unknown."""

    names: Names
    kind: Code
    specialty: Annotated[str, text(24)] = ""
    grade: Code = ""
    sex: Literal["", "F", "M"] = ""
    birth_year: Annotated[int, Field(ge=1900, le=2020)] | None = None
    willing: bool | None = None


class PersonChangeIn(Body):
    """Only what is sent is changed; names that are sent replace all names."""

    names: Names = Names()
    kind: Code = ""
    specialty: Annotated[str, text(24)] = ""
    grade: Code = ""
    sex: Literal["", "F", "M"] = ""
    birth_year: Annotated[int, Field(ge=1900, le=2020)] | None = None
    willing: bool | None = None


class NewPersonIn(PersonIn):
    unit: UUID


@router.get("/people", auth=by(*READERS), response=Page[PersonOut])
def list_people(request: ApiRequest, window: InPages, chosen: Query[PeopleFilters]) -> HttpResponse:
    """Those whom this caller may see: an office its units', a unit its own, a leader the team."""
    sought = Sought(chosen.q, chosen.specialty, chosen.language, chosen.kind)
    part = part_of(plain.people(request.viewer, sought), window, plain.ORDER, about(request))
    return read(request, page(request, part, plain.person_told))


@router.get("/people/{uuid:person}", auth=by("signed-in"), response=PersonOut)
def get_person(request: ApiRequest, person: UUID) -> HttpResponse:
    return read(request, plain.person(request.viewer, person))


@router.get("/people/{uuid:person}/record", auth=by("signed-in"), response=RecordOut)
def get_service_record(request: ApiRequest, person: UUID) -> HttpResponse:
    return read(request, plain.record(request.viewer, person))


@router.post("/people", auth=by(*ENTERERS), response={201: PersonOut})
def enter_person(request: ApiRequest, told: NewPersonIn) -> HttpResponse:
    """Enter a person of a unit; the same name, year of birth and unit is refused."""
    unit = meant("unit", organisation_for, told.unit) or organisation_for(told.unit)
    form = filled(PersonForm, _without_unit(told))
    row = actions.enter_person(
        unit=unit, names=form.names(), by=request.viewer, at=timezone.now(), **form.told()
    )
    return made(plain.person(request.viewer, row.pk), f"/api/v1/people/{row.pk}")


def _without_unit(told: NewPersonIn) -> PersonIn:
    return PersonIn(**told.model_dump(exclude={"unit"}, exclude_unset=True))


@router.patch("/people/{uuid:person}", auth=by(*ENTERERS), response=PersonOut)
def change_person(request: ApiRequest, person: UUID, told: PersonChangeIn) -> HttpResponse:
    """Change what is known: only the fields that are sent."""
    with unless_changed(request, lambda: plain.person(request.viewer, person)):
        known = plain.person(request.viewer, person)
        kept = {column: known[column] for column in PersonIn.model_fields}
        sent = told.model_dump(exclude_unset=True)
        form = filled(PersonForm, PersonIn(**{**kept, **sent}))
        changed: dict[str, Any] = {c: v for c, v in form.told().items() if c in sent}
        if "names" in sent:
            changed["names"] = form.names()
        actions.change_person(person=person, by=request.viewer, at=timezone.now(), **changed)
    return done(plain.person(request.viewer, person))
