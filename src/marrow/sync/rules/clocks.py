"""When something was said on a phone, of which the clock may be wrong."""

from __future__ import annotations

import datetime as dt


def said_at(told: dt.datetime, slow: int, at: dt.datetime) -> dt.datetime:
    """The phone's own moment, put right by the seconds that its clock is slow; never after `at`,
    when it came here. It tells how old a word is and orders nothing."""
    try:
        right = told + dt.timedelta(seconds=slow)
    except OverflowError:
        return at
    return min(right, at)
