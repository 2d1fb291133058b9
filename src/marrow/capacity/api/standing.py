"""Staff and supplies, experts who stand by from afar, what outlived its visitors."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Schema

from marrow.capacity import actions, plain
from marrow.capacity.api.ladder import EQUIP, READ, router
from marrow.capacity.forms import AppraisalForm, CheckForm, StaffForm, SupplyForm
from marrow.ui.rest.answers import done, made, read
from marrow.ui.rest.bodies import Body, Code, Page, Source, Told, filled, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of


class PresenceOut(Schema):
    """How many of a role in a specialty are there; of a supply 1 is there, 0 out of stock."""

    id: UUID
    organisation: UUID
    kind: str
    role: str
    specialty: str
    resource: str
    count: int
    on: dt.date
    words: str
    told_at: dt.datetime


class SupervisionOut(Schema):
    id: UUID
    organisation: UUID
    specialty: str
    from_on: dt.date
    until_on: dt.date
    expert_name: str
    accepted_name: str
    signed_at: dt.datetime | None
    ended_on: dt.date | None
    ended_why: str


class CheckOut(Schema):
    """Asked months after a team left; `still` null waits for an answer."""

    organisation: UUID
    item: str
    mission: UUID
    months: int
    left_on: dt.date
    due_on: dt.date
    still: bool | None
    cases: int | None
    words: str


class ChecksOut(Schema):
    checks: list[CheckOut]


class AppraisalOut(Schema):
    """`dimension`: TREATMENT, MANAGEMENT, CORE; `value` null: nobody gave a number."""

    id: UUID
    organisation: UUID
    dimension: str
    as_of: str
    value: Decimal | None
    scale: str
    words: str
    told_at: dt.datetime


class AppraisalIn(Body):
    dimension: Code
    as_of: Told
    said: Annotated[str, text(300, 1)]
    value: Decimal | None = None
    scale: Annotated[str, text(60)] = ""
    source: Source


class AtHospital(Schema):
    organisation: UUID


class StaffIn(Body):
    role: Code
    specialty: Annotated[str, text(24, 1)]
    count: int
    on: dt.date
    words: Annotated[str, text(300)] = ""


class SupplyIn(Body):
    """A supply is there (1) or out of stock (0)."""

    resource: Annotated[str, text(40, 1)]
    count: int
    on: dt.date
    words: Annotated[str, text(300)] = ""


class SupervisionIn(Body):
    specialty: Annotated[str, text(24, 1)]
    from_on: dt.date
    until_on: dt.date


class EndSupervisionIn(Body):
    on: dt.date
    reason: Annotated[str, text(300, 1)]


class CheckAnswerIn(Body):
    months: Literal[3, 6, 12]
    still: bool
    cases: int | None = None
    words: Annotated[str, text(300)] = ""


@router.get(
    "/organisations/{uuid:organisation}/appraisals", auth=by(*READ), response=Page[AppraisalOut]
)
def list_appraisals(request: ApiRequest, organisation: UUID, window: InPages) -> HttpResponse:
    """How a hospital was measured on named dimensions."""
    rows = plain.appraisals(organisation)
    part = part_of(rows, window, ("-told_at", "-id"), about(request))
    return read(request, page(request, part, plain.appraisal_told))


@router.post(
    "/organisations/{uuid:organisation}/appraisals",
    auth=by("head", "recipient", "office"),
    response={201: AppraisalOut},
)
def appraise_hospital(request: ApiRequest, organisation: UUID, told: AppraisalIn) -> HttpResponse:
    """Tell what a source says of a hospital on one dimension."""
    form = filled(AppraisalForm, told)
    row = actions.appraise_hospital(
        organisation=organisation, appraisal=form.appraisal(), source=form.told_by(),
        by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return made(plain.appraisal_told(row))


@router.get("/presences", auth=by(*READ), response=Page[PresenceOut])
def list_presences(request: ApiRequest, window: InPages, chosen: Query[AtHospital]) -> HttpResponse:
    """What a hospital told of its staff and supplies, the newest first."""
    part = part_of(
        plain.presences(chosen.organisation), window, ("-told_at", "-id"), about(request)
    )
    return read(request, page(request, part, plain.presence_told))


@router.post(
    "/organisations/{uuid:organisation}/staff", auth=by(*EQUIP), response={201: PresenceOut}
)
def tell_staff(request: ApiRequest, organisation: UUID, told: StaffIn) -> HttpResponse:
    """Say how many of a role in a specialty the hospital has."""
    form = filled(lambda data: StaffForm(data, today=timezone.localdate()), told)
    return _told(request, organisation, form)


@router.post(
    "/organisations/{uuid:organisation}/supplies", auth=by(*EQUIP), response={201: PresenceOut}
)
def tell_supply(request: ApiRequest, organisation: UUID, told: SupplyIn) -> HttpResponse:
    """Say whether a supply is there."""
    form = filled(lambda data: SupplyForm(data, today=timezone.localdate()), told)
    return _told(request, organisation, form)


def _told(request: ApiRequest, organisation: UUID, form: StaffForm | SupplyForm) -> HttpResponse:
    row = actions.tell_presence(
        organisation=organisation, presence=form.entered(), by=request.viewer, at=timezone.now()
    )
    return made(plain.presence_told(row), f"/api/v1/presences?organisation={organisation}")


@router.get("/supervisions", auth=by(*READ), response=Page[SupervisionOut])
def list_supervisions(
    request: ApiRequest, window: InPages, chosen: Query[AtHospital]
) -> HttpResponse:
    """Who stands by a hospital from afar, now or before."""
    part = part_of(
        plain.supervisions(chosen.organisation), window, ("-offered_at", "-id"), about(request)
    )
    return read(request, page(request, part, plain.supervision_told))


@router.post(
    "/organisations/{uuid:organisation}/supervisions", auth=by("specialist"),
    response={201: SupervisionOut},
)  # fmt: skip
def offer_supervision(request: ApiRequest, organisation: UUID, told: SupervisionIn) -> HttpResponse:
    """Offer, and sign, to stand by from afar."""
    row = actions.offer_supervision(
        organisation=organisation, by=request.viewer, at=timezone.now(), **told.model_dump()
    )
    there = f"/api/v1/supervisions?organisation={organisation}"
    return made(plain.supervision_told(row), there)


@router.post("/supervisions/{uuid:supervision}/accept", auth=by("head"), response=SupervisionOut)
def accept_supervision(request: ApiRequest, supervision: UUID) -> HttpResponse:
    """Sign for the hospital; it counts from then on."""
    row = actions.accept_supervision(supervision=supervision, by=request.viewer, at=timezone.now())
    return done(plain.supervision_told(row))


@router.post(
    "/supervisions/{uuid:supervision}/end", auth=by("specialist", "head", "office"),
    response=SupervisionOut,
)  # fmt: skip
def end_supervision(request: ApiRequest, supervision: UUID, told: EndSupervisionIn) -> HttpResponse:
    """End it from a day on, with the reason."""
    row = actions.end_supervision(
        supervision=supervision, on=told.on, reason=told.reason, by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return done(plain.supervision_told(row))


@router.get("/organisations/{uuid:organisation}/checks", auth=by(*READ), response=ChecksOut)
def list_checks(request: ApiRequest, organisation: UUID) -> HttpResponse:
    """What is asked 3, 6 and 12 months after visitors left, with the answers."""
    return read(request, {"checks": plain.checks(organisation)})


@router.post(
    "/organisations/{uuid:organisation}/checks/{str:catalogued}/{uuid:mission}",
    auth=by("head", "recipient", "office"), response={201: CheckOut},
)  # fmt: skip
def answer_check(
    request: ApiRequest, organisation: UUID, catalogued: str, mission: UUID, told: CheckAnswerIn
) -> HttpResponse:
    """Answer whether it is still done."""
    form = filled(CheckForm, told, still="yes" if told.still else "no")
    row = actions.answer_check(
        organisation=organisation, item=catalogued, mission=mission, months=told.months,
        answer=form.answer(), by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    there = f"/api/v1/organisations/{organisation}/checks"
    return made(plain.check_told(organisation, row), there)
