"""Dates as sources give them: a year, a month or a day, never more than was said.

Written `2006`, `2006-09` or `2006-09-04` (the first levels of EDTF). The text sorts by time.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

_SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def is_partial_date(text: str) -> bool:
    """True for a real year, month or day between the years 1000 and 9999."""
    found = _SHAPE.fullmatch(text)
    if not found:
        return False
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return year >= 1000


def is_day(text: str) -> bool:
    """Whether the words tell a whole day."""
    return len(text) == len("2006-09-04")


def earliest(text: str) -> dt.date:
    """The first day that the words allow."""
    year, month, day = (*(int(p) for p in text.split("-")), 1, 1)[:3]
    return dt.date(year, month, day)


def latest(text: str) -> dt.date:
    """The last day that the words allow."""
    parts = [int(p) for p in text.split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else 12
    day = parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1]
    return dt.date(year, month, day)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; a month that is too short gives its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def agree(one: str, other: str) -> bool:
    """Two partial dates agree when one says no more than the other already said."""
    return one.startswith(other) or other.startswith(one)
