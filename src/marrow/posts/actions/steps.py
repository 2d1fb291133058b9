"""Milestones of a mission on post."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import prove_no_patient
from marrow.posts import access
from marrow.posts.models import Milestone

PLAN = Act("plan_milestone", gettext_lazy("Planned a milestone"))
REACH = Act("reach_milestone", gettext_lazy("Reached a milestone"))


def plan_milestone(
    *, mission: UUID, what: str, due_on: dt.date, by: Viewer, at: dt.datetime,
    site: UUID | None = None,
) -> Milestone:  # fmt: skip
    """Plan a step, with the day by which it shall be reached."""
    row = access.mission_to_look_after(by, mission)
    if not what.strip():
        raise Refused(_("Say what shall be reached."))
    prove_no_patient(what)
    step = Milestone(
        id=uuid4(), mission=row, what=what.strip()[:300], due_on=due_on,
        site=access.site_of(row, site),
    )  # fmt: skip
    with journal(PLAN, by=by, at=at, scope=f"mission:{row.pk}") as page:
        page.save(step)
    return step


def reach_milestone(*, milestone: UUID, on: dt.date, by: Viewer, at: dt.datetime) -> Milestone:
    """Say on which day it was reached."""
    row = access.milestone_to_keep(by, milestone)
    if row.reached_on:
        raise Refused(_("This milestone is reached already."))
    if on > at.date():
        raise Refused(_("That day has not come yet."))
    row.reached_on = on
    with journal(REACH, by=by, at=at, scope=f"mission:{row.mission_id}") as page:
        page.save(row)
    return row
