"""A slip: chance, a person, and the house's mark over both. One for each page that is made."""

from __future__ import annotations

import base64
import binascii
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from marrow.core.viewer import PUBLIC

FIELD = "slip"
CHANCE, PERSON, MARK = 9, 16, 17  # bytes; 42 in all are 56 letters


@dataclass(frozen=True, slots=True)
class Slip:
    """Which page, and who was signed in when it was made."""

    chance: bytes
    person: UUID


def slip_for(request: HttpRequest) -> str:
    """The slip of the page that is being made; '' where nobody is signed in."""
    person = getattr(request, "viewer", PUBLIC).person
    if person is None:
        return ""
    held = getattr(request, "slip", "")
    if not held:
        told = secrets.token_bytes(CHANCE) + person.bytes
        held = base64.urlsafe_b64encode(told + _mark(told)).decode()
        request.slip = held  # type: ignore[attr-defined]
    return str(held)


def slip_of(request: HttpRequest) -> Slip | None:
    """The slip that a form brought; None where it has none, or one that the house never made."""
    if request.method != "POST":
        return None
    try:
        data = base64.urlsafe_b64decode(request.POST.get(FIELD, "").encode("ascii"))
    except (binascii.Error, UnicodeEncodeError):
        return None
    told, mark = data[: CHANCE + PERSON], data[CHANCE + PERSON :]
    if not constant_time_compare(mark, _mark(told)):
        return None
    return Slip(told[:CHANCE], UUID(bytes=told[CHANCE:]))


def _mark(told: bytes) -> bytes:
    return salted_hmac("marrow.ui.slip", told, algorithm="sha256").digest()[:MARK]
