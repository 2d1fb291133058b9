"""What is derived from records (search entries) follows an undo: rooms say how, by model."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from marrow.core.models import Record

Refresh = Callable[[set[UUID]], None]
FOLLOWERS: dict[str, Refresh] = {}


def follows(*models: type[Record]) -> Callable[[Refresh], Refresh]:
    """Name the function that makes what is derived from these models anew, given their ids."""

    def name(refresh: Refresh) -> Refresh:
        FOLLOWERS.update({m._meta.label_lower: refresh for m in models})
        return refresh

    return name


def follow(touched: Iterable[tuple[str, UUID]]) -> None:
    """Make anew what is derived from these records."""
    by_label: dict[str, set[UUID]] = {}
    for label, record in touched:
        by_label.setdefault(label, set()).add(record)
    for label, ids in by_label.items():
        if refresh := FOLLOWERS.get(label):
            refresh(ids)
