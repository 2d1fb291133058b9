"""Photographs of records: seen by those who see the record, taken out by its writers."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marrow.activity import access, actions
from marrow.activity.queries.pictures import bytes_of
from marrow.core.refusals import Unseen
from marrow.ui.forms import kept
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest
from marrow.ui.slips.unsent import page_before


@require_safe
@never_cache
@gate("member", "leader", "recipient", "head", "office", "auditor")
def picture(request: MarrowRequest, picture: UUID) -> HttpResponse:
    data = bytes_of(access.picture_for(request.viewer, picture))
    if data is None:
        raise Unseen(_("This photograph is still on its phone."))
    answer = HttpResponse(data, content_type="image/jpeg")
    answer.headers["Content-Disposition"] = 'inline; filename="photo.jpg"'
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


@require_POST
@gate("member", "leader", "recipient", "head", "office")
def take_out(request: MarrowRequest, picture: UUID) -> HttpResponse:
    reason = request.POST.get("reason", "")
    row = actions.take_out_picture(
        picture=picture, reason=reason, by=request.viewer, at=timezone.now()
    )
    return kept(request, rows_or_page_of(request, row.deed.organisation_id, row.deed.mission_id))


def rows_or_page_of(request: MarrowRequest, organisation: UUID | None, mission: UUID | None) -> str:
    """Where somebody goes on who took out a record, or a photograph of it: the rows on which they
    did, else the page of its team or hospital."""
    before = page_before(request)
    if urlsplit(before).path.endswith("/rows/"):
        return before
    if mission:
        return reverse("activity:team", args=[mission])
    return reverse("activity:place", args=[organisation])
