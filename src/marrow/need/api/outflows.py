"""Who left, and the people of a place, through the API."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema

from marrow.catalogue.access import item_for
from marrow.need import access, actions, plain
from marrow.need.forms import CatchmentForm, OutflowForm
from marrow.ui.rest.answers import done, made, read
from marrow.ui.rest.bodies import Body, Code, Page, Place, Sourced, Told, Why, filled, meant, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

router = Router(tags=["need"])
READ = access.READERS
TELL = ("recipient", "office")


class OutflowOut(Schema):
    """How many left for an item in a year ("2025") or month ("2025-03"); null is unknown, never
    none. `current` is false once another took its place or it was taken back."""

    id: UUID
    area: str
    organisation: UUID | None
    item: str
    period: str
    patients: int
    to_area: str | None
    to_organisation: UUID | None
    to_words: str
    cost: Decimal | None
    currency: str
    cost_of: str
    kilometres: int | None
    told_from: str
    told_at: dt.datetime
    supersedes: UUID | None
    current: bool
    ended_why: str


class CatchmentOut(Schema):
    id: UUID
    area: str | None
    organisation: UUID | None
    kind: str
    number: Decimal | None
    words: str
    next_hospital: UUID | None
    since: str
    until: str
    told_at: dt.datetime
    ended_why: str


class PatientsLeftOut(Schema):
    """From how many of twelve months; `at_least` where not all of it was told."""

    patients: int
    months: int
    at_least: bool


class YearOut(Schema):
    year: int
    left: PatientsLeftOut | None


class SavedOut(Schema):
    years: int
    fewer: int
    kilometres: int | None
    money: int | None
    currency: str


class BurdenOut(Schema):
    """Who left an area for an item, before and after locals could; null is unknown."""

    area: str
    item: str
    last_year: PatientsLeftOut | None
    years: list[YearOut]
    came_on: dt.date | None
    fell_on: dt.date | None
    saved: SavedOut | None


class Chosen(Schema):
    area: Place = ""
    organisation: UUID | None = None
    item: Annotated[str, text(60)] = ""


class OfPlace(Schema):
    area: Place = ""
    organisation: UUID | None = None


class OutflowIn(Body):
    """`cost_of`: ALL together, or EACH patient."""

    item: Annotated[str, text(60, 1)]
    period: Annotated[str, text(7, 4)]
    patients: int
    to_area: Place = ""
    to_organisation: UUID | None = None
    to_words: Annotated[str, text(200)] = ""
    cost: Decimal | None = None
    currency: Annotated[str, text(3)] = ""
    cost_of: Code = ""
    kilometres: int | None = None
    told_from: Annotated[str, text(300, 1)]


class CatchmentIn(Sourced):
    """`kind`: POPULATION, DENSITY, SCATTERED, DISTANCE, BURDEN, LABEL, CENTRE, BEYOND."""

    kind: Code
    number: Decimal | None = None
    said: Annotated[str, text(300)] = ""
    next_hospital: UUID | None = None
    since: Told = ""
    until: Told = ""


def _outflow(told: OutflowIn) -> Any:
    item = meant("item", item_for, told.item)
    more = {"item": str(item.pk) if item else ""}
    return filled(OutflowForm, told, **more).outflow()


@router.get("/outflows", auth=by(*READ), response=Page[OutflowOut])
def list_outflows(request: ApiRequest, window: InPages, chosen: Query[Chosen]) -> HttpResponse:
    """What was told, the newest first; what another took the place of is there too."""
    rows = plain.outflows(request.viewer, chosen.area, chosen.organisation, chosen.item)
    part = part_of(rows, window, ("-told_at", "-id"), about(request))
    return read(request, page(request, part, plain.outflow_told))


@router.get("/burden/{str:code}/{str:catalogued}", auth=by(*READ), response=BurdenOut)
def get_burden(request: ApiRequest, code: str, catalogued: str) -> HttpResponse:
    """Who left an area for an item, year by year, and what its coming saved."""
    return read(request, plain.story(request.viewer, code, catalogued, timezone.localdate()))


@router.post("/areas/{str:code}/outflows", auth=by("office"), response={201: OutflowOut})
def tell_outflow_of_area(request: ApiRequest, code: str, told: OutflowIn) -> HttpResponse:
    """Tell who left an area."""
    access.area_to_tell_of(request.viewer, code)
    row = actions.tell_outflow(
        outflow=_outflow(told), code=code, by=request.viewer, at=timezone.now()
    )
    return made(plain.outflow_told(row), f"/api/v1/outflows?area={code}")


@router.post(
    "/organisations/{uuid:organisation}/outflows", auth=by(*TELL), response={201: OutflowOut}
)
def tell_outflow(request: ApiRequest, organisation: UUID, told: OutflowIn) -> HttpResponse:
    """Tell whom a hospital referred away."""
    access.hospital_to_tell_of(request.viewer, organisation)
    row = actions.tell_outflow(
        outflow=_outflow(told), organisation=organisation, by=request.viewer, at=timezone.now()
    )
    return made(plain.outflow_told(row), f"/api/v1/outflows?organisation={organisation}")


@router.post("/outflows/{uuid:outflow}/correct", auth=by(*TELL), response=OutflowOut)
def correct_outflow(request: ApiRequest, outflow: UUID, told: OutflowIn) -> HttpResponse:
    """Tell it anew; what was told stays, and is no longer current."""
    access.outflow_to_correct(request.viewer, outflow)
    row = actions.correct_outflow(
        outflow=outflow, told=_outflow(told), by=request.viewer, at=timezone.now()
    )
    return done(plain.outflow_told(row))


@router.post("/outflows/{uuid:outflow}/take-back", auth=by(*TELL), response=OutflowOut)
def take_back_outflow(request: ApiRequest, outflow: UUID, told: Why) -> HttpResponse:
    """Take a telling back: then it is unknown, not none."""
    row = actions.take_back_outflow(
        outflow=outflow, reason=told.reason, by=request.viewer, at=timezone.now()
    )
    return done(plain.outflow_told(row))


@router.get("/catchments", auth=by(*READ), response=Page[CatchmentOut])
def list_catchments(request: ApiRequest, window: InPages, chosen: Query[OfPlace]) -> HttpResponse:
    """What is known of the people of an area or of a hospital."""
    rows = plain.catchments(chosen.area, chosen.organisation)
    part = part_of(rows, window, ("-told_at", "-id"), about(request))
    return read(request, page(request, part, plain.catchment_told))


@router.post("/areas/{str:code}/catchments", auth=by("office"), response={201: CatchmentOut})
def tell_catchment_of_area(request: ApiRequest, code: str, told: CatchmentIn) -> HttpResponse:
    """Tell one thing of the people of an area, with its source."""
    access.area_to_tell_of(request.viewer, code)
    form = filled(CatchmentForm, told)
    row = actions.tell_catchment(
        catchment=form.catchment(), source=form.told_by(), code=code, by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return made(plain.catchment_told(row), f"/api/v1/catchments?area={code}")


@router.post(
    "/organisations/{uuid:organisation}/catchments", auth=by(*TELL), response={201: CatchmentOut}
)
def tell_catchment(request: ApiRequest, organisation: UUID, told: CatchmentIn) -> HttpResponse:
    """Tell one thing of the people whom a hospital serves, with its source."""
    access.hospital_to_tell_of(request.viewer, organisation)
    form = filled(CatchmentForm, told)
    row = actions.tell_catchment(
        catchment=form.catchment(), source=form.told_by(), organisation=organisation,
        by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return made(plain.catchment_told(row), f"/api/v1/catchments?organisation={organisation}")


@router.post("/catchments/{uuid:catchment}/take-back", auth=by(*TELL), response=CatchmentOut)
def take_back_catchment(request: ApiRequest, catchment: UUID, told: Why) -> HttpResponse:
    row = actions.take_back_catchment(
        catchment=catchment, reason=told.reason, by=request.viewer, at=timezone.now()
    )
    return done(plain.catchment_told(row))
