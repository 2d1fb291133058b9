"""Teams, seats and pins of a plan, what it reckons with, and how many can be spared."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Schema
from pydantic import Field

from marrow.plan import access, actions, plain
from marrow.plan.api.plans import (
    HappeningOut,
    PlannedSeatOut,
    PlannedTeamOut,
    router,
)
from marrow.plan.forms import ChangePlannedSeatForm, MoveForm, PlannedSeatForm
from marrow.ui.rest.answers import done, made, read, unless_changed
from marrow.ui.rest.bodies import Body, Code, Page, filled, filled_over, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of


class SpecialtyAsked(Body):
    specialty: Annotated[str, text(24, 1)]
    count: Annotated[int, Field(ge=1, le=60)] = 1


class PlannedTeamIn(Body):
    """A team that is no batch, as one for an outbreak; all its seats are critical. With fewer than
    `minimum` it does not go, nor without a leader or somebody fluent where that is asked."""

    programme: Annotated[str, text(80, 1)]
    title: Annotated[str, text(120, 1)]
    kind: Code
    from_on: dt.date
    until_on: dt.date
    recipient: UUID | None = None
    minimum: Annotated[int, Field(ge=1, le=60)] = 1
    leader: bool = False
    language: Code = ""
    seats: Annotated[list[SpecialtyAsked], Field(min_length=1, max_length=60)]


class PlannedTeamChangeIn(Body):
    from_on: dt.date | None = None
    until_on: dt.date | None = None
    overlap_days: Annotated[int, Field(ge=0, le=90)] | None = None
    minimum: Annotated[int, Field(ge=0, le=200)] | None = None
    monthly_cost: Annotated[Decimal, Field(ge=0, lt=10**7, decimal_places=2)] | None = None


class PlannedSeatIn(Body):
    role: Code
    specialty: Annotated[str, text(24)] = ""
    grade: Code = ""
    language: Code = ""
    level: Code = ""
    weight: Code = "IMPORTANT"


class PlannedSeatChangeIn(Body):
    role: Code | None = None
    specialty: Annotated[str, text(24)] | None = None
    grade: Code | None = None
    language: Code | None = None
    level: Code | None = None
    weight: Code | None = None


class PlanPinIn(Body):
    """No person: the seat stays empty."""

    person: UUID | None
    reason: Annotated[str, text(300)] = ""


class DropOutIn(Body):
    """With `from_on`, somebody can leave only from then on. `why` is HEALTH, FAMILY, DUTY, PAPERS,
    OUTBREAK, STAFF, TRIAL or OTHER; `reason` are words as they were written, needed with OTHER."""

    person: UUID
    why: Code = "OTHER"
    reason: Annotated[str, text(300)] = ""
    from_on: dt.date | None = None


class SpareIn(Body):
    unit: UUID
    people: Annotated[int, Field(ge=-200, le=200)]
    why: Code = "OTHER"
    reason: Annotated[str, text(300)] = ""


class AbsenceCapIn(Body):
    """No specialty: the whole hospital. `until_on` is the first day after."""

    unit: UUID
    specialty: Annotated[str, text(24)] = ""
    from_on: dt.date
    until_on: dt.date
    people: Annotated[int, Field(ge=0, le=5000)]
    pressure: bool = False
    reason: Annotated[str, text(300)] = ""


class AbsenceCapOut(Schema):
    id: UUID
    unit: UUID
    specialty: str
    from_on: dt.date
    until_on: dt.date
    people: int
    pressure: bool
    reason: str
    ended_on: dt.date | None


class CapFilters(Schema):
    unit: UUID | None = None


@router.post("/plans/{uuid:scenario}/teams", auth=by("office"), response={201: PlannedTeamOut})
def add_planned_team(request: ApiRequest, scenario: UUID, told: PlannedTeamIn) -> HttpResponse:
    seats = [(one.specialty, one.count) for one in told.seats]
    row = actions.add_planned_team(
        scenario=scenario, by=request.viewer, at=timezone.now(), seats=seats,
        **told.model_dump(exclude={"seats"}),
    )  # fmt: skip
    return made(plain.team(request.viewer, row.pk, timezone.localdate()))


@router.patch("/planned-teams/{uuid:team}", auth=by("office"), response=PlannedTeamOut)
def move_planned_team(request: ApiRequest, team: UUID, told: PlannedTeamChangeIn) -> HttpResponse:
    viewer = request.viewer
    row = access.team_to_plan(viewer, team)
    form = filled_over(lambda data: MoveForm.over(row, data), told)
    with unless_changed(request, lambda: plain.team(viewer, team, timezone.localdate())):
        actions.move_planned_team(team=team, by=viewer, at=timezone.now(), **form.cleaned_data)
    return done(plain.team(viewer, team, timezone.localdate()))


@router.delete("/planned-teams/{uuid:team}", auth=by("office"), response={204: None})
def drop_planned_team(request: ApiRequest, team: UUID) -> HttpResponse:
    """Take a team out of a plan."""
    actions.drop_planned_team(team=team, by=request.viewer, at=timezone.now())
    return HttpResponse(status=204)


@router.post("/planned-teams/{uuid:team}/seats", auth=by("office"), response={201: PlannedSeatOut})
def add_planned_seat(request: ApiRequest, team: UUID, told: PlannedSeatIn) -> HttpResponse:
    access.team_to_plan(request.viewer, team)
    row = actions.add_planned_seat(
        team=team, told=filled(PlannedSeatForm, told).told(), by=request.viewer, at=timezone.now()
    )
    return made(plain.seat(request.viewer, row.pk))


@router.patch("/planned-seats/{uuid:planned}", auth=by("office"), response=PlannedSeatOut)
def change_planned_seat(
    request: ApiRequest, planned: UUID, told: PlannedSeatChangeIn
) -> HttpResponse:
    viewer = request.viewer
    row = access.seat_to_plan(viewer, planned)
    form = filled_over(lambda data: ChangePlannedSeatForm.over(row, data), told)
    with unless_changed(request, lambda: plain.seat(viewer, planned)):
        actions.change_planned_seat(seat=planned, told=form.told(), by=viewer, at=timezone.now())
    return done(plain.seat(viewer, planned))


@router.delete("/planned-seats/{uuid:planned}", auth=by("office"), response={204: None})
def drop_planned_seat(request: ApiRequest, planned: UUID) -> HttpResponse:
    """Take a seat out of a plan."""
    actions.drop_planned_seat(seat=planned, by=request.viewer, at=timezone.now())
    return HttpResponse(status=204)


@router.put("/planned-seats/{uuid:planned}/pin", auth=by("office"), response=PlannedSeatOut)
def pin_seat(request: ApiRequest, planned: UUID, told: PlanPinIn) -> HttpResponse:
    """Put somebody into a seat, or nobody: the planner keeps to it."""
    actions.pin_seat(
        seat=planned, person=told.person, reason=told.reason, by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return done(plain.seat(request.viewer, planned))


@router.delete("/planned-seats/{uuid:planned}/pin", auth=by("office"), response={204: None})
def unpin_seat(request: ApiRequest, planned: UUID) -> HttpResponse:
    """Take the pin of a seat away."""
    actions.unpin_seat(seat=planned, by=request.viewer, at=timezone.now())
    return HttpResponse(status=204)


@router.post("/plans/{uuid:scenario}/drop-outs", auth=by("office"), response={201: HappeningOut})
def drop_out(request: ApiRequest, scenario: UUID, told: DropOutIn) -> HttpResponse:
    """Somebody cannot go, or only later; ask the planner next."""
    row = actions.drop_out(
        scenario=scenario, by=request.viewer, at=timezone.now(), **told.model_dump()
    )
    return made(plain.happening_told(row))


@router.post("/plans/{uuid:scenario}/spares", auth=by("office"), response={201: HappeningOut})
def reckon_with_cap(request: ApiRequest, scenario: UUID, told: SpareIn) -> HttpResponse:
    """In this plan alone, a hospital spares so many more or fewer."""
    row = actions.reckon_with_cap(
        scenario=scenario, by=request.viewer, at=timezone.now(), **told.model_dump()
    )
    return made(plain.happening_told(row))


@router.delete("/plan-happenings/{uuid:happening}", auth=by("office"), response={204: None})
def take_back_happening(request: ApiRequest, happening: UUID) -> HttpResponse:
    """Take back what a plan reckons with."""
    actions.take_back_happening(happening=happening, by=request.viewer, at=timezone.now())
    return HttpResponse(status=204)


@router.get("/absence-caps", auth=by("office", "unit", "auditor"), response=Page[AbsenceCapOut])
def list_absence_caps(
    request: ApiRequest, window: InPages, chosen: Query[CapFilters]
) -> HttpResponse:
    """How many people hospitals can spare at once."""
    rows = plain.caps(request.viewer, chosen.unit)
    part = part_of(rows, window, ("from_on", "id"), about(request))
    return read(request, page(request, part, plain.cap_told))


@router.post("/absence-caps", auth=by("office", "unit"), response={201: AbsenceCapOut})
def set_absence_cap(request: ApiRequest, told: AbsenceCapIn) -> HttpResponse:
    """Say how many people a hospital, or one specialty of it, can spare at once."""
    unit = access.unit_to_tell_of(request.viewer, told.unit)
    cap = plain.new_cap(unit, told.model_dump(exclude={"unit"}))
    row = actions.set_absence_cap(cap=cap, by=request.viewer, at=timezone.now())
    return made(plain.cap_told(row))


@router.post("/absence-caps/{uuid:cap}/end", auth=by("office", "unit"), response=AbsenceCapOut)
def end_absence_cap(request: ApiRequest, cap: UUID) -> HttpResponse:
    """The limit no longer holds."""
    row = actions.end_absence_cap(cap=cap, by=request.viewer, at=timezone.now())
    return done(plain.cap_told(row))
