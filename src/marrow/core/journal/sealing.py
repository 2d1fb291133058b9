"""What is sealed with the journal's own key: a page of operations, one line of it, the counter.

A page's seal is given after the commit and proves order and completeness. A line's seal is given
when it is written, by whoever holds the key: so a line that somebody put into the table without it
is known, with a number or not yet. The counter's seal says up to where numbers were given: whoever
cuts the tail off cannot write the lower number.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings

#: what a line's seal runs over: all that is known before the line has its id and its number
SIGNED = (
    "act", "action", "kind", "model", "record", "changes", "by", "at", "via",
    "origin", "origin_q", "scope", "note", "undoes",
)  # fmt: skip
Line = Iterable[bytes | None]


def page_mac(before: str, lines: Iterable[Line]) -> str:
    """HMAC-SHA256 over the seal before and every stored byte of every line, each with its length.

    The id is sealed too: it never changes, and what stands on what (undo, history) goes by it.
    """
    return _mac(before.encode(), *(part for line in lines for part in line))


def line_mac(place: int | str, values: Mapping[str, Any]) -> str:
    """The seal of one line: its place in its act, which makes it the only one of its kind, and
    a keyed hash over the values of `SIGNED`."""
    parts = (_told(values[name]) for name in SIGNED)
    return f"{place}:{_mac(b'line', str(place).encode(), *parts)}"


def is_sealed(values: Mapping[str, Any]) -> bool:
    """Whether a line's seal, its `mac`, is the one that the key gives for its values."""
    place, _colon, _hash = str(values["mac"]).partition(":")
    return hmac.compare_digest(line_mac(place, values), str(values["mac"]))


def counter_mac(number: int | str, last_seal: str) -> str:
    """The seal of the last number given, with the seal of the page that ends there."""
    return _mac(b"counter", str(number).encode(), last_seal.encode())


def _mac(start: bytes, *parts: bytes | None) -> str:
    seal = hmac.new(seal_key(), start, hashlib.sha256)
    for part in parts:
        seal.update(b"-:" if part is None else b"%d:" % len(part))
        seal.update(part or b"")
    return seal.hexdigest()


def _told(value: Any) -> bytes | None:
    """A value in one form, whatever the database makes of it."""
    if value is None:
        return None
    if isinstance(value, UUID):
        return value.bytes
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds").encode()
    return str(value).encode()


@functools.cache
def seal_key() -> bytes:
    """The journal's own key, apart from the web server's secret."""
    return hashlib.sha256(b"marrow journal seal:" + settings.JOURNAL_KEY.encode()).digest()
