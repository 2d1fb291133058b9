"""Rows as they were known by a moment: from the tables for now, from the journal for then.

The journal is folded, so that what a report of last May said can be computed again, whatever was
entered late since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from marrow.core.journal.folding import fold
from marrow.core.models import Operation

Row = dict[str, Any]
Narrow = Callable[[QuerySet[Any]], QuerySet[Any]]


def known_rows(
    model: Any, columns: Iterable[str], known_by: dt.datetime | None,
    narrow: Narrow = lambda rows: rows,
) -> list[Row]:  # fmt: skip
    """`id` and these columns of every record. `narrow` only spares reading: of the journal all is
    read, so who calls must not lean on it."""
    names = ["id", *columns]
    if known_by is None:
        return list(narrow(model.objects.order_by()).values(*names))
    told = Operation.objects.filter(model=model._meta.label_lower, at__lte=known_by)
    rows = fold(model, told.order_by(F("feed").asc(nulls_last=True), "id").iterator(2000))
    return [_row(pk, row, names) for pk, row in rows.items()]


def in_order(
    model: Any, columns: Iterable[str], known_by: dt.datetime | None, narrow: Narrow
) -> Iterable[tuple[Any, ...]]:
    """These columns of every record that is told of a day (`on`, `told_at`), in the order in which
    they hold; as with `known_rows`."""
    names = list(columns)
    if known_by is None:
        return narrow(model.objects.order_by("on", "told_at")).values_list(*names)
    rows = known_rows(model, {*names, "on", "told_at"}, known_by)
    rows.sort(key=itemgetter("on", "told_at"))
    return [tuple(row[name] for name in names) for row in rows]


def _row(pk: UUID, row: Row, names: list[str]) -> Row:
    return {name: pk if name == "id" else row[name] for name in names}
