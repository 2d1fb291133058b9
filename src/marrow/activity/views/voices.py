"""What people said of a team's work."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marrow.activity import access, actions
from marrow.activity.queries.voices import voices_of
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


@require_safe
@gate("member", "leader", "office", "auditor")
def voices(request: MarrowRequest, mission: UUID) -> HttpResponse:
    row = access.voices_for(request.viewer, mission)
    page = {
        "mission": row, "voices": voices_of(row)[:200],
        "voids": access.records_for(request.viewer, row),
    }  # fmt: skip
    return render(request, "activity/voices.html", page)


@require_POST
@gate("member", "leader", "office")
def void_voice(request: MarrowRequest, voice: UUID) -> HttpResponse:
    reason = request.POST.get("reason", "")
    row = actions.void_voice(voice=voice, reason=reason, by=request.viewer, at=timezone.now())
    messages.success(request, _("Voided. It stays readable and counts no more."))
    return redirect("activity:voices", mission=row.mission_id)
