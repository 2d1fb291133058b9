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
    """Depth first without recursion: a chain may be long. What is `done` leads to no circle."""
    if start in done:
        return ()
    path = {start: iter(below.get(start, ()))}
    while path:
        node, waiting = next(reversed(path.items()))
        lower = next((one for one in waiting if one not in done), None)
        if lower is None:
            done.add(node)
            del path[node]
        elif lower in path:
            members = list(path)
            return tuple(members[members.index(lower) :])
        else:
            path[lower] = iter(below.get(lower, ()))
    return ()


def next_anniversary(started_on: str, today: dt.date) -> tuple[int, int] | None:
    """The next round anniversary (every five years) as (years, calendar year); None if undated."""
    if not started_on:
        return None
    start = int(started_on[:4])
    years = -(-(today.year - start) // 5) * 5 or 5
    return years, start + years
