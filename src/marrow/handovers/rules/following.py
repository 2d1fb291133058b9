"""When support is looked after again once a team has left: so many months after the end."""

from __future__ import annotations

import datetime as dt

MONTHS = (1, 3, 6, 12)


def overdue(due_on: dt.date | None, today: dt.date) -> bool:
    """A day that is not told is never overdue."""
    return due_on is not None and due_on < today
