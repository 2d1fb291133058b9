"""What is ticked off for training follows what is required now, and the days on which it was held.

What somebody ticked, or opened again, by hand is theirs: no training moves it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal import Act
from marrow.core.journal.undoing import HELD_AS_IT_STANDS, changed_by
from marrow.core.journal.writing import Page
from marrow.core.models import Operation
from marrow.core.viewer import Viewer
from marrow.core.words import listing
from marrow.missions.models import Mission
from marrow.people.models import Credential
from marrow.teams.actions.checklists import TICK, settle
from marrow.teams.actions.panels import MARK, PLAN, missed
from marrow.teams.models import Assignment, Attendance, ChecklistItem, Step, TrainingSession
from marrow.teams.rules.stages import AT_HOME

CHANGE_TRAINING = Act("change_training", gettext_lazy("Changed a training"))
BY_A_TRAINING = (PLAN.name, MARK.name, CHANGE_TRAINING.name)  # acts that open a tick
OPENED_BY = (PLAN.name, CHANGE_TRAINING.name)
THERE = (Attendance.State.PRESENT, Attendance.State.EXCUSED)


def tick_who_has_all(page: Page, mission: Mission, by: Viewer, at: dt.datetime) -> None:
    """Of those who have been at all that is required now, training is ticked off: as it was before
    a training opened it, or on the last of the days at which they were."""
    if mission.status not in AT_HOME:
        return
    rows = ChecklistItem.objects.filter(
        assignment__seat__mission=mission, assignment__state__in=Assignment.HELD,
        step=Step.TRAINING, done_on=None, waived_on=None,
    )  # fmt: skip
    items = list(rows.select_related("assignment"))
    told = _last_told(items)
    for item in items:
        if missed(item.assignment, mission) or not _tick(item, told.get(item.pk), mission):
            continue
        page.save(item)
        settle(page, item, by, at)


def _tick(item: ChecklistItem, line: Operation | None, mission: Mission) -> bool:
    """Whether the item is ticked off now: again where `line` opened it, for the first time where
    nobody ever did."""
    if line is None:
        item.done_on = _last_day(item.assignment, mission)
        return item.done_on is not None
    if line.action not in BY_A_TRAINING:
        return False
    was = changed_by(line)
    item.done_on = dt.date.fromisoformat(was["done_on"][0])
    if paper := was.get("evidence_id", (None, None))[0]:
        item.evidence = Credential.objects.filter(pk=paper).first()
    return True


def move_ticks(page: Page, session: TrainingSession, was: dt.date) -> None:
    """A training that was held on another day than `was` told: training that was done by it was
    done on the other day."""
    there = Attendance.objects.filter(session=session, state__in=THERE)
    rows = ChecklistItem.objects.filter(
        assignment__attendances__in=there, step=Step.TRAINING, waived_on=None
    )
    items = list(rows.exclude(done_on=None).select_related("assignment"))
    told = _last_told(items)
    for item in items:
        line = told.get(item.pk)
        if line is None or line.action == TICK.name or item.evidence_id:
            continue
        last = session.held_on
        if session.required:
            last = _last_day(item.assignment, session.mission) or last
        if item.done_on == was or (session.required and item.done_on and last > item.done_on):
            item.done_on = last
            page.save(item)


def _last_day(who: Assignment, mission: Mission) -> dt.date | None:
    """The last day of the required sessions at which somebody was; None where they were at none."""
    there = Attendance.objects.filter(
        assignment=who, state__in=THERE, session__mission=mission, session__required=True
    )
    return max(there.values_list("session__held_on", flat=True), default=None)


def _last_told(items: Iterable[ChecklistItem]) -> dict[UUID, Operation]:
    """By item: the last line that ticked it off or opened it; nothing where none did."""
    lines = Operation.objects.filter(
        model=ChecklistItem._meta.label_lower, record__in=[item.pk for item in items],
        changes__contains='"done_on"',
    )  # fmt: skip
    return {line.record: line for line in lines.order_by("id")}


def nothing_is_required_since(lines: list[Operation]) -> str:
    """Why training that one session opened is not ticked off again by an undo: another session is
    required since, and was missed."""
    for line in lines:
        before, after = changed_by(line).get("done_on", (None, None))
        if line.action not in OPENED_BY or before is None or after is not None:
            continue
        who = Assignment.objects.select_related("person", "seat__mission").get(
            checklist=line.record
        )
        lacking = [s for s in missed(who, who.seat.mission) if _required_since(s, line)]
        if lacking:
            return _("%(person)s missed what is required since: %(sessions)s.") % {
                "person": who.person, "sessions": listing().join(map(str, lacking)),
            }  # fmt: skip
    return ""


def _required_since(session: TrainingSession, line: Operation) -> bool:
    later = Operation.objects.filter(
        model=TrainingSession._meta.label_lower, record=session.pk, id__gt=line.id,
        changes__contains='"required"',
    )  # fmt: skip
    return later.exclude(act=line.act).exists()


HELD_AS_IT_STANDS.setdefault(ChecklistItem._meta.label_lower, []).append(nothing_is_required_since)
