"""Needs and what answers them, through the API."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import File, Form, Query, Schema
from ninja.files import UploadedFile

from marrow.capacity.queries import Chosen
from marrow.need import actions, plain
from marrow.need.api.outflows import READ, TELL, PatientsLeftOut, router
from marrow.ui.rest.answers import done, made, read
from marrow.ui.rest.bodies import Body, Code, Place, Why, text
from marrow.ui.rest.gates import ApiRequest, by


class HospitalNeedOut(Schema):
    id: UUID
    organisation: UUID
    item: str
    key: str
    words: str
    state: str
    identified_at: dt.datetime
    met_on: dt.date | None


class NeedAnswerOut(Schema):
    """`seat` null is the mission as a whole."""

    id: UUID
    need: UUID
    mission: UUID
    seat: UUID | None
    linked_at: dt.datetime
    ended_on: dt.date | None
    ended_why: str


class NeedChangeOut(Schema):
    state: str
    way: str
    changed_at: dt.datetime
    reason: str


class WholeNeedOut(HospitalNeedOut):
    """`proposal` is the state that the measure speaks for today; null where it speaks for none."""

    care: str
    proposal: str | None
    answers: list[NeedAnswerOut]
    changes: list[NeedChangeOut]


class NeedLineOut(Schema):
    """What is lacking; `left` null is unknown, and stands last."""

    item: str
    care: str
    left: PatientsLeftOut | None
    needs: list[HospitalNeedOut]


class NeedsOut(Schema):
    key: str
    area: str
    on: dt.date
    lines: list[NeedLineOut]


class Lacking(Schema):
    """`area`: the code of a place within the list's area; '' is the whole. `severity` and
    `specialty`: only these items."""

    area: Place = ""
    severity: Literal["", "MINOR", "MODERATE", "SERIOUS"] = ""
    specialty: Annotated[str, text(24)] = ""


class SeatPrecision(Schema):
    seat: UUID
    mission: UUID
    needs: list[UUID]


class PrecisionOut(Schema):
    """Seats that answer a confirmed need, of all with a specialty; null where there is no seat."""

    answering: int | None
    of: int | None
    seats: list[SeatPrecision]


class NeedIn(Body):
    organisation: UUID
    item: Annotated[str, text(60, 1)]
    words: Annotated[str, text(600)] = ""


class LinkIn(Body):
    mission: UUID
    seat: UUID | None = None


class StateIn(Body):
    state: Code


@router.get("/needs/of/{str:listing}", auth=by(*READ), response=NeedsOut)
def list_needs(request: ApiRequest, listing: str, asked: Query[Lacking]) -> HttpResponse:
    """What a list's area lacks, or one place within it, the most people first."""
    today, chosen = timezone.localdate(), Chosen(asked.specialty, severity=asked.severity)
    return read(request, plain.needs(request.viewer, listing, today, asked.area, chosen))


@router.post("/needs/of/{str:listing}", auth=by(*TELL), response={201: HospitalNeedOut})
def identify_need(request: ApiRequest, listing: str, told: NeedIn) -> HttpResponse:
    """Make a need of what is lacking; a hospital's own word confirms it at once."""
    row = actions.identify_need(
        organisation=told.organisation, key=listing, item=told.item, words=told.words,
        by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return made(plain.need_told(row), f"/api/v1/needs/{row.pk}")


@router.get("/needs/{uuid:need}", auth=by(*READ), response=WholeNeedOut)
def get_need(request: ApiRequest, need: UUID) -> HttpResponse:
    return read(request, plain.need(request.viewer, need, timezone.localdate()))


@router.post("/needs/{uuid:need}/confirm", auth=by("recipient"), response=HospitalNeedOut)
def confirm_need(request: ApiRequest, need: UUID) -> HttpResponse:
    """The hospital's own word."""
    row = actions.confirm_need(need=need, by=request.viewer, at=timezone.now())
    return done(plain.need_told(row))


@router.post("/needs/{uuid:need}/paper", auth=by("office"), response=HospitalNeedOut)
def confirm_need_on_paper(
    request: ApiRequest, need: UUID, signer: Annotated[str, Form(max_length=200)],
    title: Annotated[str, Form(max_length=400)], scan: File[UploadedFile],
) -> HttpResponse:  # fmt: skip
    """Enter what a hospital confirmed on paper, with the scan (PDF, PNG or JPEG, 5 MB at most)."""
    row = actions.confirm_need_on_paper(
        need=need, signer=signer, title=title, scan=scan.read(), by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return done(plain.need_told(row))


@router.post("/needs/{uuid:need}/move", auth=by(*TELL), response=HospitalNeedOut)
def move_need(request: ApiRequest, need: UUID, told: StateIn) -> HttpResponse:
    """Confirm the state that the measure proposes."""
    row = actions.move_need(need=need, state=told.state, by=request.viewer, at=timezone.now())
    return done(plain.need_told(row))


@router.post("/needs/{uuid:need}/decline", auth=by(*TELL), response=HospitalNeedOut)
def decline_need(request: ApiRequest, need: UUID, told: Why) -> HttpResponse:
    row = actions.decline_need(need=need, reason=told.reason, by=request.viewer, at=timezone.now())
    return done(plain.need_told(row))


@router.post("/needs/{uuid:need}/answers", auth=by("office"), response={201: NeedAnswerOut})
def link_need(request: ApiRequest, need: UUID, told: LinkIn) -> HttpResponse:
    """Say which seat, or mission, answers it."""
    row = actions.link_need(
        need=need, mission=told.mission, seat=told.seat, by=request.viewer, at=timezone.now()
    )
    return made(plain.answer_told(row), f"/api/v1/needs/{need}")


@router.post("/need-answers/{uuid:answer}/end", auth=by("office"), response=NeedAnswerOut)
def unlink_need(request: ApiRequest, answer: UUID, told: Why) -> HttpResponse:
    row = actions.unlink_need(
        answer=answer, reason=told.reason, by=request.viewer, at=timezone.now()
    )
    return done(plain.answer_told(row))


@router.get("/precision", auth=by("office", "auditor"), response=PrecisionOut)
def get_precision(request: ApiRequest) -> HttpResponse:
    """The precision of aid, with the seats behind it."""
    return read(request, plain.precision(request.viewer))
