"""Seats and who comes into them, stages."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from marrow.teams import access, actions, plain
from marrow.teams.forms import ChangeSeatForm, SeatForm
from marrow.ui.rest.answers import done, made, read, unless_changed
from marrow.ui.rest.bodies import Body, Code, NamesOut, Page, Why, filled, filled_over, text
from marrow.ui.rest.gates import ApiRequest, by

router = Router(tags=["teams"])


class TeamOut(Schema):
    mission: UUID
    names: NamesOut
    stage: str
    seats: int
    held: int


class StageOut(Schema):
    stage: str
    on: dt.date
    reason: str


class AssignmentOut(Schema):
    """A person on the way into a seat, in it, or out of it again: each step with its day."""

    id: UUID
    person: UUID
    state: str
    asked_on: dt.date | None
    applied_on: dt.date | None
    unit_answered_on: dt.date | None
    selected_on: dt.date | None
    started_on: dt.date | None
    ended_on: dt.date | None
    reason: str


class SeatOut(Schema):
    id: UUID
    role: str
    specialty: str
    grade: str
    languages: dict[str, str]
    from_on: dt.date | None
    until_on: dt.date | None
    unit: UUID | None
    dropped_on: dt.date | None
    holder: AssignmentOut | None
    others: list[AssignmentOut]


class TeamPageOut(Schema):
    """`formed_in` is the days from the call to the departure; null while that is open."""

    mission: UUID
    names: NamesOut
    stage: str
    formed_in: int | None
    stages: list[StageOut]
    seats: list[SeatOut]


class CandidateOut(Schema):
    person: UUID
    verdict: str
    lacks: list[str]


class CandidatesOut(Schema):
    """`missing` counts, by code, how many of those of the specialty lack what."""

    people: list[CandidateOut]
    missing: dict[str, int]


class SeatsPeriodIn(Body):
    """`until_on` is the first day after."""

    from_on: dt.date
    until_on: dt.date


class SeatIn(Body):
    role: Code
    specialty: Annotated[str, text(24)] = ""
    grade: Code = ""
    language: Annotated[str, text(8)] = ""
    level: Annotated[str, text(2)] = ""
    from_on: dt.date | None = None
    until_on: dt.date | None = None
    unit: UUID | None = None
    count: Annotated[int, Field(ge=1, le=40)] = 1


class SeatPatch(Body):
    """Only what is sent is changed; the language is the first that the seat asks for."""

    role: Code | None = None
    specialty: Annotated[str, text(24)] | None = None
    grade: Code | None = None
    language: Annotated[str, text(8)] | None = None
    level: Annotated[str, text(2)] | None = None
    from_on: dt.date | None = None
    until_on: dt.date | None = None
    unit: UUID | None = None


class StageIn(Body):
    stage: Code
    on: dt.date
    reason: Annotated[str, text(300)] = ""


class AskedIn(Body):
    person: UUID


class SinceIn(Body):
    on: dt.date


class HomeIn(Body):
    """`on` is the day of going home, between the first day of the service and today."""

    on: dt.date
    reason: Annotated[str, text(300, 1)]


class ServiceDaysIn(Body):
    """Only what is sent is changed. `together`: whoever of the team began, or ended, on the same
    day moves with them."""

    started_on: dt.date | None = None
    ended_on: dt.date | None = None
    together: bool = False
    reason: Annotated[str, text(300, 1)]


class ReplaceIn(Body):
    """`successor` is the assignment of who comes. `on`: of a post that was begun, the day on which
    the one stops and the other begins; today where it is not sent."""

    successor: UUID
    on: dt.date | None = None
    reason: Annotated[str, text(300, 1)]


class AnswerIn(Body):
    agrees: bool
    reason: Annotated[str, text(300)] = ""


@router.get("/teams", auth=by("signed-in"), response=Page[TeamOut])
def list_teams(request: ApiRequest) -> HttpResponse:
    """The living teams that this caller forms, serves in, or is asked to give people to."""
    return read(request, {"items": plain.teams(request.viewer), "next": None})


@router.get("/teams/{uuid:mission}", auth=by("signed-in"), response=TeamPageOut)
def get_team(request: ApiRequest, mission: UUID) -> HttpResponse:
    return read(request, plain.team(request.viewer, mission))


@router.post("/teams/{uuid:mission}/seats", auth=by("office"), response={201: TeamPageOut})
def open_seats(request: ApiRequest, mission: UUID, told: SeatIn) -> HttpResponse:
    """Open one or several seats of one kind."""
    form = filled(SeatForm, told, count=told.count)
    actions.open_seats(mission=mission, seats=form.seats(), by=request.viewer, at=timezone.now())
    return made(plain.team(request.viewer, mission))


@router.post("/teams/{uuid:mission}/period", auth=by("office"), response=TeamPageOut)
def move_period(request: ApiRequest, mission: UUID, told: SeatsPeriodIn) -> HttpResponse:
    """Move the time of all seats of a team that has not left."""
    actions.move_period(
        mission=mission, from_on=told.from_on, until_on=told.until_on, by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return done(plain.team(request.viewer, mission))


@router.post("/teams/{uuid:mission}/stages", auth=by("office"), response=TeamPageOut)
def move_stage(request: ApiRequest, mission: UUID, told: StageIn) -> HttpResponse:
    """Move the mission to a stage that may follow; what is still open is named."""
    actions.move_stage(
        mission=mission, stage=told.stage, on=told.on, reason=told.reason, by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return done(plain.team(request.viewer, mission))


@router.get("/seats/{uuid:seat}", auth=by("office"), response=SeatOut)
def get_seat(request: ApiRequest, seat: UUID) -> HttpResponse:
    return read(request, plain.seat(request.viewer, seat))


@router.patch("/seats/{uuid:seat}", auth=by("office"), response=SeatOut)
def change_seat(request: ApiRequest, seat: UUID, told: SeatPatch) -> HttpResponse:
    """Change what one seat asks for, and its time while the team is at home."""
    row = access.seat_to_fill(request.viewer, seat)
    form = filled_over(lambda data: ChangeSeatForm.over(row, data), told)
    with unless_changed(request, lambda: plain.seat(request.viewer, seat)):
        actions.change_seat(seat=seat, told=form.told(row), by=request.viewer, at=timezone.now())
    return done(plain.seat(request.viewer, seat))


@router.get("/seats/{uuid:seat}/candidates", auth=by("office"), response=CandidatesOut)
def list_candidates(request: ApiRequest, seat: UUID) -> HttpResponse:
    return read(request, plain.candidates(request.viewer, seat, timezone.localdate()))


@router.post("/seats/{uuid:seat}/invitations", auth=by("office"), response={201: AssignmentOut})
def invite_person(request: ApiRequest, seat: UUID, told: AskedIn) -> HttpResponse:
    """Ask somebody for a seat; their unit answers."""
    row = actions.invite(seat=seat, person=told.person, by=request.viewer, at=timezone.now())
    return made(plain.assignment_told(row))


@router.post("/assignments/{uuid:assignment}/answer", auth=by("unit"), response=AssignmentOut)
def answer_for_unit(request: ApiRequest, assignment: UUID, told: AnswerIn) -> HttpResponse:
    """The unit agrees to give somebody, or says why it cannot."""
    row = actions.answer_for_unit(
        assignment=assignment, agrees=told.agrees, reason=told.reason, by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return done(plain.assignment_told(row))


@router.post("/assignments/{uuid:assignment}/selection", auth=by("office"), response=AssignmentOut)
def select_person(request: ApiRequest, assignment: UUID) -> HttpResponse:
    row = actions.select(assignment=assignment, by=request.viewer, at=timezone.now())
    return done(plain.assignment_told(row))


@router.post(
    "/assignments/{uuid:assignment}/withdrawal", auth=by("signed-in"), response=AssignmentOut
)
def withdraw_person(request: ApiRequest, assignment: UUID, told: Why) -> HttpResponse:
    """Somebody who has not begun does not come: said by the office, the unit or the person."""
    row = actions.withdraw(
        assignment=assignment, reason=told.reason, by=request.viewer, at=timezone.now()
    )
    return done(plain.assignment_told(row))


@router.post("/assignments/{uuid:assignment}/home", auth=by("office"), response=AssignmentOut)
def end_service(request: ApiRequest, assignment: UUID, told: HomeIn) -> HttpResponse:
    """Somebody goes home before their team; what they served counts."""
    row = actions.end_service(
        assignment=assignment, on=told.on, reason=told.reason, by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return done(plain.assignment_told(row))


@router.post("/assignments/{uuid:assignment}/days", auth=by("office"), response=AssignmentOut)
def change_service(request: ApiRequest, assignment: UUID, told: ServiceDaysIn) -> HttpResponse:
    """Put the first or last day of a service right."""
    actions.change_service(
        assignment=assignment, by=request.viewer, at=timezone.now(), **told.model_dump()
    )
    return done(plain.assignment_told(access.assignment_to_form(request.viewer, assignment)))


@router.post("/seats/{uuid:seat}/drop", auth=by("office"), response=TeamPageOut)
def drop_seat(request: ApiRequest, seat: UUID) -> HttpResponse:
    """Say that a seat is not filled after all; nobody may be in it."""
    row = actions.drop_seat(seat=seat, by=request.viewer, at=timezone.now())
    return done(plain.team(request.viewer, row.mission_id))


@router.post(
    "/seats/{uuid:seat}/applications", auth=by("signed-in"), response={201: AssignmentOut}
)  # fmt: skip
def apply_for_seat(request: ApiRequest, seat: UUID, told: AskedIn) -> HttpResponse:
    """Apply oneself, or put somebody of one's unit forward."""
    row = actions.apply_for_seat(
        seat=seat, person=told.person, by=request.viewer, at=timezone.now()
    )  # fmt: skip
    return made(plain.assignment_told(row))


@router.post("/assignments/{uuid:assignment}/service", auth=by("office"), response=AssignmentOut)
def begin_service(request: ApiRequest, assignment: UUID, told: SinceIn) -> HttpResponse:
    """Enter since when somebody serves, in a team that is away."""
    row = actions.begin_service(
        assignment=assignment, on=told.on, by=request.viewer, at=timezone.now()
    )
    return done(plain.assignment_told(row))


@router.post(
    "/assignments/{uuid:assignment}/replacement", auth=by("office"), response=AssignmentOut
)  # fmt: skip
def replace_person(request: ApiRequest, assignment: UUID, told: ReplaceIn) -> HttpResponse:
    """Put another, whose unit agreed, into the seat; answers with who comes."""
    row = actions.replace(
        assignment=assignment, successor=told.successor, on=told.on, reason=told.reason,
        by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return done(plain.assignment_told(row))
