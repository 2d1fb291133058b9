"""What is done before a departure: the usual list, when each falls due, what is late."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

DONE, WAIVED, OVERDUE, OPEN = "DONE", "WAIVED", "OVERDUE", "OPEN"
MOST_DAYS = 365


@dataclass(frozen=True, slots=True)
class Listed:
    """A step of a programme's list: whose part, days before leaving, nobody leaves without it."""

    step: str
    owner: str
    days_before: int
    required: bool


#: what a programme begins its own list with
USUAL = (
    Listed("MEDICAL", "UNIT", 60, required=True),
    Listed("VACCINATION", "PERSON", 45, required=True),
    Listed("LANGUAGE", "UNIT", 30, required=False),
    Listed("TRAINING", "OFFICE", 21, required=True),
    Listed("PASSPORT", "OFFICE", 45, required=True),
    Listed("VISA", "OFFICE", 21, required=True),
    Listed("INSURANCE", "OFFICE", 14, required=True),
    Listed("TICKET", "OFFICE", 10, required=True),
    Listed("ALLOWANCE", "UNIT", 7, required=False),
)


@dataclass(frozen=True, slots=True)
class Marks:
    """The days of one item."""

    due_on: dt.date | None = None
    done_on: dt.date | None = None
    waived_on: dt.date | None = None


def due_on(leaves_on: dt.date | None, days_before: int) -> dt.date | None:
    """The last day for it; None while the day of leaving is not known."""
    return leaves_on - dt.timedelta(days=days_before) if leaves_on else None


def state(marks: Marks, today: dt.date) -> str:
    """DONE, WAIVED, OVERDUE from the day after it was due, else OPEN."""
    if marks.done_on:
        return DONE
    if marks.waived_on:
        return WAIVED
    return OVERDUE if marks.due_on and marks.due_on < today else OPEN
