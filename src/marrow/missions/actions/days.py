"""The days of a mission: one rule for its pages, its API, its importers and doubts accepted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.days import prove_happened, prove_planned
from marrow.core.journal.undoing import HELD_AS_IT_STANDS, becoming, changed_by
from marrow.core.models import Operation
from marrow.core.partial_dates import is_partial_date
from marrow.core.refusals import Refused
from marrow.missions.models import Mission
from marrow.missions.queries import lives
from marrow.missions.rules.journeys import HAPPENED, LONGEST, STARTS, apart, disorder

DAYS = (*HAPPENED, "planned_end_on")
TOLD = (*HAPPENED, "status_as_of")  # what has happened by the day that is written
FIRST = dt.date(1950, 1, 1)  # the first teams of these programmes left in 1963
HOME = (Mission.Status.DEBRIEFING, Mission.Status.CLOSED)
SIGNED = gettext_lazy("An agreement is signed before the team leaves.")
RETURNED = gettext_lazy("A batch cannot return before it left.")
PLANNED = gettext_lazy("The planned end cannot lie before the team came.")
OUT_OF_ORDER = {
    **{("signed_on", late): SIGNED for late in HAPPENED},
    ("departed_on", "arrived_on"): gettext_lazy("A batch cannot arrive before it left."),
    ("departed_on", "returned_on"): RETURNED,
    ("arrived_on", "returned_on"): RETURNED,
    **{(early, "planned_end_on"): PLANNED for early in STARTS},
}


def prove_days(row: Mission, changed: Collection[str], at: dt.datetime) -> None:
    """Refuses changed days that are none, cannot have been yet, or break the order of a journey.

    What is not changed stands as it is: a wrong day must not bar the way to any other column.
    """
    fresh = {
        column: getattr(row, column) for column in (*DAYS, "status_as_of") if column in changed
    }
    if any(day and not is_partial_date(day) for day in fresh.values()):
        raise Refused(_("Write a year, a month or a day: 2006, 2006-09 or 2006-09-04."))
    prove_happened(*(fresh.get(column) for column in TOLD), at=at, since=FIRST)
    prove_planned(fresh.get("planned_end_on"), at=at, years=LONGEST, since=FIRST)
    if said := _no_journey(row, changed):
        raise Refused(said)
    if fresh.get("returned_on") and row.status not in HOME and lives(row):
        raise Refused(_("This team is not home: it comes home on its own page, with its people."))


def _no_journey(row: Mission, changed: Collection[str]) -> str:
    """What is wrong with the order or the length of the journey, as far as it is changed."""
    days = {column: getattr(row, column) for column in DAYS}
    if pair := disorder(days, changed):
        return str(OUT_OF_ORDER[pair])
    if pair := apart(days, changed):
        early, late = (days[column] for column in pair)
        words = _("%(early)s and %(late)s lie too far apart for one journey: look at both days.")
        return words % {"early": early, "late": late}
    return ""


def days_fit_again(lines: list[Operation]) -> str:
    """Why days of a mission do not come back by the journal: they no longer fit the others."""
    changed = {column for line in lines for column in changed_by(line)}
    rows = [row for row in becoming(lines) if isinstance(row, Mission)]
    return next(filter(None, (_no_journey(row, changed) for row in rows)), "")


HELD_AS_IT_STANDS.setdefault(Mission._meta.label_lower, []).append(days_fit_again)
