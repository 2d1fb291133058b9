"""The times of seats: whether two of them fall together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` up to, not with, `end`. None is not known, and counts as open."""

    start: dt.date | None = None
    end: dt.date | None = None


def fall_together(one: Period, other: Period) -> bool:
    """Whether some day lies in both."""
    start = max((p.start for p in (one, other) if p.start), default=None)
    end = min((p.end for p in (one, other) if p.end), default=None)
    return start is None or end is None or start < end
