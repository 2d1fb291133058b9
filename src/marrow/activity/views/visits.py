"""One batch's visits: count a day, void a mistake."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marrow.activity import access, actions, queries
from marrow.activity.forms import VisitsForm
from marrow.core.refusals import NotAllowed, Refused, Unseen
from marrow.missions.queries import present_missions
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


@require_http_methods(["GET", "POST"])
@gate("member", "leader", "office")
def mission(request: MarrowRequest, mission: UUID) -> HttpResponse:
    row = access.mission_to_record(request.viewer, mission)
    form = VisitsForm(request.POST or None, initial={"held_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.count_visits(mission=row.pk, **told, by=request.viewer, at=timezone.now())
        except (NotAllowed, Unseen):
            raise
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("Recorded. It stands on the batch's page."))
            return redirect("activity:mission", mission=row.pk)
    page = {
        "mission": row,
        "form": form,
        "recorded": queries.recorded_visits(row, 100),
    }
    return render(request, "activity/mission.html", page, status=422 if form.errors else 200)


@require_POST
@gate("member", "leader", "office")
def void(request: MarrowRequest, visits: UUID) -> HttpResponse:
    reason = request.POST.get("reason", "")
    row = actions.void_visits(visits=visits, reason=reason, by=request.viewer, at=timezone.now())
    messages.success(request, _("Voided. It stays readable and counts no more."))
    return redirect("activity:mission", mission=row.mission_id)


@require_safe
@gate("member", "leader", "office")
def assignments(request: MarrowRequest) -> HttpResponse:
    """The missions that this person may record for, to be kept on the phone."""
    rows = present_missions(request.viewer)
    told = [{"id": str(m.pk), "names": m.names} for m in rows]
    return JsonResponse({"missions": told, "as_of": timezone.now().isoformat()})
