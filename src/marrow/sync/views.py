"""The field app's shell and its wire, and the office's page of what was set aside."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from marrow.accounts.devices import device_in_short
from marrow.accounts.staff import staff
from marrow.core.refusals import Unseen
from marrow.sync import access, actions, queries
from marrow.sync.losses import epoch
from marrow.sync.mrw import is_point
from marrow.sync.pulling import news
from marrow.sync.recovery import public_key
from marrow.sync.reference import KEPT
from marrow.sync.rules import LARGEST, BadBatch, Batch, read_batch
from marrow.ui.gates import gate
from marrow.ui.middleware import POLICY
from marrow.ui.requests import MarrowRequest, asked_number

BUILT = Path(__file__).parent / "static/field"
PAPER = "#fbf9f5"  # as `--paper` of the app by day
ICONS = (  # name, pixels across, what for: a phone cuts its own shape out of the maskable one
    ("marrow-192", 192, "any"), ("marrow-512", 512, "any"), ("marrow-whole-512", 512, "maskable"),
)  # fmt: skip


@require_safe
@ensure_csrf_cookie
@gate("public")
def field(request: MarrowRequest) -> HttpResponse:
    """The app's shell; it opens for everybody, what it may send its enrolment proves.

    Argon2 runs as WebAssembly, on this page alone: a browser's own functions have no such thing.
    """
    page = {"words": settings.LANGUAGES, "recovery_key": public_key()}
    answer = render(request, "sync/field.html", page)
    answer.headers["Content-Security-Policy"] = POLICY.replace(
        "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"
    )
    return answer


@require_safe
@gate("public")
def worker(request: MarrowRequest) -> HttpResponse:
    """The service worker, served from the app's own folder so that it may look after it."""
    answer = HttpResponse((BUILT / "sw.js").read_bytes(), content_type="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Service-Worker-Allowed"] = "/field/"
    return answer


@require_safe
@gate("public")
def manifest(request: MarrowRequest, language: str) -> HttpResponse:
    """What a phone asks before it puts the app among its own: the names, the pictures, the start.

    The language stands in the address, for a browser fetches it as nobody in particular.
    """
    if language not in dict(settings.LANGUAGES):
        raise Unseen(_("There is no such page."))
    with override(language):
        told = {
            "id": "/field/", "start_url": "/field/", "scope": "/field/", "display": "standalone",
            "lang": language, "name": f"{_('Field app')} · Marrow", "short_name": "Marrow",
            "background_color": PAPER, "theme_color": PAPER,
            "icons": [_icon(name, size, purpose) for name, size, purpose in ICONS],
        }  # fmt: skip
    answer = JsonResponse(told, content_type="application/manifest+json")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _icon(name: str, size: int, purpose: str) -> dict[str, str]:
    kind, sizes = "image/png", f"{size}x{size}"
    return {"src": static(f"ui/{name}.png"), "type": kind, "sizes": sizes, "purpose": purpose}


@require_POST
@gate("signed-in")
def enrol(request: MarrowRequest) -> HttpResponse:
    """Make this phone known, of a member or leader. The token is told once and kept on the phone
    alone.

    A phone that goes on as a new one says whose it is: nobody else is made known in their place.
    One that was silent for half a year brings its token, and stays what it was.
    """
    meant = request.headers.get("Marrow-Account", "")
    if meant and meant != str(request.viewer.person):
        return HttpResponse(status=409)
    token = _token(request)
    if silent := access.installation_of(token):
        actions.wake(phone=silent, by=request.viewer, at=timezone.now())
        return _known(request, silent, token)
    name = device_in_short(request.headers.get("User-Agent", ""))
    key = request.headers.get("Marrow-Key", "")
    phone, token = actions.enrol(
        by=request.viewer, at=timezone.now(), name=name, signs_with=key if is_point(key) else ""
    )
    return _known(request, phone.pk, token)


def _token(request: HttpRequest) -> str:
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token if kind == "Marrow" else ""


