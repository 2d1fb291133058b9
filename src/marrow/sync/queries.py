"""Phones, and lines that were set aside."""

from __future__ import annotations

import json
from dataclasses import dataclass

from marrow.accounts.queries import names_of
from marrow.sync.models import Receipt

HELD = (Receipt.Outcome.QUARANTINED, Receipt.Outcome.CONFLICT)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line that waits for a person: who sent it, what it says, why it waits."""

    row: Receipt
    who: str
    says: str


def set_aside(limit: int = 100) -> list[SetAside]:
    rows = list(
        Receipt.objects.filter(outcome__in=HELD, settled_at=None)
        .select_related("installation")
        .order_by("-received_at")[:limit]
    )
    who = names_of(r.installation.account for r in rows)
    return [SetAside(r, who.get(r.installation.account, ""), _says(bytes(r.line))) for r in rows]


def _says(line: bytes) -> str:
    """The line's data; no more than a screen of it."""
    try:
        return json.dumps(json.loads(line)["d"], ensure_ascii=False)[:300]
    except (ValueError, KeyError, TypeError):
        return line[:300].decode(errors="replace")


def set_aside_count() -> int:
    return Receipt.objects.filter(outcome__in=HELD, settled_at=None).count()
