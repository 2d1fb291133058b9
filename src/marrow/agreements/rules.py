"""Pure decisions of agreement work: how a task stands, how long somebody served, who differs."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from marrow.core.partial_dates import earliest, latest

DONE, UNDER_WAY, UNKNOWN, DROPPED = "DONE", "UNDER_WAY", "UNKNOWN", "DROPPED"
FAR = 2  # points of four between two sides, from which they should talk


def stands(
    aim: Decimal | None, reached: Decimal | None, *, done: bool = False, dropped: bool = False
) -> str:
    """How something that was set stands. What nobody told is unknown, never nothing."""
    if dropped:
        return DROPPED
    if done:
        return DONE
    if reached is None:
        return UNKNOWN
    return DONE if aim is not None and reached >= aim else UNDER_WAY


def years_served(since: str, until: str, today: dt.date) -> int | None:
    """Whole years that somebody served at least, from partial dates; None where the start is not
    known."""
    if not since:
        return None
    first, last = latest(since), earliest(until) if until else today
    whole = last.year - first.year - ((last.month, last.day) < (first.month, first.day))
    return max(whole, 0)


def far_apart(ours: int | None, theirs: int | None) -> bool:
    """Whether two sides see one thing so differently that they should talk of it."""
    return ours is not None and theirs is not None and abs(ours - theirs) >= FAR
