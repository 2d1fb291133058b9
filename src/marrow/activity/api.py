"""What teams did, through the API: visits counted by day."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from marrow.activity import access, actions, queries
from marrow.ui.rest.answers import done, made, read
from marrow.ui.rest.bodies import Body, Page, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

router = Router(tags=["activity"])


class VisitsOut(Schema):
    """Visits, not patients. One that is void says why, and counts no more."""

    id: UUID
    mission: UUID
    held_on: dt.date
    count: int
    void_reason: str


class VisitsIn(Body):
    held_on: dt.date
    count: Annotated[int, Field(ge=1, le=5000)]
    note: Annotated[str, text(2000)] = ""


class VoidIn(Body):
    reason: Annotated[str, text(200, 1)]


@router.get(
    "/missions/{uuid:mission}/visits",
    auth=by("member", "leader", "office"),
    response=Page[VisitsOut],
)
def list_visits(request: ApiRequest, window: InPages, mission: UUID) -> HttpResponse:
    """Every count of a mission, void ones too, the newest day first."""
    rows = queries.visits_of(access.mission_to_record(request.viewer, mission))
    part = part_of(rows, window, ("-held_on", "-id"), about(request))
    return read(request, page(request, part, queries.visits_told))


@router.post(
    "/missions/{uuid:mission}/visits",
    auth=by("member", "leader", "office"),
    response={201: VisitsOut},
)
def count_visits(request: ApiRequest, mission: UUID, told: VisitsIn) -> HttpResponse:
    """Record how many visits a team counted on one day. The note is kept encrypted."""
    row = actions.count_visits(mission=mission, **told.dict(), by=request.viewer, at=timezone.now())
    return made(queries.visits_told(row))


@router.post(
    "/visits/{uuid:visits}/void", auth=by("member", "leader", "office"), response=VisitsOut
)
def void_visits(request: ApiRequest, visits: UUID, told: VoidIn) -> HttpResponse:
    """Say that a count was a mistake, and why."""
    row = actions.void_visits(
        visits=visits, reason=told.reason, by=request.viewer, at=timezone.now()
    )
    return done(queries.visits_told(row))
