"""Since when and until when somebody serves, and who comes instead."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marrow.teams import access, actions
from marrow.teams.service_forms import HomeForm, ReplaceForm, ServiceDaysForm, SinceForm
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


def _to_team(mission: UUID) -> str:
    return reverse("teams:team", args=[mission])


@require_http_methods(["GET", "POST"])
@gate("office")
def since(request: MarrowRequest, assignment: UUID) -> HttpResponse:
    """Enter since when somebody serves, where the team was away already."""
    row = access.assignment_to_form(request.viewer, assignment)
    form = SinceForm(request.POST or None)
    back = _to_team(row.seat.mission_id)

    def act() -> HttpResponse:
        on = form.cleaned_data["on"]
        actions.begin_service(assignment=row.pk, on=on, by=request.viewer, at=timezone.now())
        return kept(request, back)

    return keep(request, form, act, Shown(_("Serves since"), back, str(row.seat.mission), str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def home(request: MarrowRequest, assignment: UUID) -> HttpResponse:
    """Enter on which day somebody went home before their team."""
    row = access.assignment_to_form(request.viewer, assignment)
    form = HomeForm(request.POST or None)
    back = _to_team(row.seat.mission_id)

    def act() -> HttpResponse:
        actions.end_service(
            assignment=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, back)

    lede = _("What they served until then counts as service; the seat is empty after it.")
    shown = Shown(_("%s went home early") % row.person, back, str(row.seat.mission), lede)
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("office")
def replace(request: MarrowRequest, assignment: UUID) -> HttpResponse:
    row = access.assignment_to_form(request.viewer, assignment)
    form = ReplaceForm(request.POST or None, row=row)
    back = _to_team(row.seat.mission_id)

    def act() -> HttpResponse:
        told = form.cleaned_data
        actions.replace(
            assignment=row.pk, successor=told["successor"].pk, reason=told["reason"],
            on=told["on"], by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, back)

    lede = _("The successor is asked for the same seat first, and their unit agrees.")
    shown = Shown(_("Replace %s") % row.person, back, str(row.seat.mission), lede)
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("office")
def days(request: MarrowRequest, assignment: UUID) -> HttpResponse:
    """Put the days of a service right."""
    row = access.assignment_to_form(request.viewer, assignment)
    form = ServiceDaysForm.over(row, request.POST or None)
    back = _to_team(row.seat.mission_id)

    def act() -> HttpResponse:
        actions.change_service(
            assignment=row.pk, by=request.viewer, at=timezone.now(), **form.told()
        )
        return kept(request, back)

    lede = _("Service is counted and certified by these days.")
    shown = Shown(_("Put the days right"), back, str(row.seat.mission), f"{row.person} · {lede}")
    return keep(request, form, act, shown)
