"""A team's desk: its seats and who is on the way into them, its stages, the clock of forming."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.core.words import listing
from marrow.teams import access, actions, queries
from marrow.teams.actions.stages import stopped_at
from marrow.teams.forms import (
    AnswerForm,
    ChangeSeatForm,
    PaperAnswerForm,
    PeriodForm,
    SeatForm,
    StageForm,
    WhyForm,
)
from marrow.teams.rules.stages import AT_HOME, AWAY, HOME_AGAIN, OVER, possible
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.panels import panels
from marrow.ui.papers.tables import table_file
from marrow.ui.requests import MarrowRequest


def _to_team(mission: UUID) -> str:
    return reverse("teams:team", args=[mission])


@require_safe
@gate("signed-in")
def mine(request: MarrowRequest) -> HttpResponse:
    """The teams that this person forms, serves in, or is asked to give people to."""
    page = {
        "teams": queries.teams_of(request.viewer),
        "waits": queries.waits_in(request.viewer, timezone.localdate()),
        "calls": queries.calls_to(request.viewer, timezone.localdate()),
        "applied": queries.on_my_way(request.viewer),
    }
    return render(request, "teams/mine.html", page)


@require_safe
@gate("signed-in")
def team(request: MarrowRequest, mission: UUID) -> HttpResponse:
    row = access.team_mission_for(request.viewer, mission)
    forms_it = access.forms(request.viewer, row)
    seats, stages = queries.seats_of(row), queries.stages_of(row)
    coming = any(one.state == "AGREED" for s in seats for one in s.others)
    page = {
        "mission": row, "seats": seats, "stages": stages,
        "lacking": queries.lacking(seats, timezone.localdate()) if forms_it else {},
        "formed_in": queries.formed_in(stages), "may_form": forms_it,
        "seen": access.seen(request.viewer, [s.holder.person_id for s in seats if s.holder]),
        "answers": queries.asked_of(request.viewer, row),
        "may_apply": queries.may_apply(request.viewer, row),
        "counts": queries.deployments([row]), "is_away": row.status in AWAY,
        "is_over": row.status in OVER, "is_home": row.status in AT_HOME,
        "takes_seats": row.status not in HOME_AGAIN,
        "panels": panels(request, "teams.team", row),
        "calls": queries.calls_of(row, timezone.localdate()),
        "kept_back": queries.kept_back(row) if forms_it and coming else (),
        "may_select": forms_it or request.viewer.holds("auditor"),
        "on_paper": queries.on_paper([a for s in seats for a in s.others]) if forms_it else (),
        "reasons": queries.whose_reasons(request.viewer, row, seats),
        "open_items": queries.open_counts(request.viewer, row, timezone.localdate()),
    }  # fmt: skip
    return render(request, "teams/team.html", page)


@require_safe
@gate("signed-in")
def table(request: MarrowRequest, mission: UUID, ending: str) -> HttpResponseBase:
    """The name list: who is in which seat."""
    row = access.team_mission_for(request.viewer, mission)
    header = [
        pgettext("in a team", "Role"),
        _("Asks for"),
        _("Name"),
        _("Name in Chinese"),
        _("Unit"),
        _("State"),
    ]
    return table_file(ending, "team", header, queries.name_list(row))


@require_http_methods(["GET", "POST"])
@gate("office")
def seat(request: MarrowRequest, mission: UUID) -> HttpResponse:
    """Open one or several seats of one kind."""
    row = access.mission_to_form(request.viewer, mission)
    form = SeatForm(request.POST or None)

    def act() -> HttpResponse:
        actions.open_seats(mission=row.pk, seats=form.seats(), by=request.viewer, at=timezone.now())
        return kept(request, _to_team(row.pk))

    return keep(request, form, act, Shown(_("Open a seat"), _to_team(row.pk), str(row)))


@require_http_methods(["GET", "POST"])
@gate("office")
def period(request: MarrowRequest, mission: UUID) -> HttpResponse:
    """Move the time of all seats: the departure is earlier or later than planned."""
    row = access.mission_to_form(request.viewer, mission)
    form = PeriodForm(request.POST or None, initial=queries.period_of(row))

    def act() -> HttpResponse:
        actions.move_period(
            mission=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, _to_team(row.pk))

    lede = _("All seats of the team move; whoever is in one stays in it.")
    shown = Shown(_("Move the departure"), _to_team(row.pk), str(row), lede)
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("office")
def stage(request: MarrowRequest, mission: UUID) -> HttpResponse:
    """Move the mission to its next stage; what is still open is named."""
    row = access.mission_to_form(request.viewer, mission)
    stages = possible(row.status, stopped_at(row))
    form = StageForm(request.POST or None, stages=stages, today=timezone.localdate())

    def act() -> HttpResponse:
        actions.move_stage(
            mission=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, _to_team(row.pk))

    shown = Shown(_("Next stage"), _to_team(row.pk), str(row), _before_moving(row, stages))
    return keep(request, form, act, shown)


def _before_moving(row: Any, stages: Sequence[str]) -> str:
    """What is said above the form: where the team stands, what follows, and what is still open."""
    lede: str = _("Now: %s.") % row.get_status_display()
    if "CANCELLED" in stages and (people := queries.released_when_called_off(row)):
        names = listing().join(str(one.person) for one in people)
        lede += " " + _("If it is cancelled, they are no longer sent: %s.") % names
    if "CLOSED" not in stages or not (missing := actions.blocked(row, "CLOSED")):
        return lede
    return format_html(
        '{} {} <a href="{}">{}</a>', lede, _("Before it closes: %s") % " ".join(missing),
        f"{reverse('posts:post', args=[row.pk])}#incidents",
        _("Incidents and objectives of the team"),
    )  # fmt: skip


@require_safe
@gate("office")
def fill(request: MarrowRequest, seat: UUID) -> HttpResponse:
    """Who fits a seat, who nearly fits, and what is missing."""
    row = access.seat_to_fill(request.viewer, seat)
    found, missing = queries.who_fits(request.viewer, row, timezone.localdate())
    page = {
        "seat": row, "wants": queries.wants(row), "found": found,
        "missing": queries.missing_in_words(missing),
        "turned_down": queries.turned_down_for(request.viewer, row),
    }  # fmt: skip
    return render(request, "teams/fill.html", page)


@require_http_methods(["GET", "POST"])
@gate("office")
def change_seat(request: MarrowRequest, seat: UUID) -> HttpResponse:
    """Change what one seat asks for, and when."""
    row = access.seat_to_fill(request.viewer, seat)
    form = ChangeSeatForm.over(row, request.POST or None)
    back = _to_team(row.mission_id)

    def act() -> HttpResponse:
        actions.change_seat(seat=row.pk, told=form.told(row), by=request.viewer, at=timezone.now())
        return kept(request, back)

    shown = Shown(_("Change the seat"), back, str(row.mission), str(row))
    return keep(request, form, act, shown)


@require_POST
@gate("office")
def drop(request: MarrowRequest, seat: UUID) -> HttpResponse:
    row = actions.drop_seat(seat=seat, by=request.viewer, at=timezone.now())
    return kept(request, _to_team(row.mission_id))


@require_POST
@gate("office")
def ask(request: MarrowRequest, seat: UUID, person: UUID) -> HttpResponse:
    """Ask somebody for a seat; their unit answers."""
    row = actions.invite(seat=seat, person=person, by=request.viewer, at=timezone.now())
    if row.person.unit_id in queries.on_paper([row]):
        said = _(
            "Asked. Their unit has no account: enter its answer here once you have it on paper."
        )
    else:
        said = _("Asked. Their unit answers on its own page.")
    messages.success(request, said)
    return redirect(_to_team(row.seat.mission_id))


@require_POST
@gate("signed-in")
def apply(request: MarrowRequest, seat: UUID, person: UUID) -> HttpResponse:
    row = actions.apply_for_seat(seat=seat, person=person, by=request.viewer, at=timezone.now())
    if row.unit_answered_on:
        messages.success(request, _("Put forward: %s.") % row.person)
        messages.info(request, _("The unit agrees by that and is not asked again."))
    else:
        messages.success(request, _("Applied. The unit is asked whether it agrees."))
    return redirect("people:person", row.person_id)


@require_http_methods(["GET", "POST"])
@gate("unit", "office")
def answer(request: MarrowRequest, assignment: UUID) -> HttpResponse:
    """The unit agrees to give somebody, or says why it cannot."""
    row = access.assignment_of_unit(request.viewer, assignment)
    itself = access.answers_itself(request.viewer, row)
    form = (AnswerForm if itself else PaperAnswerForm)(request.POST or None)

    def act() -> HttpResponse:
        actions.answer_for_unit(
            assignment=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, _to_team(row.seat.mission_id))

    title, lede = _("Answer for your unit"), str(row)
    if not itself:
        title = _("Enter what the unit answered")
        told = {"unit": row.person.unit, "who": row}
        lede = _("%(who)s. %(unit)s has no account here: what you enter is its word.") % told
    shown = Shown(title, _to_team(row.seat.mission_id), str(row.seat.mission), lede)
    return keep(request, form, act, shown)


@require_POST
@gate("office")
def select(request: MarrowRequest, assignment: UUID) -> HttpResponse:
    row = actions.select(assignment=assignment, by=request.viewer, at=timezone.now())
    return kept(request, _to_team(row.seat.mission_id))


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def withdraw(request: MarrowRequest, assignment: UUID) -> HttpResponse:
    row = access.assignment_to_withdraw(request.viewer, assignment)
    form = WhyForm(request.POST or None)
    own = row.person.account == request.viewer.person  # who is not chosen has no page of the team
    back = reverse("teams:mine") if own else _to_team(row.seat.mission_id)

    def act() -> HttpResponse:
        actions.withdraw(
            assignment=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, back)

    shown = Shown(_("Say that somebody does not come"), back, str(row.seat.mission), str(row))
    return keep(request, form, act, shown)
