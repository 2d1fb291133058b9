"""The field app's shell and its wire, and the office's page of what was set aside."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from marrow.sync import access, actions, queries
from marrow.sync.rules import BadBatch, read_batch
from marrow.ui.gates import gate
from marrow.ui.requests import MarrowRequest

BUILT = Path(__file__).parent / "static/field"
LARGEST = 4 * 1024 * 1024  # bytes of one push, unpacked


@require_safe
@ensure_csrf_cookie
@gate("public")
def field(request: MarrowRequest) -> HttpResponse:
    """The app's shell; it opens for everybody, what it may send its enrolment proves."""
    return render(request, "sync/field.html", {"words": settings.LANGUAGES})


@require_safe
@gate("public")
def worker(request: MarrowRequest) -> HttpResponse:
    """The service worker, served from the app's own folder so that it may look after it."""
    answer = HttpResponse((BUILT / "sw.js").read_bytes(), content_type="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Service-Worker-Allowed"] = "/field/"
    return answer


@require_POST
@gate("member", "leader")
def enrol(request: MarrowRequest) -> HttpResponse:
    """Make this phone known. The token is told once and kept on the phone alone."""
    name = request.headers.get("User-Agent", "")[:80]
    phone, token = actions.enrol(by=request.viewer, at=timezone.now(), name=name)
    return JsonResponse({"inst": str(phone.pk), "token": token, "name": request.viewer.name})


@csrf_exempt  # the phone's own token proves it; no cookie is looked at
@require_POST
@gate("public")
def push(request: HttpRequest) -> HttpResponse:
    """`POST /sync/v1`: lines in, an acknowledgement out. 4xx only for what cannot be read."""
    try:
        batch = read_batch(_body(request))
    except (BadBatch, OSError, EOFError, zlib.error) as wrong:
        return _problem(400, "bad-batch", f"The batch cannot be read: {wrong}.")
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    if kind != "Marrow" or access.installation_for(batch.installation, token) is None:
        return _problem(401, "unknown-installation", "This phone is not enrolled here.")
    now = timezone.now()
    answer = actions.receive(batch=batch, at=now)
    told = {
        "v": 1,
        "ack": answer.ack,
        "h": answer.hash,
        "now": now.isoformat(),
        "fork": answer.fork,
    }
    return HttpResponse(
        json.dumps(told | {"notes": answer.notes}) + "\n", content_type="application/x-ndjson"
    )


def _body(request: HttpRequest) -> bytes:
    body = request.body
    if request.headers.get("Content-Encoding") == "gzip":
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as unpacked:
            body = unpacked.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise BadBatch("too large")
    return body


def _problem(status: int, code: str, detail: str) -> HttpResponse:
    told = {"type": f"/problems/{code}", "title": code, "status": status, "detail": detail}
    return HttpResponse(json.dumps(told), status=status, content_type="application/problem+json")


@require_safe
@gate("office", "auditor")
def set_aside(request: MarrowRequest) -> HttpResponse:
    page = {"lines": queries.set_aside(), "may_try": request.viewer.holds("office")}
    return render(request, "sync/set_aside.html", page)


@require_POST
@gate("office")
def leave(request: MarrowRequest, receipt: int) -> HttpResponse:
    """What is here stays; the line waits no more."""
    actions.leave_as_is(receipt=receipt, by=request.viewer, at=timezone.now())
    messages.success(request, _("Settled. The line is kept as it came."))
    return redirect("sync:set-aside")


@require_POST
@gate("office")
def try_again(request: MarrowRequest, receipt: int) -> HttpResponse:
    row = actions.try_again(receipt=receipt, by=request.viewer, at=timezone.now())
    if row.why:
        messages.error(request, _("It still cannot be taken: %s.") % row.why)
    else:
        messages.success(request, _("It was taken."))
    return redirect("sync:set-aside")
