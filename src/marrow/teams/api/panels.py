"""The selection panel, and training before a departure."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from marrow.teams import access, actions, plain, queries
from marrow.teams.api.seats import router
from marrow.teams.forms import AttendanceForm, JudgeForm, TrainingForm
from marrow.ui.rest.answers import done, made, read, unless_changed
from marrow.ui.rest.bodies import Body, Code, Page, filled, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.problems import Invalid, fault


class PanelMemberOut(Schema):
    name: str
    post: str


class JudgementOut(Schema):
    """What a panel says of somebody; a decision of "" is none yet, a score of null is none."""

    panel: UUID
    assignment: UUID
    decision: str
    score: int | None
    remark: str
    decided_on: dt.date | None


class PanelOut(Schema):
    id: UUID
    mission: UUID
    meets_on: dt.date
    place: str
    members: list[PanelMemberOut]
    judgements: list[JudgementOut]


class TrainingOut(Schema):
    id: UUID
    mission: UUID
    held_on: dt.date
    topic: str
    required: bool


class AttendanceMarkOut(Schema):
    """A state of "" is not marked."""

    assignment: UUID
    state: str


class AttendanceOut(TrainingOut):
    """Those whom this caller sees."""

    marks: list[AttendanceMarkOut]


class PanelMemberIn(Body):
    name: Annotated[str, text(120, 1)]
    post: Annotated[str, text(120)] = ""


class PanelIn(Body):
    meets_on: dt.date
    place: Annotated[str, text(200)] = ""
    members: Annotated[list[PanelMemberIn], Field(min_length=1, max_length=40)]


class PanelPatch(Body):
    """Only what is sent is changed; of a panel that has judged nobody leaves."""

    meets_on: dt.date | None = None
    place: Annotated[str, text(200)] | None = None
    members: Annotated[list[PanelMemberIn], Field(min_length=1, max_length=40)] | None = None


class JudgementIn(Body):
    decision: Code
    score: Annotated[int, Field(ge=0, le=100)] | None = None
    remark: Annotated[str, text(400)] = ""


class TrainingIn(Body):
    """`required`: nobody leaves who missed it."""

    held_on: dt.date
    topic: Annotated[str, text(200, 1)]
    required: bool = True


class TrainingPatch(Body):
    """Only what is sent is changed."""

    held_on: dt.date | None = None
    topic: Annotated[str, text(200, 1)] | None = None
    required: bool | None = None


class AttendanceMarkIn(Body):
    assignment: UUID
    state: Annotated[str, text(8, 1)]


class AttendancePatch(Body):
    marks: Annotated[list[AttendanceMarkIn], Field(min_length=1, max_length=200)]


@router.get("/teams/{uuid:mission}/panels", auth=by("office", "auditor"), response=Page[PanelOut])
def list_panels(request: ApiRequest, mission: UUID) -> HttpResponse:
    """Each panel with its day, who sits on it, and what it said of whom."""
    return read(request, {"items": plain.panels(request.viewer, mission), "next": None})


@router.post("/teams/{uuid:mission}/panels", auth=by("office"), response={201: PanelOut})
def call_panel(request: ApiRequest, mission: UUID, told: PanelIn) -> HttpResponse:
    """Call a panel: from then on nobody is selected whom it has not judged."""
    row = actions.call_panel(
        mission=mission, meets_on=told.meets_on, place=told.place,
        members=[(one.name, one.post) for one in told.members], by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return made(plain.panel_told(row))


@router.get("/panels/{uuid:panel}", auth=by("office"), response=PanelOut)
def get_panel(request: ApiRequest, panel: UUID) -> HttpResponse:
    return read(request, plain.panel(request.viewer, panel))


@router.patch("/panels/{uuid:panel}", auth=by("office"), response=PanelOut)
def change_panel(request: ApiRequest, panel: UUID, told: PanelPatch) -> HttpResponse:
    """Another day, place or other people for a panel."""
    viewer, sent = request.viewer, told.model_dump(exclude_none=True)
    if told.members:
        sent["members"] = [(one.name, one.post) for one in told.members]
    with unless_changed(request, lambda: plain.panel(viewer, panel)):
        actions.change_panel(panel=panel, by=viewer, at=timezone.now(), **sent)
    return done(plain.panel(viewer, panel))


JUDGED = "/panels/{uuid:panel}/judgements/{uuid:assignment}"


@router.get(JUDGED, auth=by("office"), response=JudgementOut)
def get_judgement(request: ApiRequest, panel: UUID, assignment: UUID) -> HttpResponse:
    return read(request, plain.judgement(request.viewer, panel, assignment))


@router.put(JUDGED, auth=by("office"), response=JudgementOut)
def judge_person(
    request: ApiRequest, panel: UUID, assignment: UUID, told: JudgementIn
) -> HttpResponse:
    """Keep what a panel says of somebody for a seat."""
    viewer = request.viewer
    access.panel_to_keep(viewer, panel)
    access.assignment_to_form(viewer, assignment)
    form = filled(JudgeForm, told)
    with unless_changed(request, lambda: plain.judgement(viewer, panel, assignment)):
        actions.judge(
            panel=panel, assignment=assignment, by=viewer, at=timezone.now(), **form.cleaned_data
        )
    return done(plain.judgement(viewer, panel, assignment))


@router.get("/teams/{uuid:mission}/trainings", auth=by("signed-in"), response=Page[AttendanceOut])
def list_trainings(request: ApiRequest, mission: UUID) -> HttpResponse:
    """Days of training, and who was there, of those whom this caller sees."""
    return read(request, {"items": plain.trainings(request.viewer, mission), "next": None})


@router.post("/teams/{uuid:mission}/trainings", auth=by("office"), response={201: TrainingOut})
def plan_training(request: ApiRequest, mission: UUID, told: TrainingIn) -> HttpResponse:
    access.mission_to_form(request.viewer, mission)
    form = filled(TrainingForm, told, required=told.required)
    row = actions.plan_training(
        mission=mission, by=request.viewer, at=timezone.now(), **form.cleaned_data
    )
    return made(plain.training_told(row))


@router.get("/trainings/{uuid:training}", auth=by("office"), response=TrainingOut)
def get_training(request: ApiRequest, training: UUID) -> HttpResponse:
    return read(request, plain.training(request.viewer, training))


@router.patch("/trainings/{uuid:training}", auth=by("office"), response=TrainingOut)
def change_training(request: ApiRequest, training: UUID, told: TrainingPatch) -> HttpResponse:
    """Another day or topic for a training, or that it is required now or no more."""
    viewer, sent = request.viewer, told.model_dump(exclude_none=True)
    with unless_changed(request, lambda: plain.training(viewer, training)):
        actions.change_training(session=training, by=viewer, at=timezone.now(), **sent)
    return done(plain.training(viewer, training))


ATTENDED = "/trainings/{uuid:training}/attendance"


@router.get(ATTENDED, auth=by("office"), response=AttendanceOut)
def get_attendance(request: ApiRequest, training: UUID) -> HttpResponse:
    """Who was at a training, for who marks it."""
    return read(request, plain.attendance(request.viewer, training))


@router.patch(ATTENDED, auth=by("office"), response=AttendanceOut)
def mark_attendance(request: ApiRequest, training: UUID, told: AttendancePatch) -> HttpResponse:
    """Mark who was there: only those who are sent."""
    viewer = request.viewer
    states = _states(request, training, told)
    with unless_changed(request, lambda: plain.attendance(viewer, training)):
        actions.mark_attendance(session=training, states=states, by=viewer, at=timezone.now())
    return done(plain.attendance(viewer, training))


def _states(request: ApiRequest, training: UUID, told: AttendancePatch) -> dict[UUID, str]:
    """By assignment, through the form of the page; nobody is marked who is in no seat."""
    people = queries.seated(access.session_to_mark(request.viewer, training).mission)
    said: dict[str, Any] = {str(one.assignment): one.state for one in told.marks}
    if set(said) - {str(one.pk) for one in people}:
        raise Invalid([fault("marks", "unseen", _("There is nobody like that for this seat."))])
    form = filled(lambda data: AttendanceForm(data, people=people, marked={}), Body(), **said)
    return form.states()
