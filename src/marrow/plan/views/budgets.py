"""What the people whom areas send may cost in a plan."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marrow.plan import access, actions
from marrow.plan.forms import BudgetForm
from marrow.plan.views.plans import to_plan
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


@require_http_methods(["GET", "POST"])
@gate("office")
def set_budget(request: MarrowRequest, scenario: UUID) -> HttpResponse:
    row = access.scenario_to_plan(request.viewer, scenario)
    form = BudgetForm(request.POST or None, initial={"year": row.from_on.year})

    def act() -> HttpResponse:
        actions.set_budget(
            scenario=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, to_plan(row.pk) + "#budgets")

    lede = _("It counts what a person costs a month: say that of each team, where it is moved.")
    return keep(request, form, act, Shown(_("Set a budget"), to_plan(row.pk), str(row), lede))


@require_POST
@gate("office")
def drop_budget(request: MarrowRequest, budget: UUID) -> HttpResponse:
    row = access.budget_to_plan(request.viewer, budget)
    actions.drop_budget(budget=row.pk, by=request.viewer, at=timezone.now())
    return kept(request, to_plan(row.scenario_id) + "#budgets")
