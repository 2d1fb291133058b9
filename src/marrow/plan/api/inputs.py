"""What a plan is given besides its teams: budgets, and workbooks that are sent back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import File, Schema
from ninja.files import UploadedFile
from pydantic import Field

from marrow.directory.access import area_for
from marrow.plan import access, actions, plain
from marrow.plan.actions.workbooks import MOST_BYTES
from marrow.plan.api.plans import READERS, ScenarioOut, router
from marrow.ui.rest.answers import done, made, read
from marrow.ui.rest.bodies import Body, Page, text
from marrow.ui.rest.gates import ApiRequest, by
from marrow.ui.rest.paging import InPages, about, page, part_of


class PlanBudgetOut(Schema):
    """`amount` is in thousands, of one currency for the whole plan; `area` is a place's code."""

    id: UUID
    area: str
    year: int
    amount: float


class PlanBudgetIn(Body):
    area: Annotated[str, text(20, 1)]
    year: Annotated[int, Field(ge=1950, le=2200)]
    amount: Annotated[Decimal, Field(ge=0, lt=10**10, max_digits=12, decimal_places=1)]


class WorkbookFaultOut(Schema):
    where: str
    what: str


class WorkbookChangeOut(Schema):
    sheet: str
    what: str
    change: str


class WorkbookOut(Schema):
    """`wrong` has what must be put right, else `changes` what a plan made of it would differ in;
    `made` is that plan."""

    id: UUID
    scenario: UUID
    name: str
    sent_at: dt.datetime
    made: UUID | None
    wrong: list[WorkbookFaultOut]
    changes: list[WorkbookChangeOut]


class WorkbookTakeIn(Body):
    name: Annotated[str, text(120, 1)]


@router.get("/plans/{uuid:scenario}/budgets", auth=by(*READERS), response=Page[PlanBudgetOut])
def list_budgets(request: ApiRequest, scenario: UUID, window: InPages) -> HttpResponse:
    """The budgets of a plan."""
    rows = plain.budgets(request.viewer, scenario)
    part = part_of(rows, window, ("year", "id"), about(request))
    return read(request, page(request, part, plain.budget_told))


@router.put("/plans/{uuid:scenario}/budgets", auth=by("office"), response=PlanBudgetOut)
def set_budget(request: ApiRequest, scenario: UUID, told: PlanBudgetIn) -> HttpResponse:
    """Set what those whom an area sends, and who leave in a year, may cost."""
    row = actions.set_budget(
        scenario=scenario, area=area_for(told.area), year=told.year, amount=told.amount,
        by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    return done(plain.budget_told(row))


@router.delete("/plan-budgets/{uuid:budget}", auth=by("office"), response={204: None})
def drop_budget(request: ApiRequest, budget: UUID) -> HttpResponse:
    """Take a budget out of a plan."""
    actions.drop_budget(budget=budget, by=request.viewer, at=timezone.now())
    return HttpResponse(status=204)


@router.post("/plans/{uuid:scenario}/workbooks", auth=by("office"), response={201: WorkbookOut})
def send_workbook(request: ApiRequest, scenario: UUID, file: File[UploadedFile]) -> HttpResponse:
    """Send a changed workbook (XLSX) of a plan: what is wrong, or what would change."""
    row = actions.send_workbook(
        scenario=scenario, name=file.name or "", content=file.read(MOST_BYTES + 1),
        by=request.viewer, at=timezone.now(),
    )  # fmt: skip
    told = plain.workbook(request.viewer, row.pk, timezone.localdate())
    return made(told, f"/api/v1/plan-workbooks/{row.pk}")


@router.get("/plan-workbooks/{uuid:workbook}", auth=by("office"), response=WorkbookOut)
def get_workbook(request: ApiRequest, workbook: UUID) -> HttpResponse:
    return read(request, plain.workbook(request.viewer, workbook, timezone.localdate()))


@router.post("/plan-workbooks/{uuid:workbook}/take", auth=by("office"), response={201: ScenarioOut})
def take_workbook(request: ApiRequest, workbook: UUID, told: WorkbookTakeIn) -> HttpResponse:
    """Make a new plan of a workbook in which nothing is wrong."""
    row = actions.take_workbook(
        workbook=workbook, name=told.name, by=request.viewer, at=timezone.now()
    )
    return made(plain.plan_told(row), f"/api/v1/plans/{row.pk}")


@router.post("/plans/{uuid:scenario}/records", auth=by("office"), response=ScenarioOut)
def forget_workbook(request: ApiRequest, scenario: UUID) -> HttpResponse:
    """Let a plan go by the records again, whatever its workbook told."""
    access.scenario_to_plan(request.viewer, scenario)
    row = actions.forget_workbook(scenario=scenario, by=request.viewer, at=timezone.now())
    return done(plain.plan_told(row))
