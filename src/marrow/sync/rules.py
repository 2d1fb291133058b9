"""The wire: lines as they were hashed, chained, and what a batch may look like. No Django."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

VERSION = 1
HASH = 32  # hex digits kept of a SHA-256
KINDS = ("create", "set", "void", "link", "resolve")


class BadBatch(ValueError):
    """The header cannot be read: the one thing that is answered by an error."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A push: who sends, from which number, the hash before it, and the exact lines."""

    installation: UUID
    first: int
    before: str
    wall: dt.datetime | None
    app: str
    lines: tuple[bytes, ...]


def chained(before: str, line: bytes) -> str:
    """The hash of a line: SHA-256 over the hash before and the line's exact bytes."""
    return hashlib.sha256(before.encode() + line).hexdigest()[:HASH]


def read_batch(body: bytes) -> Batch:
    """The header and the lines of a push; raises BadBatch."""
    head, *lines = body.split(b"\n")
    try:
        told = json.loads(head)
        if told["v"] != VERSION:
            raise BadBatch("version")
        return Batch(
            UUID(told["inst"]), int(told.get("from", 1)), str(told.get("prev", "")),
            _wall(told.get("wall")), str(told.get("app", ""))[:20],
            tuple(line for line in lines if line),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise BadBatch(str(wrong)) from wrong


def _wall(text: object) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def read_line(line: bytes) -> Mapping[str, Any] | None:
    """A line's content; None when it is not an object with a number, a record and a type."""
    try:
        told = json.loads(line)
        UUID(str(told["r"]))
        good = type(told["q"]) is int and isinstance(told["t"], str) and told["k"] in KINDS
    except (KeyError, TypeError, ValueError):
        return None
    return told if good and isinstance(told.get("d"), dict) else None
