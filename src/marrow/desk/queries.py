"""What the desk shows of other rooms: work, history, undo."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.apps import apps
from django.utils import translation
from django.utils.translation import gettext as _

from marrow.accounts.queries import names_of, viewer_by_id
from marrow.core.journal.column_words import COLUMN_WORDS
from marrow.core.journal.gone import as_they_were, here
from marrow.core.journal.history import (
    Change,
    Line,
    act_lines,
    history_of,
    history_of_parts,
    is_said,
    recent_acts,
    without_old_words,
    words_put_right,
)
from marrow.core.journal.told_values import both_in_words, names_in
from marrow.core.journal.undoing import UndoPlan, undo_plan
from marrow.core.models import Job, Operation
from marrow.core.refusals import Unseen
from marrow.core.subjects import (
    SUBJECTS,
    Shown,
    changeable,
    not_for_eyes,
    shown_all,
    shown_to,
    unseen,
)
from marrow.core.viewer import AREA, ORGANISATION, PROGRAMME, Viewer
from marrow.desk import access
from marrow.desk.models import Wish
from marrow.ui.papers.calendars import Day, calendar_file, days
from marrow.ui.waiting import waiting


@dataclass(frozen=True, slots=True)
class Told:
    """A line of history with the names of who and what."""

    line: Line
    who: str
    what: Shown | None


def history(viewer: Viewer, label: str, record: UUID) -> list[Told]:
    keeps = bool(changeable(viewer, [(label, record)]))
    lines = lines_for(viewer, history_of(label, record))
    if not keeps:
        own = access.own_words(viewer, {line.act for line in lines if line.can_undo})
        lines = [replace(line, can_undo=line.can_undo and line.act in own) for line in lines]
    told = [(line, None) for line in lines] + _of_parts(viewer, label, record, keeps)
    told.sort(key=lambda one: one[0].at, reverse=True)
    who = names_of(line.by for line, _what in told if line.by)
    return [Told(line, who.get(line.by, "") if line.by else "", what) for line, what in told]


def lines_for(viewer: Viewer, rows: Sequence[tuple[Operation, Line]]) -> list[Line]:
    """The lines; words that were put right only for who keeps the record, and those who audit."""
    right = words_put_right(op for op, _line in rows)
    if not right or viewer.holds("auditor", "admin"):
        return [line for _op, line in rows]
    keeps = changeable(viewer, {(op.model, op.record) for op, _line in rows if op.record in right})
    return [
        line if op.record in keeps else without_old_words(op, line, right.get(op.record, ()))
        for op, line in rows
    ]


def _of_parts(
    viewer: Viewer, label: str, record: UUID, keeps: bool
) -> list[tuple[Line, Shown | None]]:
    """What happened to the records of which this one is made, as a list is of its versions."""
    of = SUBJECTS[label].parts if label in SUBJECTS else None
    parts = of(record) if of else ()
    if not parts:
        return []
    named = shown_to(viewer, parts)
    rows = history_of_parts(parts)
    return [
        (line if keeps else replace(line, can_undo=False), named.get(op.record))
        for (op, _line), line in zip(rows, lines_for(viewer, rows), strict=True)
    ]


@dataclass(frozen=True, slots=True)
class ActTold:
    """One act as the journal's page shows it: some of its lines, and how many there are."""

    first: Told
    told: list[Told]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.told)


def journal_page(viewer: Viewer, *, before: int | None) -> tuple[list[ActTold], int]:
    """A page of the whole journal by acts, newest first, and where the next page starts."""
    acts, older = recent_acts(before=before)
    rows = [pair for a in acts for pair in zip(a.operations, a.lines, strict=True)]
    all_told = _told(viewer, rows, set())  # what may be taken back stands on the act's page
    told = {op.pk: t for (op, _line), t in zip(rows, all_told, strict=True)}
    shown = [(a, [told[op.pk] for op in a.operations]) for a in acts]
    return [ActTold(lines[0], lines, a.count) for a, lines in shown], older


def act_page(viewer: Viewer, act: UUID, page: int, size: int = 50) -> list[Told]:
    """A page of the operations of one act."""
    rows = act_lines(act, start=(page - 1) * size, limit=size)
    those = {(op.model, op.record) for op, line in rows if line.can_undo}
    if those and access.own_words(viewer, {act}):
        return _told(viewer, rows, {record for _label, record in those})
    gone = those - here(those)
    mine = as_they_were(gone, lambda: changeable(viewer, gone), together=True) if gone else None
    return _told(viewer, rows, changeable(viewer, those) | (mine or set()))


def _told(viewer: Viewer, rows: Sequence[tuple[Operation, Line]], mine: set[UUID]) -> list[Told]:
    """The lines with their names. Of what is not for this viewer's eyes, only that it changed."""
    who = names_of(line.by for _, line in rows if line.by)
    wanted = {(op.model, op.record) for op, _ in rows}
    what = shown_to(viewer, wanted)
    what |= _hidden_of(viewer, {one for one in wanted if one[1] not in what})
    hidden = {record for record, shown in what.items() if shown.hidden}
    return [
        Told(
            _for_eyes(line, hidden=op.record in hidden, mine=op.record in mine),
            who.get(line.by, "") if line.by else "", what.get(op.record),
        )
        for (op, _line), line in zip(rows, lines_for(viewer, rows), strict=True)
    ]  # fmt: skip


