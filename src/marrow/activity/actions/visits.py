"""Counting visits; a mistake is voided with its reason, never deleted."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.activity import access
from marrow.activity.actions.away import prove_was_away
from marrow.activity.models import Visits
from marrow.activity.rules.visits import fault_of
from marrow.core.journal import Act, Origin, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import prove_no_patient

COUNT = Act("count_visits", gettext_lazy("Counted visits"))
CORRECT = Act("correct_visits", gettext_lazy("Corrected a count of visits"))
VOID = Act("void_visits", gettext_lazy("Voided a count of visits"))
FAULTS = {
    "COUNT": gettext_lazy("Count from 1 to 5,000 visits."),
    "FUTURE": gettext_lazy("This day has not come yet."),
    "TOO_EARLY": gettext_lazy("No team was sent before 1963."),
}


def count_visits(
    *,
    mission: UUID,
    held_on: dt.date,
    count: int,
    by: Viewer,
    at: dt.datetime,
    note: str = "",
    id: UUID | None = None,  # noqa: A002  the row's own id, chosen on the phone
    origin: Origin | None = None,
) -> Visits:
    """Record how many visits (人次) a team counted on one day."""
    row = access.mission_to_record(by, mission)
    if fault := fault_of(count, held_on, at.date()):
        raise Refused(FAULTS[fault])
    prove_was_away(row, held_on)
    if origin is None:  # a phone's count is not lost for its note
        prove_no_patient(note)
    visits = Visits(id=id or uuid4(), mission=row, held_on=held_on, count=count)
    with journal(COUNT, by=by, at=at, scope=f"mission:{row.pk}", origin=origin) as page:
        visits.note = note.strip()[:2000]
        page.save(visits)
    return visits


def correct_visits(
    *, visits: UUID, held_on: dt.date, count: int, by: Viewer, at: dt.datetime,
    origin: Origin | None = None, lifts_void: bool = False,
) -> Visits:  # fmt: skip
    """Put the day or the number of a count right. With `lifts_void` a person decided that it was
    no mistake: it counts again."""
    row = access.visits_for(by, visits)
    if row.void_reason and not lifts_void:
        raise Refused(_("It is void already."))
    if fault := fault_of(count, held_on, at.date()):
        raise Refused(FAULTS[fault])
    prove_was_away(row.mission, held_on)
    row.held_on, row.count, row.void_reason = held_on, count, ""
    with journal(CORRECT, by=by, at=at, scope=f"mission:{row.mission_id}", origin=origin) as page:
        page.save(row)
    return row


def void_visits(
    *, visits: UUID, reason: str, by: Viewer, at: dt.datetime, origin: Origin | None = None
) -> Visits:
    """Say that a count was a mistake, and why. It stays readable and counts no more."""
    row = access.visits_for(by, visits)
    if not reason.strip():
        raise Refused(_("Say why it is void."))
    prove_no_patient(reason)
    if row.void_reason:
        raise Refused(_("It is void already."))
    row.void_reason = reason.strip()[:200]
    with journal(VOID, by=by, at=at, scope=f"mission:{row.mission_id}", origin=origin) as page:
        page.save(row)
    return row
