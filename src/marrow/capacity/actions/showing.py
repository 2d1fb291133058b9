"""What shows a step: the cases that are told with it, or anew where the old ones count no more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity.actions.first_team import prove_since_first_team
from marrow.capacity import access
from marrow.capacity.models import Evidence, Step
from marrow.core.journal import Act, journal
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.directory.queries import counted_as_one_with
from marrow.people.actions.wording import prove_nobody_treated

SHOW = Act("show_step_anew", gettext_lazy("Recorded new cases that show a step"))


def prove_cases(
    organisation: UUID, item: UUID, evidence: Sequence[Evidence], at: dt.datetime
) -> None:
    """Cases were done at the hospital, of this item, on days since 1963 that came; their words
    name nobody."""
    here = counted_as_one_with(organisation)
    for one in evidence:
        if one.deed and (one.deed.organisation_id not in here or one.deed.void_reason):
            raise Refused(_("This record is another hospital’s, or it was taken back."))
        if one.deed and one.deed.item_id not in (None, item):
            raise Refused(_("One of these records is of something else than this item."))
        if one.cases < 1 or not one.how.strip():
            raise Refused(_("Say how many cases there were, and how they were done."))
        prove_nobody_treated(one.how)
        prove_since_first_team(one.from_on)
        if one.until_on < one.from_on or one.until_on > at.date():
            raise Refused(_("The cases were done from a first to a last day, none still to come."))


def show_step_anew(
    *, step: UUID, evidence: Sequence[Evidence], by: Viewer, at: dt.datetime
) -> Step:
    """Record cases that show a signed step of which nothing counts any more: its level, its day and
    its signatures stay. The cases are younger than the step: they show that it still holds."""
    row = access.step_to_drop(by, step)
    if row.state != Step.State.HOLDS or row.level <= (row.before or 0):
        raise Overtaken(_("This step stands otherwise by now. Look at it again."))
    if any(one.counts for one in row.evidence.select_related("deed")):
        raise Overtaken(_("What shows this step counts: nothing is asked of it."))
    if not evidence:
        raise Refused(_("Choose records, or say which cases."))
    prove_cases(row.organisation_id, row.item_id, evidence, at)
    if any(one.from_on < row.on for one in evidence):
        words = _("New cases were done on %(day)s, the day of the step, or later: older ones do not"
                  " show that it still holds.")  # fmt: skip
        raise Refused(words % {"day": row.on})
    with journal(SHOW, by=by, at=at, scope=f"organisation:{row.organisation_id}") as page:
        for one in evidence:
            one.step = row
            page.save(one)
    return row
