"""The page that tells how phones and the server get on, for those who look after it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marrow.accounts.staff import staff
from marrow.sync import health as queries
from marrow.sync import losses
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


@require_safe
@gate("office", "admin", "auditor")
def health(request: MarrowRequest) -> HttpResponse:
    found = queries.health_of(request.viewer, timezone.now())
    page = {"health": found, "may_end": request.viewer.holds("admin")}
    return render(request, "sync/health.html", page)


@require_POST
@gate("admin")
@staff
def let_be(request: MarrowRequest, loss: int) -> HttpResponse:
    """What a phone says it holds will never come."""
    losses.let_be(loss=loss, by=request.viewer, at=timezone.now())
    messages.success(request, _("Ended. This word of the phone is not believed again."))
    return redirect("sync:health")
