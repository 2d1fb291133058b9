"""What is added to somebody's service record, and the end of an absence."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from marrow.people import access, actions, plain
from marrow.people.api.people import RecordOut, router
from marrow.people.forms import PARTS
from marrow.ui.rest.answers import done, made
from marrow.ui.rest.bodies import Body, Code, Sourced, Told, filled, text
from marrow.ui.rest.gates import ApiRequest, by

LOCK = by(*access.ENTERERS)


class CredentialIn(Body):
    """`expires_on` left out: nobody told when it ends."""

    kind: Code
    title: Annotated[str, text(160)] = ""
    number: Annotated[str, text(60)] = ""
    given_by: Annotated[str, text(160)] = ""
    issued_on: Told = ""
    expires_on: dt.date | None = None


class LanguageIn(Body):
    """`level` is of the CEFR: A1 to C2."""

    language: Annotated[str, text(8, 1)]
    level: Code
    tested_on: Told = ""


class AbsenceIn(Body):
    """`until_on` is the first free day; left out, it is not known yet."""

    why: Code
    from_on: dt.date
    until_on: dt.date | None = None


class EndedIn(Body):
    """The first day on which they are free again."""

    until_on: dt.date


class BenefitIn(Sourced):
    """Its source is the policy document that grants it."""

    kind: Code
    granted_on: Told = ""
    note: Annotated[str, text(200)] = ""


class DistinctionIn(Body):
    """`body` is who gives it."""

    name: Annotated[str, text(200, 1)]
    body: Annotated[str, text(200)] = ""
    given_on: Told = ""


class CareerIn(Body):
    kind: Code
    what: Annotated[str, text(200, 1)]
    since_on: Told = ""


class LearningIn(Body):
    what: Annotated[str, text(300, 1)]
    learned_on: Told = ""


@router.post("/people/{uuid:person}/credentials", auth=LOCK, response={201: RecordOut})
def add_credential(request: ApiRequest, person: UUID, told: CredentialIn) -> HttpResponse:
    return _add(request, person, "credential", told)


@router.post("/people/{uuid:person}/languages", auth=LOCK, response={201: RecordOut})
def add_language(request: ApiRequest, person: UUID, told: LanguageIn) -> HttpResponse:
    """Add a language; told again it takes the new level."""
    return _add(request, person, "language", told)


@router.post("/people/{uuid:person}/absences", auth=LOCK, response={201: RecordOut})
def add_absence(request: ApiRequest, person: UUID, told: AbsenceIn) -> HttpResponse:
    """Add days when somebody is not free."""
    return _add(request, person, "away", told)


@router.post("/people/{uuid:person}/benefits", auth=LOCK, response={201: RecordOut})
def add_benefit(request: ApiRequest, person: UUID, told: BenefitIn) -> HttpResponse:
    return _add(request, person, "benefit", told)


@router.post("/people/{uuid:person}/distinctions", auth=LOCK, response={201: RecordOut})
def add_distinction(request: ApiRequest, person: UUID, told: DistinctionIn) -> HttpResponse:
    """Add an honour."""
    return _add(request, person, "honour", told)


@router.post("/people/{uuid:person}/career", auth=LOCK, response={201: RecordOut})
def add_career_step(request: ApiRequest, person: UUID, told: CareerIn) -> HttpResponse:
    return _add(request, person, "career", told)


@router.post("/people/{uuid:person}/learnings", auth=LOCK, response={201: RecordOut})
def add_learning(request: ApiRequest, person: UUID, told: LearningIn) -> HttpResponse:
    """Add what somebody learned on mission."""
    return _add(request, person, "learning", told)


@router.post("/absences/{uuid:absence}/end", auth=LOCK, response=RecordOut)
def end_absence(request: ApiRequest, absence: UUID, told: EndedIn) -> HttpResponse:
    """Say the first day on which somebody is free again."""
    row = actions.end_unavailability(
        unavailability=absence, until_on=told.until_on, by=request.viewer, at=timezone.now()
    )
    return done(plain.record(request.viewer, row.person_id))


def _add(request: ApiRequest, person: UUID, part: str, told: Body) -> HttpResponse:
    """Through the form and the action of the page."""
    access.person_to_correct(request.viewer, person)
    form = filled(PARTS[part], told)
    actions.add_to_person(
        person=person, part=form.part(), by=request.viewer, at=timezone.now(),
        source=form.paper(), told=form.told(),
    )  # fmt: skip
    return made(plain.record(request.viewer, person))
