"""The one generic fold: what the tables must hold, from the journal alone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.apps import apps

from marrow.core.journal.columns import columns, read
from marrow.core.models import Operation, Record

Rows = dict[UUID, dict[str, Any]]


def journalled_models() -> list[type[Record]]:
    """Every table of records, in an order in which no row comes before what it refers to."""
    found = [m for m in apps.get_models() if issubclass(m, Record)]
    return sorted(found, key=lambda m: m._meta.label_lower)


def fold(model: type[Record], operations: Iterable[Operation] | None = None) -> Rows:
    """Record → column → last value, in feed order; a removed record is not there."""
    rows: Rows = {}
    blank = {
        f.attname: "" if f.empty_strings_allowed and not f.null else None for f in columns(model)
    }
    by_name = {f.attname: f for f in columns(model)}
    for op in operations if operations is not None else _operations(model):
        if op.kind == Operation.DELETE:
            rows.pop(op.record, None)
            continue
        row = rows.setdefault(op.record, dict(blank))
        for name, (_before, after) in json.loads(op.changes).items():
            if name in by_name:
                row[name] = read(by_name[name], after)
    return rows


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
