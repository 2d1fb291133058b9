"""Pure decisions about commitments: no cycle, no end before the start, a date for a jubilee."""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterable, Mapping, Sequence

from marrow.core.partial_dates import earliest, latest

MOST_REST = 120  # months at home between two missions; more is a slip of the pen
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


def is_in_order(start: str, end: str) -> bool:
    """Whether an end may follow a start, as far as both are told."""
    return not (start and end) or latest(end) >= earliest(start)


def same_as_before(before: Sequence[str], now: Sequence[str]) -> list[int | None]:
    """For each name now, where the same one stood before, each used once; None where it is new."""
    waiting: dict[str, list[int]] = {}
    for place, name in enumerate(before):
        waiting.setdefault(name, []).append(place)
    return [waiting[name].pop(0) if waiting.get(name) else None for name in now]
