"""The stages of a mission: which may follow which, and how long forming took."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

NEXT: dict[str, tuple[str, ...]] = {
    "UNKNOWN": ("PLANNED", "RECRUITING", "ON_POST"),
    "PLANNED": ("RECRUITING",),
    "RECRUITING": ("SELECTED",),
    "SELECTED": ("TRAINING", "RECRUITING"),
    "TRAINING": ("IN_TRANSIT", "RECRUITING"),
    "IN_TRANSIT": ("ON_POST",),
    "ON_POST": ("HANDING_OVER", "EXTENDED"),
    "EXTENDED": ("HANDING_OVER", "ON_POST"),
    "HANDING_OVER": ("DEBRIEFING", "EXTENDED"),
    "DEBRIEFING": ("CLOSED",),
    "CLOSED": (),
    "CANCELLED": (),
    "SUSPENDED": (),
}
AT_HOME = ("UNKNOWN", "PLANNED", "RECRUITING", "SELECTED", "TRAINING")
STILL_FORMING = ("PLANNED", "RECRUITING", "SELECTED", "TRAINING")  # nobody has left yet
AWAY = ("IN_TRANSIT", "ON_POST", "EXTENDED", "HANDING_OVER")
FILLED = (*AT_HOME, "IN_TRANSIT", "ON_POST", "EXTENDED")  # an empty seat is still filled
OVER = ("CLOSED", "CANCELLED")
HOME_AGAIN = ("DEBRIEFING", *OVER)  # no seat is opened or filled any more
NEEDS_REASON = ("CANCELLED", "SUSPENDED", "EXTENDED")


def possible(stage: str, before: str = "") -> tuple[str, ...]:
    """The stages that may follow; a suspended mission goes on where it stopped (`before`)."""
    if stage == "SUSPENDED":
        return (before, "CANCELLED") if before in AT_HOME else (before,)
    found = NEXT.get(stage, ())
    if stage in OVER:
        return found
    return (*found, "SUSPENDED", "CANCELLED") if stage in AT_HOME else (*found, "SUSPENDED")


def days_between(changes: Iterable[tuple[str, dt.date]], first: str, last: str) -> int | None:
    """Days from the first time that one stage began to the last that another did; None if open."""
    told = list(changes)
    starts = [day for stage, day in told if stage == first]
    ends = [day for stage, day in told if stage == last]
    return (max(ends) - min(starts)).days if starts and ends else None


def forming_days(changes: Iterable[tuple[str, dt.date]]) -> int | None:
    """The clock of forming: from the call to the departure ("formed in 34 days")."""
    return days_between(changes, "RECRUITING", "IN_TRANSIT")
