"""The one generic fold: what the tables must hold, from the journal alone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Field

from marrow.core.journal.columns import columns, read
from marrow.core.models import Operation, Record

Row = dict[str, Any]
Rows = dict[UUID, Row]
#: what a fold needs of an operation: its number, id, kind and changes
Told = tuple[int | None, int, str, str]


def journalled_models() -> list[type[Record]]:
    """Every table of records, in an order in which no row comes before what it refers to."""
    found = [m for m in apps.get_models() if issubclass(m, Record)]
    return sorted(found, key=lambda m: m._meta.label_lower)


def fold(model: type[Record], operations: Iterable[Operation] | None = None) -> Rows:
    """Record → column → last value, in feed order; a removed record is not there."""
    rows: Rows = {}
    blank, by_name = _blank(model), _by_name(model)
    for op in operations if operations is not None else _operations(model):
        if op.kind == Operation.DELETE:
            rows.pop(op.record, None)
            continue
        _apply(rows.setdefault(op.record, dict(blank)), op.changes, by_name)
    return rows


def folded(model: type[Record], told: Iterable[Told]) -> Row | None:
    """One record as its operations leave it, those without a number last; None if it is gone."""
    row: Row | None = None
    by_name = _by_name(model)
    for _feed, _id, kind, changes in sorted(told, key=_place):
        if kind == Operation.DELETE:
            row = None
            continue
        row = _blank(model) if row is None else row
        _apply(row, changes, by_name)
    return row


def _place(told: Told) -> tuple[bool, int, int]:
    feed, pk = told[0], told[1]
    return feed is None, feed or 0, pk


def _blank(model: type[Record]) -> Row:
    """A row of which no operation told anything: those that create leave out what is empty, and
    know nothing of a column that came later, which every older row got with its default."""
    return {f.attname: _never_told(f) for f in columns(model)}


def _never_told(field: Field[Any, Any]) -> Any:
    if field.null:
        return None
    return "" if field.empty_strings_allowed else field.get_default()


def _by_name(model: type[Record]) -> dict[str, Field[Any, Any]]:
    return {f.attname: f for f in columns(model)}


def _apply(row: Row, changes: str, by_name: dict[str, Field[Any, Any]]) -> None:
    for name, (_before, after) in json.loads(changes).items():
        if name in by_name:
            row[name] = read(by_name[name], after)


def _operations(model: type[Record]) -> Iterable[Operation]:
    mine = Operation.objects.filter(model=model._meta.label_lower)
    return mine.exclude(feed=None).order_by("feed").iterator(chunk_size=2000)


def table(model: type[Record]) -> Rows:
    """The table as it stands, in the shape of `fold`."""
    names = [f.attname for f in columns(model)]
    return {
        pk: dict(zip(names, values, strict=True))
        for pk, *values in model._base_manager.values_list("pk", *names).iterator()
    }


def rebuild(model: type[Record]) -> int:
    """Fill an empty table from the journal; returns the number of rows."""
    rows = [model(id=pk, **values) for pk, values in fold(model).items()]
    model._base_manager.bulk_create(rows, batch_size=500)
    return len(rows)
