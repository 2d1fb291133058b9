"""A plan's page: its calendar, a team's seats with their reasons, the planner at work."""

from __future__ import annotations

import contextlib
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.core.refusals import Overtaken
from marrow.plan import access, actions, queries
from marrow.plan.forms import CopyForm, PlanForm, WeightsForm
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.papers.tables import XLSX, sheets_bytes
from marrow.ui.requests import MarrowRequest


def to_plan(scenario: UUID, team: str = "") -> str:
    address = reverse("plan:plan", args=[scenario])
    return f"{address}?team={team}#seats" if team else address


def to_top(scenario: UUID, team: str) -> str:
    """The same page from its beginning, where what is told of what was done is read first."""
    return to_plan(scenario, team).partition("#")[0]


@require_safe
@gate("office", "auditor")
def plans(request: MarrowRequest) -> HttpResponse:
    """All plans of this office."""
    viewer = request.viewer
    page = {
        "plans": queries.plans(viewer), "may_plan": viewer.holds("office"),
        "asides": len(queries.asides(viewer)),
    }  # fmt: skip
    return render(request, "plan/plans.html", page)


@require_http_methods(["GET", "POST"])
@gate("office")
def make(request: MarrowRequest) -> HttpResponse:
    today = timezone.localdate()
    initial = {"from_on": today, "until_on": today.replace(year=today.year + 2, day=1)}
    form = PlanForm(request.POST or None, viewer=request.viewer, initial=initial)

    def act() -> HttpResponse:
        row = actions.make_plan(by=request.viewer, at=timezone.now(), **form.told())
        return kept(request, to_plan(row.pk))

    back = reverse("plan:plans")
    lede = _("Seats come from the last team of each series and from confirmed needs.")
    return keep(request, form, act, Shown(_("Begin a plan"), back, _("Plan"), lede, _("Begin")))


@require_safe
@gate("office", "auditor")
def plan(request: MarrowRequest, scenario: UUID) -> HttpResponse:
    viewer = request.viewer
    row = access.scenario_for(viewer, scenario)
    if request.headers.get("HX-Target") == "run":
        part = {
            "plan": row, "answer": queries.answer_of(viewer, row),
            "may_plan": viewer.holds("office"),
        }  # fmt: skip
        return render(request, "plan/run.html", part)
    lines = queries.team_lines(row)
    shown = queries.shown_first(lines, request.GET.get("team", ""))
    among = queries.comparable(viewer, row)
    others = queries.beside(among, _chosen(request))
    turned_down = queries.turned_down_in([row, *others])
    figures, *beside = queries.figures_of([row, *others], turned_down)
    answer, today = queries.answer_of(viewer, row), timezone.localdate()
    calendar = queries.calendar_of(row, lines, today)
    spent, happenings = queries.spent_of(row), queries.happenings_of(row)
    page = {
        "plan": row, "lines": lines, "shown": shown,
        "seats": queries.seats_of(viewer, row, [shown.row], happenings) if shown else [],
        "calendar": calendar.picture, "undated": calendar.undated, "gaps": calendar.gaps,
        "over": queries.over(lines, today),
        "answer": answer,
        "figures": figures, "beside": beside,
        "among": among, "beside_ids": [f.row.pk for f in beside],
        "any_stale": any(f.is_stale for f in [figures, *beside]),
        "ranks_differ": queries.ranks_differ([figures, *beside]),
        "tiers": queries.tiers_of(row), "stopped": queries.stopped(row),
        "happenings": happenings, "budgets": spent,
        "costless": [t.row.code for t in lines if spent and t.row.monthly_cost is None],
        "facts": queries.facts_of(row, viewer) if row.book else [],
        "may_plan": viewer.holds("office"),
        "may_change": viewer.holds("office") and row.state != "PUBLISHED" and not row.aside_at,
        "aside": queries.aside_of(row), "stands": queries.stands(row),
        "after": queries.after_of(viewer, row),
        "is_stale": queries.is_stale(row, turned_down),
        "turned_down": turned_down.get(row.pk, []),
        "broken": queries.limits_broken(viewer, row, today) if answer and answer.limited else [],
        "empty": sum(t.seats - t.filled for t in lines),
    }  # fmt: skip
    return render(request, "plan/plan.html", page)


def _chosen(request: MarrowRequest) -> set[UUID]:
    """The plans that the reader asked to see beside this one; what is no id is no plan."""
    found = set()
    for one in request.GET.getlist("beside"):
        with contextlib.suppress(ValueError):
            found.add(UUID(one))
    return found


