"""How long a first answer may take, what is left of it, and how long answers took."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

#: hours to the first answer
TARGETS = {"EMERGENCY": 1, "URGENT": 6, "ROUTINE": 24}
RANK = {priority: rank for rank, priority in enumerate(TARGETS)}


#: the rungs that are climbed while nobody answers, in shares of the target
RUNGS = {1: 1.0, 2: 1.5}


def rung_due(priority: str, sent_at: dt.datetime, step: int) -> dt.datetime:
    return sent_at + dt.timedelta(hours=TARGETS[priority]) * RUNGS[step]


@dataclass(frozen=True, slots=True)
class Left:
    """Time that is left, or by how much it is too late: whole hours and minutes."""

    late: bool
    hours: int
    minutes: int


def answer_by(priority: str, at: dt.datetime) -> dt.datetime:
    return at + dt.timedelta(hours=TARGETS[priority])


def left(due: dt.datetime, now: dt.datetime) -> Left:
    """A minute that has begun counts as gone."""
    late = now > due
    minutes = int(abs((due - now).total_seconds()) // 60)
    return Left(late, minutes // 60, minutes % 60)


def order(priority: str, due: dt.datetime | None) -> tuple[int, dt.datetime]:
    """The most urgent first, then the one with the least time left."""
    return RANK[priority], due or dt.datetime.max.replace(tzinfo=dt.UTC)


def quantile(waits: Sequence[dt.timedelta], share: float) -> dt.timedelta | None:
    """The wait within which this share were answered (nearest rank); None of nothing."""
    if not waits:
        return None
    ranked = sorted(waits)
    place = max(-(-len(ranked) * share // 1), 1)
    return ranked[int(place) - 1]
