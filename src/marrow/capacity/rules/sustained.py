"""Is it still done when the visitors have gone? Asked 3, 6 and 12 months after they left."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from marrow.capacity.rules.care import Spell

MONTHS = (3, 6, 12)
GRACE = 14  # days in which an answer is not late


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody of a team in one specialty at one hospital."""

    mission: str
    spell: Spell


def due_on(left: date, months: int) -> date:
    """The day some months later; the last of that month where it has no such day."""
    year, month = divmod(left.year * 12 + left.month - 1 + months, 12)
    return date(year, month + 1, min(left.day, calendar.monthrange(year, month + 1)[1]))


def departures(stays: Iterable[Stay]) -> list[tuple[str, date]]:
    """Team and day of each time that nobody of the specialty stood there any more."""
    known = list(stays)
    ended = {(s.mission, s.spell.end) for s in known if s.spell.end is not None}
    left = [(m, day) for m, day in ended if not any(s.spell.covers(day) for s in known)]
    return sorted(left, key=lambda one: (one[1], one[0]))


def asked(left: date, stays: Iterable[Stay]) -> list[tuple[int, date]]:
    """Which checks a departure brings, each with its day. Where visitors came back before one was
    due, it is not asked: they would be seen, not what stayed."""
    back = min((s.spell.start for s in stays if s.spell.start > left), default=None)
    days = ((months, due_on(left, months)) for months in MONTHS)
    return [(months, day) for months, day in days if back is None or day <= back]


def late(due: date, today: date) -> bool:
    return (today - due).days > GRACE
