"""Ways of referral between houses of two levels, and how many came back by them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marrow.need import access, actions
from marrow.need.forms import EndWayForm, SentBackForm, WayForm
from marrow.need.views.outflows import TELLERS, of_hospital
from marrow.ui.forms import Shown, keep, kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


@require_http_methods(["GET", "POST"])
@gate(*TELLERS)
def open_way(request: MarrowRequest, organisation: UUID) -> HttpResponse:
    row = access.hospital_to_tell_of(request.viewer, organisation)
    form, back = WayForm(request.POST or None), of_hospital(row.pk)

    def act() -> HttpResponse:
        actions.open_way(
            organisation=row.pk, way=form.way(row.pk), by=request.viewer, at=timezone.now()
        )
        return kept(request, back)

    lede = _("Between this house and one of another level; up and back are two ways.")
    return keep(request, form, act, Shown(_("Record a way of referral"), back, str(row), lede))


@require_http_methods(["GET", "POST"])
@gate(*TELLERS)
def end_way(request: MarrowRequest, way: UUID) -> HttpResponse:
    row = access.way_to_keep(request.viewer, way)
    form, back = EndWayForm(request.POST or None), _home(request, way)

    def act() -> HttpResponse:
        actions.end_way(
            way=row.pk, on=form.cleaned_data["on"], by=request.viewer, at=timezone.now()
        )
        return kept(request, back)

    return keep(request, form, act, Shown(_("A way of referral ends"), back, str(row)))


@require_http_methods(["GET", "POST"])
@gate(*TELLERS)
def sent_back(request: MarrowRequest, way: UUID) -> HttpResponse:
    row = access.way_to_keep(request.viewer, way)
    form, back = SentBackForm(request.POST or None), _home(request, way)

    def act() -> HttpResponse:
        actions.tell_sent_back(way=row.pk, by=request.viewer, at=timezone.now(), **form.told())
        return kept(request, back)

    lede = _("Told anew for the same period, the later figure stands; the history keeps both.")
    return keep(request, form, act, Shown(_("Tell how many came back"), back, str(row), lede))


def _home(request: MarrowRequest, way: UUID) -> str:
    """The page of that of the two houses for which this viewer speaks."""
    row = access.way_to_keep(request.viewer, way)
    lower = access.may_speak(request.viewer, row.below)
    return of_hospital(row.below_id if lower else row.above_id)
