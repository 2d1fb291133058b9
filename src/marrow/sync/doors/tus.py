"""tus 1.0 for phones: core, creation and checksum. A phone's token proves who sends."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from marrow.sync import access, uploads
from marrow.sync.rules.uploads import (
    LARGEST_FILE,
    LARGEST_PIECE,
    as_number,
    checks,
    is_sha256,
    told_of,
)
from marrow.ui.gates import gate

VERSION = "1.0.0"
PIECES = "application/offset+octet-stream"
NOT_WHOLE = 460  # tus: the checksum does not match
STATUS = {"DIGEST": NOT_WHOLE, "SIZE": 413, "MANY": 429, "KIND": 415, "PIXELS": 415, "GONE": 410}
WHY = {
    "DIGEST": "The file is whole and is not what its digest says. Send it anew from the beginning.",
    "SIZE": f"A file holds 1 to {LARGEST_FILE} bytes, and no more than it was said to.",
    "MANY": "Too many files of this phone are on their way, or began today. Go on later.",
    "KIND": "The file is no JPEG, PNG or WebP picture.",
    "PIXELS": "The picture has too many pixels.",
    "GONE": "Somebody took this picture out before it came: it is not stored.",
}


class _Problem(Exception):
    def __init__(self, status: int, code: str, detail: str, **headers: str) -> None:
        self.status, self.code, self.detail, self.headers = status, code, detail, headers


def _answered(work: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer, or the problem (RFC 9457) in its place; both say which tus this is."""
    try:
        answer = work()
    except _Problem as found:
        told = {"type": f"/problems/{found.code}", "title": found.code, "status": found.status}
        answer = JsonResponse(
            told | {"detail": found.detail}, status=found.status,
            content_type="application/problem+json",
        )  # fmt: skip
        for name, value in found.headers.items():
            answer.headers[name.replace("_", "-")] = value
    answer.headers["Tus-Resumable"] = VERSION
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _phone(request: HttpRequest) -> UUID:
    if request.headers.get("Tus-Resumable") != VERSION:
        raise _Problem(412, "wrong-version", "This is tus 1.0.0.", Tus_Version=VERSION)
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    phone = access.installation_of(token) if kind == "Marrow" else None
    if phone is None:
        raise _Problem(401, "unknown-installation", "This phone is not enrolled here.")
    if access.is_idle(phone, timezone.now()):
        detail = "Nothing was heard of this phone for half a year: its person signs in once."
        raise _Problem(401, "idle-installation", detail)
    if access.is_ended(phone):
        raise _Problem(403, "ended-installation", "This phone was ended: it sends no files.")
    return phone


@csrf_exempt  # the phone's own token proves it; no cookie is looked at
@gate("public")
def files(request: HttpRequest) -> HttpResponse:
    """Begin a file, or find how far it has come: `sha256` in its metadata is its name."""
    if request.method == "OPTIONS":
        answer = HttpResponse(status=204)
        answer.headers["Tus-Version"] = VERSION
        answer.headers["Tus-Extension"] = "creation,checksum"
        answer.headers["Tus-Max-Size"] = str(LARGEST_FILE)
        answer.headers["Tus-Checksum-Algorithm"] = "sha256"
        return _answered(lambda: answer)
    return _answered(lambda: _begin(request))


def _begin(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        raise _Problem(405, "wrong-method", "Files are begun with POST.", Allow="OPTIONS, POST")
    phone = _phone(request)
    size = as_number(request.headers.get("Upload-Length", ""))
    sha256 = told_of(request.headers.get("Upload-Metadata", "")).get("sha256", "")
    if size is None or not is_sha256(sha256):
        raise _Problem(400, "bad-file", "A file has its length, and its sha256 as metadata.")
    far = _taken(lambda: uploads.begin(phone=phone, sha256=sha256, size=size, at=timezone.now()))
    answer = _progress(uploads.arrived(phone, far), 201)
    answer.headers["Location"] = reverse("sync:file", args=[far.upload])
    return answer


@csrf_exempt
@gate("public")
def file(request: HttpRequest, upload: UUID) -> HttpResponse:
    """How far a file has come (HEAD), or its next piece (PATCH)."""
    return _answered(lambda: _of_file(request, upload))


def _of_file(request: HttpRequest, upload: UUID) -> HttpResponse:
    if request.method not in ("HEAD", "PATCH"):
        detail = "A file is asked for with HEAD and goes on with PATCH."
        raise _Problem(405, "wrong-method", detail, Allow="HEAD, PATCH")
    phone = _phone(request)
    far = uploads.far_of(upload)
    if far is None:
        raise _Problem(404, "no-file", "There is no such file here. Begin it anew.")
    if request.method == "HEAD":
        answer = _progress(far, 200)
        answer.headers["Upload-Length"] = str(far.size)
        return answer
    start, piece = _piece(request)
    now = timezone.now()
    far = _taken(lambda: uploads.take_piece(upload=upload, start=start, piece=piece, at=now))
    return _progress(uploads.arrived(phone, far), 204)


def _piece(request: HttpRequest) -> tuple[int, bytes]:
    """Where the piece begins, and its bytes, read whole before anything is locked."""
    start = as_number(request.headers.get("Upload-Offset", ""))
    if start is None:
        raise _Problem(400, "bad-piece", "A piece says where it begins: Upload-Offset.")
    if request.headers.get("Content-Type") != PIECES:
        raise _Problem(415, "wrong-type", f"A piece is {PIECES}.")
    length = as_number(request.headers.get("Content-Length", "")) or 0
    piece = b"" if length > LARGEST_PIECE else request.read(LARGEST_PIECE + 1)
    if max(length, len(piece)) > LARGEST_PIECE:
        raise _Problem(413, "too-large", f"A piece holds at most {LARGEST_PIECE} bytes.")
    if checksum := request.headers.get("Upload-Checksum", ""):
        whole = checks(checksum, piece)
        if whole is None:
            raise _Problem(400, "bad-piece", "A piece is checked by sha256.")
        if not whole:
            raise _Problem(NOT_WHOLE, "wrong-checksum", "The piece came otherwise than it was.")
    return start, piece


def _taken(take: Callable[[], uploads.Far]) -> uploads.Far:
    try:
        return take()
    except uploads.Elsewhere as other:
        told = "The file ends elsewhere here: go on from there."
        raise _Problem(409, "wrong-offset", told, Upload_Offset=str(other.held)) from other
    except uploads.NotTaken as wrong:
        code = f"not-taken-{wrong.why.lower()}"
        raise _Problem(STATUS[wrong.why], code, WHY[wrong.why]) from wrong


def _progress(far: uploads.Far, status: int) -> HttpResponse:
    answer = HttpResponse(status=status)
    answer.headers["Upload-Offset"] = str(far.held)
    return answer
