"""Months as their first day; which of them a unit should have reported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

FIRST = dt.date(1963, 1, 1)  # the year in which the first team was sent
SILENT = 12  # months after its last report in which a team is still expected to report


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


def expected(
    first: dt.date, last: dt.date | None, today: dt.date
) -> Iterator[dt.date]:  # fmt: skip
    """The months that a unit should have reported: from its first report on, for a team until a
    year after its `last` one (None: a hospital, which stays); never a month that is not over."""
    end = after(first_of(today), -1)
    if last:
        end = min(end, after(last, SILENT))
    month = first_of(first)
    while month <= end:
        yield month
        month = after(month)
