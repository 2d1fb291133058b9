"""What a hospital stands on: machines, staff, supplies, who stands by, what outlived visitors."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marrow.capacity import access, actions, queries
from marrow.capacity.forms import (
    AppraisalForm,
    ChangeOfMachineForm,
    CheckForm,
    EndSupervisionForm,
    MachineForm,
    StaffForm,
    SupervisionForm,
    SupplyForm,
)
from marrow.capacity.views.ladder import home
from marrow.core.refusals import Unseen
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


@require_http_methods(["GET", "POST"])
@gate("head", "recipient", "member", "leader", "office")
def machine(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    row = access.hospital_to_equip(request.viewer, organisation)
    form = MachineForm(request.POST or None)

    def act() -> HttpResponse:
        actions.receive_machine(
            organisation=row.pk, machine=form.entered(), by=request.viewer, at=timezone.now()
        )
        return kept(request, home(row.pk))

    return keep(request, form, act, Shown(_("Enter a machine"), home(row.pk), str(row)))


@require_http_methods(["GET", "POST"])
@gate("head", "recipient", "member", "leader", "office")
def tell(request: MarrowRequest, equipment: UUID) -> HttpResponse:
    """How a machine is: works, down, gone."""
    row = access.machine_to_keep(request.viewer, equipment)
    form = ChangeOfMachineForm(
        request.POST or None, today=timezone.localdate(), state=request.GET.get("state", "")
    )
    there = home(row.organisation_id)

    def act() -> HttpResponse:
        actions.tell_of_machine(
            equipment=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, there)

    lede = _("What needs it counts as not ready while too few work.")
    return keep(request, form, act, Shown(str(row), there, str(row.organisation), lede))


@require_http_methods(["GET", "POST"])
@gate("head", "recipient", "member", "leader", "office")
def staff(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    """How many of a role in a specialty the hospital has."""
    row = access.hospital_to_equip(request.viewer, organisation)
    form = StaffForm(request.POST or None, today=timezone.localdate())
    return _presence(request, row.pk, form, Shown(_("Tell of staff"), home(row.pk), str(row)))


@require_http_methods(["GET", "POST"])
@gate("head", "recipient", "member", "leader", "office")
def supply(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    """Whether a supply is there."""
    row = access.hospital_to_equip(request.viewer, organisation)
    form = SupplyForm(request.POST or None, today=timezone.localdate())
    return _presence(request, row.pk, form, Shown(_("Tell of a supply"), home(row.pk), str(row)))


def _presence(
    request: MarrowRequest, organisation: UUID, form: StaffForm | SupplyForm, shown: Shown
) -> HttpResponse:
    def act() -> HttpResponse:
        actions.tell_presence(
            organisation=organisation, presence=form.entered(), by=request.viewer,
            at=timezone.now(),
        )  # fmt: skip
        return kept(request, shown.back)

    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("head", "recipient", "office")
def appraise(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    """How the hospital was measured on a named dimension."""
    row = access.hospital_to_answer_for(request.viewer, organisation)
    form = AppraisalForm(request.POST or None)

    def act() -> HttpResponse:
        actions.appraise_hospital(
            organisation=row.pk, appraisal=form.appraisal(), source=form.told_by(),
            by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, home(row.pk))

    lede = _("Before and after stand side by side; each with its source.")
    shown = Shown(_("Tell how it was measured"), home(row.pk), str(row), lede)
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("specialist")
def offer(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    """An expert offers to stand by from afar."""
    row = access.hospital_to_supervise(request.viewer, organisation)
    form = SupervisionForm(request.POST or None)

    def act() -> HttpResponse:
        actions.offer_supervision(
            organisation=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, home(row.pk))

    lede = _("It counts once the head of the hospital’s department has signed too.")
    return keep(request, form, act, Shown(_("Stand by from afar"), home(row.pk), str(row), lede))


@require_http_methods(["GET", "POST"])
@gate("head")
def accept(request: MarrowRequest, supervision: UUID) -> HttpResponse:
    """The head signs."""
    row = access.supervision_to_accept(request.viewer, supervision)
    there = home(row.organisation_id)
    if request.method == "POST":
        actions.accept_supervision(supervision=row.pk, by=request.viewer, at=timezone.now())
    return kept(request, there)


@require_http_methods(["GET", "POST"])
@gate("specialist", "head", "office")
def end_supervision(request: MarrowRequest, supervision: UUID) -> HttpResponse:
    row = access.supervision_to_end(request.viewer, supervision)
    form = EndSupervisionForm(request.POST or None, today=timezone.localdate())
    there = home(row.organisation_id)

    def act() -> HttpResponse:
        actions.end_supervision(
            supervision=row.pk, by=request.viewer, at=timezone.now(), **form.cleaned_data
        )
        return kept(request, there)

    return keep(request, form, act, Shown(_("End this supervision"), there, str(row)))


@require_http_methods(["GET", "POST"])
@gate("head", "recipient", "office")
def check(
    request: MarrowRequest, organisation: UUID, catalogued: str, mission: UUID, months: int
) -> HttpResponse:
    """Is it still done? The hospital answers, months after its visitors left."""
    row = access.hospital_to_answer_for(request.viewer, organisation)
    asked = queries.check_of(row, catalogued, mission, months)
    if asked is None or asked.due_on > timezone.localdate():
        raise Unseen(_("Nothing is asked here of this item after this team, or not yet."))
    form = CheckForm(request.POST or None)
    if asked.answer and request.method == "GET":
        messages.info(request, _("This was answered already: here is the answer."))
        return redirect(f"{home(row.pk)}#answered")

    def act() -> HttpResponse:
        actions.answer_check(
            organisation=row.pk, item=catalogued, mission=mission, months=months,
            answer=form.answer(), by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, home(row.pk))

    lede = _("%(team)s left on %(day)s, %(months)d months ago.") % {
        "team": asked.mission, "day": asked.left_on, "months": months,
    }  # fmt: skip
    return keep(request, form, act, Shown(str(asked.item), home(row.pk), str(row), lede))
