"""Calls: opened by the office, answered by the units that are asked."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Schema
from pydantic import Field

from marrow.teams import access, actions, plain
from marrow.teams.api.seats import router
from marrow.teams.forms import MOST_ASKED, CallForm
from marrow.ui.rest.answers import done, made, read
from marrow.ui.rest.bodies import Body, NamesOut, Page, Why, filled, text
from marrow.ui.rest.gates import ApiRequest, by


class CallOut(Schema):
    """`stands` is FORTHCOMING, OPEN or CLOSED today; it closes with its team."""

    id: UUID
    mission: UUID
    names: NamesOut
    text: str
    translations: NamesOut
    opens_on: dt.date
    closes_on: dt.date
    public: bool
    stands: str


class AskedOut(Schema):
    """What a unit answered: how many it put forward, or since when it has nobody."""

    id: UUID
    unit: UUID
    nobody_on: dt.date | None
    reason: str
    people: int | None


class OneCallOut(CallOut):
    """`units` are those that it asks by their name: none named, every unit is asked. What they
    answered (`asked`) is told to the office, to auditors, and to a unit of itself."""

    units: list[UUID]
    asked: list[AskedOut]


class AlsoIn(Body):
    """The same words in other languages."""

    en: Annotated[str, text(4000)] = ""
    zh: Annotated[str, text(4000)] = ""
    fr: Annotated[str, text(4000)] = ""


class CallIn(Body):
    """No unit named: every unit is asked. `public`: everybody may read it."""

    text: Annotated[str, text(4000, 1)]
    translations: AlsoIn = AlsoIn()
    opens_on: dt.date
    closes_on: dt.date
    units: Annotated[list[UUID], Field(max_length=MOST_ASKED)] = []
    public: bool = False


class LastDayIn(Body):
    closes_on: dt.date


@router.get("/calls", auth=by("public"), response=Page[CallOut])
def list_public_calls(request: ApiRequest) -> HttpResponse:
    """Calls that are open and that everybody may read."""
    return read(request, {"items": plain.public_calls(timezone.localdate()), "next": None})


@router.get("/calls-to-me", auth=by("signed-in"), response=Page[CallOut])
def list_calls_to_me(request: ApiRequest) -> HttpResponse:
    """Calls that wait for a unit of this caller."""
    rows = plain.calls_to(request.viewer, timezone.localdate())
    return read(request, {"items": rows, "next": None})


@router.get("/teams/{uuid:mission}/calls", auth=by("signed-in"), response=Page[CallOut])
def list_calls(request: ApiRequest, mission: UUID) -> HttpResponse:
    rows = plain.calls_of(request.viewer, mission, timezone.localdate())
    return read(request, {"items": rows, "next": None})


@router.post("/teams/{uuid:mission}/calls", auth=by("office"), response={201: OneCallOut})
def open_call(request: ApiRequest, mission: UUID, told: CallIn) -> HttpResponse:
    """Call for people until a day."""
    access.mission_to_form(request.viewer, mission)
    units = {f"unit_{n}": str(unit) for n, unit in enumerate(told.units, 1)}
    today = timezone.localdate()
    form = filled(lambda data: CallForm(data, today=today), told, **units)
    row = actions.open_call(mission=mission, by=request.viewer, at=timezone.now(), **form.told())
    return made(plain.call(request.viewer, row.pk, today), f"/api/v1/calls/{row.pk}")


@router.get("/calls/{uuid:call}", auth=by("signed-in"), response=OneCallOut)
def get_call(request: ApiRequest, call: UUID) -> HttpResponse:
    return read(request, plain.call(request.viewer, call, timezone.localdate()))


@router.post("/calls/{uuid:call}/last-day", auth=by("office"), response=OneCallOut)
def prolong_call(request: ApiRequest, call: UUID, told: LastDayIn) -> HttpResponse:
    """Set another last day, later or earlier."""
    row = actions.prolong_call(
        call=call, closes_on=told.closes_on, by=request.viewer, at=timezone.now()
    )
    return done(plain.call(request.viewer, row.pk, timezone.localdate()))


@router.post("/asked-units/{uuid:asked}/nobody", auth=by("unit"), response=OneCallOut)
def answer_nobody(request: ApiRequest, asked: UUID, told: Why) -> HttpResponse:
    """A unit that is asked by its name says that it can put nobody forward, and why."""
    row = actions.answer_nobody(
        asked=asked, reason=told.reason, by=request.viewer, at=timezone.now()
    )
    return done(plain.call(request.viewer, row.call_id, timezone.localdate()))
