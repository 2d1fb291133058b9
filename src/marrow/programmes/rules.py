"""Pure decisions about commitments: a consortium has no cycle, an anniversary has a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping

Link = tuple[Hashable, Hashable]


def cycle_in(links: Iterable[Link]) -> tuple[Hashable, ...]:
    """The members of one circle of (upper, lower) links, in order; () when there is none."""
    below: dict[Hashable, list[Hashable]] = {}
    for upper, lower in links:
        below.setdefault(upper, []).append(lower)
    done: set[Hashable] = set()
    for start in below:
        if circle := _walk(start, below, done):
            return circle
    return ()


def _walk(
    start: Hashable, below: Mapping[Hashable, list[Hashable]], done: set[Hashable]
) -> tuple[Hashable, ...]:
    """Depth first without recursion: a chain of consortia may be long."""
    path: list[Hashable] = []
    stack: list[tuple[Hashable, int]] = [(start, 0)]
    while stack:
        node, depth = stack.pop()
        del path[depth:]
        if node in path:
            return tuple(path[path.index(node) :])
        if node in done:
            continue
        path.append(node)
        if not below.get(node):
            done.add(node)
        stack += [(lower, depth + 1) for lower in below.get(node, ())]
    done.update(below)
    return ()


def next_anniversary(started_on: str, today: dt.date) -> tuple[int, int] | None:
    """The next round anniversary (every five years) as (years, calendar year); None if undated."""
    if not started_on:
        return None
    start = int(started_on[:4])
    years = -(-(today.year - start) // 5) * 5 or 5
    return years, start + years
