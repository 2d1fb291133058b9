"""A mission stays longer: its new end, why, and who stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.days import prove_planned
from marrow.core.journal import Act, journal
from marrow.core.partial_dates import latest
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.missions.models import Mission
from marrow.people.actions.wording import prove_no_numbers
from marrow.posts import access
from marrow.posts.models import Extension, Stay
from marrow.teams.actions import free_for, move_stage
from marrow.teams.models import Assignment

DAY = dt.timedelta(days=1)
LONGEST = 3  # years from today to which a team stays
EXTEND = Act("extend", gettext_lazy("Extended a mission"))


def extend(
    *, mission: UUID, on: dt.date, planned_end_on: dt.date, reason: str, staying: Collection[UUID],
    by: Viewer, at: dt.datetime, emergency: bool = False,
) -> Extension:  # fmt: skip
    """Extend a mission to a new last day; those who stay keep their seats until it is over."""
    row = access.mission_to_watch(by, mission)
    people = list(access.serving(row).filter(pk__in=staying))
    _proved(row, planned_end_on, reason, people, staying)
    _prove_follows(row, on, at)
    prove_planned(planned_end_on, at=at, years=LONGEST, since=on)
    with transaction.atomic():
        if row.status != Mission.Status.EXTENDED:
            row = move_stage(mission=mission, stage="EXTENDED", on=on, reason=reason, by=by, at=at)
        longer = Extension(
            id=uuid4(), mission=row, on=on, planned_end_on=planned_end_on, emergency=emergency,
            reason=reason.strip()[:300],
        )  # fmt: skip
        row.planned_end_on = planned_end_on.isoformat()
        if emergency and Mission.Tag.STAYED_ON not in row.tags:
            row.tags = [*row.tags, Mission.Tag.STAYED_ON.value]
        with journal(EXTEND, by=by, at=at, scope=f"mission:{row.pk}") as page:
            page.save(row)
            page.save(longer)
            for one in people:
                page.save(Stay(id=uuid4(), extension=longer, assignment=one))
                one.seat.until_on = planned_end_on + DAY  # the first day after
                with free_for(one):
                    page.save(one.seat)
    return longer


def _proved(
    mission: Mission, planned_end_on: dt.date, reason: str, people: list[Assignment],
    staying: Collection[UUID],
) -> None:  # fmt: skip
    if not reason.strip():
        raise Refused(_("Say why."))
    prove_no_numbers(reason)
    if mission.planned_end_on and planned_end_on <= latest(mission.planned_end_on):
        raise Refused(_("The new end lies after the planned one, %s.") % mission.planned_end_on)
    if not people or len(people) != len(set(staying)):
        raise Refused(_("Say who stays: at least one of those on post."))
    for one in people:
        if one.seat.last_on and planned_end_on <= one.seat.last_on:
            raise Refused(_("The new end lies after the planned one, %s.") % one.seat.last_on)


def _prove_follows(mission: Mission, on: dt.date, at: dt.datetime) -> None:
    """The first extension is a stage, and is held to its days; those after it follow it."""
    last = Extension.objects.filter(mission=mission).order_by("on").last()
    if last and not last.on <= on <= at.date():
        raise Refused(_("The day lies before the last extension or in the future."))
