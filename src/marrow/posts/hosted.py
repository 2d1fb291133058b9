"""The teams of one hospital with their objectives, read at once for its own page."""

from __future__ import annotations

from typing import Any

from django.db.models import FilteredRelation, Q

from marrow.directory.models import Organisation
from marrow.missions.models import Mission, Site
from marrow.posts.models import Objective
from marrow.teams.models import Assignment
from marrow.teams.rules.stages import AWAY

MOST = 6
READ_WITH: tuple[str, ...] = (
    "programme__sender", "series", "watch", "standing__site__organisation",
    "standing__site__area",
)  # fmt: skip


def teams_at(organisation: Organisation) -> tuple[list[Mission], list[Objective]]:
    """The teams that work at one hospital now, or have just ended there, each with its watch; and
    those of their objectives that stand, in the order in which they are shown."""
    found: dict[Mission, list[Objective]] = {}
    for mission in _teams_with_objectives(organisation):
        told = found.setdefault(mission, [])
        told += [mission.standing] if getattr(mission, "standing", None) else []
    shown = list(found)[:MOST]
    return shown, [objective for mission in shown for objective in found[mission]]


def _teams_with_objectives(organisation: Organisation) -> list[Any]:
    """A row for each objective, and one for a team that has none."""
    sites = Site.objects.filter(organisation=organisation).values("mission")
    here = Q(pk__in=sites) | Q(sites=None, series__recipient=organisation)
    now = Q(status__in=(*AWAY, Mission.Status.DEBRIEFING)) | Q(
        status=Mission.Status.SUSPENDED, seats__assignments__state=Assignment.State.SERVING
    )
    rows = Mission.objects.filter(here, now).annotate(
        standing=FilteredRelation("objectives", condition=Q(objectives__dropped_on=None))
    )
    agreed = ("standing__team_agreed_at", "standing__host_agreed_at")
    rows = rows.select_related(*READ_WITH).order_by("key", *agreed, "standing")
    return list(rows.distinct())
