"""A plan as a workbook: taken away, changed, sent back, looked at, made a plan of."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.core.refusals import Overtaken, Refused
from marrow.plan import access, actions, queries
from marrow.plan.forms import CopyForm, WorkbookForm
from marrow.plan.views.plans import to_plan
from marrow.ui.forms import kept
from marrow.ui.gates import gate
from marrow.ui.papers.tables import XLSX
from marrow.ui.requests import MarrowRequest


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
@gate("office")
def template(request: MarrowRequest, scenario: UUID) -> HttpResponse:
    """The workbook of a plan, filled as it stands, to be changed and sent back."""
    row = access.scenario_to_plan(request.viewer, scenario)
    made = queries.template_of(row, request.viewer, timezone.localdate())
    return _file(made, "problem.xlsx")


@require_http_methods(["GET", "POST"])
@gate("office")
def send(request: MarrowRequest, scenario: UUID) -> HttpResponse:
    row = access.scenario_to_plan(request.viewer, scenario)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                sent = actions.send_workbook(
                    scenario=row.pk, by=request.viewer, at=timezone.now(), **form.told()
                )
            except Refused as refused:
                form.add_error("file", str(refused.message))
                status = refused.status
            else:
                return redirect("plan:workbook", sent.pk)
    page = {"plan": row, "form": form, "sent": queries.workbooks_of(row)}
    return render(request, "plan/send.html", page, status=status)


@require_safe
@gate("office")
def workbook(request: MarrowRequest, workbook: UUID) -> HttpResponse:
    """What is wrong with a workbook, or what a plan made of it would take otherwise."""
    return _shown(request, workbook)


def _shown(request: MarrowRequest, workbook: UUID, status: int = 200) -> HttpResponse:
    row = access.workbook_for(request.viewer, workbook)
    told = queries.compared(row, request.viewer, timezone.localdate())
    page = {
        "row": row, "plan": row.scenario, "wrong": queries.wrong_of(row, request.viewer),
        "changes": told.changes, "stays": told.stays, "handovers": told.handovers,
        "most": queries.MOST_SHOWN, "form": CopyForm(initial={"name": row.scenario.said("name")}),
    }  # fmt: skip
    return render(request, "plan/workbook.html", page, status=status)


@require_safe
@gate("office")
def corrected(request: MarrowRequest, workbook: UUID) -> HttpResponse:
    """The workbook with a last column on each sheet that says what is wrong with a row."""
    row = access.workbook_for(request.viewer, workbook)
    return _file(queries.corrected_of(row, request.viewer), "what-is-wrong.xlsx")


@require_POST
@gate("office")
def take(request: MarrowRequest, workbook: UUID) -> HttpResponse:
    """Make a plan of it. Pressed again, the page tells which plan was made."""
    row = access.workbook_for(request.viewer, workbook)
    form = CopyForm(request.POST)
    name = form.cleaned_data["name"] if form.is_valid() else ""
    try:
        made = actions.take_workbook(
            workbook=row.pk, name=name, by=request.viewer, at=timezone.now()
        )
    except Overtaken as late:
        return _shown(request, row.pk, late.status)
    return kept(request, to_plan(made.pk))


@require_POST
@gate("office")
def forget(request: MarrowRequest, scenario: UUID) -> HttpResponse:
    """Let the plan go by the records again."""
    actions.forget_workbook(scenario=scenario, by=request.viewer, at=timezone.now())
    return kept(request, to_plan(scenario))
