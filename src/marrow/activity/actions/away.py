"""What a team would have done before it was there is refused, and its end before what it did."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from marrow.activity.models import Deed, Visits, Voice
from marrow.activity.queries.away import taken_from
from marrow.core.refusals import Refused
from marrow.missions.models import Mission
from marrow.teams.actions.stages import KEPT_SINCE


def prove_was_away(mission: Mission | None, held_on: dt.date) -> None:
    """Refuse what a team would have done long before it left."""
    since = taken_from(mission) if mission else None
    if mission and since and held_on < since:
        left = mission.departed_on or mission.arrived_on
        raise Refused(_("The team left on %s: it was not there yet on this day.") % left)


def work_since(mission: Mission, stage: str, on: dt.date) -> list[str]:
    """The last day of a team's work after the day on which it would be home."""
    if stage != Mission.Status.DEBRIEFING:
        return []
    days = [
        model._base_manager.filter(mission=mission, void_reason="", held_on__gt=on)
        .order_by("held_on")
        .values_list("held_on", flat=True)
        .last()
        for model in (Visits, Deed, Voice)
    ]
    last = max(filter(None, days), default=None)
    return [_("Work of %(day)s is recorded.") % {"day": last}] if last else []


KEPT_SINCE.append(work_since)
