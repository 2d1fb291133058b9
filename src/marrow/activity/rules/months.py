"""Months as their first day; which of them a unit should have reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

FIRST = dt.date(1963, 1, 1)  # the year in which the first team was sent
SILENT = 12  # months after its last report in which a unit is still expected to report


def first_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


def after(month: dt.date, months: int = 1) -> dt.date:
    years, rest = divmod(month.month - 1 + months, 12)
    return dt.date(month.year + years, rest + 1, 1)


def of_year(year: int) -> list[dt.date]:
    return [dt.date(year, month, 1) for month in range(1, 13)]


def fault_of_month(month: dt.date, today: dt.date) -> str:
    """Why a month cannot be reported: '' when it can. One that runs may be begun."""
    if month > first_of(today):
        return "FUTURE"
    return "TOO_EARLY" if month < FIRST else ""


def begun_after(told: Collection[dt.date], first: dt.date, last: dt.date) -> dt.date | None:
    """The first of these months after `last`, where none of them lies from `first` to `last`: a
    unit told by itself, and from then on with the whole. None: it goes on by itself."""
    if any(first <= month <= last for month in told):
        return None
    return min((month for month in told if month > last), default=None)


def expected(
    first: dt.date, last: dt.date | None, today: dt.date, ended: dt.date | None = None
) -> Iterator[dt.date]:
    """The months that a unit should have reported: from its first report on, until a year after its
    `last` one (None: a hospital that is served, which stays), and before the month in which it
    `ended`; never a month that is not over."""
    end = after(first_of(today), -1)
    if last:
        end = min(end, after(last, SILENT))
    if ended:
        end = min(end, after(first_of(ended), -1))
    month = first_of(first)
    while month <= end:
        yield month
        month = after(month)


def is_silent(last: dt.date, today: dt.date) -> bool:
    """More than a year of months is over since the last one that was told."""
    return after(last, SILENT) < after(first_of(today), -1)
