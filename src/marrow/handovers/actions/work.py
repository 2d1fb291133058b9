"""The work items that a handover opens, each with its key, and when it is looked at again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from marrow.core.book import same_id
from marrow.core.jobs import enqueue
from marrow.core.models import Record
from marrow.handovers import access, queries
from marrow.handovers.models import Fault, FollowUp, Handover, Line, OpenPatients, Signature
from marrow.handovers.rules.following import overdue
from marrow.sources.models import WorkItem

OVERDUE_JOB = "handover-overdue"
Side = Signature.Side


def sign_key(row: Handover, side: str) -> str:
    return f"handover-sign:{row.pk}:{row.version}:{side}"


def line_key(line: Record) -> str:
    return f"handover:{line.pk}"


def late_key(line: Record) -> str:
    return f"handover-late:{line.pk}"


def _item(
    key: str, code: str, about: Record, role: str, at: dt.datetime, **told: object
) -> WorkItem:
    return WorkItem(
        id=same_id("work", key), key=key, code=code, about_model=about._meta.label_lower,
        about=about.pk, role=role, opened_at=at, params=told,
    )  # fmt: skip


def to_sign(row: Handover, at: dt.datetime) -> list[WorkItem]:
    """One item a side: for who signs, or for the office where only a paper can be signed."""
    found = []
    for side in Side.values:
        code, role = "HANDOVER_SIGN", "recipient" if side == Side.RECIPIENT else "leader"
        if not access.has_account(row, side):
            code, role = "HANDOVER_PAPER", "office"
        mission = row.to_mission if side == Side.INCOMING else row.from_mission
        found.append(
            _item(
                sign_key(row, side), code, row, role, at,
                mission=str(mission.pk if mission else ""),
            )
        )  # fmt: skip
    return found


def withdrawn(row: Handover, signed: Iterable[Signature], at: dt.datetime) -> list[WorkItem]:
    """Whoever signed from their own account is told that this no longer holds."""
    return [
        _item(
            f"handover-withdrawn:{s.pk}", "HANDOVER_WITHDRAWN", row,
            "recipient" if s.side == Side.RECIPIENT else "leader", at,
            person=str(s.signer),
        )
        for s in signed
        if s.way == Signature.Way.OWN_ACCOUNT
    ]  # fmt: skip


def of_lines(row: Handover, at: dt.datetime) -> list[WorkItem]:
    """What was left becomes work of the leader who follows, else of the office."""
    role = "leader" if access.has_account(row, Side.INCOMING) else "office"
    found = []
    for part in queries.WORK:
        for line in queries.rows_of(row, part):
            item = _item(line_key(line), _code(line), line, role, at, what=_words(line),
                         mission=str(row.to_mission_id or ""))  # fmt: skip
            if isinstance(line, OpenPatients) and line.count is not None:
                item.params["count"] = line.count
            item.due_on = getattr(line, "due_on", None)
            found.append(item)
    return found


def _words(line: Record) -> object:
    """What is left, in all languages in which it was told."""
    return line.in_each(line.HEADING) if isinstance(line, Line) else str(line)


def _code(line: Record) -> str:
    if isinstance(line, OpenPatients):
        return "HANDOVER_PATIENTS" if line.count is not None else "HANDOVER_PATIENTS_UNCOUNTED"
    return "HANDOVER_FAULT" if isinstance(line, Fault) else "HANDOVER_PROMISE"


def of_overdue(row: Handover, today: dt.date, at: dt.datetime) -> list[WorkItem]:
    """What should have been done by now and was not, for the office."""
    found = []
    for follow_up in FollowUp.objects.filter(handover=row, state=FollowUp.State.PLANNED):
        if overdue(follow_up.due_on, today):
            late = _item(late_key(follow_up), "FOLLOW_UP_OVERDUE", follow_up, "office", at,
                         what=follow_up.in_each("topic"))  # fmt: skip
            late.due_on = follow_up.due_on
            found.append(late)
    for part in queries.WORK:
        for line in queries.rows_of(row, part):
            due = getattr(line, "due_on", None)
            if getattr(line, "settled_on", None) is None and overdue(due, today):
                late = _item(
                    late_key(line), "HANDOVER_OVERDUE", line, "office", at, what=_words(line)
                )
                late.due_on = due
                found.append(late)
    return found


def look_again(row: Handover, at: dt.datetime) -> None:
    """Queue a look at the handover for the day after each of its days."""
    days = {
        getattr(line, "due_on", None) for p in queries.PARTS for line in queries.rows_of(row, p)
    }
    for day in sorted(filter(None, days)):
        when = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(1), dt.UTC)
        enqueue(OVERDUE_JOB, key=f"{row.pk}:{day}", at=at, not_before=max(when, at))
