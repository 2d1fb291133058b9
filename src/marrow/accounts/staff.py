"""Staff mode: an administrator's changing pages open for fifteen minutes after confirming.

Entering and leaving stand in the journal. A demonstration's door has no password: there it is
entered with a click.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.reauthentication import (
    did_recently_reauthenticate,
    stash_and_reauthenticate,
)
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from marrow.accounts import actions
from marrow.core.viewer import PUBLIC
from marrow.ui.slips.unsent import told_fields

UNTIL = "staff_until"  # in the session: seconds since 1970
KEPT = "staff_kept"  # in the session: a form that came after the end
DOOR = "door"  # in the session of who came by a demonstration's door
LASTS = dt.timedelta(minutes=15)
View = Callable[..., HttpResponseBase]


def staff_until(request: HttpRequest) -> dt.datetime | None:
    """Until when this session is in staff mode; None when it is not."""
    held = request.session.get(UNTIL)
    until = dt.datetime.fromtimestamp(held, dt.UTC) if held else None
    return until if until and until > timezone.now() else None


def staff(view: View) -> View:
    """Behind the gate: an administrator must be in staff mode. Others pass as their gate says."""

    @wraps(view)
    def behind(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        viewer = getattr(request, "viewer", PUBLIC)
        if not viewer.holds("admin") or staff_until(request):
            return view(request, *args, **kwargs)
        back = request.get_full_path()
        if request.method == "POST":
            _keep_words(request)
            messages.warning(
                request,
                _("The fifteen minutes were over. Confirm once more: what you wrote is kept."),
            )
            back = _page_before(request)
        return redirect(f"{reverse('accounts:staff')}?{urlencode({'next': back})}")

    return behind


def _keep_words(request: HttpRequest) -> None:
    """What was written, without passwords, until it was confirmed who wrote it."""
    until = (timezone.now() + 2 * LASTS).timestamp()
    told = {"path": request.get_full_path(), "fields": told_fields(request), "until": until}
    request.session[KEPT] = told


def _page_before(request: HttpRequest) -> str:
    """The page that held the form."""
    return safe_next(request, request.headers.get("Referer", ""), "accounts:settings")


def safe_next(request: HttpRequest, address: str, otherwise: str) -> str:
    if address and url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}):
        return address
    return reverse(otherwise)


def ask_to_enter(request: HttpRequest, following: str) -> HttpResponseBase:
    """Enter at once where the person confirmed a moment ago, else let them confirm first."""
    if (settings.DEMO and request.session.get(DOOR)) or did_recently_reauthenticate(request):
        return entered(request, {"next": following})
    answer: HttpResponse = stash_and_reauthenticate(
        request, {"next": following}, "marrow.accounts.staff.entered"
    )
    return answer


def entered(request: HttpRequest, state: dict[str, str]) -> HttpResponse:
    now = timezone.now()
    actions.enter_staff_mode(by=request.viewer, at=now)  # type: ignore[attr-defined]
    request.session[UNTIL] = (now + LASTS).timestamp()
    kept = request.session.pop(KEPT, None)
    if kept and kept["until"] > now.timestamp():
        told = {"path": kept["path"], "fields": kept["fields"], "back": state["next"]}
        return render(request, "accounts/kept.html", told)
    return redirect(state["next"])


def leave(request: HttpRequest) -> None:
    """Leave it, if it was entered; at the end of its time where that is past."""
    held = request.session.pop(UNTIL, None)
    viewer = getattr(request, "viewer", PUBLIC)
    if held and viewer.person:
        ended = dt.datetime.fromtimestamp(held, dt.UTC)
        actions.leave_staff_mode(by=viewer, at=min(ended, timezone.now()))
