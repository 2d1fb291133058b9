"""Teams and seats of a plan, who is pinned, and what the plan reckons with."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from marrow.core.words import gap
from marrow.plan import access, actions, queries
from marrow.plan.forms import (
    ChangePlannedSeatForm,
    MoveForm,
    OutForm,
    PinForm,
    PlannedSeatForm,
    SpareForm,
    TeamForm,
)
from marrow.plan.views.plans import to_plan, to_top
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


@require_http_methods(["GET", "POST"])
@gate("office")
def add_team(request: MarrowRequest, scenario: UUID) -> HttpResponse:
    """A team that is no batch of a series: for an outbreak, to teach, to operate, of a group."""
    row = access.scenario_to_plan(request.viewer, scenario)
    form = TeamForm(request.POST or None, viewer=request.viewer)

    def act() -> HttpResponse:
        team = actions.add_planned_team(
            scenario=row.pk, by=request.viewer, at=timezone.now(), **form.told()
        )
        return kept(request, to_plan(row.pk, team.code))

    lede = _(
        "A team that is no batch of a series. All its seats are critical; change each seat on the"
        " page of the plan. An outbreak team takes somebody of infection control (infectious"
        " diseases)."
    )
    return keep(request, form, act, Shown(_("Add a team"), to_plan(row.pk), str(row), lede))


@require_http_methods(["GET", "POST"])
@gate("office")
def move_team(request: MarrowRequest, team: UUID) -> HttpResponse:
    row = access.team_to_plan(request.viewer, team)
    form = MoveForm.over(row, request.POST or None)
    back = to_plan(row.scenario_id, row.code)

    def act() -> HttpResponse:
        actions.move_planned_team(
            team=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        moved = {"from_on", "until_on", "overlap_days"} & set(form.changed_data)
        told = moved and _tell_handovers(request, row.scenario_id, row.pk)
        return kept(request, to_top(row.scenario_id, row.code) if told else back)

    return keep(request, form, act, Shown(_("Move the team"), back, str(row.scenario)))


def _tell_handovers(request: MarrowRequest, scenario: UUID, team: UUID) -> bool:
    """What days that were moved cost, or bring: the planner has not looked at them yet; and when
    nobody is there. Whether there is anything to tell."""
    today = timezone.localdate()
    plan = access.scenario_to_plan(request.viewer, scenario)
    told = queries.handovers_moved(request.viewer, plan, today)
    gaps = queries.gaps_beside(access.team_to_plan(request.viewer, team), today)
    for between in gaps:
        messages.warning(request, between.words)
    if told.lost:
        messages.warning(request, told.lost)
    if told.gained:
        messages.success(request, told.gained)
    return bool(told.lost or told.gained or gaps)


def _asked_first(
    request: MarrowRequest, act: Callable[[], HttpResponse], shown: Shown
) -> HttpResponse:
    """The question stands on a page of its own; its button does what was asked for."""
    form = Form(request.POST if request.method == "POST" else None)
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("office")
def drop_team(request: MarrowRequest, team: UUID) -> HttpResponse:
    row = access.team_to_plan(request.viewer, team)
    back = to_plan(row.scenario_id, row.code)

    def act() -> HttpResponse:
        actions.drop_planned_team(team=row.pk, by=request.viewer, at=timezone.now())
        return kept(request, to_plan(row.scenario_id))

    count = row.seats.count()
    lede = ngettext(
        "%(n)s seat leaves this plan with the team, and who stands in it. What is recorded of the"
        " team elsewhere stays.",
        "%(n)s seats leave this plan with the team, and who stands in them. What is recorded of the"
        " team elsewhere stays.", count,
    ) % {"n": count}  # fmt: skip
    if lost := queries.handovers_with(request.viewer, row):
        lede = f"{lede}{gap()}{lost}"
    title = _("Take %s out of the plan?") % f"{row.code} · {row}"
    return _asked_first(request, act, Shown(title, back, str(row.scenario), lede, _("Take it out")))


@require_http_methods(["GET", "POST"])
@gate("office")
def add_seat(request: MarrowRequest, team: UUID) -> HttpResponse:
    row = access.team_to_plan(request.viewer, team)
    form = PlannedSeatForm(request.POST or None, initial={"role": "MEMBER", "weight": "IMPORTANT"})
    back = to_plan(row.scenario_id, row.code)

    def act() -> HttpResponse:
        actions.add_planned_seat(
            team=row.pk, told=form.told(), by=request.viewer, at=timezone.now()
        )
        return kept(request, back)

    return keep(request, form, act, Shown(_("Add a seat"), back, str(row.scenario)))


@require_http_methods(["GET", "POST"])
@gate("office")
def change_seat(request: MarrowRequest, planned: UUID) -> HttpResponse:
    row = access.seat_to_plan(request.viewer, planned)
    form = ChangePlannedSeatForm.over(row, request.POST or None)
    back = to_plan(row.team.scenario_id, row.team.code)

    def act() -> HttpResponse:
        actions.change_planned_seat(
            seat=row.pk, told=form.told(), by=request.viewer, at=timezone.now()
        )
        return kept(request, back)

    return keep(request, form, act, Shown(_("Change the seat"), back, row.code))


@require_http_methods(["GET", "POST"])
@gate("office")
def drop_seat(request: MarrowRequest, planned: UUID) -> HttpResponse:
    row = access.seat_to_plan(request.viewer, planned)
    back = to_plan(row.team.scenario_id, row.team.code)

    def act() -> HttpResponse:
        actions.drop_planned_seat(seat=row.pk, by=request.viewer, at=timezone.now())
        return kept(request, back)

    title = _("Take %s out of the plan?") % f"{row.code} · {row.get_role_display()}"
    lede = _("Who stands in the seat is free for another.")
    shown = Shown(title, back, str(row.team.scenario), lede, _("Take it out"))
    return _asked_first(request, act, shown)


@require_http_methods(["GET", "POST"])
@gate("office")
def pin(request: MarrowRequest, planned: UUID) -> HttpResponse:
    """Put somebody into a seat, or say that it stays empty."""
    row = access.seat_to_plan(request.viewer, planned)
    form = PinForm(request.POST or None, viewer=request.viewer, seat=row)
    back = to_plan(row.team.scenario_id, row.team.code)

    def act() -> HttpResponse:
        actions.pin_seat(
            seat=row.pk, person=form.who, reason=form.cleaned_data["reason"], by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        _warn_of_pin(request, planned, form.who)
        return kept(request, back)

    lede = _("The planner keeps to it and plans the rest around it.")
    return keep(request, form, act, Shown(_("Pin a seat"), back, row.code, lede, _("Pin")))


def _warn_of_pin(request: MarrowRequest, planned: UUID, person: UUID | None) -> None:
    """What stands against a pin that was kept all the same: as it is now, it cannot be planned."""
    if person is None:
        return
    row = access.seat_to_plan(request.viewer, planned)
    against = queries.against_pin(row, person, request.viewer, timezone.localdate())
    if against.words:
        told = _("Pinned, but the planner cannot keep to it as it stands: %s")
        messages.warning(request, told % " ".join(against.words))


@require_POST
@gate("office")
def pin_person(request: MarrowRequest, planned: UUID, person: UUID) -> HttpResponse:
    """The same with one press, or with a name that was drawn onto the seat."""
    row = access.seat_to_plan(request.viewer, planned)
    actions.pin_seat(seat=row.pk, person=person, by=request.viewer, at=timezone.now())
    _warn_of_pin(request, planned, person)
    return kept(request, to_plan(row.team.scenario_id, row.team.code))


@require_POST
@gate("office")
def unpin(request: MarrowRequest, planned: UUID) -> HttpResponse:
    row = access.seat_to_plan(request.viewer, planned)
    actions.unpin_seat(seat=row.pk, by=request.viewer, at=timezone.now())
    return kept(request, to_plan(row.team.scenario_id, row.team.code))


@require_http_methods(["GET", "POST"])
@gate("office")
def out(request: MarrowRequest, scenario: UUID) -> HttpResponse:
    """Somebody drops out, or can leave only later."""
    row = access.scenario_to_plan(request.viewer, scenario)
    form = OutForm(request.POST or None, plan=row)

    def act() -> HttpResponse:
        told = form.cleaned_data
        run = actions.drop_out_and_mend(
            scenario=row.pk, person=told["person"].pk, why=told["why"], reason=told["reason"],
            from_on=told["from_on"], by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        if run is None:
            messages.warning(
                request,
                _("The planner is at work on the plan as it was. Mend the plan when it has ended."),
            )
        return kept(request, to_plan(row.pk) + "#run")

    lede = _("The planner looks at once for the smallest change; you see it before it is taken.")
    shown = Shown(_("Somebody drops out"), to_plan(row.pk), str(row), lede)
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("office")
def spare(request: MarrowRequest, scenario: UUID) -> HttpResponse:
    """What if a hospital spared more, or fewer?"""
    row = access.scenario_to_plan(request.viewer, scenario)
    form = SpareForm(request.POST or None, viewer=request.viewer)

    def act() -> HttpResponse:
        told = form.cleaned_data
        actions.reckon_with_cap(
            scenario=row.pk, unit=told["unit"].pk, people=told["people"], why=told["why"],
            reason=told["reason"], by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, to_plan(row.pk))

    lede = _("In this plan alone. What the hospital itself says stays as it is.")
    shown = Shown(_("A hospital spares more or fewer"), to_plan(row.pk), str(row), lede)
    return keep(request, form, act, shown)


@require_POST
@gate("office")
def take_back(request: MarrowRequest, happening: UUID) -> HttpResponse:
    row = access.happening_to_plan(request.viewer, happening)
    actions.take_back_happening(happening=row.pk, by=request.viewer, at=timezone.now())
    return redirect(reverse("plan:plan", args=[row.scenario_id]))
