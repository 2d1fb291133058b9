"""The rail of the office frame: each room hands in its entries from `slots.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from marrow.core.viewer import Viewer

#: groups that fold where a reader has many pages, in their order; '' never folds
CARE, WORK, STORY, BOOKS = "CARE", "WORK", "STORY", "BOOKS"
GROUPS = {
    CARE: pgettext_lazy("group of pages", "Skills and requests"),
    WORK: pgettext_lazy("group of pages", "Work of teams"),
    STORY: pgettext_lazy("group of pages", "The record"),
    BOOKS: pgettext_lazy("group of pages", "Files and journal"),
}
MOST = 14  # pages that stand one below the other without groups


@dataclass(frozen=True, slots=True)
class Entry:
    """`place` orders the rail; `count` says how many things wait there (None shows nothing)."""

    place: int
    label: Promise
    url: str
    roles: tuple[str, ...]
    count: Callable[[Viewer], int] | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    label: str
    href: str
    here: bool
    count: int
    name: str  # of its page, so that a count can be told anew
    group: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Pages of the rail; `label` '' does not fold."""

    label: str
    items: list[Item]

    @property
    def here(self) -> bool:
        return any(item.here for item in self.items)

    @property
    def count(self) -> int:
        """How many things wait on its pages, told while it is folded."""
        return sum(item.count for item in self.items)


ENTRIES: list[Entry] = []


def add(entry: Entry) -> None:
    ENTRIES.append(entry)


def rail(viewer: Viewer, path: str) -> list[Group]:
    """What this viewer sees in the rail, the entry of the open page marked. Many pages fold into
    groups, the open page's unfolded."""
    items = _items(viewer, path)
    if len(items) <= MOST:
        return [Group("", items)]
    many = {code for code in GROUPS if sum(item.group == code for item in items) > 1}
    plain = Group("", [item for item in items if item.group not in many])
    folds = (
        Group(str(label), [item for item in items if item.group == code])
        for code, label in GROUPS.items() if code in many
    )  # fmt: skip
    return [plain, *folds]


def _items(viewer: Viewer, path: str) -> list[Item]:
    mine = [e for e in ENTRIES if "public" in e.roles or viewer.holds(*e.roles)]
    hrefs = {e.url: reverse(e.url) for e in mine}
    here = max((h for h in hrefs.values() if path.startswith(h)), key=len, default="")
    return [
        Item(
            str(e.label), hrefs[e.url], hrefs[e.url] == here, e.count(viewer) if e.count else 0,
            e.url.split(":")[-1], e.group,
        )
        for e in sorted(mine, key=lambda e: e.place)
    ]  # fmt: skip
