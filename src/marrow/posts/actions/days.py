"""Which days may be told of a mission on post: no earlier than it left, and some days of grace."""

from __future__ import annotations

import datetime as dt

from marrow.core.days import first_of
from marrow.missions.models import Mission

GRACE = dt.timedelta(days=31)  # a departure may stand in the record some days late


def first_day(mission: Mission, *, untold: dt.date) -> dt.date:
    """The first day that may be told of; `untold` where nobody told when the team left."""
    told = mission.departed_on or mission.arrived_on
    return first_of(told) - GRACE if told else untold
