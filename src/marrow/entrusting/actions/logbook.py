"""A case is told, who watched confirms it, and on the strength of that a level is signed."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, Origin, journal
from marrow.core.journal.acts import NEVER
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.entrusting import access
from marrow.entrusting.actions.days import prove_could
from marrow.entrusting.models import Entrustment, LogCase
from marrow.entrusting.queries.logbook import confirmed, level_held
from marrow.entrusting.rules.entrusting import LEVELS, lacks_of_level
from marrow.people.actions.wording import prove_no_patient

LOG = Act("log_case", gettext_lazy("Entered a case in a logbook"))
CONFIRM = Act("confirm_case", gettext_lazy("Confirmed a case of a logbook"), undo=NEVER)
DECLINE = Act(
    "decline_logged_case", gettext_lazy("Did not confirm a case of a logbook"), undo=NEVER
)
ENTRUST = Act("entrust", gettext_lazy("Signed what somebody may do"), undo=NEVER)
State = LogCase.State
MOST = 60  # like cases of one person on one day


def log_case(*, person: UUID, case: LogCase, by: Viewer, at: dt.datetime) -> LogCase:
    """Enter cases of one day; `case` has item, day, role, count and who supervised. The supervisor
    who enters it, from their own account, confirms it in the same breath."""
    who = access.colleague_to_log(by, person)
    case.person, case.organisation = who, who.unit
    prove_could(who, case.on, at)
    if case.role not in LogCase.Role.values or not 1 <= case.count <= MOST:
        raise Refused(_("Say what they did, and in how many cases of the day: 1 to 60."))
    if case.supervisor_id == who.pk:
        raise Refused(_("Nobody supervises themselves."))
    access.may_name(by, who.unit_id, case.supervisor)
    case.supervisor_words = case.supervisor_words.strip()[:120]
    prove_no_patient(case.supervisor_words)
    if not case.supervisor and not case.supervisor_words and case.role != LogCase.Role.ALONE:
        raise Refused(_("Say who did it with them, or watched."))
    case.state, case.told_by, case.told_at = State.WAITING, _who(by), at
    if case.supervisor and access.watched_it(by, case):
        _decide(case, State.CONFIRMED, by, at)
    with journal(LOG, by=by, at=at, scope=_scope(case)) as page:
        page.save(case)
    return case


def confirm_case(
    *, case: UUID, by: Viewer, at: dt.datetime, origin: Origin | None = None
) -> LogCase:
    """Say from one's own account that it was so."""
    row = _waiting(case, by)
    _decide(row, State.CONFIRMED, by, at)
    with journal(CONFIRM, by=by, at=at, scope=_scope(row), origin=origin) as page:
        page.save(row)
    return row


def decline_case(
    *, case: UUID, reason: str, by: Viewer, at: dt.datetime, origin: Origin | None = None
) -> LogCase:
    """Say that it was not so, and why; no level rests on it."""
    row = _waiting(case, by)
    if not reason.strip():
        raise Refused(_("Say why."))
    prove_no_patient(reason)
    _decide(row, State.DECLINED, by, at)
    row.reason = reason.strip()[:300]
    with journal(DECLINE, by=by, at=at, scope=_scope(row), origin=origin) as page:
        page.save(row)
    return row


def _waiting(case: UUID, by: Viewer) -> LogCase:
    row = access.case_to_decide(by, case)
    if row.state != State.WAITING:
        raise Overtaken(_("Somebody decided this case meanwhile."))
    return row


def _decide(row: LogCase, state: str, by: Viewer, at: dt.datetime) -> None:
    row.state, row.decided_by, row.decided_name, row.decided_at = state, _who(by), by.name[:200], at


def entrust(*, person: UUID, level: Entrustment, by: Viewer, at: dt.datetime) -> Entrustment:
    """Sign a level; `level` has item, level, day and, for going back, the reason. The hospital's
    head signs, or a visiting expert who confirmed a case of theirs."""
    who = access.colleague_to_entrust(by, person)
    level.person, level.organisation = who, who.unit
    if level.level not in LEVELS:
        raise Refused(_("Choose a level from 1 to 5."))
    prove_could(who, level.on, at)
    shown = confirmed(who, level.item_id, level.on)
    level.before = level_held(who, level.item_id, level.on)
    prove_no_patient(level.reason)
    level.reason, level.cases = level.reason.strip()[:300], sum(c.count for c in shown)
    prove_no_patient(level.reason)
    _prove(level, {c.role for c in shown})
    level.side = _side(level, by, {c.decided_by for c in shown})
    level.signer, level.signer_name, level.signed_at = _who(by), by.name[:200], at
    with journal(ENTRUST, by=by, at=at, scope=f"organisation:{who.unit_id}") as page:
        page.save(level)
    return level


def _prove(level: Entrustment, roles: set[str]) -> None:
    lacks = lacks_of_level(level.before, level.level, roles, reason=level.reason)
    if "SAME" in lacks:
        raise Refused(_("They stand on this level already on that day."))
    if "REASON" in lacks:
        raise Refused(_("Say why they go back."))
    if "CASES" in lacks:
        raise Refused(
            _("No confirmed case shows this by that day. Confirm the cases it rests on first.")
        )


def _side(level: Entrustment, by: Viewer, watched: set[UUID | None]) -> str:
    """The side for which it is signed: the head's, or that of a visitor who watched."""
    sides = access.sides_of(by, level.person)
    if access.HEAD in sides:
        return access.HEAD
    if not access.knows(by, level):
        raise Refused(_("Another specialty: who knows the item signs, or the head."))
    if level.level > (level.before or 0) and by.person not in watched:
        raise Refused(_("You confirmed none of these cases: who watched signs, or the head."))
    return access.VISITOR


def _who(by: Viewer) -> UUID:
    if by.person is None:
        raise Refused(_("Sign in first."))
    return by.person


def _scope(row: LogCase) -> str:
    return f"organisation:{row.organisation_id}"
