"""Cases of a logbook, their sign-off, and the levels that rest on them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from marrow.entrusting import access, actions, plain
from marrow.entrusting.forms import CaseForm, EntrustForm
from marrow.ui.rest.answers import done, made, read
from marrow.ui.rest.bodies import Body, Code, Page, Why, filled, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

router = Router(tags=["entrusting"])
LATEST = ("-on", "-id")


class LogCaseOut(Schema):
    """`role`: OBSERVED, ASSISTED, SUPERVISED, ALONE; `state`: WAITING, CONFIRMED, DECLINED."""

    id: UUID
    person: UUID
    organisation: UUID
    item: str
    on: dt.date
    role: str
    count: int
    supervisor: UUID | None
    supervisor_words: str
    state: str
    told_at: dt.datetime
    decided_at: dt.datetime | None
    reason: str


class EntrustmentOut(Schema):
    """A level from 1 to 5 since a day; `before` null: none was signed."""

    id: UUID
    person: UUID
    organisation: UUID
    item: str
    level: int
    before: int | None
    on: dt.date
    cases: int
    reason: str
    side: str
    signed_at: dt.datetime


class LogCaseIn(Body):
    """`item` is the catalogue's key. Never a patient's name, nor what would tell who it is."""

    item: Annotated[str, text(60, 1)]
    role: Code
    on: dt.date
    count: int = 1
    supervisor: UUID | None = None
    supervisor_words: Annotated[str, text(120)] = ""


class EntrustmentIn(Body):
    item: Annotated[str, text(60, 1)]
    level: int
    on: dt.date
    reason: Annotated[str, text(300)] = ""


@router.get("/people/{uuid:person}/cases", auth=by("signed-in"), response=Page[LogCaseOut])
def list_log_cases(request: ApiRequest, person: UUID, window: InPages) -> HttpResponse:
    """The cases of somebody's logbook."""
    part = part_of(plain.cases(request.viewer, person), window, LATEST, about(request))
    return read(request, page(request, part, plain.case_told))


@router.get(
    "/people/{uuid:person}/entrustments", auth=by("signed-in"), response=Page[EntrustmentOut]
)
def list_entrustments(request: ApiRequest, person: UUID, window: InPages) -> HttpResponse:
    """What somebody may do: every level that was signed, the latest first."""
    part = part_of(plain.levels(request.viewer, person), window, LATEST, about(request))
    return read(request, page(request, part, plain.level_told))


@router.post("/people/{uuid:person}/cases", auth=by("signed-in"), response={201: LogCaseOut})
def log_case(request: ApiRequest, person: UUID, told: LogCaseIn) -> HttpResponse:
    """Enter cases of one day; who watched confirms them."""
    row, today = access.colleague_to_log(request.viewer, person), timezone.localdate()
    form = filled(lambda data: CaseForm(data, person=row, today=today), told, count=told.count)
    case = actions.log_case(person=row.pk, case=form.case(), by=request.viewer, at=timezone.now())
    return made(plain.case_told(case), f"/api/v1/people/{person}/cases")


@router.post("/log-cases/{uuid:case}/confirm", auth=by("signed-in"), response=LogCaseOut)
def confirm_case(request: ApiRequest, case: UUID) -> HttpResponse:
    """Say from one's own account that it was so."""
    row = actions.confirm_case(case=case, by=request.viewer, at=timezone.now())
    return done(plain.case_told(row))


@router.post("/log-cases/{uuid:case}/decline", auth=by("signed-in"), response=LogCaseOut)
def decline_case(request: ApiRequest, case: UUID, told: Why) -> HttpResponse:
    """Say that it was not so."""
    row = actions.decline_case(case=case, reason=told.reason, by=request.viewer, at=timezone.now())
    return done(plain.case_told(row))


@router.post(
    "/people/{uuid:person}/entrustments", auth=by("head", "member", "leader"),
    response={201: EntrustmentOut},
)  # fmt: skip
def entrust(request: ApiRequest, person: UUID, told: EntrustmentIn) -> HttpResponse:
    """Sign a level: up on confirmed cases, back with its reason."""
    row, today = access.colleague_to_entrust(request.viewer, person), timezone.localdate()
    form = filled(lambda data: EntrustForm(data, person=row, today=today), told)
    level = actions.entrust(
        person=row.pk, level=form.signed(), by=request.viewer, at=timezone.now()
    )
    return made(plain.level_told(level), f"/api/v1/people/{person}/entrustments")
