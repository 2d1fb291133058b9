"""From which day on what a team did is taken."""

from __future__ import annotations

import datetime as dt

from marrow.core.partial_dates import earliest
from marrow.missions.models import Mission

GRACE = dt.timedelta(days=31)  # a vanguard goes ahead, and days of departure are told wrong


def taken_from(mission: Mission) -> dt.date | None:
    """A month before the first day that the told departure, else arrival, may be; None where
    neither is told."""
    told = mission.departed_on or mission.arrived_on
    return earliest(told) - GRACE if told else None
