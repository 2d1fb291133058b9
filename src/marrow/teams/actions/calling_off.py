"""A team that is called off lets its people go; they may be sent elsewhere."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy

from marrow.core.journal.undoing import HELD_AS_IT_STANDS, changed_by
from marrow.core.journal.writing import Page
from marrow.core.models import Operation
from marrow.core.viewer import Viewer
from marrow.core.words import in_all_tongues, in_tongue
from marrow.missions.models import Mission
from marrow.teams.actions.checklists import let_go
from marrow.teams.actions.seats import sits_elsewhere
from marrow.teams.actions.stages import FOLLOWS
from marrow.teams.models import Assignment, StageChange
from marrow.teams.queries import released_when_called_off

CALLED_OFF = gettext_lazy("The team was cancelled: %s")


def release_people(page: Page, mission: Mission, by: Viewer, at: dt.datetime) -> None:
    """Who was to come with a team that is called off is no longer sent. They refused nothing, and
    may be asked again."""
    if mission.status != Mission.Status.CANCELLED:
        return
    change = StageChange.objects.filter(mission=mission).order_by("-step")[0]
    reason = {t: told % change.reason for t, told in in_all_tongues(CALLED_OFF).items()}
    people = released_when_called_off(mission)
    let_go(page, people, by, at)
    for row in people:
        row.state, row.ended_on = Assignment.State.RELEASED, change.on
        row.reason = in_tongue(reason)[:300]
        row.tongues = {**row.tongues, "reason": reason}
        page.save(row)


def seats_are_free_again(lines: list[Operation]) -> str:
    """Why somebody does not get a seat back by an undo: they sit in another one meanwhile."""
    for line in lines:
        changed = changed_by(line)
        before, after = changed.get("state", ("", ""))
        if before in Assignment.HELD and after not in Assignment.HELD:
            row = Assignment.objects.select_related("person", "seat__mission").get(pk=line.record)
            for day in {"started_on", "ended_on"} & changed.keys():
                told = changed[day][0]
                setattr(row, day, dt.date.fromisoformat(told) if told else None)
            if said := sits_elsewhere(row):
                return said
    return ""


FOLLOWS.append(release_people)
HELD_AS_IT_STANDS.setdefault(Assignment._meta.label_lower, []).append(seats_are_free_again)
