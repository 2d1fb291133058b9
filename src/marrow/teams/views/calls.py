"""Calls: opened by the office, answered by the units that are asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marrow.teams import access, actions, queries
from marrow.teams.forms import CallForm, ForwardForm, ProlongForm, WhyForm
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


def _to_call(call: UUID) -> str:
    return reverse("teams:call", args=[call])


@require_safe
@gate("public")
def public(request: MarrowRequest) -> HttpResponse:
    """Calls that everybody may read."""
    page = {"calls": queries.public_calls(timezone.localdate())}
    return render(request, "teams/public_calls.html", page)


@require_http_methods(["GET", "POST"])
@gate("office")
def open_one(request: MarrowRequest, mission: UUID) -> HttpResponse:
    row = access.mission_to_form(request.viewer, mission)
    form = CallForm(request.POST or None, today=timezone.localdate())
    back = reverse("teams:team", args=[row.pk])

    def act() -> HttpResponse:
        made = actions.open_call(
            mission=row.pk, by=request.viewer, at=timezone.now(), **form.told()
        )
        return kept(request, _to_call(made.pk))

    return keep(request, form, act, Shown(_("Open a call"), back, str(row)))


@require_safe
@gate("signed-in")
def call(request: MarrowRequest, call: UUID) -> HttpResponse:
    """What is called for, who is asked, who answered, and the unit's own answer."""
    row = access.call_for(request.viewer, call)
    today = timezone.localdate()
    shown = queries.call_shown(row, today)
    seats = queries.open_seats(row.mission)
    forms_it = access.forms(request.viewer, row.mission)
    people: list[Any] = []
    me = None
    if shown.is_open:  # only whom it asks is offered what it would take
        units = queries.asked_by(row)
        me = queries.may_apply(request.viewer, row.mission)
        me = me if me and (not units or me.unit_id in units) else None
        people = queries.to_put_forward(request.viewer)
        people = [p for p in people if not units or p.unit_id in units]
    mine = {one.seat_id: one for one in queries.on_my_way(request.viewer)}
    page = {
        "call": row, "mission": row.mission, "stands": shown.stands, "c": shown,
        "answers": queries.unit_answers(request.viewer, row), "may_form": forms_it,
        "sees_answers": forms_it or request.viewer.holds("auditor"), "seats": seats,
        "may_apply": me,
        "wants": [(s, queries.wants(s), mine.get(s.pk)) for s in seats],
        "form": ForwardForm(seats=seats, people=people) if people else None,
    }  # fmt: skip
    return render(request, "teams/call.html", page)


@require_http_methods(["POST"])
@gate("unit")
def forward(request: MarrowRequest, call: UUID) -> HttpResponse:
    """A unit puts one of its people forward."""
    row = access.call_for(request.viewer, call)
    people, seats = queries.to_put_forward(request.viewer), queries.open_seats(row.mission)
    form = ForwardForm(request.POST, seats=seats, people=people)

    def act() -> HttpResponse:
        made = actions.apply_for_seat(
            seat=UUID(form.cleaned_data["seat"]), person=UUID(form.cleaned_data["person"]),
            by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        messages.success(request, _("Put forward: %s.") % made.person)
        messages.info(request, _("The unit agrees by that and is not asked again."))
        return redirect(_to_call(row.pk))

    return keep(request, form, act, Shown(_("Put somebody forward"), _to_call(row.pk), str(row)))


@require_http_methods(["GET", "POST"])
@gate("unit")
def nobody(request: MarrowRequest, asked: UUID) -> HttpResponse:
    row = access.asked_unit_for(request.viewer, asked)
    form = WhyForm(request.POST or None)

    def act() -> HttpResponse:
        actions.answer_nobody(
            asked=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, _to_call(row.call_id))

    shown = Shown(_("We have nobody"), _to_call(row.call_id), str(row.call), str(row.unit))
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("office")
def prolong(request: MarrowRequest, call: UUID) -> HttpResponse:
    row = access.call_to_keep(request.viewer, call)
    form = ProlongForm(request.POST or None, initial={"closes_on": row.closes_on})

    def act() -> HttpResponse:
        actions.prolong_call(call=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data)
        return kept(request, _to_call(row.pk))

    return keep(request, form, act, Shown(_("Another last day"), _to_call(row.pk), str(row)))
