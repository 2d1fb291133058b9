"""The history of a record, in words: who, when, what, from where."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Count, Min
from django.utils.translation import gettext as _

from marrow.core.journal.acts import ACTS, BY_FIELDS
from marrow.core.journal.column_words import COLUMN_WORDS
from marrow.core.journal.told_values import Names, both_in_words, names_in
from marrow.core.models import Operation


@dataclass(frozen=True, slots=True)
class Change:
    """One column: what it was and what it became. `sealed` hides secrets."""

    column: str
    before: Any
    after: Any
    sealed: bool
    record: UUID | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One operation as a history page shows it."""

    act: UUID
    feed: int | None
    action: str
    kind: str
    by: UUID | None
    at: dt.datetime
    via: str
    origin: UUID | None
    note: str
    changes: tuple[Change, ...]
    undone: bool
    can_undo: bool


Rows = list[tuple[Operation, Line]]


def history_of(label: str, record: UUID, *, limit: int = 200) -> Rows:
    """The newest operations first, each with its line."""
    found = list(Operation.objects.filter(model=label, record=record).order_by("-id")[:limit])
    return list(zip(found, lines_of(found), strict=True))


def history_of_parts(parts: Collection[tuple[str, UUID]], *, limit: int = 200) -> Rows:
    """The same of several records."""
    ids = {record for _label, record in parts}
    rows = Operation.objects.filter(record__in=ids, model__in={label for label, _id in parts})
    found = list(rows.order_by("-id")[:limit])
    return list(zip(found, lines_of(found), strict=True))


def words_put_right(found: Iterable[Operation]) -> dict[UUID, list[Operation]]:
    """Of these operations' records those of which words were put right, with the acts that did."""
    hiding = [name for name, act in ACTS.items() if act.hides]
    right: dict[UUID, list[Operation]] = {}
    for op in Operation.objects.filter(record__in={o.record for o in found}, action__in=hiding):
        right.setdefault(op.record, []).append(op)
    return right


def without_old_words(op: Operation, line: Line, right: Iterable[Operation]) -> Line:
    """The line without the words that these acts put right, then or later."""
    gone = {c for one in right if one.pk > op.pk for c in _columns(one)}
    before = gone | {c for one in right if one.pk == op.pk for c in _columns(one)}
    return replace(line, changes=tuple(_without(one, before, gone) for one in line.changes))


def _without(one: Change, before: Collection[str], after: Collection[str]) -> Change:
    was, became = ({str(COLUMN_WORDS.get(c, c)) for c in told} for told in (before, after))
    return replace(
        one, before=_hidden(one.before) if one.column in was else one.before,
        after=_hidden(one.after) if one.column in became else one.after,
    )  # fmt: skip


def _columns(op: Operation) -> set[str]:
    return set(json.loads(op.changes))


def _hidden(value: Any) -> Any:
    return _("put right since, not shown") if value else value


@dataclass(frozen=True, slots=True)
class ActLines:
    """One act of the journal: how many operations it has in all, and some of them."""

    count: int
    operations: tuple[Operation, ...]
    lines: tuple[Line, ...]


def recent_acts(*, window: int = 100, before: int | None = None) -> tuple[list[ActLines], int]:
    """The newest acts of the whole journal, and the id before which older ones are (0: none).

    Reads `window` operations. An act that fills all of it is passed over as a whole.
    """
    found = Operation.objects.order_by("-id")
    rows = list((found.filter(id__lt=before) if before else found)[:window])
    by_act: dict[UUID, list[Operation]] = {}
    for row in rows:
        by_act.setdefault(row.act, []).append(row)
    whole = Operation.objects.filter(act__in=by_act).values("act")
    sizes = {w["act"]: w for w in whole.annotate(n=Count("pk"), first=Min("pk"))}
    some = {act: ops[:5] for act, ops in by_act.items()}
    lines = iter(lines_of([op for ops in some.values() for op in ops]))
    acts = [
        ActLines(sizes[act]["n"], tuple(ops), tuple(islice(lines, len(ops))))
        for act, ops in some.items()
    ]
    if len(rows) < window:
        return acts, 0
    return acts, sizes[rows[-1].act]["first"] if len(by_act) == 1 else rows[-1].pk


def act_lines(act: UUID, *, start: int, limit: int) -> list[tuple[Operation, Line]]:
    """Operations of one act in their order, from the place `start`."""
    rows = list(Operation.objects.filter(act=act).order_by("id")[start : start + limit])
    return list(zip(rows, lines_of(rows), strict=True))


def lines_of(found: list[Operation]) -> list[Line]:
    """These operations in words."""
    acts = {op.act for op in found}
    undone = _taken_back(acts)
    values = [
        (op.model, column, value)
        for op in found
        for column, pair in json.loads(op.changes).items()
        for value in pair
    ]
    names = names_in(values)
    return [_line(op, names, undone=op.act in undone) for op in found]


def _taken_back(acts: set[UUID]) -> set[UUID]:
    """Those acts that an undo took back, unless that undo was taken back in its turn."""
    undos = dict(Operation.objects.filter(undoes__in=acts).values_list("act", "undoes"))
    again = set(Operation.objects.filter(undoes__in=undos).values_list("undoes", flat=True))
    return {taken for undo, taken in undos.items() if undo not in again and taken}


def _line(op: Operation, names: Names, *, undone: bool) -> Line:
    act = ACTS.get(op.action)
    return Line(
        act=op.act,
        feed=op.feed,
        action=str(act.label if act else op.action),
        kind=op.kind,
        by=op.by,
        at=op.at,
        via=op.via,
        origin=op.origin,
        note=act.tells(op.note) if act else op.note,
        changes=tuple(_changes(op, names)),
        undone=undone,
        can_undo=bool(act and act.undo == BY_FIELDS and not undone),
    )


ABOUT = "about"
#: columns that hold keys of the machine, by model's label: their line says nothing to a person
UNSAID: dict[str, tuple[str, ...]] = {}


def is_said(label: str, column: str) -> bool:
    """Whether a change of this column says anything to a person."""
    return column != ABOUT and column not in UNSAID.get(label, ())


def _changes(op: Operation, names: Names) -> list[Change]:
    model = apps.get_model(op.model)
    return [
        Change(
            str(COLUMN_WORDS.get(column, column)),
            *both_in_words(model, column, pair, names),
            column.startswith("sealed_"),
        )
        for column, pair in json.loads(op.changes).items()
        if is_said(op.model, column)
    ]
