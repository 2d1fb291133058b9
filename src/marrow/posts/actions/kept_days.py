"""A team is not home before the last word from its post, or before what happened to it there."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from marrow.missions.models import Mission
from marrow.posts.models import CheckIn, Incident
from marrow.teams.actions.stages import KEPT_SINCE

JOURNEY = dt.timedelta(
    days=3
)  # that day and two more: who came home may still say that they arrived


def life_since(mission: Mission, stage: str, on: dt.date) -> list[str]:
    """The last word and the last incident of a team after the day on which it would be home."""
    if stage != Mission.Status.DEBRIEFING:
        return []
    said = []
    home = dt.datetime.combine(on + JOURNEY, dt.time(), dt.UTC)
    words = CheckIn.objects.filter(mission=mission, said_at__gte=home)
    if word := words.select_related("person").order_by("said_at").last():
        told = {"person": word.person, "day": word.said_at.date()}
        said.append(_("%(person)s checked in on %(day)s.") % told)
    happened = Incident.objects.filter(mission=mission, happened_on__gt=on)
    if incident := happened.order_by("happened_on").last():
        said.append(_("An incident happened on %(day)s.") % {"day": incident.happened_on})
    return said


KEPT_SINCE.append(life_since)
