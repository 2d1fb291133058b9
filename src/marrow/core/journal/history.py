"""The history of a record, in words: who, when, what, from where."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps

from marrow.core.journal.acts import ACTS, BY_FIELDS
from marrow.core.models import Operation


@dataclass(frozen=True, slots=True)
class Change:
    """One column: what it was and what it became. `sealed` hides secrets."""

    column: str
    before: Any
    after: Any
    sealed: bool


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


def history_of(label: str, record: UUID, *, limit: int = 200) -> list[Line]:
    """The newest operations first."""
    found = Operation.objects.filter(model=label, record=record).order_by("-id")[:limit]
    return _lines(list(found))


def recent(*, limit: int = 50, before: int | None = None) -> list[tuple[Operation, Line]]:
    """The newest operations of the whole journal, for the office and the auditor."""
    found = Operation.objects.order_by("-id")
    rows = list((found.filter(id__lt=before) if before else found)[:limit])
    return list(zip(rows, _lines(rows), strict=True))


def _lines(found: list[Operation]) -> list[Line]:
    acts = {op.act for op in found}
    undone = set(Operation.objects.filter(undoes__in=acts).values_list("undoes", flat=True))
    return [_line(op, undone=op.act in undone) for op in found]


def _line(op: Operation, *, undone: bool) -> Line:
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
        note=op.note,
        changes=tuple(_changes(op)),
        undone=undone,
        can_undo=bool(act and act.undo == BY_FIELDS and not undone),
    )


def _changes(op: Operation) -> list[Change]:
    model = apps.get_model(op.model)
    words = {f.attname: str(f.verbose_name) for f in model._meta.concrete_fields}
    return [
        Change(words.get(column, column), before, after, column.startswith("sealed_"))
        for column, (before, after) in json.loads(op.changes).items()
    ]
