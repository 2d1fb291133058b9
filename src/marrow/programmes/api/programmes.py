"""Programmes, series and their parts: reading, founding, adding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from marrow.programmes import access, actions, plain, queries
from marrow.programmes.forms import (
    AgreementForm,
    ChangeProgrammeForm,
    ConsortiumForm,
    EventForm,
    GoalForm,
    InterruptionForm,
    PartForm,
    PartnershipForm,
    ProgrammeForm,
    SeriesForm,
    TaskingForm,
)
from marrow.ui.rest.answers import done, made, read, unless_changed
from marrow.ui.rest.bodies import (
    Body,
    Code,
    Line,
    Names,
    NamesOut,
    Page,
    Place,
    Sourced,
    Told,
    filled,
    lines,
    text,
)
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

router = Router(tags=["programmes"])


class ProgrammeOut(Schema):
    id: UUID
    key: str
    kind: str
    names: NamesOut
    sender: str | None
    authority: UUID | None
    started_on: str
    ended_on: str
    status: str
    recurs: str
    rest_months: int | None
    invented: bool


class SeriesOut(Schema):
    id: UUID
    key: str
    programme: str
    names: NamesOut
    recipient_area: str | None
    recipient: UUID | None
    track: str
    since: str


class PauseOut(Schema):
    id: UUID
    stopped_on: str
    resumed_on: str
    reason: NamesOut


class OneSeriesOut(SeriesOut):
    pauses: list[PauseOut]


class GoalOut(Schema):
    id: UUID
    code: str
    names: NamesOut


class TaskingOut(Schema):
    id: UUID
    organisation: UUID
    role: str
    rank: int


class AgreementOut(Schema):
    id: UUID
    names: NamesOut
    signed_on: str
    starts_on: str
    ends_on: str
    parties: list[str]


class PartnershipOut(Schema):
    id: UUID
    mode: str
    status: int | None
    sender_area: str | None
    sender: UUID | None
    sender_department: UUID | None
    recipient_area: str | None
    recipient: UUID | None
    recipient_department: UUID | None
    starts_on: str
    ends_on: str


class LinkOut(Schema):
    id: UUID
    upper: UUID
    lower: UUID | None
    lower_area: str | None


class ConsortiumOut(Schema):
    id: UUID
    names: NamesOut
    links: list[LinkOut]


class SpeakerOut(Schema):
    names: NamesOut
    office: NamesOut
    spoke: bool
    rank: int


class EventOut(Schema):
    id: UUID
    kind: str
    names: NamesOut
    held_on: str
    place: NamesOut
    speakers: list[SpeakerOut]


class ProgrammePartsOut(Schema):
    goals: list[GoalOut]
    taskings: list[TaskingOut]
    agreements: list[AgreementOut]
    partnerships: list[PartnershipOut]
    consortia: list[ConsortiumOut]
    events: list[EventOut]


class ProgrammeFilters(Schema):
    kind: Code = ""
    status: Code = ""


class SeriesFilters(Schema):
    programme: Annotated[str, text(80)] = ""
    recipient: Code = ""


class ProgrammeIn(Sourced):
    names: Names
    kind: Code
    sender: Place = ""
    started_on: Told = ""


class ProgrammePatch(Sourced):
    names: Names | None = None
    sender: Place = ""
    authority: UUID | None = None
    status: Literal["RUNNING", "COMPLETED", "UNKNOWN"] = "UNKNOWN"
    started_on: Told = ""
    ended_on: Told = ""


class SeriesIn(Sourced):
    """To one recipient: a place, or an organisation."""

    place: Place = ""
    organisation: UUID | None = None
    since: Told = ""
    track: Annotated[str, text(60)] = ""


class PauseIn(Sourced):
    stopped_on: Told = ""
    resumed_on: Told = ""


class GoalIn(Sourced):
    names: Names
    code: Annotated[str, text(30, 1)]


class TaskingIn(Sourced):
    organisation: UUID
    role: Code
    rank: Annotated[int, Field(ge=1, le=99)]


class AgreementIn(Sourced):
    names: Names
    signed_on: Told = ""
    starts_on: Told = ""
    ends_on: Told = ""
    parties: Annotated[list[Line], Field(max_length=50)] = []


class PartnershipIn(Sourced):
    """Sender and recipient, each a place or an organisation; a department by its name."""

    mode: Code
    status: Literal[1, 2, 3, 4, 5, 6] | None = None
    sender_area: Place = ""
    sender: UUID | None = None
    sender_department: Annotated[str, text(200)] = ""
    recipient_area: Place = ""
    recipient: UUID | None = None
    recipient_department: Annotated[str, text(200)] = ""
    starts_on: Told = ""
    ends_on: Told = ""


class ConsortiumIn(Sourced):
    """One link; the same names again add to the same consortium."""

    names: Names
    upper: UUID
    lower: UUID | None = None
    lower_area: Place = ""


class SpeakerIn(Body):
    name: Line
    office: Annotated[str, Field(max_length=200, pattern=r"^[^\x00\r\n;]*$")] = ""


class EventIn(Sourced):
    names: Names
    kind: Code
    held_on: Told = ""
    place: Place = ""
    speakers: Annotated[list[SpeakerIn], Field(max_length=50)] = []


@router.get("/programmes", auth=by("public"), response=Page[ProgrammeOut])
def list_programmes(
    request: ApiRequest, window: InPages, chosen: Query[ProgrammeFilters]
) -> HttpResponse:
    part = part_of(plain.programmes(**chosen.dict()), window, ("key",), about(request))
    return read(request, page(request, part, plain.programme_told))


@router.get("/programmes/{key}", auth=by("public"), response=ProgrammeOut)
def get_programme(request: ApiRequest, key: str) -> HttpResponse:
    return read(request, plain.programme(key))


@router.get("/programmes/{key}/parts", auth=by("public"), response=ProgrammePartsOut)
def get_programme_parts(request: ApiRequest, key: str) -> HttpResponse:
    """Goals, tasking chain, agreements, partnerships, consortia, meetings."""
    return read(request, plain.parts_of(key))


@router.post("/programmes", auth=by("office"), response={201: ProgrammeOut})
def found_programme(request: ApiRequest, told: ProgrammeIn) -> HttpResponse:
    form = filled(ProgrammeForm, told)
    row = actions.found_programme(
        kind=form.cleaned_data["kind"], names=form.names(), sender=form.cleaned_data["sender"],
        started_on=form.cleaned_data["started_on"], source=form.told_by(), by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return made(plain.programme(row.key), f"/api/v1/programmes/{row.key}")


@router.patch("/programmes/{key}", auth=by("office"), response=ProgrammeOut)
def change_programme(request: ApiRequest, key: str, told: ProgrammePatch) -> HttpResponse:
    """Change what is known of it: only the fields that are sent."""
    row = access.programme_for(key)
    access.may_change(request.viewer, row)
    sent = told.model_fields_set - {"source"}
    kept: dict[str, object] = {} if "status" in sent else {"status": row.status}
    if told.names is None:
        kept["names"] = row.names
    form = filled(ChangeProgrammeForm, told, **kept)
    columns = {c: form.cleaned_data[c] for c in sent - {"names"}}
    named = {"names": form.names()} if told.names is not None else {}
    with unless_changed(request, lambda: plain.programme(key)):
        actions.change_programme(
            key=key, told=columns | named, source=form.told_by(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
    return done(plain.programme(key))


@router.get("/series", auth=by("public"), response=Page[SeriesOut])
def list_series(request: ApiRequest, window: InPages, chosen: Query[SeriesFilters]) -> HttpResponse:
    part = part_of(plain.series(**chosen.dict()), window, ("key",), about(request))
    return read(request, page(request, part, plain.series_told))


@router.get("/series/{uuid:series}", auth=by("public"), response=OneSeriesOut)
def get_series(request: ApiRequest, series: UUID) -> HttpResponse:
    return read(request, plain.one_series(series))


@router.post("/programmes/{key}/series", auth=by("office"), response={201: OneSeriesOut})
def open_series(request: ApiRequest, key: str, told: SeriesIn) -> HttpResponse:
    """Open a series of numbered batches; the same one is opened once."""
    row = access.programme_for(key)
    access.may_change(request.viewer, row)
    form = filled(SeriesForm, told)
    recipient = form.recipient()
    opened = actions.open_series(
        programme=row, recipient=recipient, names=queries.series_names(row, recipient),
        track=form.cleaned_data["track"], since=form.cleaned_data["since"],
        source=form.told_by(), by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return made(plain.one_series(opened.pk), f"/api/v1/series/{opened.pk}")


@router.post("/series/{uuid:series}/pauses", auth=by("office"), response={201: OneSeriesOut})
def record_pause(request: ApiRequest, series: UUID, told: PauseIn) -> HttpResponse:
    """Say that a series stopped, or was sent again."""
    row = access.series_for(series)
    access.may_change(request.viewer, row.programme)
    form = filled(InterruptionForm, told)
    actions.add_to_programme(
        programme=row.programme, rows=form.rows(row), told=form.told(), source=form.told_by(),
        by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return made(plain.one_series(series))


@router.post("/programmes/{key}/goals", auth=by("office"), response={201: ProgrammePartsOut})
def add_goal(request: ApiRequest, key: str, told: GoalIn) -> HttpResponse:
    return _add(request, key, GoalForm, told)


@router.post("/programmes/{key}/taskings", auth=by("office"), response={201: ProgrammePartsOut})
def add_tasking(request: ApiRequest, key: str, told: TaskingIn) -> HttpResponse:
    return _add(request, key, TaskingForm, told)


@router.post("/programmes/{key}/agreements", auth=by("office"), response={201: ProgrammePartsOut})
def add_agreement(request: ApiRequest, key: str, told: AgreementIn) -> HttpResponse:
    return _add(request, key, AgreementForm, told, parties=lines(told.parties))


@router.post("/programmes/{key}/partnerships", auth=by("office"), response={201: ProgrammePartsOut})
def add_partnership(request: ApiRequest, key: str, told: PartnershipIn) -> HttpResponse:
    return _add(request, key, PartnershipForm, told)


@router.post("/programmes/{key}/consortia", auth=by("office"), response={201: ProgrammePartsOut})
def add_consortium_link(request: ApiRequest, key: str, told: ConsortiumIn) -> HttpResponse:
    return _add(request, key, ConsortiumForm, told)


@router.post("/programmes/{key}/events", auth=by("office"), response={201: ProgrammePartsOut})
def add_event(request: ApiRequest, key: str, told: EventIn) -> HttpResponse:
    return _add(request, key, EventForm, told, speakers=spoken(told.speakers))


def spoken(speakers: Iterable[SpeakerIn]) -> str:
    """Speakers as a form has them: one a line, the office after a semicolon."""
    return lines(f"{s.name}; {s.office}" if s.office else s.name for s in speakers)


def _add(
    request: ApiRequest, key: str, part: type[PartForm], told: Sourced, **more: object
) -> HttpResponse:
    row = access.programme_for(key)
    access.may_change(request.viewer, row)
    form = filled(part, told, **more)
    actions.add_to_programme(
        programme=row, rows=form.rows(row), told=form.told(), source=form.told_by(),
        by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return made(plain.parts_of(key))
