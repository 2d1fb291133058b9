"""A logbook on a phone, a hospital's table of persons and techniques, cases to sign off."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.catalogue.queries import specialty_name
from marrow.entrusting import access, actions, queries
from marrow.entrusting.forms import CaseForm, ColleagueForm, EntrustForm, WhyForm
from marrow.people.actions import enter_person
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


@require_safe
@gate(*access.READERS)
def index(request: MarrowRequest) -> HttpResponse:
    """The hospitals whose logbooks open; where it is one, that one."""
    found = queries.hospitals_shown(request.viewer)
    if len(found) == 1:
        return redirect("entrusting:hospital", found[0].pk)
    page = {"hospitals": found, "me": queries.who_i_am(request.viewer)}
    return render(request, "entrusting/index.html", page)


@require_safe
@gate("signed-in")
def mine(request: MarrowRequest) -> HttpResponse:
    """My own logbook, where there is a record of me."""
    me = queries.who_i_am(request.viewer)
    if me is None:
        return render(request, "entrusting/mine.html", {})
    return redirect("entrusting:logbook", me.pk)


@require_safe
@gate(*access.READERS)
def hospital(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    """Who may do what: the hospital's people against techniques."""
    row = access.hospital_for(request.viewer, organisation)
    chosen = request.GET.get("specialty", "")[:24]
    page = {
        "hospital": row, "table": queries.table_of(row, timezone.localdate(), chosen),
        "chosen": chosen,
        "levels": queries.levels(), "may_keep": access.keeps(request.viewer, row.pk),
    }  # fmt: skip
    return render(request, "entrusting/hospital.html", page)


@require_http_methods(["GET", "POST"])
@gate(*access.KEEPERS)
def colleague(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    """Enter somebody of the hospital's own staff, so that they have a logbook."""
    row = access.hospital_to_keep(request.viewer, organisation)
    form = ColleagueForm(request.POST or None)

    def act() -> HttpResponse:
        made = enter_person(unit=row, by=request.viewer, at=timezone.now(), **form.told())
        return kept(request, reverse("entrusting:logbook", args=[made.pk]))

    there = reverse("entrusting:hospital", args=[row.pk])
    return keep(request, form, act, Shown(_("Enter a colleague"), there, str(row)))


@require_safe
@gate("signed-in")
def book(request: MarrowRequest, person: UUID) -> HttpResponse:
    """One person's logbook: what they may do, since when, on whose word, and the cases."""
    row = access.colleague_for(request.viewer, person)
    page = {
        "person": row, "chapters": queries.logbook_of(row, timezone.localdate()),
        "specialty": specialty_name(row.specialty), "levels": queries.levels(),
        "may_log": access.logs_for(request.viewer, row),
        "may_entrust": bool(access.sides_of(request.viewer, row)),
        "reads_hospital": access.hospitals_read(request.viewer).filter(pk=row.unit_id).exists(),
    }  # fmt: skip
    return render(request, "entrusting/logbook.html", page)


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def log(request: MarrowRequest, person: UUID) -> HttpResponse:
    """Enter cases of a day; what was entered last is chosen already."""
    row = access.colleague_to_log(request.viewer, person)
    every = bool(request.GET.get("every"))
    form = CaseForm(request.POST or None, person=row, today=timezone.localdate(), every=every)

    def act() -> HttpResponse:
        actions.log_case(person=row.pk, case=form.case(), by=request.viewer, at=timezone.now())
        return kept(request, there)

    there = reverse("entrusting:logbook", args=[row.pk])
    lede = _("Who watched confirms it from their own account.")
    shown = Shown(_("Enter cases"), there, str(row), lede, template="entrusting/case.html")
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("head", "member", "leader")
def entrust(request: MarrowRequest, person: UUID) -> HttpResponse:
    """Sign what somebody may do."""
    row = access.colleague_to_entrust(request.viewer, person)
    form = EntrustForm(
        request.POST or None, person=row, today=timezone.localdate(),
        initial={"item": request.GET.get("item", "")[:60]},
    )  # fmt: skip

    def act() -> HttpResponse:
        actions.entrust(person=row.pk, level=form.signed(), by=request.viewer, at=timezone.now())
        return kept(request, there)

    there = reverse("entrusting:logbook", args=[row.pk])
    lede = _("A level rests on confirmed cases. Going back needs a reason, and stays on record.")
    shown = Shown(
        _("Sign what they may do"), there, str(row), lede, button=_("I watched, and sign")
    )
    return keep(request, form, act, shown)


@require_safe
@gate("signed-in")
def to_confirm(request: MarrowRequest) -> HttpResponse:
    """Cases that wait for this person's sign-off; and what they entered, for others to confirm."""
    page = {
        "cases": queries.cases_to_confirm(request.viewer),
        "told": queries.told_for_others(request.viewer),
    }
    return render(request, "entrusting/to_confirm.html", page)


@require_POST
@gate("signed-in")
def confirm(request: MarrowRequest, case: UUID) -> HttpResponse:
    row = actions.confirm_case(case=case, by=request.viewer, at=timezone.now())
    messages.success(request, _("Confirmed: %s") % row)
    return redirect("entrusting:to-confirm")


@require_http_methods(["GET", "POST"])
@gate("signed-in")
def decline(request: MarrowRequest, case: UUID) -> HttpResponse:
    row = access.case_to_decide(request.viewer, case)
    form = WhyForm(request.POST or None)
    there = reverse("entrusting:to-confirm")

    def act() -> HttpResponse:
        actions.decline_case(case=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data)
        return kept(request, there)

    shown = Shown(_("It was not so"), there, _("Cases to sign off"), str(row))
    return keep(request, form, act, shown)
