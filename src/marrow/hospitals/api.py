"""What hospitals ask for and what is broken there, through the API."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema

from marrow.hospitals import access, actions, plain
from marrow.hospitals.forms import AskForm, BrokenForm
from marrow.ui.rest.answers import done, made, read, unless_changed
from marrow.ui.rest.bodies import Body, Code, Page, filled, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

router = Router(tags=["hospitals"])
OURS = ("recipient", "head")
READERS = (*OURS, "office", "auditor")


class RequestOut(Schema):
    """What a hospital asks for in its own words, and the office's answer."""

    id: UUID
    organisation: UUID
    kind: str
    specialty: str
    text: str
    language: str
    needed_by: dt.date | None
    state: str
    asked_at: dt.datetime
    answer: str
    answered_at: dt.datetime | None
    closed_on: dt.date | None


class ReportOut(Schema):
    """A machine that does not work; since when may be unknown (null)."""

    id: UUID
    organisation: UUID
    equipment: UUID
    label: str
    broken: str
    broken_since: dt.date | None
    who_waits: str
    reported_at: dt.datetime
    mended_on: dt.date | None


class RequestFilters(Schema):
    organisation: UUID | None = None
    state: Code = ""


class ReportFilters(Schema):
    organisation: UUID | None = None
    mended: bool | None = None


class RequestIn(Body):
    kind: Code
    text: Annotated[str, text(600, 1)]
    specialty: Annotated[str, text(24)] = ""
    needed_by: dt.date | None = None


class RequestAnswerIn(Body):
    answer: Annotated[str, text(600, 1)]


class ReportIn(Body):
    """`equipment` is one of the hospital's machines; else `label` and `kind` enter another."""

    equipment: UUID | None = None
    label: Annotated[str, text(160)] = ""
    kind: Annotated[str, text(40)] = ""
    broken: Annotated[str, text(300, 1)]
    broken_since: dt.date | None = None
    who_waits: Annotated[str, text(200)] = ""


@router.get("/hospital-requests", auth=by(*READERS), response=Page[RequestOut])
def list_hospital_requests(
    request: ApiRequest, window: InPages, chosen: Query[RequestFilters]
) -> HttpResponse:
    """What hospitals asked for, the latest first; `state`: OPEN, ANSWERED, CLOSED."""
    rows = plain.requests(request.viewer, chosen.organisation, chosen.state)
    part = part_of(rows, window, ("-asked_at", "-id"), about(request))
    return read(request, page(request, part, plain.request_told))


@router.get("/hospital-requests/{uuid:request_id}", auth=by(*READERS), response=RequestOut)
def get_hospital_request(request: ApiRequest, request_id: UUID) -> HttpResponse:
    return read(request, plain.request(request.viewer, request_id))


@router.post(
    "/organisations/{uuid:organisation}/requests", auth=by(*OURS), response={201: RequestOut}
)
def ask_for(request: ApiRequest, organisation: UUID, told: RequestIn) -> HttpResponse:
    """Ask the programme office for something; the hospital's own office does it."""
    access.hospital_to_ask_for(request.viewer, organisation)
    asked = filled(AskForm, told).request()
    row = actions.ask_for(
        organisation=organisation, request=asked, by=request.viewer, at=timezone.now()
    )
    return made(plain.request_told(row), f"/api/v1/hospital-requests/{row.pk}")


@router.put("/hospital-requests/{uuid:request_id}/answer", auth=by("office"), response=RequestOut)
def answer_hospital_request(
    request: ApiRequest, request_id: UUID, told: RequestAnswerIn
) -> HttpResponse:
    """Answer a hospital, or write the answer anew before it closes the request."""
    viewer = request.viewer
    access.request_to_answer(viewer, request_id)
    with unless_changed(request, lambda: plain.request(viewer, request_id)):
        row = actions.answer_request(
            request=request_id, answer=told.answer, by=viewer, at=timezone.now()
        )
    return done(plain.request_told(row))


@router.post(
    "/hospital-requests/{uuid:request_id}/close", auth=by("recipient"), response=RequestOut
)
def close_hospital_request(request: ApiRequest, request_id: UUID) -> HttpResponse:
    """Say that the hospital needs nothing more of this."""
    row = actions.close_request(request=request_id, by=request.viewer, at=timezone.now())
    return done(plain.request_told(row))


@router.get("/equipment-reports", auth=by(*READERS), response=Page[ReportOut])
def list_equipment_reports(
    request: ApiRequest, window: InPages, chosen: Query[ReportFilters]
) -> HttpResponse:
    """What is or was broken, the latest first."""
    rows = plain.reports(request.viewer, chosen.organisation, mended=chosen.mended)
    part = part_of(rows, window, ("-reported_at", "-id"), about(request))
    return read(request, page(request, part, plain.report_told))


@router.get("/equipment-reports/{uuid:report}", auth=by(*READERS), response=ReportOut)
def get_equipment_report(request: ApiRequest, report: UUID) -> HttpResponse:
    return read(request, plain.report(request.viewer, report))


@router.post(
    "/organisations/{uuid:organisation}/equipment-reports", auth=by(*OURS),
    response={201: ReportOut},
)  # fmt: skip
def report_broken(request: ApiRequest, organisation: UUID, told: ReportIn) -> HttpResponse:
    """Tell that a machine does not work; that it works again is told of the machine."""
    hospital = access.hospital_to_report_for(request.viewer, organisation)
    form = filled(lambda data: BrokenForm(data, hospital=hospital), told)
    row = actions.report_broken(
        organisation=organisation, report=form.report(), machine=form.machine(),
        since=told.broken_since, by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return made(plain.report_told(row), f"/api/v1/equipment-reports/{row.pk}")
