"""The register of firsts: what was new for a place or a house, on whose word."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.catalogue.queries import specialty_choices
from marrow.entrusting import access, actions, queries
from marrow.entrusting.forms import FirstForm, WhyForm
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest

PROPOSE = ("head", "recipient", "member", "leader", "office", "unit")


def _sought(request: MarrowRequest) -> queries.Sought:
    asked = request.GET
    hospital = asked.get("hospital", "")
    try:
        hospital = str(UUID(hospital)) if hospital else ""
    except ValueError:
        hospital = str(uuid4())  # no such hospital: nothing answers
    return queries.Sought(
        hospital, asked.get("programme", "")[:60], asked.get("specialty", "")[:24],
        asked.get("year", "")[:4],
    )  # fmt: skip


@require_safe
@gate("signed-in")
def register(request: MarrowRequest) -> HttpResponse:
    """Firsts, the latest first, narrowed by hospital, programme, specialty and year."""
    sought = _sought(request)
    found = queries.register(request.viewer, sought)
    everything = found if not any_of(sought) else queries.register(request.viewer, queries.Sought())
    rows = [row for row, _told in everything]
    page = {
        "firsts": found, "sought": sought, "years": queries.years_of(rows),
        "hospitals": sorted({(str(r.organisation_id), str(r.organisation)) for r in rows},
                            key=lambda one: one[1]),
        "programmes": queries.programmes_of(rows), "specialties": specialty_choices(),
        "waiting": {row.pk for row in queries.firsts_to_decide(request.viewer)},
        "own": queries.houses_to_propose_for(request.viewer),
    }  # fmt: skip
    return render(request, "entrusting/firsts.html", page)


def any_of(sought: queries.Sought) -> bool:
    return bool(sought.hospital or sought.programme or sought.specialty or sought.year)


@require_safe
@gate("signed-in")
def first(request: MarrowRequest, first: UUID) -> HttpResponse:
    row = access.first_for(request.viewer, first)
    page = {
        "first": row, "told": queries.tells_a_paper(row), "decided": queries.who_decided(row),
        "may_decide": row.pk in {one.pk for one in queries.firsts_to_decide(request.viewer)},
    }  # fmt: skip
    return render(request, "entrusting/first.html", page)


@require_http_methods(["GET", "POST"])
@gate(*PROPOSE)
def propose(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    """Propose a first; `?step=` begins from a step on the ladder that was the first of its area."""
    row = access.house_to_propose_for(request.viewer, organisation)
    step = queries.candidate_at(row, request.GET.get("step", ""))
    begun = queries.begun_from(step) if step else {}
    form = FirstForm(request.POST or None, initial=begun, near=row.area_id)

    def act() -> HttpResponse:
        entered = form.first()
        if step and step.item_id == entered.item_id:
            entered.step, entered.mission = step, step.mission
        made = actions.propose_first(
            organisation=row.pk, first=entered, source=form.paper(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        return kept(request, reverse("entrusting:first", args=[made.pk]))

    lede = _("It stands once a head of the house has confirmed it.")
    there = reverse("entrusting:firsts")
    return keep(
        request, form, act, Shown(_("Propose a first"), there, pgettext("register", "Firsts"), lede)
    )


@require_POST
@gate("head", "unit")
def confirm(request: MarrowRequest, first: UUID) -> HttpResponse:
    row = actions.confirm_first(first=first, by=request.viewer, at=timezone.now())
    messages.success(request, _("Confirmed: %s") % row)
    return redirect("entrusting:first", row.pk)


@require_http_methods(["GET", "POST"])
@gate("head", "unit")
def decline(request: MarrowRequest, first: UUID) -> HttpResponse:
    row = access.first_to_decide(request.viewer, first)
    form = WhyForm(request.POST or None)
    there = reverse("entrusting:first", args=[row.pk])

    def act() -> HttpResponse:
        actions.decline_first(
            first=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, reverse("entrusting:firsts"))

    return keep(request, form, act, Shown(_("It was not a first"), there, str(row)))
