"""Reading agreement work."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router

from marrow.agreements import plain
from marrow.agreements.api.told import (
    AgreementWorkOut,
    HealthOut,
    LessonFilters,
    LessonLineOut,
    LessonOut,
    RequirementOut,
    ServiceOut,
    SheetOut,
    WorkLineOut,
)
from marrow.ui.rest.answers import read
from marrow.ui.rest.bodies import Page
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of

router = Router(tags=["agreement work"])
READERS = ("office", "recipient", "head", "auditor")


@router.get("/agreement-work", auth=by(*READERS), response=Page[WorkLineOut])
def list_agreement_work(request: ApiRequest, window: InPages) -> HttpResponse:
    """The programmes whose agreement work the caller reads, by key."""
    part = part_of(plain.programmes(request.viewer), window, ("key",), about(request))
    return read(request, page(request, part))


@router.get("/programmes/{key}/agreement-work", auth=by(*READERS), response=AgreementWorkOut)
def get_agreement_work(request: ApiRequest, key: str) -> HttpResponse:
    """Plan periods, requirements, task sheets, targets, benefits, the office's team, lessons."""
    return read(request, plain.work(request.viewer, key, timezone.localdate()))


@router.get("/programmes/{key}/service", auth=by("public"), response=ServiceOut)
def get_service(request: ApiRequest, key: str) -> HttpResponse:
    """What a programme holds by, what each side gains, firsts."""
    return read(request, plain.service(key))


@router.get("/requirements/{uuid:requirement}", auth=by(*READERS), response=RequirementOut)
def get_requirement(request: ApiRequest, requirement: UUID) -> HttpResponse:
    return read(request, plain.requirement(request.viewer, requirement))


@router.get("/task-sheets/{uuid:task_sheet}", auth=by(*READERS), response=SheetOut)
def get_task_sheet(request: ApiRequest, task_sheet: UUID) -> HttpResponse:
    """A sheet with its tasks, and how each stands."""
    return read(request, plain.sheet(request.viewer, task_sheet))


@router.get("/lessons", auth=by("public"), response=Page[LessonLineOut])
def list_lessons(
    request: ApiRequest, window: InPages, chosen: Query[LessonFilters]
) -> HttpResponse:
    """Lessons and models by title: public ones for everybody, all for offices and auditors."""
    rows = plain.lessons(request.viewer, chosen.kind)
    part = part_of(rows, window, ("title", "id"), about(request))
    return read(request, page(request, part, plain.lesson_told))


@router.get("/lessons/{uuid:lesson}", auth=by("public"), response=LessonOut)
def get_lesson(request: ApiRequest, lesson: UUID) -> HttpResponse:
    return read(request, plain.lesson(request.viewer, lesson))


@router.get("/partnerships/{uuid:partnership}/health", auth=by(*READERS), response=HealthOut)
def get_partnership_health(request: ApiRequest, partnership: UUID) -> HttpResponse:
    """Each year's health check: both sides' points once both have given theirs."""
    return read(request, plain.health(request.viewer, partnership))
