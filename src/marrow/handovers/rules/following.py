"""When support is looked after again once a team has left: so many months after the end."""

from __future__ import annotations

import calendar
import datetime as dt

MONTHS = (1, 3, 6, 12)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; a month that is too short gives its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def overdue(due_on: dt.date | None, today: dt.date) -> bool:
    """A day that is not told is never overdue."""
    return due_on is not None and due_on < today
