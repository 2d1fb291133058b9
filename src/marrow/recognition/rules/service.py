"""How long somebody served."""

from __future__ import annotations

import datetime as dt


def days_served(started_on: dt.date | None, ended_on: dt.date | None) -> int | None:
    """Days from the departure to the day home, both counted; None where one is not known."""
    if started_on is None or ended_on is None or ended_on < started_on:
        return None
    return (ended_on - started_on).days + 1
