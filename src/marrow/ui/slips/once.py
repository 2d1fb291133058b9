"""A form that is sent twice is done once: the second gets the first's answer.

The same form is one with the same slip, address and contents. Its row is written first, inside the
transaction of all that the view does: a second that arrives meanwhile waits at that row.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirectBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from marrow.core.jobs import enqueue
from marrow.core.secrets import opened_by_house, sealed_by_house
from marrow.ui.models import Done
from marrow.ui.slips.marks import Slip, slip_of
from marrow.ui.slips.unsent import TIDY, forget, page_before, told_fields

PLACE = b"marrow.ui.done"
LONGEST = 300_000  # letters of a page that is kept as an answer
REMEMBERED = dt.timedelta(days=2)
PAGE_KEPT = dt.timedelta(hours=1)


def once(request: HttpRequest, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """The answer of `act`, or the first's where this form was sent before."""
    slip = slip_of(request)
    if slip is None:
        return act()
    key = _key(request, slip)
    with transaction.atomic():
        if not _first(key, slip, timezone.now()):
            return _again(request, Done.objects.get(pk=key))
        answer = act()
        if answer.status_code < 400:
            _remember(key, answer)
            forget(request)
        else:  # what was refused may be sent once more
            Done.objects.filter(pk=key).delete()
    return answer


def _key(request: HttpRequest, slip: Slip) -> str:
    digest = hashlib.sha256(slip.chance + slip.person.bytes)
    for word in (request.get_full_path(), *(w for field in told_fields(request) for w in field)):
        digest.update(len(word).to_bytes(4) + word.encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(f"{name}:{file.name}:{file.size}:".encode())
            for part in file.chunks():
                digest.update(part)
            file.seek(0)
    return digest.hexdigest()


def _first(key: str, slip: Slip, at: dt.datetime) -> bool:
    if Done.objects.filter(at__lt=at - REMEMBERED).exists():
        enqueue(TIDY, key="forms", at=at)
    try:
        with transaction.atomic():
            Done.objects.create(key=key, person=slip.person, at=at)
    except IntegrityError:
        return False
    return True


def _remember(key: str, answer: HttpResponseBase) -> None:
    mine = Done.objects.filter(pk=key)
    if isinstance(answer, HttpResponseRedirectBase):
        mine.update(location=answer.url)
    elif isinstance(answer, HttpResponse) and getattr(answer, "is_rendered", True):
        page, html = answer.content.decode(errors="ignore"), answer.get("Content-Type", "")
        if len(page) <= LONGEST and "text/html" in html and not _told_once(answer):
            mine.update(sealed_page=sealed_by_house(page, PLACE))
    else:  # a page of allauth, not drawn yet: it does nothing twice
        mine.delete()


def _told_once(answer: HttpResponse) -> bool:
    """A page with a secret in it, which is kept nowhere."""
    return "no-store" in answer.get("Cache-Control", "")


def _again(request: HttpRequest, row: Done) -> HttpResponse:
    """What the first was answered. A part of a page is not put in twice: the page is read anew."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    if row.sealed_page:
        return HttpResponse(opened_by_house(row.sealed_page, PLACE))
    told = _("This was sent twice and done once. To do the same again, open the form anew.")
    messages.info(request, told)
    return redirect(row.location or page_before(request) or "/")


def tidy(at: dt.datetime) -> None:
    """What nobody sends again goes; pages that were answered go first."""
    Done.objects.filter(at__lt=at - REMEMBERED).delete()
    Done.objects.filter(at__lt=at - PAGE_KEPT).exclude(sealed_page="").update(sealed_page="")
