"""After the end: what was left is settled, support is told of, what is late becomes work."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.handovers import access
from marrow.handovers.actions import work
from marrow.handovers.models import FollowUp, Handover, Line
from marrow.people.actions.wording import prove_no_numbers
from marrow.sources.actions import close_work, open_work

SETTLE = Act("settle_line", gettext_lazy("Settled what a team had left"))
TELL = Act("tell_follow_up", gettext_lazy("Told what came of support after the end"))
LATE = Act("raise_overdue", gettext_lazy("Found work of a handover that is late"), undo=NEVER)
#: nobody's hand: the worker looks at the calendar
WORKER = Viewer(via="clock")


def settle_line(
    *, part: str, line: UUID, how: str, on: dt.date, by: Viewer, at: dt.datetime
) -> Line:
    """Say how something that was left is settled; its work is done with it."""
    row = access.line_to_settle(by, part, line)
    _complete(row.handover)
    if row.settled_on:
        raise Refused(_("This is settled already."))
    if not how.strip():
        raise Refused(_("Say how it was settled."))
    prove_no_numbers(how)
    _day(on, row.handover, at)
    row.settled_on, row.settled_how = on, how.strip()[:300]
    with journal(SETTLE, by=by, at=at, scope=_scope(row.handover)) as page:
        page.save(row)
        close_work(page, [work.line_key(row), work.late_key(row)], by=by, at=at)
    return row


def tell_follow_up(
    *, follow_up: UUID, done: bool, outcome: str, on: dt.date, by: Viewer, at: dt.datetime
) -> FollowUp:
    """Say what came of a follow-up, or why it did not take place."""
    row = access.follow_up_to_tell(by, follow_up)
    _complete(row.handover)
    if row.state != FollowUp.State.PLANNED:
        raise Refused(_("This is told already."))
    if not outcome.strip():
        raise Refused(_("Say what came of it, or why it was not done."))
    prove_no_numbers(outcome)
    _day(on, row.handover, at)
    row.state = FollowUp.State.DONE if done else FollowUp.State.NOT_DONE
    row.held_on, row.outcome = on, outcome.strip()[:300]
    with journal(TELL, by=by, at=at, scope=_scope(row.handover)) as page:
        page.save(row)
        close_work(page, [work.late_key(row)], by=by, at=at)
    return row


def raise_overdue(*, handover: UUID, at: dt.datetime) -> int:
    """Open work for what is late in a handover that all have signed; returns how much is new."""
    row = Handover.objects.filter(pk=handover, state=Handover.State.COMPLETE).first()
    items = work.of_overdue(row, at.date(), at) if row else []
    if row is None or not items:
        return 0
    with journal(LATE, by=WORKER, at=at, scope=_scope(row)) as page:
        return open_work(page, items)


def _complete(row: Handover) -> None:
    if row.state != Handover.State.COMPLETE:
        raise Refused(_("Not all have signed this handover yet."))


def _day(on: dt.date, row: Handover, at: dt.datetime) -> None:
    if on > at.date() or on < row.begun_on:
        raise Refused(_("The day lies before the handover or in the future."))


def _scope(row: Handover) -> str:
    return f"mission:{row.from_mission_id}"
