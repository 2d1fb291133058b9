"""Undo: show what would go back, refuse with names when a later change depends on it."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.core.journal.acts import ACTS, BY_FIELDS, Act
from marrow.core.journal.columns import columns, read
from marrow.core.journal.derived import follow
from marrow.core.journal.gone import as_it_was, hang_on_nothing
from marrow.core.journal.writing import Page, journal
from marrow.core.models import Operation, Record
from marrow.core.refusals import Refused, Unseen
from marrow.core.viewer import Viewer
from marrow.core.words import listing

UNDO = Act("undo", gettext_lazy("Took a change back"))
#: by model: why a record is not to go, '' where it may. For what names it without a foreign key.
HELD_FAST: dict[str, Callable[[UUID], str]] = {}
#: by model: why the lines of an act are not to be taken back, '' where they may. For what was
#: signed, or is vouched for, as it stands; rooms add their own
HELD_AS_IT_STANDS: dict[str, list[Callable[[list[Operation]], str]]] = {}
#: by model: sets what of a record goes by what stands now, and not by what stood then, before an
#: undo saves it; rooms add their own
AS_IT_STANDS_NOW: dict[str, Callable[[Any], None]] = {}


@dataclass(frozen=True, slots=True)
class Reverting:
    """One column of one record: what it is, and what it would become again."""

    model: str
    record: UUID
    column: str
    now: Any
    then: Any


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What an undo would do; `blockers` are later operations that stand on the change."""

    act: UUID
    action: str
    reverts: tuple[Reverting, ...]
    removes: tuple[tuple[str, UUID], ...]
    restores: tuple[tuple[str, UUID], ...]
    blockers: tuple[Operation, ...]
    refusal: str = ""

    @property
    def possible(self) -> bool:
        return not self.blockers and not self.refusal


def undo_plan(act: UUID) -> UndoPlan:
    """Read-only: what undoing this act would revert, and what stands in the way."""
    lines = list(Operation.objects.filter(act=act).order_by("id"))
    if not lines:
        raise Unseen(_("There is no such change."))
    reverts, removes, restores = [], [], []
    for line in reversed(lines):
        if line.kind == Operation.CREATE:
            removes.append((line.model, line.record))
        elif line.kind == Operation.DELETE:
            restores.append((line.model, line.record))
        else:
            reverts += _reverts(line)
    return UndoPlan(
        act,
        lines[0].action,
        tuple(reverts),
        tuple(removes),
        tuple(restores),
        tuple(_blockers(lines)),
        _refusal(lines) or _held_fast(removes) or _held_as_it_stands(lines),
    )


def _held_as_it_stands(lines: list[Operation]) -> str:
    by_model: dict[str, list[Operation]] = {}
    for line in lines:
        by_model.setdefault(line.model, []).append(line)
    told = (
        why(some) for model, some in by_model.items() for why in HELD_AS_IT_STANDS.get(model, ())
    )
    return next(filter(None, told), "")


def changed_by(line: Operation) -> dict[str, tuple[Any, Any]]:
    """By column: what it was before the line and after it, as the journal writes values."""
    return {column: (before, after) for column, (before, after) in json.loads(line.changes).items()}


def becoming(lines: list[Operation]) -> list[Record]:
    """The records of these lines as they would stand once those are taken back, but for what would
    be gone then. Nothing is written."""
    found: dict[UUID, Record | None] = {}
    for line in reversed(lines):
        if line.kind == Operation.CREATE:
            found[line.record] = None
        elif line.kind == Operation.DELETE:
            found[line.record] = as_it_was(line)
        else:
            model: type[Record] = apps.get_model(line.model)
            row = found.get(line.record) or model._base_manager.filter(pk=line.record).first()
            found[line.record] = row
            for field in columns(model) if row else ():
                if field.attname in (was := changed_by(line)):
                    setattr(row, field.attname, read(field, was[field.attname][0]))
    return [row for row in found.values() if row]


def _held_fast(removes: list[tuple[str, UUID]]) -> str:
    told = (HELD_FAST[label](pk) for label, pk in removes if label in HELD_FAST)
    return next(filter(None, told), "")


def _reverts(line: Operation) -> list[Reverting]:
    return [
        Reverting(line.model, line.record, column, after, before)
        for column, (before, after) in json.loads(line.changes).items()
    ]


def _refusal(lines: list[Operation]) -> str:
    known = ACTS.get(lines[0].action)
    if known is None or known.undo != BY_FIELDS:
        return _("This kind of change cannot be taken back.")
    if not _stands(lines[0].act):
        return _("This change has been taken back already.")
    if hang_on_nothing(lines):
        return _("What it belongs to is gone too: bring that back first.")
    return ""


