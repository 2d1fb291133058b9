"""Checks after an operation: when they are due, and the figures of an operating list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

DAY_1, WEEK_6 = "DAY_1", "WEEK_6"
#: days after the operation on which a check is due, and from which it is late
DUE = {DAY_1: (1, 3), WEEK_6: (42, 57)}


@dataclass(frozen=True, slots=True)
class Listed:
    """A line: the days that are known; None is not (yet)."""

    operated_on: dt.date | None
    day1_on: dt.date | None = None
    week6_on: dt.date | None = None
    sees_again: bool = False

    def checked_on(self, check: str) -> dt.date | None:
        return self.day1_on if check == DAY_1 else self.week6_on


@dataclass(frozen=True, slots=True)
class Rates:
    """Counts of a list. A share is None where there is nothing to share: unknown, not nought."""

    screened: int
    operated: int
    day1: int
    week6: int
    week6_due: int  # operated at least six weeks ago
    sees_again: int

    @property
    def operated_share(self) -> int | None:
        return _share(self.operated, self.screened)

    @property
    def week6_share(self) -> int | None:
        return _share(self.week6, self.week6_due)


def _share(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def due(line: Listed, check: str) -> dt.date | None:
    """The day on which a check is due; None where nothing was operated."""
    days, _late = DUE[check]
    return line.operated_on + dt.timedelta(days=days) if line.operated_on else None


def is_late(line: Listed, check: str, today: dt.date) -> bool:
    if line.operated_on is None or line.checked_on(check):
        return False
    _days, late = DUE[check]
    return line.operated_on + dt.timedelta(days=late) <= today


def fault_of_check(line: Listed, check: str, on: dt.date, today: dt.date) -> str:
    """Why a check cannot have been on a day: '' when it can."""
    if line.operated_on is None:
        return "NOT_OPERATED"
    if on > today:
        return "FUTURE"
    earliest = line.operated_on + dt.timedelta(days=0 if check == DAY_1 else 28)
    return "TOO_EARLY" if on < earliest else ""


def rates(lines: Iterable[Listed], today: dt.date) -> Rates:
    """The figures. Of week 6 those count that it has come for, and those seen of them."""
    held = list(lines)
    operated = [line for line in held if line.operated_on]
    come = [line for line in operated if (due(line, WEEK_6) or today) <= today or line.week6_on]
    return Rates(
        len(held), len(operated), sum(line.day1_on is not None for line in operated),
        sum(line.week6_on is not None for line in come), len(come),
        sum(line.sees_again for line in operated),
    )  # fmt: skip
