"""`marrow journal verify --tables`: every table beside the fold of its operations.

Both sides are read in the order of ids and compared record by record, so that neither has to fit
into memory. People go on working meanwhile: what differs is looked at again before it is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from marrow.core.journal.columns import columns
from marrow.core.journal.folding import Row, Told, folded, journalled_models
from marrow.core.models import Operation, Record

AGAIN = 3  # looks at a record that somebody may be changing just now


@dataclass(frozen=True, slots=True)
class Difference:
    """A record whose row is not what its operations say."""

    model: str
    record: str
    why: str

    def __str__(self) -> str:
        return f"{self.model} {self.record}: {self.why}"


Side = tuple[UUID, Row]


def differences() -> Iterator[Difference]:
    """Every record of every journalled model that is not as the journal says."""
    for model in journalled_models():
        yield from differences_of(model)


def differences_of(model: type[Record]) -> Iterator[Difference]:
    faults: list[Difference] = []
    for record in _unlike(_from_journal(model, faults), _from_table(model, faults)):
        if why := _look_again(model, record):
            yield Difference(model._meta.label_lower, str(record), why)
    yield from faults


def _unlike(journal: Iterator[Side], table: Iterator[Side]) -> Iterator[UUID]:
    """Ids that are on one side only, or whose values differ; both sides are ordered by id."""
    told, held = next(journal, None), next(table, None)
    while told or held:
        if told and held and told[0] == held[0]:
            if told[1] != held[1]:
                yield told[0]
            told, held = next(journal, None), next(table, None)
        elif told and (held is None or told[0] < held[0]):
            yield told[0]
            told = next(journal, None)
        elif held:
            yield held[0]
            held = next(table, None)


def _from_journal(model: type[Record], faults: list[Difference]) -> Iterator[Side]:
    """The fold of each record that is still there, one record in memory at a time."""
    label = model._meta.label_lower
    for key, lines in groupby(_told(model, None), key=lambda line: line[0]):
        try:
            record, row = UUID(key), folded(model, [line[1:] for line in lines])
        except (ValueError, TypeError, AttributeError):
            faults.append(Difference(label, key, "its operations cannot be read"))
            continue
        if row is not None:
            yield record, row


def _told(model: type[Record], record: UUID | None) -> Iterator[tuple[str, *Told]]:
    """(record, feed, id, kind, changes) by record; the id as text, for it may be none."""
    mine = Operation.objects.filter(model=model._meta.label_lower)
    if record:
        mine = mine.filter(record=record)
    found = mine.order_by("record", "id").values_list(
        Cast("record", TextField()), "feed", "id", "kind", "changes"
    )
    return found.iterator(chunk_size=2000)


def _from_table(model: type[Record], faults: list[Difference]) -> Iterator[Side]:
    """The rows by id. What stands in a table may not be readable: then row by row, and told."""
    names = [f.attname for f in columns(model)]
    last: UUID | None = None
    try:
        rows = model._base_manager.order_by("pk").values_list("pk", *names)
        for pk, *values in rows.iterator(chunk_size=2000):
            yield pk, dict(zip(names, values, strict=True))
            last = pk
    except Exception:  # noqa: BLE001  the database's own converters raise whatever they like
        yield from _row_by_row(model, last, faults)


def _row_by_row(
    model: type[Record], after: UUID | None, faults: list[Difference]
) -> Iterator[Side]:
    label = model._meta.label_lower
    keys = model._base_manager.order_by("pk").values_list(Cast("pk", TextField()), flat=True)
    for key in keys.iterator(chunk_size=2000):
        try:
            pk = UUID(key)
            row = None if after and pk <= after else _row(model, pk)
        except Exception:  # noqa: BLE001  see above
            faults.append(Difference(label, key, "its row cannot be read"))
            continue
        if row is not None:
            yield pk, row


def _row(model: type[Record], record: UUID) -> Row | None:
    names = [f.attname for f in columns(model)]
    values = model._base_manager.filter(pk=record).values_list(*names).first()
    return None if values is None else dict(zip(names, values, strict=True))


def _look_again(model: type[Record], record: UUID) -> str:
    """Why this record's row is not what its operations say; '' when it is."""
    why = ""
    for _look in range(AGAIN):
        try:
            told = folded(model, [line[1:] for line in _told(model, record)])
            held = _row(model, record)
        except Exception:  # noqa: BLE001  see above; the side that cannot be read tells of it
            return ""
        why = _why(told, held)
        if not why:
            break
    return why


def _why(told: Row | None, held: Row | None) -> str:
    if told == held:
        return ""
    if told is None:
        return "the table has it, the journal has not"
    if held is None:
        return "the journal has it, the table has not"
    return ", ".join(sorted(name for name in told if told[name] != held[name]))