def _hidden_of(viewer: Viewer, gone: set[tuple[str, UUID]]) -> dict[UUID, Shown]:
    """Those of these records, which are gone, that were not for this viewer's eyes. What they were
    is judged together, or where that cannot be each for itself; of what cannot be told what it was,
    nothing is read."""
    if not gone:
        return {}
    found = as_they_were(gone, lambda: unseen(viewer, gone))
    if found is None and len(gone) > 1:
        return {pk: s for one in gone for pk, s in _hidden_of(viewer, {one}).items()}
    hidden = {pk for _label, pk in gone} if found is None else found
    return {pk: not_for_eyes(label) for label, pk in gone if pk in hidden}


def _for_eyes(line: Line, *, hidden: bool, mine: bool) -> Line:
    """The line without what is not for these eyes, and without a way back that would refuse."""
    shown = replace(line, can_undo=line.can_undo and mine)
    return replace(shown, changes=(), note="") if hidden else shown


@dataclass(frozen=True, slots=True)
class UndoShown:
    """An undo before it is done: what goes back, by name, and what stands in the way."""

    plan: UndoPlan
    reverts: list[Change]
    names: dict[UUID, Shown]
    blockers: list[Told]


def undo_shown(act: UUID) -> UndoShown:
    plan = undo_plan(act)
    touched = [(r.model, r.record) for r in plan.reverts] + list(plan.removes)
    touched += [(b.model, b.record) for b in plan.blockers]
    who = names_of(b.by for b in plan.blockers if b.by)
    names = shown_all(touched)
    blockers = [
        Told(line, who.get(op.by, "") if op.by else "", names.get(op.record))
        for op in plan.blockers
        for _op, line in history_of(op.model, op.record)
        if line.act == op.act
    ]
    return UndoShown(plan, _reverts(plan), names, blockers)


def page_after(viewer: Viewer, plan: UndoPlan) -> str:
    """The page of what is as it was before; '' where nothing is there any more."""
    touched = [*((r.model, r.record) for r in plan.reverts), *plan.restores]
    names = shown_to(viewer, touched)
    return next((n.href for _model, pk in touched if (n := names.get(pk)) and n.href), "")


def why_not(plan: UndoPlan) -> str:
    """Why an undo cannot be."""
    return plan.refusal or _("Later changes stand on this one; undo those first.")


def _reverts(plan: UndoPlan) -> list[Change]:
    """What goes back, in words: each record's column, what it is and what it becomes again."""
    said = [r for r in plan.reverts if is_said(r.model, r.column)]
    told = names_in((r.model, r.column, v) for r in said for v in (r.now, r.then))
    found = []
    for r in said:
        model = apps.get_model(r.model)
        word = str(COLUMN_WORDS.get(r.column, r.column))
        now, then = both_in_words(model, r.column, (r.now, r.then), told)
        found.append(Change(word, now, then, r.column.startswith("sealed_"), r.record))
    return found


LIMITED_TO = {
    PROGRAMME: "programmes.programme", ORGANISATION: "directory.organisation",
    AREA: "directory.area",
}  # fmt: skip


def yours(viewer: Viewer) -> list[Shown]:
    """What this person's roles are limited to, with the page of each."""
    limits = [(LIMITED_TO[g.scope], g.thing) for g in viewer.grants if g.thing]
    return list(shown_all(limits).values())


def dead_jobs() -> list[Job]:
    """Jobs that failed too often, the newest first."""
    return list(Job.objects.filter(state=Job.DEAD).order_by("-ended_at")[:100])


def reader_of(wish: UUID) -> tuple[UUID | None, str]:
    """Whose letters these are, and in which language that person reads."""
    row = Wish.objects.select_related("account").filter(pk=wish).first()
    return (row.account_id, row.account.language or "en") if row else (None, "en")


def wish_of(viewer: Viewer) -> Wish | None:
    return Wish.objects.filter(account=viewer.person).first() if viewer.person else None


def calendar_of(secret: str, today: dt.date, site: str) -> bytes:
    """The calendar that a secret opens: rotations, and what falls due, for whose it is."""
    row = access.wish_of_calendar(secret)
    with translation.override(row.account.language or "en"):
        viewer = viewer_by_id(row.account_id)
        if not viewer.signed_in:
            raise Unseen(_("There is no such calendar."))
        return calendar_file(_calendar_days(viewer, today), site)


def _calendar_days(viewer: Viewer, today: dt.date) -> list[Day]:
    due = [
        Day(key=f"{line.by}:{line.href}:{line.what}", what=line.what, why=line.why, on=line.by,
            href=line.href)
        for line in waiting(viewer, today)
        if line.by
    ]  # fmt: skip
    return [*days(viewer, today), *due]
