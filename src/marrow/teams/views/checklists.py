"""Checklists before a departure: the board of a mission, an item, and the programme's list."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.programmes.access import changes
from marrow.teams import access, actions, queries
from marrow.teams.forms import ListForm, TickForm, WhyForm
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


def _to_board(mission: UUID) -> str:
    return reverse("teams:checklist", args=[mission])


@require_safe
@gate("signed-in")
def board(request: MarrowRequest, mission: UUID) -> HttpResponse:
    """Persons and what each still has to do; the days that make the clock of forming."""
    row = access.team_mission_for(request.viewer, mission)
    today = timezone.localdate()
    board = queries.board(request.viewer, row, today)
    people = [line.assignment.person_id for line in board.lines]
    page = {
        "mission": row, "board": board, "seen": access.seen(request.viewer, people),
        "may_form": access.forms(request.viewer, row),
        "formed_in": queries.formed_in(queries.stages_of(row)),
        "stretches": queries.stretches(queries.stages_of(row), today),
        "last": queries.last_done(request.viewer, row),
        "keeps_list": changes(request.viewer, row.programme),
        "has_list": bool(queries.listed(row.programme)),
    }  # fmt: skip
    return render(request, "teams/checklist.html", page)


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def item(request: MarrowRequest, item: UUID) -> HttpResponse:
    """One item: its owner ticks it off; the office may let it be."""
    row = access.item_for(request.viewer, item)
    mission, today = row.assignment.seat.mission, timezone.localdate()
    form = TickForm(request.POST or None, item=row, today=today)
    if request.method == "POST":

        def act() -> HttpResponse:
            actions.tick(item=row.pk, by=request.viewer, at=timezone.now(), **form.told())
            return kept(request, _to_board(mission.pk))

        shown = Shown(str(row), _to_board(mission.pk), str(mission))
        return keep(request, form, act, shown)
    page = {
        "item": row, "shown": queries.shown_item(row, today), "mission": mission, "form": form,
        "may_tick": access.ticks(request.viewer, row),
        "may_waive": access.forms(request.viewer, mission),
    }  # fmt: skip
    return render(request, "teams/item.html", page)


@require_http_methods(["GET", "POST"])
@gate("office")
def waive(request: MarrowRequest, item: UUID) -> HttpResponse:
    row = access.item_for(request.viewer, item)
    access.may_waive(request.viewer, row)
    back = _to_board(row.assignment.seat.mission_id)
    form = WhyForm(request.POST or None)

    def act() -> HttpResponse:
        actions.waive(item=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data)
        return kept(request, back)

    lede = _("The team may then leave without it. The reason stands on the checklist.")
    return keep(request, form, act, Shown(_("Let it be"), back, str(row), lede))


@require_POST
@gate("signed-in")
def reopen(request: MarrowRequest, item: UUID) -> HttpResponse:
    row = actions.reopen_item(item=item, by=request.viewer, at=timezone.now())
    return kept(request, reverse("teams:item", args=[row.pk]))


@require_POST
@gate("office")
def give(request: MarrowRequest, mission: UUID) -> HttpResponse:
    """Give those who were selected before the list was kept what it asks of them."""
    count = actions.give_lists(mission=mission, by=request.viewer, at=timezone.now())
    told = ngettext("%(count)s item was added.", "%(count)s items were added.", count)
    messages.success(request, told % {"count": count})
    return kept(request, _to_board(mission))


@require_http_methods(["GET", "POST"])
@gate("office")
def listed(request: MarrowRequest, key: str) -> HttpResponse:
    """What a programme asks of each before a departure."""
    programme = access.programme_to_form(request.viewer, key)
    form = ListForm(request.POST or None, begun=queries.list_to_begin(programme))
    back = reverse("archive:programme", args=[programme.key])

    def act() -> HttpResponse:
        actions.keep_list(
            programme=programme.key, steps=form.steps(), by=request.viewer, at=timezone.now()
        )
        return kept(request, reverse("teams:list", args=[programme.key]))

    lede = _(
        "Each who is selected from now on gets this list. Days are counted back from the first day"
        " of their seat."
    )
    shown = Shown(_("List before a departure"), back, str(programme), lede)
    return keep(request, form, act, shown)
