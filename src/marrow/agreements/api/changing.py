"""What changes in agreement work once it is there: answers, tasks, how far, health checks."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from marrow.agreements import access, actions, plain
from marrow.agreements.api.reading import router
from marrow.agreements.api.told import (
    AimOut,
    AnsweredIn,
    HealthCheckIn,
    HealthCheckOut,
    HowFarIn,
    LeaveIn,
    MemberOut,
    RequirementOut,
    ReuseIn,
    ReuseOut,
    TaskIn,
)
from marrow.agreements.forms import DoneForm, HowFarForm, LeaveForm, TaskForm
from marrow.ui.rest.answers import done, made, unless_changed
from marrow.ui.rest.bodies import Why, filled
from marrow.ui.rest.gates import ApiRequest, by

OFFICE = by("office")


@router.put("/requirements/{uuid:requirement}/answer", auth=OFFICE, response=RequirementOut)
def answer_requirement(request: ApiRequest, requirement: UUID, told: AnsweredIn) -> HttpResponse:
    """Say how the programme answers what is asked of it."""
    viewer = request.viewer
    access.requirement_to_answer(viewer, requirement)
    with unless_changed(request, lambda: plain.requirement(viewer, requirement)):
        row = actions.answer_requirement(
            requirement=requirement, answer=told.answer, by=viewer, at=timezone.now()
        )
    return done(plain.requirement_told(row))


@router.post("/office-members/{uuid:member}/leave", auth=OFFICE, response=MemberOut)
def leave_office(request: ApiRequest, member: UUID, told: LeaveIn) -> HttpResponse:
    """Say until when somebody was of the office's own team."""
    access.member_to_keep(request.viewer, member)
    form = filled(LeaveForm, told)
    row = actions.leave_office(
        member=member, by=request.viewer, at=timezone.now(), **form.cleaned_data
    )
    return done(plain.member_told(row))


@router.post("/task-sheets/{uuid:task_sheet}/tasks", auth=OFFICE, response={201: AimOut})
def add_task(request: ApiRequest, task_sheet: UUID, told: TaskIn) -> HttpResponse:
    """Add a task: with a number and its unit, or without."""
    sheet = access.sheet_to_keep(request.viewer, task_sheet)
    form = filled(lambda data: TaskForm(data, programme=sheet.programme), told)
    row = actions.add_task(sheet=task_sheet, by=request.viewer, at=timezone.now(), **form.told())
    return made(plain.aim(row))


@router.post("/aims/{uuid:aimed}/how-far", auth=OFFICE, response=AimOut)
def say_how_far(request: ApiRequest, aimed: UUID, told: HowFarIn) -> HttpResponse:
    """Say how far a task or target is: the number with its day, or the day it was done."""
    row = access.aimed_to_keep(request.viewer, aimed)
    form: DoneForm | HowFarForm
    form = filled(DoneForm, told) if row.aim is None else filled(HowFarForm, told)
    now_at = actions.say_how_far(
        aimed=aimed, by=request.viewer, at=timezone.now(), **form.told()
    )  # fmt: skip
    return done(plain.aim(now_at))


@router.post("/aims/{uuid:aimed}/drop", auth=OFFICE, response=AimOut)
def drop_aimed(request: ApiRequest, aimed: UUID, told: Why) -> HttpResponse:
    """Say that a task or target is pursued no more, and why."""
    row = actions.drop_aimed(
        aimed=aimed, reason=told.reason, by=request.viewer, at=timezone.now()
    )  # fmt: skip
    return done(plain.aim(row))


@router.post("/lessons/{uuid:lesson}/reuses", auth=OFFICE, response={201: ReuseOut})
def take_lesson_over(request: ApiRequest, lesson: UUID, told: ReuseIn) -> HttpResponse:
    """Say that a programme of the caller's office took a lesson or model over."""
    row = actions.take_over(lesson=lesson, by=request.viewer, at=timezone.now(), **told.dict())
    return made(plain.reuse_told(row))


@router.post(
    "/partnerships/{uuid:partnership}/health/{side}", auth=by("office", "recipient"),
    response={201: HealthCheckOut},
)  # fmt: skip
def give_health_check(
    request: ApiRequest, partnership: UUID, side: Literal["OFFICE", "RECIPIENT"],
    told: HealthCheckIn,
) -> HttpResponse:  # fmt: skip
    """Give one side's health check of this year; it is given once and not taken back."""
    row = actions.give_check(
        partnership=partnership, side=side, language=told.language,
        marks={m.point: (m.score, m.sentence) for m in told.marks}, by=request.viewer,
        at=timezone.now(),
    )  # fmt: skip
    return made(plain.check_told(row))