def _known(request: MarrowRequest, phone: UUID, token: str) -> HttpResponse:
    """Who this phone is, to itself: it is of whoever is signed in."""
    told = {"inst": str(phone), "token": token, "account": str(request.viewer.person)}
    return JsonResponse(told | _called(request))


def _called(request: MarrowRequest) -> dict[str, object]:
    """How the person is called, and how in each language where that is another name."""
    return {"name": request.viewer.name, "names": getattr(request.user, "names", {})}


@require_safe
@gate("member", "leader")
def reference(request: MarrowRequest) -> HttpResponse:
    """What the phone keeps to read with no network, as of now; with `who` only whose it is."""
    now = timezone.now()
    if "who" in request.GET:
        who = {"as_of": now.isoformat(), "account": str(request.viewer.person)}
        return JsonResponse(who | _called(request))
    told = {name: keeper(request.viewer, now) for name, keeper in KEPT.items()}
    return JsonResponse({"as_of": now.isoformat(), "account": str(request.viewer.person)} | told)


@csrf_exempt  # the phone's own token proves it; no cookie is looked at
@gate("public")
def push(request: HttpRequest) -> HttpResponse:
    """`POST /sync/v1`: lines in; an acknowledgement out, and what is new where the phone tells how
    far it read. 4xx only for what cannot be read."""
    try:
        batch = _batch(request)
    except _Problem as problem:
        return problem.answer()
    now = timezone.now()
    answer = actions.receive(batch=batch, at=now)
    told = {
        "v": 1, "ack": answer.ack, "h": answer.hash, "now": now.isoformat(), "fork": answer.fork,
        "epoch": str(epoch(now)), "notes": answer.notes,
    } | ({"lost": True} if answer.lost else {})  # fmt: skip
    if answer.skew is not None and abs(answer.skew) > queries.SKEWED:
        told["skew"] = answer.skew
    if answer.viewer and (decided := queries.decided(batch.installation, batch.aside)):
        told["decided"] = decided
    lines = [json.dumps(told)]
    if answer.viewer is None:
        closed = {} if access.is_ended(batch.installation) else {"closed": True}
        lines = [json.dumps(told | {"ended": True} | closed)]
    elif batch.cursors is not None and not answer.fork:
        lines += news(answer.viewer, batch, now)
    return HttpResponse("\n".join(lines) + "\n", content_type="application/x-ndjson")


class _Problem(Exception):
    """Why a push is answered by an error (RFC 9457)."""

    def __init__(self, status: int, code: str, detail: str, **more: object) -> None:
        told = {"type": f"/problems/{code}", "title": code, "status": status, "detail": detail}
        self.status, self.told = status, told | more

    def answer(self) -> HttpResponse:
        body = json.dumps(self.told)
        found = HttpResponse(body, status=self.status, content_type="application/problem+json")
        if self.status == 405:
            found.headers["Allow"] = "POST"
        return found


def _batch(request: HttpRequest) -> Batch:
    """What was pushed. The token is proved first: a stranger makes us unpack and parse nothing."""
    if request.method != "POST":
        raise _Problem(405, "wrong-method", "Lines are sent with POST.")
    phone = access.installation_of(_token(request))
    if phone is None:
        raise _Problem(401, "unknown-installation", "This phone is not enrolled here.")
    if access.is_idle(phone, timezone.now()):
        detail = "Nothing was heard of this phone for half a year: its person signs in once."
        raise _Problem(401, "idle-installation", detail)
    try:
        batch = read_batch(_body(request))
    except (BadBatch, OSError, EOFError, zlib.error) as wrong:
        raise _Problem(400, "bad-batch", f"The batch cannot be read: {wrong}.") from wrong
    if batch.installation != phone:
        raise _Problem(401, "unknown-installation", "This token belongs to another phone.")
    return batch


