"""Records that are gone, as they were: by that is told who may read of them and bring them back."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeVar
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Q, UniqueConstraint

from marrow.core.journal.columns import columns, read
from marrow.core.models import Operation, Record
from marrow.core.remembering import reading
from marrow.core.subjects import there

T = TypeVar("T")
Which = tuple[str, UUID]  # model's label, id


def as_they_were(
    wanted: Iterable[Which], ask: Callable[[], T], *, together: bool = False
) -> T | None:
    """What `ask` says while these records, which are gone, are there again, with what they hang on;
    None where they cannot be. Nothing of them stays. For one that is asked of alone, and for
    several that were there `together`, as what one act removed was, whoever has their place since
    steps aside; of others none does, for they might be judged by one another's absence. A base that
    is locked, or away, tells nothing of them: that error goes on as what it is."""
    asked = set(wanted)
    rows = _gone_of(asked)
    if rows is None:
        return None
    if not rows:
        return ask()
    try:
        with reading(), transaction.atomic():
            hung_on = {pk for row in rows for _label, pk in _hangs_on(row)}
            for row in rows:
                if together or len(asked) == 1:
                    _make_room(row, hung_on)
                type(row)._base_manager.bulk_create([row])
            answer = ask()
            transaction.set_rollback(True)
    except (IntegrityError, ObjectDoesNotExist):
        return None
    return answer


def _make_room(row: Record, hung_on: Collection[UUID]) -> None:
    """Whoever has the place of a row that is gone steps aside while it is there again; not what
    the rows hang on, for by that they are judged."""
    meta = type(row)._meta
    places = [(c.fields, c.condition) for c in meta.constraints if isinstance(c, UniqueConstraint)]
    alone = [f.name for f in meta.local_fields if f.unique and not f.primary_key]
    called = {f.name: f.attname for f in meta.local_fields}
    for names, condition in [*places, *(((name,), None) for name in alone)]:
        same = {name: getattr(row, called[name]) for name in names}
        if same and None not in same.values():  # what is unknown takes nobody's place
            there_now = type(row)._base_manager.filter(condition or Q(), **same)
            there_now = there_now.exclude(pk__in=hung_on)
            there_now._raw_delete(there_now.db)  # noqa: SLF001  nothing that hangs on it goes


def hang_on_nothing(lines: Iterable[Operation]) -> bool:
    """Whether something that these lines removed, or turned elsewhere, hangs on what is gone and
    was not removed by them: it cannot be as it was before that is there again."""
    own: set[Which] = set()
    wanted: set[Which] = set()
    for line in lines:
        if line.kind == Operation.DELETE:
            own.add((line.model, line.record))
        if line.kind != Operation.CREATE:
            wanted |= set(_hung_on(line))
    return bool(wanted - own - here(wanted - own))


def _hung_on(line: Operation) -> Iterator[Which]:
    """What the columns that a line changed named before."""
    before = {name: pair[0] for name, pair in json.loads(line.changes).items()}
    for field in columns(apps.get_model(line.model)):
        if isinstance(field, ForeignKey) and (pk := before.get(field.attname)):
            yield field.related_model._meta.label_lower, UUID(str(pk))


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
        gone = wanted - here(wanted)
        lines = _removals(gone)
        if lines.keys() != gone:
            return None
        rows = {one: as_it_was(line) for one, line in lines.items()}
        found |= rows
        wanted = {one for row in rows.values() for one in _hangs_on(row)} - found.keys()
    return list(found.values())


def here(wanted: set[Which]) -> set[Which]:
    """Those of these records that are there."""
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
