"""What a count of visits may be."""

from __future__ import annotations

import datetime as dt

MOST = 5000  # visits that one entry may hold: more is a month's report, not a day's


def fault_of(count: int, held_on: dt.date, today: dt.date) -> str:
    """Why this count cannot be: '' when it can. A phone's clock may be a day ahead of ours."""
    if not 1 <= count <= MOST:
        return "COUNT"
    if held_on > today + dt.timedelta(days=1):
        return "FUTURE"
    if held_on.year < 1963:
        return "TOO_EARLY"
    return ""
