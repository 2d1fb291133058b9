"""How many people a hospital can spare: said by itself or by the office above it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.plan import actions, queries
from marrow.plan.forms import CapForm
from marrow.plan.words import with_months
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


@require_safe
@gate("office", "unit", "auditor")
def caps(request: MarrowRequest) -> HttpResponse:
    page = {
        "caps": queries.caps(request.viewer, timezone.localdate()),
        "may_tell": request.viewer.holds("office", "unit"),
        "lede": with_months(
            _(
                "How many people a hospital, or one specialty of it, lets go. Plans keep to it, in"
                " an epidemic at home as well."
            )
        ),
    }
    return render(request, "plan/caps.html", page)


@require_http_methods(["GET", "POST"])
@gate("office", "unit")
def set_cap(request: MarrowRequest) -> HttpResponse:
    form = CapForm(request.POST or None, viewer=request.viewer)

    def act() -> HttpResponse:
        actions.set_absence_cap(cap=form.cap(), by=request.viewer, at=timezone.now())
        return kept(request, reverse("plan:caps"))

    lede = with_months(_("No plan takes more people. Under pressure it is a hard limit too."))
    back = reverse("plan:caps")
    shown = Shown(_("Say how many can be spared"), back, _("Who can be spared"), lede)
    return keep(request, form, act, shown)


@require_POST
@gate("office", "unit")
def end_cap(request: MarrowRequest, cap: UUID) -> HttpResponse:
    actions.end_absence_cap(cap=cap, by=request.viewer, at=timezone.now())
    return kept(request, reverse("plan:caps"))
