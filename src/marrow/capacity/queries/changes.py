"""Why the figures of a list changed between two days, and the rows behind each part of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from marrow.capacity.queries.gathered import merged_between
from marrow.capacity.queries.listed import listed
from marrow.capacity.queries.measure import Part, worlds_about
from marrow.capacity.rules import causes
from marrow.capacity.rules.care import Care
from marrow.catalogue.models import Item, List
from marrow.directory.models import Area, Organisation


@dataclass(frozen=True, slots=True)
class Turn:
    """One item whose answer is another at the end than it was at the start."""

    item: Item
    before: Care
    after: Care


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed between two days: each answer's count, what each cause moved, the items."""

    before: Counter[Care]
    after: Counter[Care]
    moves: list[causes.Move]
    turns: list[Turn]

    def part(self, care: Care) -> dict[str, int]:
        """What each cause added to an answer's count, or took from it."""
        return causes.split(self.moves, care)


@dataclass(frozen=True, slots=True)
class Moved:
    """A row behind a figure: what one cause made of an item, and the hospitals where it did."""

    item: Item
    before: Care | None  # None: not on the list
    after: Care | None
    counts: int  # 1 added to the figure, -1 taken from it
    at: list[Organisation]


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and by when what is told of it was known; None is now."""

    on: dt.date
    known_by: dt.datetime | None = None


def changed_between(area: Area, listing: List, first: Moment, last: Moment) -> Changed:
    """Why the figures of a list changed; the causes sum to the change. As all is known today, who
    was merged and which area each is in are the same on both days; as it was known on each day,
    they may differ, and so may what was entered late."""
    start, end = _states(area, listing, first, last)
    was, now = causes.outcomes(start), causes.outcomes(end)
    turned = {i for i in was.keys() & now.keys() if was[i] is not now[i]}
    merged = {}
    if first.known_by != last.known_by:
        merged = merged_between(first.known_by, last.known_by)
    return Changed(
        Counter(was.values()), Counter(now.values()),
        causes.moves(start, end, merged, started=was),
        [Turn(i, was[str(i.pk)], now[str(i.pk)]) for i in _items(turned)],
    )  # fmt: skip


def _states(area: Area, listing: List, *moments: Moment) -> list[causes.State]:
    """The list at each of these moments. What stands at any of them is looked at in all, so that
    what a version brings in or drops is told of the version, and of steps only what they moved."""
    items = [frozenset(listed([listing], m.on, m.known_by)[listing.pk]) for m in moments]
    part = Part(area, listing, frozenset[UUID]().union(*items))
    worlds = {by: worlds_about([part], by)[0] for by in {m.known_by for m in moments}}
    return [
        replace(causes.state_of(worlds[m.known_by], m.on), items=frozenset(map(str, some)))
        for m, some in zip(moments, items, strict=True)
    ]


def rows_behind(found: Changed, cause: str, care: Care) -> list[Moved]:
    """The items that make one figure of a change: their counts sum to it."""
    told = {m.item: m for m in found.moves if m.cause == cause and m.counts(care)}
    wanted = {one for move in told.values() for one in move.at}
    places = {str(o.pk): o for o in Organisation.objects.filter(pk__in=list(wanted))}
    return [_row(i, told[str(i.pk)], care, places) for i in _items(told)]


def _row(item: Item, move: causes.Move, care: Care, places: dict[str, Organisation]) -> Moved:
    at = sorted((places[one] for one in move.at if one in places), key=str)
    return Moved(item, move.before, move.after, move.counts(care), at)


def _items(keys: Iterable[str]) -> list[Item]:
    return list(Item.objects.filter(pk__in=list(keys)).order_by("specialty", "search"))
