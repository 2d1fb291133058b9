"""Rows to write, gathered first, then put down once: what is there already is left alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from marrow.core.journal.writing import Page
from marrow.core.models import Record

R = TypeVar("R", bound=Record)


def same_id(*words: object) -> UUID:
    """The id that the same words give everywhere and always, so that a re-import adds nothing."""
    return uuid5(NAMESPACE_URL, "marrow:" + "\x1f".join(map(str, words)))


@dataclass(slots=True)
class Book:
    """Rows by kind, in the order in which the kinds were first met (parents before children)."""

    rows: dict[type[Record], dict[UUID, Record]] = field(default_factory=dict)
    changed: list[Record] = field(default_factory=list)

    def put(self, row: R) -> R:
        """Keep the row for writing; the same id is kept once."""
        kept: R = self.rows.setdefault(type(row), {}).setdefault(row.pk, row)  # type: ignore[assignment]
        return kept

    def write(self, page: Page, scope: str = "") -> dict[str, int]:
        """Write the rows that are new; returns how many of each kind."""
        counts: dict[str, int] = {}
        for model, rows in self.rows.items():
            known = set(model._base_manager.filter(pk__in=rows).values_list("pk", flat=True))
            fresh = [row for pk, row in rows.items() if pk not in known]
            page.save_all(fresh, scope=scope)
            counts[model._meta.model_name or ""] = len(fresh)
        for row in self.changed:
            page.save(row, scope=scope)
        return counts