def _blockers(lines: list[Operation]) -> list[Operation]:
    """Later operations on the same record that touch the same columns (any, if it was made here).

    A later operation that was taken back, and the undo of a later one, cancel out and do not
    block. One that brings back what was taken back before does: it changed the columns since.
    """
    found: list[Operation] = []
    since = _since(lines)
    for line in lines:
        later = [other for other in since[line.model, line.record] if other.pk > line.pk]
        acts = {other.act for other in later}
        for other in later:
            shared = set(json.loads(line.changes)) & set(json.loads(other.changes))
            touches = line.kind == Operation.CREATE or shared
            if touches and other.undoes not in acts and _stands(other.act):
                found.append(other)
    return found


def _since(lines: list[Operation]) -> dict[tuple[str, UUID], list[Operation]]:
    """By record of an act, the operations of others since it began, in their order."""
    act, models = lines[0].act, {line.model for line in lines}
    own = Operation.objects.filter(act=act).values("record")
    rows = Operation.objects.filter(model__in=models, record__in=own, id__gt=lines[0].pk)
    rows = rows.exclude(act=act)
    found = defaultdict[tuple[str, UUID], list[Operation]](list)
    for row in rows.order_by("id"):
        found[row.model, row.record].append(row)
    return found


def _stands(act: UUID) -> bool:
    """Whether an act holds: no undo of it does. An undo can be taken back in its turn."""
    undos = Operation.objects.filter(undoes=act).values_list("act", flat=True).distinct()
    return not any(_stands(undo) for undo in undos)


@transaction.atomic
def undo(*, act: UUID, by: Viewer, at: dt.datetime, note: str = "") -> None:
    """Take an act back as an act of its own. The caller has proved that `by` may."""
    plan = undo_plan(act)
    if not plan.possible:
        raise Refused(plan.refusal or _("Later changes stand on this one; undo those first."))
    scope = Operation.objects.filter(act=act).values_list("scope", flat=True)[0]
    try:
        with journal(UNDO, by=by, at=at, scope=scope, note=note, undoes=act) as page:
            hung_on = _back(page, act)
            reverted = [(r.model, r.record) for r in plan.reverts]
            follow([*reverted, *plan.removes, *plan.restores, *hung_on])
    except ProtectedError as protected:
        names = listing().join(sorted({str(row) for row in protected.protected_objects})[:5])
        raise Refused(_("Other records refer to it: %(names)s.") % {"names": names}) from protected
    except IntegrityError as taken:
        raise Refused(
            _("What was told since stands in its place: take that back first.")
        ) from taken


def _back(page: Page, act: UUID) -> list[tuple[str, UUID]]:
    """Go back line by line, the last first: so no step breaks a rule of the tables that the act
    itself kept. A row that something of the act still refers to goes at the end. Returns the
    records that removed rows referred to."""
    hung_on: list[tuple[str, UUID]] = []
    held: list[Record] = []
    for line in Operation.objects.filter(act=act).order_by("-id"):
        if line.kind == Operation.DELETE:
            _restore(page, line)
        elif line.kind == Operation.CREATE:
            row = _row(line.model, line.record)
            hung_on += _held_by(row)
            try:
                page.remove(row)
            except ProtectedError:
                held.append(row)
        else:
            _revert(page, line)
    for row in held:
        page.remove(row)
    return hung_on


def _row(label: str, record: UUID) -> Record:
    model: type[Record] = apps.get_model(label)
    return model._base_manager.get(pk=record)


def _held_by(row: Record) -> list[tuple[str, UUID]]:
    """The records that this one refers to: what is derived from them told of it too."""
    return [
        (field.related_model._meta.label_lower, pk)
        for field in columns(type(row))
        if isinstance(field, ForeignKey) and (pk := getattr(row, field.attname))
    ]


def _revert(page: Page, line: Operation) -> None:
    row = _row(line.model, line.record)
    for change in _reverts(line):
        field = next(f for f in columns(type(row)) if f.attname == change.column)
        setattr(row, field.attname, read(field, change.then))
    _save_as_of_now(page, row)


def _restore(page: Page, line: Operation) -> None:
    _save_as_of_now(page, as_it_was(line))


def _save_as_of_now(page: Page, row: Record) -> None:
    if set_anew := AS_IT_STANDS_NOW.get(row._meta.label_lower):
        set_anew(row)
    page.save(row)
