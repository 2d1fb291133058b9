"""Task sheets and the target card: what is set, how far it is and who says so."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import UUID, uuid4

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.agreements import access
from marrow.agreements.actions.plans import Told, is_one_of, prove_period_of, scope_of
from marrow.agreements.models import Requirement, Target, TaskLine, TaskSheet
from marrow.core.journal import Act, journal
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer
from marrow.people.actions.wording import prove_no_patient
from marrow.programmes.models import Agreement
from marrow.sources.actions import Source, tell_source
from marrow.sources.rules import MEASURES

OPEN = Act("open_sheet", gettext_lazy("Opened a task sheet for a year"))
ADD = Act("add_task", gettext_lazy("Added a task to a task sheet"))
TARGET = Act("set_target", gettext_lazy("Set a target"))
FAR = Act("say_how_far", gettext_lazy("Said how far a task or target is"))
DROP = Act("drop_aimed", gettext_lazy("Dropped a task or target"))


def open_sheet(
    *, programme: str, year: int, by: Viewer, at: dt.datetime, agreement: UUID | None = None
) -> TaskSheet:
    """Open the sheet of a year: of the programme, or of one of its agreements; once each."""
    owner = access.work_to_keep(by, programme)
    row = TaskSheet(id=uuid4(), programme=owner, agreement_id=agreement, year=year)
    prove_sheet(row)
    with journal(OPEN, by=by, at=at, scope=scope_of(owner)) as page:
        page.save(row)
    return row


def prove_sheet(row: TaskSheet) -> Told:
    if not is_one_of(Agreement, row.agreement_id, row.programme):
        raise Refused(_("This agreement is not one of this programme."))
    same = TaskSheet.objects.filter(
        programme=row.programme, agreement=row.agreement_id, year=row.year
    )
    if same.exclude(pk=row.pk).exists():
        raise Refused(_("There is a task sheet of this year already."))
    return {}


def add_task(
    *, sheet: UUID, text: str, language: str, by: Viewer, at: dt.datetime,
    aim: Decimal | None = None, measured_in: str = "", requirement: UUID | None = None,
) -> TaskLine:  # fmt: skip
    """Add a task: with a number and its unit, or without; which requirement it answers."""
    row = access.sheet_to_keep(by, sheet)
    last = row.lines.order_by("-nth").first()
    line = TaskLine(
        id=uuid4(), sheet=row, nth=last.nth + 1 if last else 1, text=text, language=language,
        aim=aim, measured_in=measured_in, requirement_id=requirement,
    )  # fmt: skip
    prove_task(line)
    with journal(ADD, by=by, at=at, scope=scope_of(row.programme)) as page:
        page.save(line)
    return line


def prove_task(row: TaskLine) -> Told:
    row.text, row.measured_in = row.text.strip()[:300], row.measured_in.strip()[:40]
    if not row.text:
        raise Refused(_("Say what is to be done."))
    prove_no_patient(row.text)
    _one_unit(row.aim, row.measured_in)
    if not is_one_of(Requirement, row.requirement_id, row.sheet.programme):
        raise Refused(_("This requirement is not one of this programme."))
    return {}


def set_target(  # noqa: PLR0913  a target is all of these
    *, programme: str, measure: str, text: str, language: str, aim: Decimal | None,
    measured_in: str, by_on: str, by: Viewer, at: dt.datetime, period: UUID | None = None,
) -> Target:  # fmt: skip
    """Set a target by a measure that Marrow knows, or in words with a unit."""
    owner = access.work_to_keep(by, programme)
    row = Target(
        id=uuid4(), programme=owner, measure=measure, text=text, language=language, aim=aim,
        measured_in=measured_in, by_on=by_on, period_id=period,
    )  # fmt: skip
    prove_target(row)
    with journal(TARGET, by=by, at=at, scope=scope_of(owner)) as page:
        page.save(row)
    return row


def prove_target(row: Target) -> Told:
    row.text = row.text.strip()[:300]
    row.measured_in = "" if row.measure else row.measured_in.strip()[:40]
    prove_no_patient(row.text)
    if row.measure and row.measure not in MEASURES:
        raise Refused(_("There is no such measure."))
    if not row.measure and not row.text:
        raise Refused(_("Choose a measure, or say what shall be reached."))
    prove_no_patient(row.text)
    if row.aim is None:
        raise Refused(_("Say how much shall be reached."))
    if not row.measure:
        _one_unit(row.aim, row.measured_in)
    prove_period_of(row.programme, row.period_id)
    return {}


def _one_unit(aim: Decimal | None, measured_in: str) -> None:
    if aim is not None and aim < 0:
        raise Refused(_("An aim is a number that is not below zero."))
    if aim is not None and not measured_in.strip():
        raise Refused(_("Say in what it is counted: persons, operations, days."))


def say_how_far(
    *, aimed: UUID, source: Source, by: Viewer, at: dt.datetime, reached: Decimal | None = None,
    as_of: str = "", done_on: str = "",
) -> TaskLine | Target:  # fmt: skip
    """Say how far it is: the number with its day, or the day on which a task was done."""
    row = access.aimed_to_keep(by, aimed)
    if row.dropped_on:
        raise Refused(_("This was dropped already."))
    if isinstance(row, Target) and row.measure:
        raise Refused(_("This target stands where its published figures stand."))
    told: dict[str, object]
    if row.aim is None and isinstance(row, TaskLine):
        if not done_on:
            raise Refused(_("Say when it was done."))
        row.done_on, told = done_on, {"done_on": done_on}
    else:
        if reached is None or reached < 0 or not as_of:
            raise Refused(_("Say the number, and as of when."))
        row.reached, row.as_of, told = reached, as_of, {"reached": _plain(reached)}
    with journal(FAR, by=by, at=at, scope=scope_of(access.owner_of(row))) as page:
        page.save(row)
        tell_source(page, about=row, told=told, source=source, at=at)
    return row


def _plain(number: Decimal) -> object:
    return int(number) if number == number.to_integral_value() else number


def drop_aimed(*, aimed: UUID, reason: str, by: Viewer, at: dt.datetime) -> TaskLine | Target:
    """Say that a task or target is pursued no more, and why; what was said of it stays."""
    row = access.aimed_to_keep(by, aimed)
    if row.dropped_on:
        raise Refused(_("This was dropped already."))
    if not reason.strip():
        raise Refused(_("Say why."))
    prove_no_patient(reason)
    row.dropped_on, row.reason = at.date(), reason.strip()[:300]
    with journal(DROP, by=by, at=at, scope=scope_of(access.owner_of(row))) as page:
        page.save(row)
    return row
