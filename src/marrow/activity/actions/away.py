"""What a team would have done before it was there is refused."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from marrow.activity.queries.away import taken_from
from marrow.core.refusals import Refused
from marrow.missions.models import Mission


def prove_was_away(mission: Mission | None, held_on: dt.date) -> None:
    """Refuse what a team would have done long before it left."""
    since = taken_from(mission) if mission else None
    if mission and since and held_on < since:
        left = mission.departed_on or mission.arrived_on
        raise Refused(_("The team left on %s: it was not there yet on this day.") % left)
