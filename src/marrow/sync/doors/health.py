"""The page that tells how phones and the server get on, for those who look after it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from marrow.sync import health as queries
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest


@require_safe
@gate("office", "admin", "auditor")
def health(request: MarrowRequest) -> HttpResponse:
    found = queries.health_of(request.viewer, timezone.now())
    return render(request, "sync/health.html", {"health": found})
