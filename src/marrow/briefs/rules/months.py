"""Which months of a team on post have a brief, and until when it is waited for."""

from __future__ import annotations

import datetime as dt

from marrow.activity.rules.months import after, first_of

DUE = dt.timedelta(days=10)  # after the month's end
MOST = 12  # months back that are still asked for


def months_of(since: dt.date, until: dt.date | None, today: dt.date) -> list[dt.date]:
    """The months, the newest first, in which a team was on post for a day at least; `until` is
    the day it ended, None while it goes on."""
    month, last = first_of(since), first_of(min(until or today, today))
    found = []
    while month <= last:
        found.append(month)
        month = after(month)
    return found[::-1][:MOST]


def due_on(month: dt.date) -> dt.date:
    return after(month) - dt.timedelta(days=1) + DUE


def is_overdue(month: dt.date, today: dt.date) -> bool:
    return due_on(month) < today
