"""The rail of the office frame: each room hands in its entries from `slots.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from marrow.core.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Entry:
    """`place` orders the rail; `count` says how many things wait there (None shows nothing)."""

    place: int
    label: Promise
    url: str
    roles: tuple[str, ...]
    count: Callable[[Viewer], int] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    label: str
    href: str
    here: bool
    count: int
    name: str  # of its page, so that a count can be told anew


ENTRIES: list[Entry] = []


def add(entry: Entry) -> None:
    ENTRIES.append(entry)


def rail(viewer: Viewer, path: str) -> list[Item]:
    """What this viewer sees in the rail, the entry of the open page marked."""
    mine = [e for e in ENTRIES if "public" in e.roles or viewer.holds(*e.roles)]
    hrefs = {e.url: reverse(e.url) for e in mine}
    here = max((h for h in hrefs.values() if path.startswith(h)), key=len, default="")
    return [
        Item(
            str(e.label), hrefs[e.url], hrefs[e.url] == here, e.count(viewer) if e.count else 0,
            e.url.split(":")[-1],
        )
        for e in sorted(mine, key=lambda e: e.place)
    ]  # fmt: skip
