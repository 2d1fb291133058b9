"""Plans that are put aside, with their reasons."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.plan import access, actions, queries
from marrow.plan.forms import AsideForm
from marrow.plan.views.plans import to_plan
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


@require_safe
@gate("office", "auditor")
def asides(request: MarrowRequest) -> HttpResponse:
    page = {"plans": queries.asides(request.viewer), "may_plan": request.viewer.holds("office")}
    return render(request, "plan/asides.html", page)


@require_http_methods(["GET", "POST"])
@gate("office")
def put_aside(request: MarrowRequest, scenario: UUID) -> HttpResponse:
    row = access.scenario_to_plan(request.viewer, scenario)
    form = AsideForm(request.POST or None)

    def act() -> HttpResponse:
        actions.put_plan_aside(
            scenario=row.pk, reason=form.cleaned_data["reason"], by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        return kept(request, to_plan(row.pk))

    lede = _(
        "It leaves the list of plans and no longer stands beside others. Nothing of it is lost: it"
        " is found under “Put aside” and can be taken back."
    )
    back = to_plan(row.pk)
    shown = Shown(_("Put the plan aside"), back, row.said("name"), lede, _("Put it aside"))
    return keep(request, form, act, shown)


@require_POST
@gate("office")
def take_back(request: MarrowRequest, scenario: UUID) -> HttpResponse:
    row = actions.take_plan_back(scenario=scenario, by=request.viewer, at=timezone.now())
    return kept(request, to_plan(row.pk))
