"""The fallen by name: what a family lets be shown, kept by the programme office alone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.recognition import access, actions, queries
from marrow.recognition.forms import CorrectNameForm, FamilyForm, RememberForm
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


@require_safe
@gate("office")
@never_cache
def names(request: MarrowRequest) -> HttpResponse:
    """Every name that this office keeps, and whether it is shown."""
    page = {"fallen": queries.kept_names(request.viewer)}
    return render(request, "recognition/names.html", page)


@require_http_methods(["GET", "POST"])
@gate("office")
@never_cache
def remember(request: MarrowRequest, fallen: UUID) -> HttpResponse:
    row = access.fallen_to_remember(request.viewer, fallen)
    form = RememberForm(request.POST or None)
    back = reverse("recognition:names")

    def act() -> HttpResponse:
        told = form.cleaned_data
        actions.remember(
            fallen=row.pk, name=told["name"], words=told["words"], fell_on=told["fell_on"],
            family=form.family(), by=request.viewer, at=timezone.now(),
        )  # fmt: skip
        return kept(request, back)

    lede = _("Only with the family’s consent. Without one, no name is kept and none is shown.")
    shown = Shown(_("Remember somebody by name"), back, str(row.area), lede)
    return keep(request, form, act, shown)


@require_http_methods(["GET", "POST"])
@gate("office")
@never_cache
def correct(request: MarrowRequest, remembered: UUID) -> HttpResponse:
    """Put right what was written wrongly of somebody who is remembered."""
    row = access.remembered_to_keep(request.viewer, remembered)
    form = CorrectNameForm.over(row, request.POST or None)
    back = reverse("recognition:names")

    def act() -> HttpResponse:
        actions.correct_remembered(
            remembered=row.pk, by=request.viewer, at=timezone.now(), **form.told()
        )
        return kept(request, back)

    return keep(request, form, act, Shown(_("Correct what is written"), back, row.name or ""))


@require_http_methods(["GET", "POST"])
@gate("office")
@never_cache
def consent(request: MarrowRequest, remembered: UUID) -> HttpResponse:
    """Record a consent anew, or one that covers something else."""
    row = access.remembered_to_keep(request.viewer, remembered)
    form = FamilyForm(request.POST or None)
    back = reverse("recognition:names")

    def act() -> HttpResponse:
        actions.record_consent(
            remembered=row.pk, family=form.family(), by=request.viewer, at=timezone.now()
        )
        return kept(request, back)

    return keep(request, form, act, Shown(_("Record the family’s consent"), back, row.name or ""))


@require_POST
@gate("office")
def withdraw_consent(request: MarrowRequest, remembered: UUID) -> HttpResponse:
    row = access.remembered_to_keep(request.viewer, remembered)
    actions.withdraw_consent(remembered=row.pk, by=request.viewer, at=timezone.now())
    messages.success(request, _("From now on the name is shown nowhere."))
    return redirect("recognition:names")
