"""A programme's agreement work on one page, and the parts that its office adds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marrow.agreements import access, actions, queries
from marrow.agreements.forms import (
    AnswerForm,
    FirstForm,
    GainForm,
    LeaveForm,
    LessonForm,
    MemberForm,
    MottoForm,
    PartForm,
    PeriodForm,
    RequirementForm,
    SheetForm,
    TargetForm,
    TenetForm,
    this_year,
)
from marrow.core.refusals import Unseen
from marrow.programmes.access import changes
from marrow.programmes.queries import motto_of
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.panels import panels
from marrow.ui.requests import MarrowRequest

READERS = ("office", "recipient", "head", "auditor")
#: what an office adds, by the word in the address
PARTS: dict[str, tuple[type[PartForm], Callable[..., Any]]] = {
    "period": (PeriodForm, actions.set_period),
    "requirement": (RequirementForm, actions.ask_requirement),
    "sheet": (SheetForm, actions.open_sheet),
    "target": (TargetForm, actions.set_target),
    "benefit": (GainForm, actions.tell_gain),
    "first": (FirstForm, actions.tell_first),
    "value": (TenetForm, actions.tell_tenet),
    "motto": (MottoForm, actions.tell_motto),
    "office": (MemberForm, actions.join_office),
    "lesson": (LessonForm, actions.write_lesson),
}


def to_work(key: str) -> str:
    return reverse("agreements:work", args=[key])


@require_safe
@gate(*READERS)
def mine(request: MarrowRequest) -> HttpResponse:
    """The programmes whose agreement work this person reads."""
    page = {"programmes": queries.programmes_of(request.viewer)}
    return render(request, "agreements/mine.html", page)


@require_safe
@gate(*READERS)
def work(request: MarrowRequest, key: str) -> HttpResponse:
    row = access.work_for(request.viewer, key)
    today = timezone.localdate()
    gains, tenets = queries.gains_of(row), queries.tenets_of(row)
    asked = queries.requirements_of(row)
    worded = [*tenets, *(g for _to, side in gains for g in side)]
    firsts = queries.firsts_of(row)
    worded += [f for _side, found in firsts for f in found]
    worded += [r for _period, found in asked for r in found]
    targets = list(row.targets.select_related("period"))
    told = queries.sources_of([*worded, *targets])
    page = {
        "programme": row, "requirements": asked, "sheets": queries.sheets_of(row),
        "tasks": queries.tasks_that_answer(row),
        "targets": queries.shown(targets, row, told), "gains": gains,
        "firsts": firsts, "tenets": tenets, "motto": motto_of(row),
        "team": queries.team_of(row, today),
        "lessons": queries.lessons_of(request.viewer, row),
        "taken": queries.taken_over_by(request.viewer, row),
        "partnerships": queries.partnerships_of(request.viewer, row),
        "told": told, "may_keep": changes(request.viewer, row),
        "panels": panels(request, "agreements.targets", row),
    }  # fmt: skip
    return render(request, "agreements/work.html", page)


@require_http_methods(["GET", "POST"])
@gate("office")
def add(request: MarrowRequest, key: str, part: str) -> HttpResponse:
    """Add a plan period, a requirement, a sheet, a target, a benefit, …"""
    row = access.work_to_keep(request.viewer, key)
    if part not in PARTS:
        raise Unseen(_("There is no such page."))
    kind, action = PARTS[part]
    begun = this_year(timezone.localdate()) if part == "sheet" else {}
    form = kind(request.POST or None, programme=row, initial=begun)

    def act() -> HttpResponse:
        action(programme=row.key, by=request.viewer, at=timezone.now(), **form.told())
        return kept(request, f"{to_work(row.key)}#{part}")

    return keep(request, form, act, Shown(str(form.heading), to_work(row.key), str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def answer(request: MarrowRequest, requirement: UUID) -> HttpResponse:
    """Say how a requirement is answered."""
    row = access.requirement_to_answer(request.viewer, requirement)
    form = AnswerForm(request.POST or None, initial={"answer": row.answer})
    back = to_work(row.programme.key)

    def act() -> HttpResponse:
        actions.answer_requirement(
            requirement=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, f"{back}#requirement")

    shown = Shown(_("How it is answered"), back, str(row.programme), str(row))
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("office")
def leave(request: MarrowRequest, member: UUID) -> HttpResponse:
    """Say until when somebody was of the office's own team."""
    row = access.member_to_keep(request.viewer, member)
    form = LeaveForm(request.POST or None, initial={"until": row.until})
    back = to_work(row.programme.key)

    def act() -> HttpResponse:
        actions.leave_office(
            member=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, f"{back}#office")

    shown = Shown(_("Say that they left"), back, str(row.programme), f"{row} · {row.said('duty')}")
    return keep(request, form, act, shown)
