"""Answers with their version: `ETag` and `If-None-Match` on reads, `If-Match` on changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from marrow.ui.rest.problems import Changed, NoVersion

JSON = "application/json"
OVERWRITING = ("PATCH", "PUT")
Told = dict[str, Any]


def told_bytes(told: Any) -> bytes:
    """Plain values as JSON; words that are still to be translated are translated now."""
    return orjson.dumps(told, default=str)


def version_of(body: bytes) -> str:
    """The same values are the same version, in whatever language they are read."""
    return f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


def read(request: HttpRequest, told: Any) -> HttpResponse:
    """A record or a page of them; 304 when the caller has this version already."""
    body = told_bytes(told)
    version = version_of(body)
    if version in _versions(request.headers.get("If-None-Match", "")):
        answer = HttpResponse(status=304)
    else:
        answer = HttpResponse(body, content_type=JSON)
    answer.headers["ETag"] = version
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def done(told: Any, status: int = 200) -> HttpResponse:
    """What a change left behind, with its version for the next."""
    body = told_bytes(told)
    answer = HttpResponse(body, status=status, content_type=JSON)
    answer.headers["ETag"] = version_of(body)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def made(told: Told, address: str = "") -> HttpResponse:
    """Something new, and where it is."""
    answer = done(told, status=201)
    if address:
        answer.headers["Location"] = address
    return answer


def expect(request: HttpRequest, told: Any) -> None:
    """Refuse a change whose `If-Match` names another version than the one that is there, or none.

    A star stands for whatever is there: so somebody says that they mean to overwrite it.
    """
    wanted = request.headers.get("If-Match", "").strip()
    if not wanted and request.method in OVERWRITING:
        raise NoVersion(_("Send the ETag of what you read as If-Match."))
    if wanted in ("", "*"):
        return
    if version_of(told_bytes(told)) not in _versions(wanted):
        raise Changed(_("Somebody changed this meanwhile. Read it again, then repeat your change."))


@contextmanager
def unless_changed(request: HttpRequest, now: Callable[[], Any]) -> Iterator[None]:
    """A change within one transaction with the look at its version.

    Whoever comes between on a database of many writers meets the journal: it refuses a column
    that was changed since it was read.
    """
    with transaction.atomic():
        expect(request, now())
        yield


def _versions(header: str) -> set[str]:
    """The versions that a header names. Packing marks them weak (W/); the bytes are the same."""
    return {part.strip().removeprefix("W/") for part in header.split(",")}
