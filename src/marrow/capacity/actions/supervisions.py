"""An expert from afar stands by a hospital in a specialty; both sign, and either ends it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.capacity import access
from marrow.capacity.models import Supervision
from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import prove_nobody_treated

OFFER = Act("offer_supervision", gettext_lazy("Offered to stand by from afar"), undo=NEVER)
ACCEPT = Act("accept_supervision", gettext_lazy("Signed a supervision from afar"), undo=NEVER)
END = Act("end_supervision", gettext_lazy("Ended a supervision from afar"), undo=NEVER)
LONGEST = 3 * 366  # days


def offer_supervision(
    *, organisation: UUID, specialty: str, from_on: dt.date, until_on: dt.date, by: Viewer,
    at: dt.datetime,
) -> Supervision:  # fmt: skip
    """Offer, and sign, to stand by. It counts from its first day on once the head has signed."""
    hospital = access.hospital_to_supervise(by, organisation)
    if by.person is None:
        raise Refused(_("Sign in first."))
    if specialty not in SPECIALTIES:
        raise Refused(_("Choose a specialty."))
    if until_on < from_on or (until_on - from_on).days > LONGEST:
        raise Refused(_("It runs from a first to a last day, three years at most."))
    if Supervision.objects.filter(
        organisation=hospital, specialty=specialty, expert=by.person, ended_on=None,
        from_on__lte=until_on, until_on__gte=from_on,
    ).exists():  # fmt: skip
        raise Refused(_("You stand by this hospital in this specialty at that time already."))
    row = Supervision(
        id=uuid4(), organisation=hospital, specialty=specialty, from_on=from_on, until_on=until_on,
        expert=by.person, expert_name=by.name[:200], offered_at=at,
    )  # fmt: skip
    with journal(OFFER, by=by, at=at, scope=_scope(row)) as page:
        page.save(row)
    return row


def accept_supervision(*, supervision: UUID, by: Viewer, at: dt.datetime) -> Supervision:
    """The head signs; a supervision never counts for days before it was signed."""
    row = access.supervision_to_accept(by, supervision)
    if row.signed_at or row.ended_on:
        raise Overtaken(_("This offer no longer waits."))
    if by.person is None or by.person == row.expert:
        raise Refused(_("One account signs once: the expert for afar, the head for the hospital."))
    if row.until_on < at.date():
        raise Refused(_("Its last day has passed. Ask for a new offer."))
    row.accepted_by, row.accepted_name, row.signed_at = by.person, by.name[:200], at
    row.from_on = max(row.from_on, at.date())
    with journal(ACCEPT, by=by, at=at, scope=_scope(row)) as page:
        page.save(row)
    return row


def end_supervision(
    *, supervision: UUID, on: dt.date, reason: str, by: Viewer, at: dt.datetime
) -> Supervision:
    """From this day on nobody stands by; an offer that nobody signed is withdrawn so."""
    row = access.supervision_to_end(by, supervision)
    if row.ended_on:
        raise Overtaken(_("It was ended already."))
    if not reason.strip():
        raise Refused(_("Say why."))
    prove_nobody_treated(reason)
    if not row.from_on <= on <= row.until_on and row.signed_at:
        raise Refused(_("Say a day on which it ran."))
    prove_nobody_treated(reason)
    row.ended_on, row.ended_why = on, reason.strip()[:300]
    with journal(END, by=by, at=at, scope=_scope(row)) as page:
        page.save(row)
    return row


def _scope(row: Supervision) -> str:
    return f"organisation:{row.organisation_id}"
