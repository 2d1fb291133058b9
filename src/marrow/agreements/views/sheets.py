"""A task sheet, its tasks, and how far tasks and targets are."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marrow.agreements import access, actions, queries
from marrow.agreements.forms import DoneForm, HowFarForm, TaskForm, WhyForm
from marrow.agreements.views.work import READERS, to_work
from marrow.programmes.access import changes
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.papers.tables import table_file
from marrow.ui.requests import MarrowRequest


def _to_sheet(sheet: UUID) -> str:
    return reverse("agreements:sheet", args=[sheet])


@require_safe
@gate(*READERS)
def sheet(request: MarrowRequest, task_sheet: UUID) -> HttpResponse:
    row = access.sheet_for(request.viewer, task_sheet)
    page = {
        "sheet": row, "lines": queries.lines_of(row),
        "may_keep": changes(request.viewer, row.programme),
    }  # fmt: skip
    return render(request, "agreements/sheet.html", page)


@require_safe
@gate(*READERS)
def table(request: MarrowRequest, task_sheet: UUID, ending: str) -> HttpResponseBase:
    """The sheet as a file; what nobody told is an empty cell."""
    row = access.sheet_for(request.viewer, task_sheet)
    header = [
        _("Number"), _("Task"), _("How much"), _("Counted in"), _("Reached so far"), _("As of"),
        _("State"), _("Which requirement it answers"),
    ]  # fmt: skip
    return table_file(ending, f"tasks-{row.year}", header, queries.sheet_rows(row))


@require_http_methods(["GET", "POST"])
@gate("office")
def task(request: MarrowRequest, task_sheet: UUID) -> HttpResponse:
    row = access.sheet_to_keep(request.viewer, task_sheet)
    form = TaskForm(request.POST or None, programme=row.programme)

    def act() -> HttpResponse:
        actions.add_task(sheet=row.pk, by=request.viewer, at=timezone.now(), **form.told())
        return kept(request, _to_sheet(row.pk))

    return keep(request, form, act, Shown(str(form.heading), _to_sheet(row.pk), str(row)))


def _back(row: object) -> str:
    sheet = getattr(row, "sheet_id", None)
    if sheet:
        return _to_sheet(sheet)
    return f"{to_work(row.programme.key)}#target"  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@gate("office")
def how_far(request: MarrowRequest, aimed: UUID) -> HttpResponse:
    """Say how far a task or target is, with who says so."""
    row = access.aimed_to_keep(request.viewer, aimed)
    form: HowFarForm | DoneForm
    form = DoneForm(request.POST or None) if row.aim is None else HowFarForm(request.POST or None)

    def act() -> HttpResponse:
        actions.say_how_far(aimed=row.pk, by=request.viewer, at=timezone.now(), **form.told())
        return kept(request, _back(row))

    back_name = str(access.owner_of(row))
    return keep(request, form, act, Shown(_("Say how far it is"), _back(row), back_name, str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def drop(request: MarrowRequest, aimed: UUID) -> HttpResponse:
    row = access.aimed_to_keep(request.viewer, aimed)
    form = WhyForm(request.POST or None)

    def act() -> HttpResponse:
        actions.drop_aimed(aimed=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data)
        return kept(request, _back(row))

    back_name = str(access.owner_of(row))
    return keep(
        request, form, act, Shown(_("Drop it, with a reason"), _back(row), back_name, str(row))
    )
