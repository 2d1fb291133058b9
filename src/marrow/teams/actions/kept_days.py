"""A stage begins no earlier than what is kept of those in the team allows."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from marrow.core.partial_dates import earliest
from marrow.missions.models import Mission
from marrow.teams.actions.seats import sits_elsewhere
from marrow.teams.actions.stages import KEPT_SINCE
from marrow.teams.models import CAME_HOME, Assignment
from marrow.teams.rules.stages import AT_HOME

HOME = Mission.Status.DEBRIEFING
THERE = Q(state__in=(Assignment.State.SERVING, Assignment.State.SERVED))
MOST_NAMED = 3
#: begun before a team left, or as it does
AT_THE_LATEST = (*AT_HOME, Mission.Status.CANCELLED, Mission.Status.IN_TRANSIT)


def service_since(mission: Mission, stage: str, on: dt.date) -> list[str]:
    """The departure, and whoever began after that day; where the team comes home on it, as well who
    went home or was replaced only later. The last of them come first."""
    said = []
    left = mission.departed_on or mission.arrived_on
    if left and stage not in AT_THE_LATEST and (day := earliest(left)) > on:
        said.append(_("The team left on %(day)s.") % {"day": day})
    rows = Assignment.objects.filter(seat__mission=mission).select_related("person")
    began = rows.filter(CAME_HOME | THERE, started_on__gt=on)
    said += _told(began, "started_on", _("%(person)s began on %(day)s."))
    if stage == Mission.Status.IN_TRANSIT:
        said += _still_elsewhere(rows.filter(state=Assignment.State.SELECTED), on)
    if stage == HOME:
        ended = rows.filter(CAME_HOME, ended_on__gt=on)
        said += _told(ended, "ended_on", _("%(person)s served until %(day)s."))
    return said


def _still_elsewhere(selected: QuerySet[Assignment], on: dt.date) -> list[str]:
    """Who would leave with the team while they serve in another one."""
    said = []
    for one in selected.select_related("seat").order_by("person__search", "pk"):
        one.started_on = on
        said.append(sits_elsewhere(one))
    return [words for words in said if words]


def _told(rows: QuerySet[Assignment], column: str, words: str) -> list[str]:
    last = rows.order_by(f"-{column}", "pk")[:MOST_NAMED]
    return [words % {"person": one.person, "day": getattr(one, column)} for one in last]


KEPT_SINCE.append(service_since)
