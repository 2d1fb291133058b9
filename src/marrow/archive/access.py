"""Which of the records that a page shows its viewer may change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from marrow.core.models import Record
from marrow.core.viewer import Viewer
from marrow.programmes.access import changes
from marrow.programmes.models import Programme


def programme_of(row: Any) -> Programme | None:
    """The programme that a record is or belongs to, however it hangs on it."""
    if row is None or isinstance(row, Programme):
        return row
    for name in ("programme", "mission", "series", "event", "consortium"):
        if found := programme_of(getattr(row, name, None)):
            return found
    return None


def changeable(viewer: Viewer, rows: Iterable[Record]) -> set[UUID]:
    """The ids of those that this viewer may change; each programme is asked once."""
    if not viewer.holds("office"):
        return set()
    belongs = {row.pk: programme_of(row) for row in rows}
    asked = {p.pk if p else None: p for p in belongs.values()}
    mine = {key for key, programme in asked.items() if changes(viewer, programme)}
    return {pk for pk, p in belongs.items() if (p.pk if p else None) in mine}