def _body(request: HttpRequest) -> bytes:
    """The unpacked bytes. Read here and not as `request.body`: the wire has its own limit."""
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip"):
        raise _Problem(415, "wrong-encoding", "Lines come plain or packed with gzip.")
    promised = request.headers.get("Content-Length", "")
    length = int(promised) if promised.isascii() and promised.isdecimal() else 0
    body = b"" if length > LARGEST else request.read(LARGEST + 1)
    if len(body) < length <= LARGEST:  # half a line must not be kept as a whole one
        raise BadBatch("it was cut short")
    if encoding == "gzip" and length <= LARGEST:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as unpacked:
            body = unpacked.read(LARGEST + 1)
    if max(length, len(body)) > LARGEST:
        detail = f"A push holds at most {LARGEST} bytes, packed and unpacked. Send fewer lines."
        raise _Problem(413, "too-large", detail, limit=LARGEST)
    return body


@require_safe
@gate("member", "leader", "office", "admin")
def phones(request: MarrowRequest) -> HttpResponse:
    """The viewer's own phones; those of its teams for an office, all for an administrator."""
    everybody = request.viewer.holds("admin", "office")
    page = {"phones": queries.phones(request.viewer), "everybody": everybody}
    return render(request, "sync/phones.html", page)


@require_POST
@gate("member", "leader", "office", "admin")
@staff
def end_phone(request: MarrowRequest, phone: UUID) -> HttpResponse:
    """What it still sends is kept, and counts nothing."""
    actions.end_phone(phone=phone, by=request.viewer, at=timezone.now())
    messages.success(request, _("This phone is ended. What it still sends is kept and set aside."))
    return redirect("sync:phones")


@require_POST
@gate("member", "leader", "office", "admin")
@staff
def name_phone(request: MarrowRequest, phone: UUID) -> HttpResponse:
    """What its owner calls it."""
    name = request.POST.get("name", "")
    actions.name_phone(phone=phone, name=name, by=request.viewer, at=timezone.now())
    return redirect("sync:phones")


def _to_lines(request: MarrowRequest) -> HttpResponse:
    """Back to the page of lines on which one was settled."""
    page, address = asked_number(request), reverse("sync:set-aside")
    return redirect(f"{address}?page={page}" if page > 1 else address)


@require_safe
@gate("office", "auditor", "admin")
def set_aside(request: MarrowRequest) -> HttpResponse:
    """Its office's own, by pages; with `line` the page on which that one stands."""
    count, line = queries.set_aside_count(request.viewer), asked_number(request, "line", 0)
    pages = max(1, -(-count // queries.ON_A_PAGE))
    here = queries.page_with(request.viewer, line) if line else asked_number(request)
    here = min(here, pages)
    page = {
        "lines": queries.set_aside(request.viewer, here),
        "count": count,
        "here": here,
        "pages": pages,
        "settled": queries.settled(request.viewer),
        "decided": queries.settled_count(request.viewer),
    }
    return render(request, "sync/set_aside.html", page)


@require_POST
@gate("office", "admin")
@staff
def leave(request: MarrowRequest, receipt: int) -> HttpResponse:
    """What is here stays; the line waits no more."""
    actions.leave_as_is(receipt=receipt, by=request.viewer, at=timezone.now())
    messages.success(request, _("Settled. The line is kept as it came."))
    return _to_lines(request)


@require_POST
@gate("office", "admin")
@staff
def try_again(request: MarrowRequest, receipt: int) -> HttpResponse:
    prevails = request.POST.get("prevails") == "yes"
    knowing = request.POST.get("knowing") == "yes"
    try:
        row = actions.try_again(
            receipt=receipt, by=request.viewer, at=timezone.now(), prevails=prevails,
            knowing=knowing, shown=request.POST.get("initial-shown", ""),
        )  # fmt: skip
    except actions.StillDiffers as refused:
        messages.error(request, str(refused.message))
        return _to_lines(request)
    if row.outcome not in queries.HELD:
        messages.success(request, _("It was taken."))
    elif row.told_anew:
        messages.success(request, _("Its phone told this anew since: the line waits no more."))
    elif row.why:
        messages.error(request, _("It still cannot be taken: %s.") % queries.why_words(row.why))
    else:
        messages.error(
            request, _("What is here and what the phone sent still differ: choose which stands.")
        )
    return _to_lines(request)
