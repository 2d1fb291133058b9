"""Records that are gone, as they were: by that is told who may read of them and bring them back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey

from marrow.core.journal.columns import columns, read
from marrow.core.models import Operation, Record
from marrow.core.remembering import reading
from marrow.core.subjects import there

T = TypeVar("T")
Which = tuple[str, UUID]  # model's label, id


def as_they_were(wanted: Iterable[Which], ask: Callable[[], T]) -> T | None:
    """What `ask` says while these records are there, those that are gone too, with what they hang
    on; None where they cannot be. Nothing of them stays."""
    rows = _gone_of(set(wanted))
    if rows is None:
        return None
    if not rows:
        return ask()
    try:
        with reading(), transaction.atomic():
            for row in rows:
                type(row)._base_manager.bulk_create([row])
            answer = ask()
            transaction.set_rollback(True)
    except (IntegrityError, ObjectDoesNotExist):  # another took the place since
        return None
    return answer


def hang_on_nothing(lines: Iterable[Operation]) -> bool:
    """Whether something that these lines removed hangs on what is gone, and was not removed by
    them: it cannot be there again before that is."""
    rows = [as_it_was(line) for line in lines if line.kind == Operation.DELETE]
    own = {(row._meta.label_lower, row.pk) for row in rows}
    wanted = {one for row in rows for one in _hangs_on(row)} - own
    return bool(wanted - _here(wanted))


def as_it_was(line: Operation) -> Record:
    """The row that a line removed."""
    model: type[Record] = apps.get_model(line.model)
    held = {name: before for name, (before, _after) in json.loads(line.changes).items()}
    values = {f.attname: read(f, held.get(f.attname)) for f in columns(model)}
    return model(id=line.record, **values)


def _gone_of(wanted: set[Which]) -> list[Record] | None:
    """Those of these records that are gone, and those on which they hang; None where the journal
    does not tell what one of them was."""
    found: dict[Which, Record] = {}
    while wanted:
        gone = wanted - _here(wanted)
        lines = _removals(gone)
        if lines.keys() != gone:
            return None
        rows = {one: as_it_was(line) for one, line in lines.items()}
        found |= rows
        wanted = {one for row in rows.values() for one in _hangs_on(row)} - found.keys()
    return list(found.values())


def _here(wanted: set[Which]) -> set[Which]:
    of: dict[str, set[UUID]] = {}
    for label, record in wanted:
        of.setdefault(label, set()).add(record)
    return {(label, pk) for label, ids in of.items() for pk in there(label, ids)}


def _removals(gone: set[Which]) -> dict[Which, Operation]:
    if not gone:
        return {}
    labels, ids = {label for label, _pk in gone}, {pk for _label, pk in gone}
    lines = Operation.objects.filter(model__in=labels, record__in=ids, kind=Operation.DELETE)
    told = {(line.model, line.record): line for line in lines.order_by("id")}
    return {one: told[one] for one in gone if one in told}


def _hangs_on(row: Record) -> Iterator[Which]:
    for field in columns(type(row)):
        if isinstance(field, ForeignKey) and (pk := getattr(row, field.attname)):
            yield field.related_model._meta.label_lower, pk
