"""What hospitals can do: an area’s list, a hospital’s ladder, a step and its signatures."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.capacity import access, actions, queries
from marrow.capacity.forms import (
    ChangeOfMachineForm,
    ExpectForm,
    MachineForm,
    StepForm,
    WhichForm,
    WhyForm,
)
from marrow.capacity.rules.care import Care
from marrow.catalogue.access import item_for, keeps_lists_of, list_for, list_to_keep
from marrow.directory.access import organisation_for
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


def _home(organisation: UUID) -> str:
    return reverse("capacity:hospital", args=[organisation])


def _day(request: MarrowRequest) -> dt.date:
    """The day that is asked about; today where the address says none that can be read."""
    try:
        told = parse_date(request.GET.get("on", ""))
    except ValueError:
        told = None
    return told or timezone.localdate()


@require_safe
@gate("public")
def index(request: MarrowRequest) -> HttpResponse:
    """Every list with what its area can treat today."""
    today = timezone.localdate()
    lists = [
        (row, queries.counted(queries.Question(row.area, row, today)))
        for row in queries.lists_shown()
    ]
    return render(request, "capacity/index.html", {"lists": lists, "outcomes": list(Care)})


@require_safe
@gate("public")
def explained(request: MarrowRequest) -> HttpResponse:
    """The measure, told to a minister."""
    return render(request, "capacity/explained.html", {"levels": queries.levels()})


@require_safe
@gate("public")
def matrix(request: MarrowRequest, listing: str) -> HttpResponse:
    """One list in its area: items against hospitals; one specialty at first."""
    row, on = list_for(listing), _day(request)
    asked = queries.Question(row.area, row, on)
    specialties = queries.specialties_of(asked)
    first = specialties[0][0] if specialties else ""
    chosen = request.GET.get("specialty", first)
    page = {
        "list": row, "on": on, "matrix": queries.matrix_of(asked, chosen), "outcomes": list(Care),
        "specialties": specialties, "chosen": chosen, "expected": queries.expected_of(row),
        "may_expect": keeps_lists_of(request.viewer, row.area, row.programme),
    }  # fmt: skip
    return render(request, "capacity/matrix.html", page)


@require_http_methods(["GET", "POST"])
@gate("office")
def expect(request: MarrowRequest, listing: str) -> HttpResponse:
    """Which hospitals should have what a list holds."""
    row = list_to_keep(request.viewer, listing)
    form = ExpectForm(request.POST or None)
    there = reverse("capacity:matrix", args=[row.key])

    def act() -> HttpResponse:
        actions.expect_hospital(
            key=row.key, organisation=form.cleaned_data["organisation"].pk, by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        return kept(request, there)

    lede = _("Patients must leave only where every hospital named here was assessed.")
    return keep(request, form, act, Shown(_("Name a hospital"), there, str(row), lede))


@require_safe
@gate("public")
def hospital(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    """What a hospital can do, how it came there, and the machines that it stands on."""
    row, on = organisation_for(organisation), _day(request)
    sides = access.sides_of(request.viewer, row.pk)
    page = {
        "hospital": row, "on": on, "ladder": queries.ladder_of(row, on),
        "waiting": queries.waiting_at(row), "machines": queries.machines_of(row),
        "may_propose": bool(sides - {"REMOTE"}),
        "may_equip": access.may_keep_machines(request.viewer, row.pk),
    }  # fmt: skip
    return render(request, "capacity/hospital.html", page)


@require_http_methods(["GET", "POST"])
@gate("head", "member", "leader", "office")
def which(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    """First the item, then the step."""
    row = access.hospital_to_propose_for(request.viewer, organisation)
    form = WhichForm(request.POST or None)

    def act() -> HttpResponse:
        return redirect("capacity:propose", row.pk, form.cleaned_data["item"].key)

    shown = Shown(_("Propose a step"), _home(row.pk), str(row), button=_("Next"))
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("head", "member", "leader", "office")
def propose(request: MarrowRequest, organisation: UUID, catalogued: str) -> HttpResponse:
    row, about = access.hospital_to_propose_for(request.viewer, organisation), item_for(catalogued)
    form = StepForm(request.POST or None, item=about, today=timezone.localdate())

    def act() -> HttpResponse:
        made = actions.propose_step(
            organisation=row.pk, step=form.step(), evidence=form.evidence(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        return kept(request, reverse("capacity:step", args=[made.pk]))

    lede = _("A step up needs cases and two signatures; a step down one, and its reason.")
    return keep(request, form, act, Shown(str(about), _home(row.pk), str(row), lede))


@require_safe
@gate("public")
def step(request: MarrowRequest, rung: UUID) -> HttpResponse:
    """A step: what shows it, who signed, and the button of who still must."""
    row = access.step_for(rung)
    page = {
        "step": row, "evidence": list(row.evidence.all()),
        "signatures": queries.signatures_of(row), "side": queries.side_to_sign(request.viewer, row),
        "may_end": bool({"HEAD", "OFFICE"} & access.sides_of(request.viewer, row.organisation_id)),
    }  # fmt: skip
    return render(request, "capacity/step.html", page)


@require_POST
@gate("head", "member", "leader", "specialist", "office")
def sign(request: MarrowRequest, rung: UUID, side: str) -> HttpResponse:
    row = actions.sign_step(step=rung, side=side.upper(), by=request.viewer, at=timezone.now())
    messages.success(
        request, _("Signed. The step holds.") if row.held_at else _("Signed. Another must sign.")
    )
    return redirect("capacity:step", row.pk)


@require_http_methods(["GET", "POST"])
@gate("head", "office")
def end(request: MarrowRequest, rung: UUID) -> HttpResponse:
    """Drop a step that waits, or take a signed one back that was a mistake."""
    row = access.step_to_drop(request.viewer, rung)
    form = WhyForm(request.POST or None)
    there = reverse("capacity:step", args=[row.pk])

    def act() -> HttpResponse:
        what = actions.void_step if row.held_at else actions.drop_step
        what(step=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data)
        return kept(request, there)

    title = _("Take this step back") if row.held_at else _("Drop this step")
    lede = _("Only a mistake is taken back. Where it is no longer done, record a step down.")
    return keep(request, form, act, Shown(title, there, str(row), lede if row.held_at else ""))


@require_safe
@gate("head", "member", "leader", "specialist", "office")
def to_sign(request: MarrowRequest) -> HttpResponse:
    """Every step that waits for this person's signature."""
    page = {"steps": queries.steps_to_sign(request.viewer)}
    return render(request, "capacity/to_sign.html", page)


@require_http_methods(["GET", "POST"])
@gate("head", "recipient", "member", "leader", "office")
def machine(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    row = access.hospital_to_equip(request.viewer, organisation)
    form = MachineForm(request.POST or None)

    def act() -> HttpResponse:
        actions.receive_machine(
            organisation=row.pk, machine=form.entered(), by=request.viewer, at=timezone.now()
        )
        return kept(request, _home(row.pk))

    return keep(request, form, act, Shown(_("Enter a machine"), _home(row.pk), str(row)))


@require_http_methods(["GET", "POST"])
@gate("head", "recipient", "member", "leader", "office")
def tell(request: MarrowRequest, equipment: UUID) -> HttpResponse:
    """How a machine is: works, down, gone."""
    row = access.machine_to_keep(request.viewer, equipment)
    form = ChangeOfMachineForm(request.POST or None, today=timezone.localdate())
    home = _home(row.organisation_id)

    def act() -> HttpResponse:
        actions.tell_of_machine(
            equipment=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, home)

    lede = _("What needs it counts as not ready while too few work.")
    return keep(request, form, act, Shown(str(row), home, str(row.organisation), lede))
