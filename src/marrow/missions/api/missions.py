"""Missions, honours and donations through the API."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from marrow.missions import access, actions, plain
from marrow.missions.forms import (
    BatchForm,
    DonationForm,
    FallenForm,
    HonourForm,
    PartForm,
    SiteForm,
    ToldForm,
    TripForm,
    UnitForm,
    WhichHospitalForm,
)
from marrow.programmes.access import may_change, programme_for, series_for
from marrow.ui.rest.answers import done, made, read, unless_changed
from marrow.ui.rest.bodies import (
    Code,
    Names,
    NamesOut,
    Page,
    Place,
    Sourced,
    Told,
    filled,
    text,
)
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

router = Router(tags=["missions"])
Persons = Annotated[int, Field(ge=1, le=9999)]
BEGUN = "Since when the team works there; without it, of a team that served already, from today."


class MissionOut(Schema):
    """A batch of a series, or a mission outside any. What is empty or null is unknown."""

    id: UUID
    key: str
    number: int | None
    kind: str
    names: NamesOut
    status: str
    status_as_of: str
    size: int | None
    months: int | None
    signed_on: str
    departed_on: str
    arrived_on: str
    planned_end_on: str
    returned_on: str
    purposes: list[str]
    tags: list[str]
    invented: bool
    programme: str
    series: UUID | None
    sender: str | None
    sender_body: UUID | None


class SiteOut(Schema):
    id: UUID
    organisation: UUID | None
    area: str | None
    as_told: str
    from_on: dt.date | None


class UnitOut(Schema):
    id: UUID
    organisation: UUID
    persons: int | None


class MissionPartsOut(Schema):
    sites: list[SiteOut]
    units: list[UnitOut]


class HonourOut(Schema):
    id: UUID
    programme: str | None
    series: UUID | None
    mission: UUID | None
    names: NamesOut
    body: NamesOut
    level: str
    to: str
    count: int | None
    given_on: str


class DonationOut(Schema):
    id: UUID
    key: str
    programme: str | None
    mission: UUID | None
    kind: str
    names: NamesOut
    area: str | None
    given_on: str


class FallenOut(Schema):
    id: UUID
    programme: str
    area: str
    persons: int


class MissionFilters(Schema):
    programme: Annotated[str, text(80)] = ""
    series: UUID | None = None
    recipient: Code = ""
    kind: Code = ""
    status: Code = ""
    away: bool | None = None


class PartFilters(Schema):
    programme: Annotated[str, text(80)] = ""
    mission: UUID | None = None


class FallenFilters(Schema):
    programme: Annotated[str, text(80)] = ""


class ToldIn(Sourced):
    """What a source tells of a mission; what it does not tell is left out."""

    sender: Place = ""
    size: Persons | None = None
    months: Annotated[int, Field(ge=1, le=120)] | None = None
    signed_on: Told = ""
    departed_on: Told = ""
    arrived_on: Told = ""
    planned_end_on: Told = ""
    returned_on: Told = ""
    status: Code = "UNKNOWN"
    status_as_of: Told = ""
    purposes: Annotated[list[Code], Field(max_length=8)] = []
    tags: Annotated[list[Code], Field(max_length=12)] = []


class BatchIn(ToldIn):
    number: Annotated[int, Field(ge=1, le=999)]


class TripIn(ToldIn):
    kind: Code
    names: Names


class SiteIn(Sourced):
    """A hospital, or a place, or only its name as the source gives it."""

    organisation: UUID | None = None
    area: Place = ""
    as_told: Annotated[str, text(200)] = ""
    from_on: dt.date | None = Field(None, description=BEGUN)


class HospitalIn(Sourced):
    organisation: UUID
    from_on: dt.date | None = Field(None, description=BEGUN)


class UnitIn(Sourced):
    organisation: UUID
    persons: Persons | None = None


class HonourIn(Sourced):
    names: Names
    body: Annotated[str, text(200)] = ""
    to: Literal["TEAM", "LEADER", "MEMBERS", "GROUPS", "PERSONS"]
    count: Persons | None = None
    given_on: Told = ""


class DonationIn(Sourced):
    names: Names
    kind: Literal["BUILDING", "EQUIPMENT", "VACCINES", "MEDICINE", "MONEY", "OTHER"]
    area: Place = ""
    given_on: Told = ""


class FallenIn(Sourced):
    area: Place
    persons: Annotated[int, Field(ge=1, le=999)]


@router.get("/missions", auth=by("public"), response=Page[MissionOut])
def list_missions(
    request: ApiRequest, window: InPages, chosen: Query[MissionFilters]
) -> HttpResponse:
    """Batches and trips by key; `recipient` is a place with its parts, `away` not yet home."""
    part = part_of(plain.missions(**chosen.dict()), window, ("key",), about(request))
    return read(request, page(request, part, plain.mission_told))


@router.get("/missions/{uuid:mission}", auth=by("public"), response=MissionOut)
def get_mission(request: ApiRequest, mission: UUID) -> HttpResponse:
    return read(request, plain.mission(mission))


@router.get("/missions/{uuid:mission}/parts", auth=by("public"), response=MissionPartsOut)
def get_mission_parts(request: ApiRequest, mission: UUID) -> HttpResponse:
    """Where it served, and which units gave people to it."""
    return read(request, plain.parts_of(mission))


@router.post("/series/{uuid:series}/batches", auth=by("office"), response={201: MissionOut})
def enter_batch(request: ApiRequest, series: UUID, told: BatchIn) -> HttpResponse:
    """Enter a numbered batch of a series; a number is used once."""
    row = series_for(series)
    access.may_enter_batch(request.viewer, row)
    form = filled(BatchForm, told, status=told.status)
    batch = actions.enter_batch(
        series=row, number=form.cleaned_data["number"], source=form.told_by(), by=request.viewer,
        at=timezone.now(), **form.told(),
    )  # fmt: skip
    return made(plain.mission(batch.pk), f"/api/v1/missions/{batch.pk}")


@router.post("/programmes/{key}/missions", auth=by("office"), response={201: MissionOut})
def enter_trip(request: ApiRequest, key: str, told: TripIn) -> HttpResponse:
    """Enter a mission outside any series."""
    row = programme_for(key)
    may_change(request.viewer, row)
    form = filled(TripForm, told, status=told.status)
    trip = actions.enter_trip(
        programme=row, kind=form.cleaned_data["kind"], names=form.names(), source=form.told_by(),
        by=request.viewer, at=timezone.now(), **form.told(),
    )  # fmt: skip
    return made(plain.mission(trip.pk), f"/api/v1/missions/{trip.pk}")


@router.patch("/missions/{uuid:mission}", auth=by("office"), response=MissionOut)
def change_mission(request: ApiRequest, mission: UUID, told: ToldIn) -> HttpResponse:
    """Change what is known of it: only the fields that are sent."""
    access.may_change_mission(request.viewer, access.mission_for(mission))
    form = filled(ToldForm, told, status=told.status)
    sent: dict[str, Any] = {c: form.cleaned_data[c] for c in told.model_fields_set - {"source"}}
    with unless_changed(request, lambda: plain.mission(mission)):
        actions.change_batch(
            mission=mission, source=form.told_by(), by=request.viewer, at=timezone.now(), **sent
        )
    return done(plain.mission(mission))


@router.post("/missions/{uuid:mission}/sites", auth=by("office"), response={201: MissionPartsOut})
def add_site(request: ApiRequest, mission: UUID, told: SiteIn) -> HttpResponse:
    """Add a place of work."""
    _add(request, mission, SiteForm, told)
    return made(plain.parts_of(mission))


@router.put("/sites/{uuid:site}/organisation", auth=by("office"), response=MissionPartsOut)
def place_site(request: ApiRequest, site: UUID, told: HospitalIn) -> HttpResponse:
    """Say which hospital a place of work is, that a record only names."""
    row = access.site_for(site)
    access.may_change_mission(request.viewer, row.mission)
    form = filled(WhichHospitalForm, told)
    with unless_changed(request, lambda: plain.parts_of(row.mission_id)):
        actions.place_site(
            site=site, organisation=form.cleaned_data["organisation"], source=form.told_by(),
            by=request.viewer, at=timezone.now(), from_on=form.cleaned_data["from_on"],
        )  # fmt: skip
    return done(plain.parts_of(row.mission_id))


@router.post("/missions/{uuid:mission}/units", auth=by("office"), response={201: MissionPartsOut})
def add_unit(request: ApiRequest, mission: UUID, told: UnitIn) -> HttpResponse:
    """Add a unit that gave people."""
    _add(request, mission, UnitForm, told)
    return made(plain.parts_of(mission))


@router.get("/honours", auth=by("public"), response=Page[HonourOut])
def list_honours(request: ApiRequest, window: InPages, chosen: Query[PartFilters]) -> HttpResponse:
    part = part_of(plain.honours(**chosen.dict()), window, ("id",), about(request))
    return read(request, page(request, part, plain.honour_told))


@router.post("/missions/{uuid:mission}/honours", auth=by("office"), response={201: HonourOut})
def honour_mission(request: ApiRequest, mission: UUID, told: HonourIn) -> HttpResponse:
    return made(plain.honour(_add(request, mission, HonourForm, told)))


@router.post("/programmes/{key}/honours", auth=by("office"), response={201: HonourOut})
def honour_programme(request: ApiRequest, key: str, told: HonourIn) -> HttpResponse:
    return made(plain.honour(_remember(request, key, HonourForm, told)))


@router.get("/donations", auth=by("public"), response=Page[DonationOut])
def list_donations(
    request: ApiRequest, window: InPages, chosen: Query[PartFilters]
) -> HttpResponse:
    part = part_of(plain.donations(**chosen.dict()), window, ("key",), about(request))
    return read(request, page(request, part, plain.donation_told))


@router.post("/missions/{uuid:mission}/donations", auth=by("office"), response={201: DonationOut})
def give_by_mission(request: ApiRequest, mission: UUID, told: DonationIn) -> HttpResponse:
    return made(plain.donation(_add(request, mission, DonationForm, told)))


@router.post("/programmes/{key}/donations", auth=by("office"), response={201: DonationOut})
def give_by_programme(request: ApiRequest, key: str, told: DonationIn) -> HttpResponse:
    return made(plain.donation(_remember(request, key, DonationForm, told)))


@router.get("/fallen", auth=by("public"), response=Page[FallenOut])
def list_fallen(request: ApiRequest, window: InPages, chosen: Query[FallenFilters]) -> HttpResponse:
    """Those who died on mission, in the numbers that sources give."""
    part = part_of(plain.fallen(**chosen.dict()), window, ("id",), about(request))
    return read(request, page(request, part, plain.fallen_told))


@router.post("/programmes/{key}/fallen", auth=by("office"), response={201: FallenOut})
def remember_fallen(request: ApiRequest, key: str, told: FallenIn) -> HttpResponse:
    return made(plain.one_fallen(_remember(request, key, FallenForm, told)))


def _add(request: ApiRequest, mission: UUID, part: type[PartForm], told: Sourced) -> UUID:
    row = access.mission_for(mission)
    access.may_change_mission(request.viewer, row)
    form = filled(part, told)
    added = actions.add_to_mission(
        programme=row.programme, mission=row, rows=form.rows(row.programme, row),
        told=form.told(), source=form.told_by(), by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return added.pk


def _remember(request: ApiRequest, key: str, part: type[PartForm], told: Sourced) -> UUID:
    """Add to a programme what belongs to no single mission."""
    row = programme_for(key)
    may_change(request.viewer, row)
    form = filled(part, told)
    added = actions.add_to_mission(
        programme=row, mission=None, rows=form.rows(row, None), told=form.told(),
        source=form.told_by(), by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return added.pk
