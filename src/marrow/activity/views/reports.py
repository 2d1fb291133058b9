"""Single records, and months' reports with their levels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.activity import access, actions
from marrow.activity.forms import CellsForm, DeedForm, MonthForm, ReasonForm
from marrow.activity.queries import reports
from marrow.activity.rules.levels import OPEN, may_step
from marrow.activity.views.pictures import rows_or_page_of
from marrow.core.refusals import Unseen
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


def _home(organisation: UUID) -> str:
    return reverse("activity:place", args=[organisation])


def _page(monthly: UUID) -> str:
    return reverse("activity:report", args=[monthly])


@require_http_methods(["GET", "POST"])
@gate("member", "leader", "recipient", "head", "office")
def record(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    """One thing done on one day."""
    row = access.place_for(request.viewer, organisation)
    missions = reports.missions_at(request.viewer, row)
    form = DeedForm(
        request.POST or None, organisation=row, missions=missions,
        initial={"held_on": timezone.localdate(), "mission": request.GET.get("mission", "")},
    )  # fmt: skip

    def act() -> HttpResponse:
        actions.record_deed(
            organisation=row.pk, mission=form.cleaned_data["mission"], deed=form.deed(),
            by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, _home(row.pk))

    lede = _("One operation, one visit, one lecture. No patient’s name or number stands here.")
    return keep(request, form, act, Shown(_("Record what was done"), _home(row.pk), str(row), lede))


@require_POST
@gate("member", "leader", "recipient", "head", "office")
def void_deed(request: MarrowRequest, deed: UUID) -> HttpResponse:
    row = actions.void_deed(
        deed=deed, reason=request.POST.get("reason", ""), by=request.viewer, at=timezone.now()
    )
    return kept(request, rows_or_page_of(request, row.organisation_id, row.mission_id))


@require_http_methods(["GET", "POST"])
@gate("member", "leader", "recipient", "head", "office")
def begin(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    """Which month, of whom; then its cells."""
    row = access.place_for(request.viewer, organisation)
    missions = reports.missions_at(request.viewer, row)
    form = MonthForm(
        request.POST or None, organisation=row, missions=missions,
        initial={"month": request.GET.get("month", "")},
    )  # fmt: skip

    def act() -> HttpResponse:
        made = actions.open_report(
            organisation=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return redirect("activity:cells", monthly=made.pk)

    lede = _("Like the paper form: one number a line. What is left empty is unknown, not nought.")
    shown = Shown(_("Report a month"), _home(row.pk), str(row), lede, _("Go on"))
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("member", "leader", "recipient", "head", "office")
def cells(request: MarrowRequest, monthly: UUID) -> HttpResponse:
    row = access.report_to_write(request.viewer, monthly)
    form = CellsForm(request.POST or None, cells=reports.cells_of(row))

    def act() -> HttpResponse:
        actions.fill_report(
            report=row.pk, values=form.values(), by=request.viewer, at=timezone.now()
        )
        return kept(request, _page(row.pk))

    lede = _("What is left empty is unknown, not nought.")
    if access.estimates(request.viewer):
        lede = _("What is left empty is unknown, not nought. A fraction is an estimate.")
    shown = Shown(f"{row.organisation} · {row}", _page(row.pk), str(row), lede)
    return keep(request, form, act, shown)


@require_safe
@gate("member", "leader", "recipient", "head", "office", "auditor")
def report(request: MarrowRequest, monthly: UUID) -> HttpResponse:
    row = access.report_for(request.viewer, monthly)
    viewer, state = request.viewer, row.state
    writes = access.writes_report(viewer, row)
    versions = reports.versions_of(row)
    reviews, approves = access.reviews(viewer, row), access.approves(viewer, row)
    cells = reports.cells_of(row)
    page: dict[str, Any] = {
        "report": row, "cells": cells, "versions": versions,
        "contested": sum(cell.contested for cell in cells),
        "overruled": sum(cell.overruled for cell in cells),
        "sees_lines": viewer.holds("office", "auditor"),
        "may_write": writes and state in OPEN,
        "may_review": reviews and may_step("review", state),
        "may_approve": approves and may_step("approve", state),
        "may_send_back": reviews and may_step("send_back", state),
        "may_revise": writes and state == "APPROVED" and versions[0].pk == row.pk,
        "replaced": state == "APPROVED" and not row.stands,
        "sees_place": access.sees_place(viewer, row.organisation_id),
    }  # fmt: skip
    return render(request, "activity/report.html", page)


STEPS: dict[str, Callable[..., Any]] = {
    "submit": actions.submit, "review": actions.review, "approve": actions.approve,
}  # fmt: skip


@require_POST
@gate("member", "leader", "recipient", "head", "office")
def step(request: MarrowRequest, monthly: UUID, step: str) -> HttpResponse:
    """Hand in, review or approve."""
    if step not in STEPS:
        raise Unseen(_("There is no such page."))
    STEPS[step](report=monthly, by=request.viewer, at=timezone.now())
    return kept(request, _page(monthly))


@require_http_methods(["GET", "POST"])
@gate("recipient", "office")
def back(request: MarrowRequest, monthly: UUID) -> HttpResponse:
    row = access.report_to_review(request.viewer, monthly)
    form = ReasonForm(request.POST or None)

    def act() -> HttpResponse:
        actions.send_back(
            report=row.pk, reason=form.cleaned_data["reason"], by=request.viewer, at=timezone.now()
        )
        return kept(request, _page(row.pk))

    lede = _("It counts no more until its site hands it in again.")
    shown = Shown(_("Send the report back"), _page(row.pk), f"{row.organisation} · {row}", lede)
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("member", "leader", "recipient", "head", "office")
def revise(request: MarrowRequest, monthly: UUID) -> HttpResponse:
    row = access.report_to_write(request.viewer, monthly)
    form = ReasonForm(request.POST or None)

    def act() -> HttpResponse:
        made = actions.revise(
            report=row.pk, reason=form.cleaned_data["reason"], by=request.viewer, at=timezone.now()
        )
        return redirect("activity:cells", monthly=made.pk)

    lede = _("What is approved stands until the new version is approved too.")
    shown = Shown(_("Begin a new version"), _page(row.pk), f"{row.organisation} · {row}", lede)
    return keep(request, form, act, shown)


@require_safe
@gate("recipient", "office")
def review_queue(request: MarrowRequest) -> HttpResponse:
    """What waits to be reviewed and approved, by hospital."""
    page = {
        "to_review": reports.queues(reports.to_review(request.viewer)),
        "to_approve": reports.queues(reports.to_approve(request.viewer)),
    }
    return render(request, "activity/queue.html", page)


@require_POST
@gate("recipient", "office")
def pass_all(request: MarrowRequest, organisation: UUID, step: str) -> HttpResponse:
    actions.pass_all(organisation=organisation, step=step, by=request.viewer, at=timezone.now())
    return kept(request, reverse("activity:queue"))
