"""What an office adds to the agreement work of a programme."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from marrow.agreements import access, actions, plain
from marrow.agreements.api.reading import router
from marrow.agreements.api.told import (
    AimOut,
    FirstIn,
    FirstOut,
    GainIn,
    GainOut,
    LessonIn,
    LessonLineOut,
    MemberIn,
    MemberOut,
    MottoIn,
    PeriodIn,
    PeriodOut,
    RequirementIn,
    RequirementOut,
    ServiceOut,
    SheetIn,
    SheetLineOut,
    TargetIn,
    TenetIn,
    TenetOut,
)
from marrow.agreements.forms import (
    FirstForm,
    GainForm,
    LessonForm,
    MemberForm,
    MottoForm,
    PartForm,
    PeriodForm,
    RequirementForm,
    SheetForm,
    TargetForm,
    TenetForm,
)
from marrow.ui.rest.answers import made
from marrow.ui.rest.bodies import Body, filled
from marrow.ui.rest.gates import ApiRequest, by

OFFICE = by("office")


def _added(
    request: ApiRequest, key: str, form: type[PartForm], told: Body, action: Callable[..., Any]
) -> Any:
    """What the action of the page's form made; who may not keep this work is refused first."""
    row = access.work_to_keep(request.viewer, key)
    sent = filled(lambda data: form(data, programme=row), told)
    return action(programme=key, by=request.viewer, at=timezone.now(), **sent.told())


@router.post("/programmes/{key}/plan-periods", auth=OFFICE, response={201: PeriodOut})
def set_period(request: ApiRequest, key: str, told: PeriodIn) -> HttpResponse:
    """Set a plan period, as a five-year plan is."""
    return made(plain.period_told(_added(request, key, PeriodForm, told, actions.set_period)))


@router.post("/programmes/{key}/requirements", auth=OFFICE, response={201: RequirementOut})
def ask_requirement(request: ApiRequest, key: str, told: RequirementIn) -> HttpResponse:
    """Record what a plan or a policy asks, with its words."""
    row = _added(request, key, RequirementForm, told, actions.ask_requirement)
    return made(plain.requirement_told(row), f"/api/v1/requirements/{row.pk}")


@router.post("/programmes/{key}/task-sheets", auth=OFFICE, response={201: SheetLineOut})
def open_task_sheet(request: ApiRequest, key: str, told: SheetIn) -> HttpResponse:
    """Open the sheet of a year: of the programme, or of one of its agreements."""
    row = _added(request, key, SheetForm, told, actions.open_sheet)
    return made(plain.sheet_told(row), f"/api/v1/task-sheets/{row.pk}")


@router.post("/programmes/{key}/targets", auth=OFFICE, response={201: AimOut})
def set_target(request: ApiRequest, key: str, told: TargetIn) -> HttpResponse:
    """Set a target by a measure, or in words with a unit."""
    return made(plain.aim(_added(request, key, TargetForm, told, actions.set_target)))


@router.post("/programmes/{key}/benefits", auth=OFFICE, response={201: GainOut})
def tell_gain(request: ApiRequest, key: str, told: GainIn) -> HttpResponse:
    """Record what the programme or one of its partnerships brings to one of the sides."""
    return made(plain.gain_told(_added(request, key, GainForm, told, actions.tell_gain)))


@router.post("/programmes/{key}/firsts", auth=OFFICE, response={201: FirstOut})
def tell_first(request: ApiRequest, key: str, told: FirstIn) -> HttpResponse:
    """Record a first of one of the two sides."""
    return made(plain.first_told(_added(request, key, FirstForm, told, actions.tell_first)))


@router.post("/programmes/{key}/tenets", auth=OFFICE, response={201: TenetOut})
def tell_tenet(request: ApiRequest, key: str, told: TenetIn) -> HttpResponse:
    """Record a value or the motto of the service."""
    return made(plain.tenet_told(_added(request, key, TenetForm, told, actions.tell_tenet)))


@router.post("/programmes/{key}/motto", auth=OFFICE, response={201: ServiceOut})
def tell_motto(request: ApiRequest, key: str, told: MottoIn) -> HttpResponse:
    """Record the motto as its source words it; what another source told stands beside it."""
    row = _added(request, key, MottoForm, told, actions.tell_motto)
    return made(plain.service(row.key))


@router.post("/programmes/{key}/office-members", auth=OFFICE, response={201: MemberOut})
def join_office(request: ApiRequest, key: str, told: MemberIn) -> HttpResponse:
    """Name somebody of the office's own team, and for what."""
    return made(plain.member_told(_added(request, key, MemberForm, told, actions.join_office)))


@router.post("/programmes/{key}/lessons", auth=OFFICE, response={201: LessonLineOut})
def write_lesson(request: ApiRequest, key: str, told: LessonIn) -> HttpResponse:
    """Write down what was learned, or a model that others can take over."""
    row = _added(request, key, LessonForm, told, actions.write_lesson)
    return made(plain.lesson_told(row), f"/api/v1/lessons/{row.pk}")
