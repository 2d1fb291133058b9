"""A form that comes when its person is no longer signed in, or after they came in anew."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marrow.core.refusals import NotAllowed, Overtaken, Refused
from marrow.core.viewer import PUBLIC
from marrow.ui.slips.marks import slip_of
from marrow.ui.slips.unsent import FLAG, has_words, keep_words, page_before


def late(request: HttpRequest) -> HttpResponseBase | None:
    """The answer to a form of somebody who is not the one signed in; None where all is well."""
    slip = slip_of(request)
    viewer = getattr(request, "viewer", PUBLIC)
    if slip is None or slip.person == viewer.person:
        return None
    kept = keep_words(request, slip, timezone.now())
    if not viewer.signed_in:
        return to_sign_in(request, reverse("accounts:unsent") if kept else "")
    told = _(
        "Somebody else was signed in when this form was opened. Nothing was done. What they wrote"
        " is kept for them for an hour: it is there when they sign in."
    )
    return _refusal(request, Overtaken(told))


def to_sign_in(request: HttpRequest, following: str = "") -> HttpResponseBase:
    """Where to go after signing in: the page that was asked for, or the one of the form."""
    if not following:
        asked = request.get_full_path()
        following = asked if request.method in ("GET", "HEAD") else page_before(request) or asked
    answer = redirect_to_login(following)
    if request.headers.get("HX-Request"):  # a part of a page is no place to sign in
        return HttpResponse(status=204, headers={"HX-Redirect": answer.url})
    return answer


def page_too_old(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form without the proof that its page was ours: most often one from before signing in.

    Nothing is done, whoever sent it. Where the slip says whose words they are, they are kept.
    """
    if answer := late(request):
        return answer
    slip = slip_of(request)
    if slip and keep_words(request, slip, timezone.now()):
        request.session[FLAG] = True
        messages.warning(request, _("This page was from before you signed in. Nothing is lost."))
        return redirect("accounts:unsent")
    told = _("This page was open for too long. Go back, read it anew, then send the form again.")
    return _refusal(request, NotAllowed(told))


def _refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    return render(request, "ui/refusal.html", {"refusal": refused}, status=refused.status)


def stood_on(request: HttpRequest) -> str:
    """The page of the form that was sent; '' for what is no form of a page, or has no page."""
    by_page = "text/html" in request.headers.get("Accept", "")
    if request.method != "POST" or not by_page or request.headers.get("HX-Request"):
        return ""
    where = page_before(request)
    return "" if where == request.get_full_path() else where


def back_with(request: HttpRequest, where: str, refused: Refused) -> HttpResponse:
    """Back to that page, as it is now: the refusal stands above it, and what was written is kept
    for its writer."""
    messages.error(request, f"{refused.message} {_('Nothing was changed.')}")
    slip = slip_of(request)
    if slip and has_words(request) and keep_words(request, slip, timezone.now(), refused=True):
        request.session[FLAG] = True
    return redirect(where)
