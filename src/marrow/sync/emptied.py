"""What somebody took out after a line about it had come: nobody puts that back unknowingly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from marrow.core.journal import Origin
from marrow.sync.intents import EMPTIERS, Came, Emptied, Sent, named_in
from marrow.sync.models import Receipt
from marrow.sync.rules import read_line


def emptied_since(rows: Iterable[Receipt]) -> dict[int, Emptied]:
    """Of lines that wait (by their receipts): who took out since what they speak of, and why."""
    by_kind: dict[str, list[tuple[int, Came]]] = defaultdict(list)
    for row in rows:
        told = read_line(bytes(row.line)) if row.settled_at is None else None
        if told and (kind := named_in(EMPTIERS, told["t"], told["d"])):
            sent = Sent(UUID(str(told["r"])), told["k"], told["d"], row.names_parted)
            came = Came(sent, row.received_at, Origin(row.installation_id, row.q))
            by_kind[kind].append((row.pk, came))
    found: dict[int, Emptied] = {}
    for kind, lines in by_kind.items():
        told_of = EMPTIERS[kind]([came for _pk, came in lines])
        pairs = zip((pk for pk, _came in lines), told_of, strict=True)
        found |= {pk: gone for pk, gone in pairs if gone}
    return found
