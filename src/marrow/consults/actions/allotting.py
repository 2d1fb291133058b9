"""Who answers: a specialist takes a case or gives it back; the office finds one, or nobody."""

from __future__ import annotations

import datetime as dt
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.consults import access
from marrow.consults.actions.holding import held, scope
from marrow.consults.actions.lateness import settle
from marrow.consults.models import Consult, Turning
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer

TAKE = Act("take_case", gettext_lazy("Took a case to answer it"), undo=NEVER)
ASSIGN = Act("assign_case", gettext_lazy("Gave a case to a specialist"), undo=NEVER)
TURN_DOWN = Act("turn_down_case", gettext_lazy("Could not take a case"), undo=NEVER)
DECLINE = Act("decline_case", gettext_lazy("Said that nobody can answer a case"), undo=NEVER)
State = Consult.State


def take(*, consult: UUID, by: Viewer, at: dt.datetime) -> Consult:
    """A specialist takes a case that waits, or accepts one that the office gave them."""
    given = access.cases_for(by).filter(pk=consult, assigned_to=by.person).first()
    row = given or access.case_to_take(by, consult)
    if given and (row.state != State.ASSIGNED or row.accepted_at):
        raise Refused(_("You have it already."))
    row.state, row.assigned_to = State.ASSIGNED, by.person
    row.assigned_at, row.accepted_at = row.assigned_at if given else at, at
    with held(row), journal(TAKE, by=by, at=at, scope=scope(row)) as page:
        page.save(row)
    return row


def assign(*, consult: UUID, specialist: UUID, by: Viewer, at: dt.datetime) -> Consult:
    """The office gives a case to one of those who might answer; they accept it or turn it down."""
    row = access.case_to_allot(by, consult)
    if row.state != State.SUBMITTED and not (row.state == State.ASSIGNED and not row.accepted_at):
        raise Refused(_("Only a case that waits can be given to somebody."))
    if specialist not in {account.pk for account in access.specialists_for(row)}:
        raise Refused(_("Choose one of those who might answer."))
    row.state, row.assigned_to, row.assigned_at = State.ASSIGNED, specialist, at
    with held(row), journal(ASSIGN, by=by, at=at, scope=scope(row)) as page:
        page.save(row)
    return row


def turn_down(*, consult: UUID, reason: str, by: Viewer, at: dt.datetime) -> Consult:
    """A specialist gives a case back; it waits for another, and the clock goes on."""
    row = access.case_of_specialist(by, consult)
    if row.state != State.ASSIGNED:
        raise Refused(_("It is answered; it cannot be given back."))
    if reason not in Turning.Why.values or by.person is None:
        raise Refused(_("Say why."))
    turning = Turning(id=uuid4(), consult=row, specialist=by.person, reason=reason, turned_at=at)
    row.state, row.assigned_to = State.SUBMITTED, None
    row.assigned_at = row.accepted_at = None
    with held(row), journal(TURN_DOWN, by=by, at=at, scope=scope(row)) as page:
        page.save(row)
        page.save(turning)
    return row


def decline(*, consult: UUID, why: str, by: Viewer, at: dt.datetime) -> Consult:
    """The office says that nobody can answer in time: told to who asked, and counted."""
    row = access.case_to_allot(by, consult)
    if row.state != State.SUBMITTED:
        raise Refused(_("Only a case that waits for a specialist can be declined."))
    if why not in Consult.BY_OFFICE:
        raise Refused(_("Say why."))
    row.state, row.why, row.closed_at = State.DECLINED, why, at
    with held(row), journal(DECLINE, by=by, at=at, scope=scope(row)) as page:
        page.save(row)
        settle(page, row, by, at)
    return row
