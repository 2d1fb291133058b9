"""What changed between two versions of a list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Difference(Generic[T]):
    added: tuple[T, ...]
    gone: tuple[T, ...]
    stayed: int


def difference(before: Sequence[T], after: Sequence[T]) -> Difference[T]:
    """What came and what went, each in its own list's order."""
    old, new = set(before), set(after)
    return Difference(
        tuple(x for x in after if x not in old), tuple(x for x in before if x not in new),
        len(old & new),
    )  # fmt: skip


def twice(rows: Sequence[T]) -> list[T]:
    """What stands more than once, in the order in which it was met again."""
    seen: set[T] = set()
    found: dict[T, None] = {}
    for row in rows:
        if row in seen:
            found[row] = None
        seen.add(row)
    return list(found)


#: since when a version holds, and what, in its order
Held = tuple[dt.date, Sequence[Hashable]]
NOT_LATER, SAME = "NOT_LATER", "SAME"


def fault_of_next(last: Held | None, since: dt.date, items: Sequence[Hashable]) -> str:
    """Why this is not the version that comes after the last; '' where it is."""
    if last is None:
        return ""
    if since <= last[0]:
        return NOT_LATER
    return SAME if list(last[1]) == list(items) else ""
