"""The wire: lines as they were hashed, chained, and what a batch may look like. No Django."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID

VERSION = 1
HASH = 32  # hex digits kept of a SHA-256
LARGEST = 4 * 1024 * 1024  # bytes of one push, packed and unpacked alike
LONGEST_HEAD = 8192  # bytes of a header
MOST_CURSORS = 100
PAGE = 64 * 1024  # bytes of what is new in one answer, where a phone does not say
LARGEST_PAGE = 512 * 1024
MOST_LEFT = 1_000_000
MOST_ASIDE = 100  # lines after which a phone asks at once
HIGHEST = 2**53 - 1  # the last number that a phone's JavaScript counts to
_HASH = re.compile(r"(?:[0-9a-f]{32})?")


class BadBatch(ValueError):
    """The header cannot be read: this is answered by an error, as a wrong size or token is."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A push: who sends, from which number, the hash before it, and the exact lines.

    `held` is the last number that we once acknowledged, 0 where the phone does not tell. With
    `cursors` (a scope: how far it was read) the answer brings what is new, `most` bytes of it.
    `left` is how many lines wait behind these ones, and `pictures` how many photographs are on the
    phone alone; None where the phone does not tell. `aside`
    are the numbers of lines of which it was told that a person looks at them.
    """

    installation: UUID
    first: int
    before: str
    wall: dt.datetime | None
    app: str
    lines: tuple[bytes, ...]
    held: int = 0
    epoch: str = ""
    cursors: Mapping[str, str] | None = None
    most: int = PAGE
    left: int | None = None
    aside: frozenset[int] = frozenset()
    pictures: int | None = None


def chained(before: str, line: bytes) -> str:
    """The hash of a line: SHA-256 over the hash before and the line's exact bytes."""
    return hashlib.sha256(before.encode() + line).hexdigest()[:HASH]


def parsed(text: bytes) -> Any:
    """JSON as every reader here can hold it; raises ValueError for all else.

    UTF-8 only; no NaN or Infinity, no nesting without end, no half of a character and no NUL:
    PostgreSQL, pages and files could not hold those.
    """
    try:
        told = json.loads(text.decode(), parse_constant=_no_number)
    except RecursionError as deep:
        raise ValueError("nested too deeply") from deep
    for word in _texts(told):
        word.encode()  # half a character cannot be written: UnicodeEncodeError is a ValueError
        if "\0" in word:
            raise ValueError("a NUL")
    return told


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def _texts(told: Any) -> Iterator[str]:
    """Every text in it, names of members too."""
    waiting = [told]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value


def read_batch(body: bytes) -> Batch:
    """The header and the lines of a push; raises BadBatch."""
    head, *lines = body.split(b"\n")
    if len(head) > LONGEST_HEAD:
        raise BadBatch("the header is too long")
    try:
        told = parsed(head)
        if type(told["v"]) is not int or told["v"] != VERSION:
            raise BadBatch("version")
        first, before = _place(told)
        return Batch(
            UUID(told["inst"]), first, before, _wall(told.get("wall")), _app(told.get("app", "")),
            tuple(line for line in lines if line), _number(told, "held", 0, HIGHEST),
            _word(told.get("epoch", "")), _cursors(told.get("cur")),
            max(1024, _number(told, "max", PAGE, LARGEST_PAGE)),
            _number(told, "left", 0, MOST_LEFT) if "left" in told else None,
            _numbers(told.get("aside", [])),
            _number(told, "shots", 0, MOST_LEFT) if "shots" in told else None,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise BadBatch(str(wrong)) from wrong


def _place(told: Mapping[str, Any]) -> tuple[int, str]:
    """The first line's number and the hash before it, which all but the very first line have."""
    first, before = told.get("from", 1), told.get("prev", "")
    if type(first) is not int or not 1 <= first <= HIGHEST:
        raise BadBatch("from")
    if not isinstance(before, str) or not _HASH.fullmatch(before) or (first > 1 and not before):
        raise BadBatch("prev")
    return first, before


def _number(told: Mapping[str, Any], name: str, else_: int, most: int) -> int:
    value = told.get(name, else_)
    if type(value) is not int or value < 0:
        raise BadBatch(name)
    return min(value, most)


def _numbers(told: object) -> frozenset[int]:
    if not isinstance(told, list) or len(told) > MOST_ASIDE:
        raise BadBatch("aside")
    if not all(type(q) is int and 1 <= q <= HIGHEST for q in told):
        raise BadBatch("aside")
    return frozenset(told)


def _word(text: object) -> str:
    if not isinstance(text, str):
        raise BadBatch("epoch")
    return text[:60]


def _cursors(told: object) -> Mapping[str, str] | None:
    """How far each scope was read; what it was read to is the server's own word."""
    if told is None:
        return None
    if not isinstance(told, dict) or len(told) > MOST_CURSORS:
        raise BadBatch("cur")
    if not all(isinstance(value, str) for value in told.values()):
        raise BadBatch("cur")
    return told


def _app(text: object) -> str:
    if not isinstance(text, str) or not text.isprintable():
        raise BadBatch("app")
    return text[:20]


def _wall(text: object) -> dt.datetime | None:
    """The phone's clock. One so wrong that it cannot be read stops nothing: it orders nothing."""
    if text is None:
        return None
    if not isinstance(text, str):
        raise BadBatch("wall")
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def read_line(line: bytes) -> Mapping[str, Any] | None:
    """A line's content; None when it is not an object with number, record, type, kind and data."""
    try:
        told = parsed(line)
        UUID(str(told["r"]))
        good = type(told["q"]) is int and isinstance(told["t"], str) and isinstance(told["k"], str)
        return told if good and isinstance(told["d"], dict) else None
    except (KeyError, TypeError, ValueError):
        return None
