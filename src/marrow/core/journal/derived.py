"""What is derived from records: how it follows an undo, and how it keeps up with the journal."""

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


Keep = Callable[[], object]
KEEPERS: list[Keep] = []


def keeps_up(keep: Keep) -> Keep:
    """Name a function that brings what is derived up to the journal's last number. The worker calls
    it again and again, so it must cost next to nothing where nothing is new."""
    KEEPERS.append(keep)
    return keep


def keep_up() -> None:
    for keep in KEEPERS:
        keep()
