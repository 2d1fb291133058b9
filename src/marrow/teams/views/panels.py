"""The selection panel, training before a departure, and what a panel reads of somebody."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marrow.teams import access, actions, queries
from marrow.teams.forms import (
    AttendanceForm,
    ChangePanelForm,
    ChangeTrainingForm,
    JudgeForm,
    PanelForm,
    TrainingForm,
)
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


def _to(page: str, mission: UUID) -> str:
    return reverse(f"teams:{page}", args=[mission])


@require_safe
@gate("office", "auditor")
def panel(request: MarrowRequest, mission: UUID) -> HttpResponse:
    """Each panel with its day, who sits on it, and what it said of whom."""
    row = access.mission_to_select(request.viewer, mission)
    page = {
        "mission": row, "panels": queries.panels_of(row),
        "may_form": access.forms(request.viewer, row),
    }  # fmt: skip
    return render(request, "teams/panel.html", page)


@require_http_methods(["GET", "POST"])
@gate("office")
def call_panel(request: MarrowRequest, mission: UUID) -> HttpResponse:
    row = access.mission_to_form(request.viewer, mission)
    form = PanelForm(request.POST or None)

    def act() -> HttpResponse:
        actions.call_panel(mission=row.pk, by=request.viewer, at=timezone.now(), **form.told())
        return kept(request, _to("panel", row.pk))

    lede = _("From then on nobody is selected for this team whom the panel has not judged.")
    shown = Shown(_("Call a panel"), _to("panel", row.pk), str(row), lede)
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("office")
def change_panel(request: MarrowRequest, panel: UUID) -> HttpResponse:
    row = access.panel_to_keep(request.viewer, panel)
    form = ChangePanelForm.over(row, request.POST or None)
    back = _to("panel", row.mission_id)

    def act() -> HttpResponse:
        actions.change_panel(panel=row.pk, by=request.viewer, at=timezone.now(), **form.told())
        return kept(request, back)

    return keep(request, form, act, Shown(_("Change the panel"), back, str(row.mission), str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def judge(request: MarrowRequest, panel: UUID, assignment: UUID) -> HttpResponse:
    sitting = access.panel_to_keep(request.viewer, panel)
    row = access.assignment_to_form(request.viewer, assignment)
    form = JudgeForm(request.POST or None)
    back = _to("panel", sitting.mission_id)

    def act() -> HttpResponse:
        actions.judge(
            panel=sitting.pk, assignment=row.pk, by=request.viewer, at=timezone.now(),
            **form.cleaned_data,
        )  # fmt: skip
        return kept(request, back)

    return keep(request, form, act, Shown(_("What the panel says"), back, str(sitting), str(row)))


@require_safe
@gate("signed-in")
def cv(request: MarrowRequest, assignment: UUID) -> HttpResponse:
    """What a panel reads of somebody, on one page to print."""
    row = access.assignment_to_read(request.viewer, assignment)
    page = {
        "row": row, "person": row.person, "wants": queries.wants(row.seat),
        "service": queries.service_of(row.person), **queries.curriculum(row.person),
        "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "teams/cv.html", page)


@require_safe
@gate("signed-in")
def training(request: MarrowRequest, mission: UUID) -> HttpResponse:
    """Days of training, and who was there."""
    row = access.team_mission_for(request.viewer, mission)
    page = {
        "mission": row, "sessions": queries.trainings_of(request.viewer, row),
        "may_form": access.forms(request.viewer, row),
    }  # fmt: skip
    return render(request, "teams/training.html", page)


@require_http_methods(["GET", "POST"])
@gate("office")
def plan_training(request: MarrowRequest, mission: UUID) -> HttpResponse:
    row = access.mission_to_form(request.viewer, mission)
    form = TrainingForm(request.POST or None)
    back = _to("training", row.pk)

    def act() -> HttpResponse:
        actions.plan_training(
            mission=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, back)

    return keep(request, form, act, Shown(_("Plan a training"), back, str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def change_training(request: MarrowRequest, training: UUID) -> HttpResponse:
    row = access.session_to_mark(request.viewer, training)
    form = ChangeTrainingForm.over(row, request.POST or None)
    back = _to("training", row.mission_id)

    def act() -> HttpResponse:
        actions.change_training(session=row.pk, by=request.viewer, at=timezone.now(), **form.told())
        return kept(request, back)

    shown = Shown(_("Change the training"), back, str(row.mission), str(row))
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("office")
def attendance(request: MarrowRequest, training: UUID) -> HttpResponse:
    row = access.session_to_mark(request.viewer, training)
    people = queries.seated(row.mission)
    form = AttendanceForm(request.POST or None, people=people, marked=queries.marked(row))
    back = _to("training", row.mission_id)

    def act() -> HttpResponse:
        actions.mark_attendance(
            session=row.pk, states=form.states(), by=request.viewer, at=timezone.now()
        )
        return kept(request, back)

    return keep(request, form, act, Shown(_("Who was there"), back, str(row.mission), str(row)))
