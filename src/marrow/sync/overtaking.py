"""Lines of which nobody has to choose any more: what they say their phone told anew since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any

from django.utils.translation import gettext_lazy

from marrow.core.journal import Act
from marrow.core.journal.acts import NEVER
from marrow.core.viewer import Viewer
from marrow.sync.intents import NAMERS, Outcome, named_in
from marrow.sync.lines_aside import end_work
from marrow.sync.models import Installation, Receipt
from marrow.sync.rules import as_today, read_line

OVERTAKEN = Act(
    "phone_told_anew", gettext_lazy("What a phone had sent, that phone told anew"), undo=NEVER
)
OPEN = {"outcome": Receipt.Outcome.CONFLICT, "settled_at": None, "parted__isnull": False}


def noted(outcome: str) -> dict[str, bool] | None:
    """How a receipt keeps on what two sides differ; None where its taker does not say."""
    return dict.fromkeys(sorted(outcome.parted), True) if isinstance(outcome, Outcome) else None


def let_go(
    phone: Installation, taken: Iterable[tuple[int, str]], by: Viewer | None, at: dt.datetime
) -> frozenset[int]:
    """What a phone tells anew its earlier lines of the same record tell no more. By their numbers,
    what became of its lines; returns the receipts of those that wait no more."""
    fresh = [(q, told) for q, told in taken if isinstance(told, Outcome) and told.told]
    if not fresh or by is None:
        return frozenset()
    gone = _overtaken(phone, fresh)
    _settle(gone, by, at, OVERTAKEN)
    return frozenset(row.pk for row in gone)


def _overtaken(phone: Installation, fresh: Collection[tuple[int, Outcome]]) -> list[Receipt]:
    """Earlier lines of the phone, each with what it tells no more; of these those that tell
    nothing. One that somebody settles this moment is left to them."""
    rows = Receipt.objects.filter(installation=phone, q__lt=max(q for q, _told in fresh), **OPEN)
    found = []
    for row in rows.select_for_update(skip_locked=True):
        record = _record_of(row)
        later = [told for q, told in fresh if q > row.q and str(told.record) == record]
        parted: dict[str, bool] = row.parted or {}
        gone = {name for told in later for name in told.told if parted.get(name)}
        if gone:
            row.parted = parted | dict.fromkeys(gone, False)
            row.save(update_fields=["parted"])
            found += [row] if row.told_anew else []
    return found


def note_told_anew(row: Receipt) -> None:
    """What the phone of a line told anew of it, in lines that were taken since, the line tells no
    more (`row.parted`; not saved)."""
    says, record = _names_in(bytes(row.line)), _record_of(row)
    says = says if row.parted is None else says & row.parted.keys()
    if not says:
        return
    since = Receipt.objects.filter(installation=row.installation_id, q__gt=row.q)
    taken = since.exclude(outcome=Receipt.Outcome.QUARANTINED)
    gone = set[str]()
    for line in taken.values_list("line", flat=True).iterator(chunk_size=500):
        gone |= _names_in(bytes(line), record) & says
    if gone:
        row.parted = (row.parted or dict.fromkeys(sorted(says), True)) | dict.fromkeys(gone, False)


def _names_in(line: bytes, record: str = "") -> frozenset[str]:
    """Of which values a line says something new, where its room tells; of this record alone."""
    told = _as_today(line)
    kind = named_in(NAMERS, told["t"], told["d"]) if told else ""
    if told and kind and record in ("", told["r"]):
        with suppress(Exception):
            return NAMERS[kind](told["d"], told.get("b"))
    return frozenset()


def _record_of(row: Receipt) -> str:
    told = read_line(bytes(row.line))
    return str(told["r"]) if told else ""


def _as_today(line: bytes) -> Mapping[str, Any] | None:
    """A line as today's form has it; None of one that breaks the software: it hinders no other."""
    with suppress(Exception):
        told = read_line(line)
        return None if told is None else {**as_today(told), "r": str(told["r"])}
    return None


def _settle(rows: Collection[Receipt], by: Viewer, at: dt.datetime, act: Act) -> None:
    for row in rows:
        row.settled_by, row.settled_at = by.person, at
        row.save(update_fields=["settled_by", "settled_at"])
    if rows:
        end_work(rows, by, at, act)
