"""When a letter goes out."""

from __future__ import annotations

import datetime as dt

HOUR = 6  # o'clock, UTC: morning from Conakry to Beijing's afternoon
MONDAY, SATURDAY = 0, 5
NEVER, DAYS, WEEK = "NEVER", "DAYS", "WEEK"


def next_letter(every: str, after: dt.datetime) -> dt.datetime | None:
    """The first hour of sending after a moment: each working day, each Monday, or never."""
    if every == NEVER:
        return None
    when = after.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    while when <= after or not _is_day(every, when.weekday()):
        when += dt.timedelta(days=1)
    return when


def _is_day(every: str, weekday: int) -> bool:
    return weekday < SATURDAY if every == DAYS else weekday == MONDAY
