"""A first is proposed by a person, never silently, and stands once a head of the house says so."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.entrusting import access
from marrow.entrusting.models import FirstTime
from marrow.people.actions.wording import prove_no_patient, prove_none_findable
from marrow.sources.actions import Source, tell_source

PROPOSE = Act("propose_first", gettext_lazy("Proposed a first"))
CONFIRM = Act("confirm_first", gettext_lazy("Confirmed a first"), undo=NEVER)
DECLINE = Act("decline_first", gettext_lazy("Said that something was not a first"), undo=NEVER)
State = FirstTime.State


def propose_first(
    *, organisation: UUID, first: FirstTime, source: Source | None = None, by: Viewer,
    at: dt.datetime,
) -> FirstTime:  # fmt: skip
    """Propose that a house did an item for the first time; `first` has item, side, place, day,
    by whom, what shows it, and the mission or step where there is one."""
    first.organisation = access.house_to_propose_for(by, organisation)
    _prove(first, at)
    first.state, first.proposed_by, first.proposed_at = State.PROPOSED, _who(by), at
    try:
        with (
            transaction.atomic(),
            journal(PROPOSE, by=by, at=at, scope=f"organisation:{organisation}") as page,
        ):
            page.save(first)
            if source:
                told = {"happened_on": first.happened_on}
                tell_source(page, about=first, told=told, source=source, at=at)
    except IntegrityError as other:
        raise Overtaken(_("This stands in the register already, or waits for the head.")) from other
    return first


def _prove(first: FirstTime, at: dt.datetime) -> None:
    if first.side not in FirstTime.Side.values or first.by_whom not in FirstTime.ByWhom.values:
        raise Refused(_("Say whose first it is, and who did it."))
    first.evidence = first.evidence.strip()[:300]
    prove_no_patient(first.evidence)
    prove_none_findable(first.evidence)
    if not first.evidence:
        raise Refused(_("Say what shows it."))
    if first.happened_on > at.date().isoformat():
        raise Refused(_("This day is still to come."))
    area = first.organisation.area
    if first.within and not (area and area.path.startswith(first.within.path)):
        raise Refused(_("The house does not lie in this place."))


def confirm_first(*, first: UUID, by: Viewer, at: dt.datetime) -> FirstTime:
    """The head says that it was so."""
    row = _decided(first, State.CONFIRMED, by, at)
    with journal(CONFIRM, by=by, at=at, scope=f"organisation:{row.organisation_id}") as page:
        page.save(row)
    return row


def decline_first(*, first: UUID, reason: str, by: Viewer, at: dt.datetime) -> FirstTime:
    """The head says that it was none, and why; it may be proposed again."""
    if not reason.strip():
        raise Refused(_("Say why."))
    prove_no_patient(reason)
    row = _decided(first, State.DECLINED, by, at)
    row.reason = reason.strip()[:300]
    with journal(DECLINE, by=by, at=at, scope=f"organisation:{row.organisation_id}") as page:
        page.save(row)
    return row


def _decided(first: UUID, state: str, by: Viewer, at: dt.datetime) -> FirstTime:
    row = access.first_to_decide(by, first)
    if row.state != State.PROPOSED:
        raise Overtaken(_("Somebody decided this meanwhile."))
    row.state, row.decided_by, row.decided_name, row.decided_at = state, _who(by), by.name[:200], at
    return row


def _who(by: Viewer) -> UUID:
    if by.person is None:
        raise Refused(_("Sign in first."))
    return by.person
