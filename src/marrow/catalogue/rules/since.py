"""From when until when what is said of an item holds: what is said today changes no day before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

#: a code, the day from which it holds, the first on which it no longer does; None has no end
Period = tuple[str, dt.date | None, dt.date | None]


def periods(now: str, before: Sequence[Sequence[str]] | None) -> tuple[Period, ...]:
    """The specialties of an item over time, the first told first. `before` is [[code, day], …]:
    each held until the day on which the next one began."""
    found: list[Period] = []
    start: dt.date | None = None
    for code, text in before or ():
        until = dt.date.fromisoformat(text)
        if start is None or start < until:
            found.append((code, start, until))
            start = until
    return (*found, (now, start, None))
