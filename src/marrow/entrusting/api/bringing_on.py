"""Apprentices, studies, bases with their green channels, what was handed down."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Schema

from marrow.entrusting import access, actions, plain
from marrow.entrusting.api.logbook import router
from marrow.entrusting.forms import (
    BaseForm,
    ChannelForm,
    EndPairForm,
    EndStudyForm,
    HandDownForm,
    PairForm,
    StudyForm,
    TalentForm,
)
from marrow.ui.rest.answers import done, made, read
from marrow.ui.rest.bodies import Body, Code, Page, Source, Told, filled, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

READ, KEEP = by(*access.READERS), by(*access.KEEPERS)
Specialty = Annotated[str, text(24)]


class PairOut(Schema):
    """`track`: CLINICAL or MANAGEMENT; `outcome`: UNDER_WAY, REACHED, PARTLY, BROKEN_OFF."""

    id: UUID
    organisation: UUID
    teacher: UUID
    apprentice: UUID
    track: str
    begun_on: dt.date
    ended_on: dt.date | None
    outcome: str
    reason: str
    items: list[str]


class StudyOut(Schema):
    """`state`: AWAY, RETURNED, STAYED."""

    id: UUID
    organisation: UUID
    person: UUID
    host: UUID
    specialty: str
    track: str
    begun_on: str
    planned_end_on: str
    state: str
    ended_on: str
    now_does: str


class BaseOut(Schema):
    id: UUID
    organisation: UUID
    kind: str
    specialty: str
    started_on: str
    stopped_on: str


class ChannelOut(Schema):
    id: UUID
    base: UUID
    organisation: UUID
    started_on: str
    stopped_on: str


class TalentOut(Schema):
    """`grade`: KEY, GENERAL (leads a department), COMMANDER (leads a hospital)."""

    id: UUID
    organisation: UUID
    person: UUID
    track: str
    grade: str
    since: str
    shown_by: str


class HandedDownOut(Schema):
    """`persons` null: how many it reached is unknown."""

    id: UUID
    giver: UUID
    taker: UUID
    item: str | None
    specialty: str
    on: dt.date
    what: str
    persons: int | None


class PairIn(Body):
    teacher: UUID
    apprentice: UUID
    items: list[Annotated[str, text(60, 1)]]
    track: Code
    begun_on: dt.date
    source: Source | None = None


class EndPairIn(Body):
    outcome: Code
    on: dt.date
    words: Annotated[str, text(300)] = ""


class StudyIn(Body):
    person: UUID
    host: UUID
    specialty: Specialty
    track: Code
    begun_on: Told = ""
    planned_end_on: Told = ""


class EndStudyIn(Body):
    state: Code
    on: Told = ""
    now_does: Annotated[str, text(300)] = ""


class TalentIn(Body):
    person: UUID
    grade: Code
    track: Code
    since: Told = ""
    shown_by: Annotated[str, text(300, 1)]


class BaseIn(Body):
    kind: Code
    specialty: Specialty
    started_on: Told = ""


class EndBaseIn(Body):
    on: Told


class ChannelIn(Body):
    organisation: UUID
    started_on: Told = ""


class HandDownIn(Body):
    taker: UUID
    item: Annotated[str, text(60)] = ""
    specialty: Specialty = ""
    on: dt.date
    what: Annotated[str, text(300, 1)]
    persons: int | None = None


@router.get("/organisations/{uuid:organisation}/pairs", auth=READ, response=Page[PairOut])
def list_pairs(request: ApiRequest, organisation: UUID, window: InPages) -> HttpResponse:
    """Teachers and apprentices of a hospital."""
    rows = plain.pairs(request.viewer, organisation)
    part = part_of(rows, window, ("-begun_on", "-id"), about(request))
    return read(request, page(request, part, plain.pair_told))


@router.post("/organisations/{uuid:organisation}/pairs", auth=KEEP, response={201: PairOut})
def pair_up(request: ApiRequest, organisation: UUID, told: PairIn) -> HttpResponse:
    """Pair a teacher with an apprentice; `source` is the agreement."""
    row, today = access.hospital_to_keep(request.viewer, organisation), timezone.localdate()
    form = filled(lambda data: PairForm(data, hospital=row, today=today), told)
    pair = actions.pair_up(
        organisation=row.pk, pair=form.pair(), items=form.cleaned_data["items"],
        agreement=form.agreement(), by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return made(plain.pair_told(pair), f"/api/v1/organisations/{organisation}/pairs")


@router.post("/pairs/{uuid:pair_of_two}/end", auth=KEEP, response=PairOut)
def end_pair(request: ApiRequest, pair_of_two: UUID, told: EndPairIn) -> HttpResponse:
    """Say what came of an apprenticeship."""
    row = access.pair_to_keep(request.viewer, pair_of_two)
    form = filled(EndPairForm, told)
    row = actions.end_pair(pair=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data)
    return done(plain.pair_told(row))


@router.get("/organisations/{uuid:organisation}/studies", auth=READ, response=Page[StudyOut])
def list_studies(request: ApiRequest, organisation: UUID, window: InPages) -> HttpResponse:
    """Who of a hospital went to learn in another house."""
    rows = plain.studies(request.viewer, organisation)
    part = part_of(rows, window, ("-begun_on", "-id"), about(request))
    return read(request, page(request, part, plain.study_told))


@router.get("/studies", auth=by("unit", *access.READERS), response=Page[StudyOut])
def list_hosted_studies(request: ApiRequest, window: InPages) -> HttpResponse:
    """Who came to learn in a house of the caller, or went from one."""
    part = part_of(plain.studies_hosted(request.viewer), window, ("-begun_on", "-id"),
                   about(request))  # fmt: skip
    return read(request, page(request, part, plain.study_told))


@router.post("/organisations/{uuid:organisation}/studies", auth=KEEP, response={201: StudyOut})
def send_to_study(request: ApiRequest, organisation: UUID, told: StudyIn) -> HttpResponse:
    """Record that somebody goes to learn in another house."""
    row, today = access.hospital_to_keep(request.viewer, organisation), timezone.localdate()
    form = filled(lambda data: StudyForm(data, hospital=row, today=today), told)
    study = actions.send_to_study(
        organisation=row.pk, study=form.study(), by=request.viewer, at=timezone.now()
    )
    return made(plain.study_told(study), f"/api/v1/organisations/{organisation}/studies")


@router.post("/studies/{uuid:study}/end", auth=KEEP, response=StudyOut)
def end_study(request: ApiRequest, study: UUID, told: EndStudyIn) -> HttpResponse:
    """Say whether they came back, and what they do since."""
    row = access.study_to_keep(request.viewer, study)
    form = filled(EndStudyForm, told)
    row = actions.end_study(study=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data)
    return done(plain.study_told(row))


@router.get("/organisations/{uuid:organisation}/bases", auth=READ, response=Page[BaseOut])
def list_bases(request: ApiRequest, organisation: UUID, window: InPages) -> HttpResponse:
    """Where people of other houses are trained at this hospital."""
    rows = plain.bases(request.viewer, organisation)
    part = part_of(rows, window, ("-started_on", "-id"), about(request))
    return read(request, page(request, part, plain.base_told))


@router.get("/organisations/{uuid:organisation}/channels", auth=READ, response=Page[ChannelOut])
def list_channels(request: ApiRequest, organisation: UUID, window: InPages) -> HttpResponse:
    """Whose people are taken without waiting: at its bases, and its own people at others."""
    rows = plain.channels(request.viewer, organisation)
    part = part_of(rows, window, ("-started_on", "-id"), about(request))
    return read(request, page(request, part, plain.channel_told))


@router.get(
    "/organisations/{uuid:organisation}/handed-down", auth=READ, response=Page[HandedDownOut]
)
def list_handed_down(request: ApiRequest, organisation: UUID, window: InPages) -> HttpResponse:
    """What went down a level from this house, and what came down to it."""
    rows = plain.handed_down(request.viewer, organisation)
    part = part_of(rows, window, ("-on", "-id"), about(request))
    return read(request, page(request, part, plain.down_told))


@router.get("/organisations/{uuid:organisation}/talents", auth=READ, response=Page[TalentOut])
def list_talents(request: ApiRequest, organisation: UUID, window: InPages) -> HttpResponse:
    """On which grades people of a hospital stand."""
    rows = plain.talents(request.viewer, organisation)
    part = part_of(rows, window, ("-since", "-id"), about(request))
    return read(request, page(request, part, plain.talent_told))


@router.post("/organisations/{uuid:organisation}/talents", auth=KEEP, response={201: TalentOut})
def name_talent(request: ApiRequest, organisation: UUID, told: TalentIn) -> HttpResponse:
    """Record on which grade a colleague stands."""
    row, today = access.hospital_to_keep(request.viewer, organisation), timezone.localdate()
    form = filled(lambda data: TalentForm(data, hospital=row, today=today), told)
    talent = actions.name_talent(
        organisation=row.pk, talent=form.talent(), by=request.viewer, at=timezone.now()
    )
    return made(plain.talent_told(talent), f"/api/v1/organisations/{organisation}/talents")


@router.post("/channels/{uuid:channel}/end", auth=KEEP, response=ChannelOut)
def close_channel(request: ApiRequest, channel: UUID, told: EndBaseIn) -> HttpResponse:
    """Say since when a green channel is closed."""
    row = actions.close_channel(channel=channel, on=told.on, by=request.viewer, at=timezone.now())
    return done(plain.channel_told(row))


@router.post("/organisations/{uuid:organisation}/bases", auth=KEEP, response={201: BaseOut})
def name_base(request: ApiRequest, organisation: UUID, told: BaseIn) -> HttpResponse:
    """Record that a house trains people of others."""
    row = access.hospital_to_keep(request.viewer, organisation)
    base = actions.name_base(
        organisation=row.pk, base=filled(BaseForm, told).base(), by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return made(plain.base_told(base))


@router.post("/bases/{uuid:base}/end", auth=KEEP, response=BaseOut)
def end_base(request: ApiRequest, base: UUID, told: EndBaseIn) -> HttpResponse:
    """Say since when a base no longer trains."""
    row = actions.end_base(base=base, on=told.on, by=request.viewer, at=timezone.now())
    return done(plain.base_told(row))


@router.post("/bases/{uuid:base}/channels", auth=KEEP, response={201: ChannelOut})
def open_channel(request: ApiRequest, base: UUID, told: ChannelIn) -> HttpResponse:
    """Record whose people a base takes without waiting."""
    row = access.base_to_keep(request.viewer, base)
    channel = actions.open_channel(
        base=row.pk, channel=filled(ChannelForm, told).channel(), by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return made(plain.channel_told(channel))


@router.post(
    "/organisations/{uuid:organisation}/handed-down", auth=KEEP, response={201: HandedDownOut}
)
def hand_down(request: ApiRequest, organisation: UUID, told: HandDownIn) -> HttpResponse:
    """Record experience passed on to a house of the next level down."""
    row, today = access.hospital_to_keep(request.viewer, organisation), timezone.localdate()
    form = filled(lambda data: HandDownForm(data, hospital=row, today=today), told)
    down = actions.hand_down(
        organisation=row.pk, taker=form.cleaned_data["taker"], down=form.down(),
        by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return made(plain.down_told(down))
