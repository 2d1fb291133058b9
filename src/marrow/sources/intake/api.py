"""Bringing a file in through the API: send it, map its columns, look, start, watch, stop."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from marrow.sources import access, actions, plain
from marrow.sources.intake import queries
from marrow.ui.rest.answers import done, made, read, unless_changed
from marrow.ui.rest.bodies import Body, Page, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

router = Router(tags=["imports"])
SENDERS = ("office", "unit", "recipient")


class IntakeOut(Schema):
    """A file on its way in. `told` counts rows that were not taken or are doubtful, by code."""

    id: UUID
    kind: str
    name: str
    size: int
    sha256: str
    title: str
    publisher: str
    header: list[str]
    mapping: dict[str, str]
    state: str
    message: str
    rows: int
    position: int
    counts: dict[str, int]
    told: dict[str, int]
    document: UUID | None
    uploaded_at: dt.datetime
    ended_at: dt.datetime | None


class PreviewOut(Schema):
    """What the first rows would become; nothing is written yet."""

    counts: dict[str, int]
    sample: list[dict[str, str]]
    problems: dict[str, int]
    cut: bool


class RowOut(Schema):
    row: int
    why: str


class ColumnsIn(Body):
    """Our column (`name`, `country`, …) → the file's own name of it. `=country` → the country of
    all rows that name none."""

    mapping: Annotated[dict[str, Annotated[str, text(300)]], Field(max_length=60)]
    title: Annotated[str, text(400)] = ""
    publisher: Annotated[str, text(200)] = ""


@router.post("/imports", auth=by(*SENDERS), response={201: IntakeOut})
def send_file(
    request: ApiRequest, kind: Annotated[str, Form(max_length=20)], file: File[UploadedFile]
) -> HttpResponse:
    """Send a file (CSV, .csv.gz or XLSX). Its columns are guessed; nothing is taken in yet."""
    row = actions.receive_file(
        kind=kind, name=file.name or "", parts=file.chunks(), by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return made(plain.intake_told(row), f"/api/v1/imports/{row.pk}")


@router.get("/imports", auth=by(*SENDERS), response=Page[IntakeOut])
def list_imports(request: ApiRequest, window: InPages) -> HttpResponse:
    """The files that this caller sent, the newest first; an office of the whole sees all."""
    part = part_of(plain.intakes(request.viewer), window, ("-uploaded_at", "-id"), about(request))
    return read(request, page(request, part, plain.intake_told))


@router.get("/imports/{uuid:intake}", auth=by(*SENDERS), response=IntakeOut)
def get_import(request: ApiRequest, intake: UUID) -> HttpResponse:
    return read(request, plain.intake_told(access.intake_for(request.viewer, intake)))


@router.put("/imports/{uuid:intake}/columns", auth=by(*SENDERS), response=IntakeOut)
def map_columns(request: ApiRequest, intake: UUID, told: ColumnsIn) -> HttpResponse:
    """Say which column is which."""
    viewer = request.viewer
    with unless_changed(request, lambda: plain.intake_told(access.intake_for(viewer, intake))):
        row = actions.map_columns(
            intake=intake, mapping=told.mapping, title=told.title, publisher=told.publisher,
            by=viewer,
        )  # fmt: skip
    return done(plain.intake_told(row))


@router.get("/imports/{uuid:intake}/preview", auth=by(*SENDERS), response=PreviewOut)
def preview_import(request: ApiRequest, intake: UUID) -> HttpResponse:
    """What the first 3,000 rows would become by the present mapping."""
    found = queries.preview_of(request.viewer, queries.intake_page(request.viewer, intake))
    told = {"counts": found.counts, "sample": found.sample, "problems": found.problems}
    return read(request, {**told, "cut": found.cut})


@router.post("/imports/{uuid:intake}/start", auth=by(*SENDERS), response={202: IntakeOut})
def start_import(request: ApiRequest, intake: UUID) -> HttpResponse:
    """Confirm: a worker takes the rows in. The state and the counts tell how far it is."""
    row = actions.start_intake(intake=intake, by=request.viewer, at=timezone.now())
    return done(plain.intake_told(row), status=202)


@router.post("/imports/{uuid:intake}/cancel", auth=by(*SENDERS), response=IntakeOut)
def cancel_import(request: ApiRequest, intake: UUID) -> HttpResponse:
    """Stop. What is in stays; a new start goes on from there."""
    row = actions.cancel_intake(intake=intake, by=request.viewer, at=timezone.now())
    return done(plain.intake_told(row))


@router.get("/imports/{uuid:intake}/problems", auth=by(*SENDERS), response=Page[RowOut])
def list_problems(request: ApiRequest, intake: UUID) -> HttpResponse:
    """Every row that was not taken or is doubtful, with the reason, on one page."""
    rows = queries.problem_rows(request.viewer, intake)
    return read(request, {"items": [{"row": n, "why": why} for n, why in rows], "next": None})