@require_safe
@gate("office", "auditor")
def book(request: MarrowRequest, scenario: UUID) -> HttpResponse:
    """The plan as a workbook: who goes, what is empty and why, the load of the senders."""
    row = access.scenario_for(request.viewer, scenario)
    answer = HttpResponse(sheets_bytes(queries.sheets_of(request.viewer, row)), content_type=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="plan.xlsx"'
    return answer


@require_safe
@gate("office", "auditor")
def problem(request: MarrowRequest, run: UUID) -> HttpResponse:
    """The problem of a run as the file that `marrow plan solve` takes."""
    told = queries.problem_for(request.viewer, access.run_for(request.viewer, run))
    answer = HttpResponse(told, content_type="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="problem.json"'
    return answer


@require_http_methods(["GET", "POST"])
@gate("office")
def copy(request: MarrowRequest, scenario: UUID) -> HttpResponse:
    row = access.scenario_to_plan(request.viewer, scenario)
    form = CopyForm(request.POST or None, initial={"name": row.said("name")})

    def act() -> HttpResponse:
        name = form.cleaned_data["name"]
        new = actions.copy_plan(scenario=row.pk, name=name, by=request.viewer, at=timezone.now())
        return kept(request, to_plan(new.pk))

    lede = _("The copy is changed on its own; this plan stays as it is.")
    shown = Shown(_("Copy the plan"), to_plan(row.pk), str(row), lede, _("Copy"))
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("office")
def weights(request: MarrowRequest, scenario: UUID) -> HttpResponse:
    """The plan's name, time, and what each thing is worth."""
    row = access.scenario_to_plan(request.viewer, scenario)
    form = WeightsForm(request.POST or None, plan=row)

    def act() -> HttpResponse:
        actions.change_plan(scenario=row.pk, told=form.told(), by=request.viewer, at=timezone.now())
        return kept(request, to_plan(row.pk))

    lede = _("The planner adds these points up; the plan with the most stands.")
    return keep(request, form, act, Shown(_("Change the plan"), to_plan(row.pk), str(row), lede))


@require_POST
@gate("office")
def solve(request: MarrowRequest, scenario: UUID) -> HttpResponse:
    """The best plan there is, or with `mend` the smallest change to the one that stands, with
    `wider` looked for beyond what is around it."""
    actions.ask_to_solve(
        scenario=scenario, by=request.viewer, at=timezone.now(), mends="mend" in request.POST,
        wider="wider" in request.POST,
    )  # fmt: skip
    return redirect(to_plan(scenario) + "#run")


@require_POST
@gate("office")
def stop(request: MarrowRequest, run: UUID) -> HttpResponse:
    row = actions.stop_solving(run=run, by=request.viewer, at=timezone.now())
    return redirect(to_plan(row.scenario_id) + "#run")


@require_POST
@gate("office")
def accept(request: MarrowRequest, run: UUID) -> HttpResponse:
    row = actions.accept_solution(run=run, by=request.viewer, at=timezone.now())
    return kept(request, to_plan(row.pk))


@require_POST
@gate("office")
def leave(request: MarrowRequest, run: UUID) -> HttpResponse:
    row = actions.leave_solution(run=run, by=request.viewer, at=timezone.now())
    return redirect(to_plan(row.scenario_id))


@require_http_methods(["GET", "POST"])
@gate("office")
def publish(request: MarrowRequest, scenario: UUID) -> HttpResponse:
    """What publishing does is read before it is done."""
    refused, status = "", 200
    if request.method == "POST":
        try:
            done = actions.publish_plan(scenario=scenario, by=request.viewer, at=timezone.now())
        except Overtaken as late:
            refused, status = str(late.message), late.status
        else:
            messages.success(request, queries.told_of(done.asked, done.withdrawn))
            return redirect(to_plan(done.plan.pk))
    return _before_publishing(request, scenario, refused, status)


def _before_publishing(
    request: MarrowRequest, scenario: UUID, refused: str, status: int
) -> HttpResponse:
    """What publishing would do; or, where another was first, who and by which plan."""
    plan = access.scenario_to_plan(request.viewer, scenario)
    overtaken = queries.published_since(plan)
    told = queries.publication_of(plan, request.viewer, timezone.localdate())
    seen = access.scenarios_for(request.viewer)
    page = {
        "plan": plan, "told": told, "unfit": queries.unfit_shown(request.viewer, told),
        "columns": queries.seat_changes(told), "is_stale": queries.is_stale(plan),
        "overtaken": overtaken, "refused": refused,
        "may_copy": overtaken is not None and seen.filter(pk=overtaken.pk).exists(),
        "over": queries.over(queries.team_lines(plan), timezone.localdate()),
    }  # fmt: skip
    return render(request, "plan/publish.html", page, status=status)
