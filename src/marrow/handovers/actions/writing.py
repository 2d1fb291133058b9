"""A handover is begun, written line by line, handed in, and taken back where it must change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.days import prove_planned
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.partial_dates import months_after
from marrow.core.refusals import Overtaken, Refused
from marrow.core.viewer import Viewer
from marrow.handovers import access, queries
from marrow.handovers.actions import work
from marrow.handovers.actions.holding import held
from marrow.handovers.models import FollowUp, Handover, Line, OpenPatients, Promise, Trainee
from marrow.handovers.rules.following import MONTHS
from marrow.people.actions.wording import prove_no_names, prove_no_numbers
from marrow.sources.actions import close_work, open_work
from marrow.teams.models import Seat

BEGIN = Act("begin_handover", gettext_lazy("Began a handover"))
NEXT = Act("name_next", gettext_lazy("Said who follows"))
ADD = Act("add_line", gettext_lazy("Wrote a line of a handover"))
REMOVE = Act("remove_line", gettext_lazy("Took a line out of a handover"))
PLAN = Act("plan_follow_ups", gettext_lazy("Planned support after the end"))
HAND_IN = Act("hand_in", gettext_lazy("Handed a handover in"), undo=NEVER)
TAKE_BACK = Act("take_back", gettext_lazy("Took a handover back to change it"), undo=NEVER)
State = Handover.State
FURTHEST = 10  # years ahead by which something may be due


def begin_handover(
    *, mission: UUID, to_mission: UUID | None, why_nobody: str, by: Viewer, at: dt.datetime
) -> Handover:
    """Begin the handover of a mission: to the next one, or to nobody with the reason."""
    left = access.mission_to_hand_over(by, mission)
    if left.status not in queries.AWAY_OR_BACK or not Seat.objects.filter(mission=left).exists():
        raise Refused(_("A team hands over once it is on post, and before it is closed."))
    row = Handover(id=uuid4(), from_mission=left, state=State.DRAFT, version=0, begun_on=at.date())
    _name(row, to_mission, why_nobody)
    try:
        with transaction.atomic(), journal(BEGIN, by=by, at=at, scope=_scope(row)) as page:
            page.save(row)
    except IntegrityError as begun:
        raise Overtaken(_("The handover of this team is begun already.")) from begun
    return row


def name_next(
    *, handover: UUID, to_mission: UUID | None, why_nobody: str, by: Viewer, at: dt.datetime
) -> Handover:
    """Say which mission follows, or why none does."""
    row = _draft(by, handover)
    _name(row, to_mission, why_nobody)
    with held(row), journal(NEXT, by=by, at=at, scope=_scope(row)) as page:
        page.save(row)
    return row


def _name(row: Handover, to_mission: UUID | None, why_nobody: str) -> None:
    why = why_nobody.strip()[:300]
    if bool(to_mission) == bool(why):
        raise Refused(_("Choose the mission that follows, or say why none does."))
    may = {m.pk: m for m in queries.next_missions(row.from_mission)}
    if to_mission and to_mission not in may:
        raise Refused(_("Only a later mission to the same place can follow."))
    prove_no_numbers(why)
    row.to_mission, row.why_nobody = may[to_mission] if to_mission else None, why


def add_line(*, handover: UUID, line: Line, by: Viewer, at: dt.datetime) -> Line:
    """Write one thing that is left. Names, telephone and identity numbers are refused."""
    row = _draft(by, handover)
    line.handover, line.written_at = row, at
    _proved(line, by)
    _near(row, getattr(line, "due_on", None), at)
    with held(row), journal(ADD, by=by, at=at, scope=_scope(row)) as page:
        page.save(line)
    return line


def _near(row: Handover, day: dt.date | None, at: dt.datetime) -> None:
    """What is planned at a handover lies after its team left, and some years ahead at most."""
    left = row.from_mission
    since = left.departed_on or left.arrived_on or months_after(at.date(), -12)
    prove_planned(day, at=at, years=FURTHEST, since=since)


def _proved(line: Line, by: Viewer) -> None:
    for column in line.FROZEN:
        if isinstance(text := getattr(line, column), str):
            prove_no_numbers(text)
    if isinstance(line, OpenPatients):
        if line.specialty and line.specialty not in SPECIALTIES:
            raise Refused(_("Choose a specialty from the list."))
        if line.count == 0:
            raise Refused(
                _("Where no patient is open, write no line; an unknown count stays empty.")
            )
        prove_no_names(line.needs)
    if isinstance(line, Trainee):
        _who(line, by)
    if isinstance(line, Promise) and not line.to_whom.strip():
        raise Refused(_("Say to whom it was promised."))


def _who(line: Trainee, by: Viewer) -> None:
    if (line.person_id is None) == (not line.described.strip()):
        if line.person_id is None:
            raise Refused(_("Choose a person, or describe them without a name."))
        raise Refused(_("Either a person of the directory or a description, not both."))
    if line.person_id:
        may = queries.trainees_to_choose(by, line.handover)
        if not may.filter(pk=line.person_id).exists():
            raise Refused(
                _("Only a person of the hospital where the team served is trained there.")
            )
    prove_no_names(line.described)


def remove_line(*, handover: UUID, part: str, line: UUID, by: Viewer, at: dt.datetime) -> None:
    """Take a line or a planned follow-up out again, before it is handed in."""
    row = _draft(by, handover)
    rows = queries.rows_of(row, part) if part in queries.PARTS else []
    found = next((one for one in rows if one.pk == line), None)
    if found is None:
        raise Refused(_("This line is not there any more."))
    with held(row), journal(REMOVE, by=by, at=at, scope=_scope(row)) as page:
        page.remove(found)


def plan_follow_ups(
    *, handover: UUID, topic: str, person: UUID | None, unit: UUID | None, end_on: dt.date,
    months: Sequence[int], by: Viewer, at: dt.datetime,
) -> list[FollowUp]:  # fmt: skip
    """Plan that support is looked after so many months after the end, by a person or a unit."""
    row = _draft(by, handover)
    if not topic.strip() or not months or not set(months) <= set(MONTHS):
        raise Refused(_("Say what is looked after, and after how many months."))
    if person is None and unit is None:
        raise Refused(_("Say by whom: a person or a unit."))
    prove_no_numbers(topic)
    _near(row, end_on, at)
    who = queries.supporters_to_choose(row).filter(pk=person).first() if person else None
    if person and who is None:
        raise Refused(_("Only who served, or who follows, is named here; else name a unit."))
    planned = [
        FollowUp(
            id=uuid4(), handover=row, topic=topic.strip()[:200], person=who, unit_id=unit,
            due_on=months_after(end_on, n), state=FollowUp.State.PLANNED,
        )
        for n in sorted(set(months))
    ]  # fmt: skip
    with held(row), journal(PLAN, by=by, at=at, scope=_scope(row)) as page:
        page.save_all(planned)
    return planned


def hand_in(*, handover: UUID, none_of: Sequence[str], by: Viewer, at: dt.datetime) -> Handover:
    """Hand it in to be signed: its lines are frozen; each part that is empty is said to be so."""
    row = _draft(by, handover)
    empty = queries.empty_parts(row)
    if unsaid := [part for part in empty if part not in none_of]:
        words = queries.part_words()
        raise Refused(
            _("Nothing is written here: %s. Write it, or say that there is nothing.")
            % ", ".join(words[part] for part in unsaid)
        )
    row.none_of, row.state = empty, State.HANDED_IN
    row.version, row.handed_in_on = row.version + 1, at.date()
    with held(row), journal(HAND_IN, by=by, at=at, scope=_scope(row)) as page:
        page.save(row)
        open_work(page, work.to_sign(row, at))
    return row


def take_back(*, handover: UUID, reason: str, by: Viewer, at: dt.datetime) -> Handover:
    """Take it back to change it: signatures are withdrawn, and whoever signed is told."""
    row = access.handover_to_write(by, handover)
    if row.state != State.HANDED_IN:
        raise Refused(_("Only a handover that waits for signatures can be taken back."))
    if not reason.strip():
        raise Refused(_("Say why."))
    prove_no_numbers(reason)
    row.state, row.none_of = State.DRAFT, []
    signed = queries.signatures_of(row)
    note = reason.strip()[:300]
    with held(row), journal(TAKE_BACK, by=by, at=at, scope=_scope(row), note=note) as page:
        page.save(row)
        for signature in signed:
            signature.withdrawn_at = at
            page.save(signature)
        close_work(page, [work.sign_key(row, side) for side in work.Side.values], by=by, at=at)
        open_work(page, work.withdrawn(row, signed, at))
    return row


def _draft(by: Viewer, handover: UUID) -> Handover:
    row = access.handover_to_write(by, handover)
    if row.state != State.DRAFT:
        raise Refused(_("It is handed in, and frozen. Take it back to change it."))
    return row


def _scope(row: Handover) -> str:
    return f"mission:{row.from_mission_id}"
