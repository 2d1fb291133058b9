"""The answers of lists on any day: of those that are kept, and of what was touched since.

How the answers of a list's items turned over all time is kept (`KeptAnswers`), as far as the
journal was read then. Items that were touched since are worked out here and now, so no answer is
older than what is written down.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from marrow.capacity.models import KeptAnswers
from marrow.capacity.queries.listed import listed
from marrow.capacity.queries.measure import Part, Question, world_of, worlds_about
from marrow.capacity.queries.touched import Touched, lines_since, touched_by
from marrow.capacity.rules.care import (
    WORDING,
    Care,
    Turns,
    answer_on,
    outcome_of,
    outcomes_on,
    turns_of,
)
from marrow.catalogue.models import Item, List
from marrow.core.remembering import remembered


def care_of(asked: Question) -> dict[str, Care]:
    """The outcome of each item of the list, by item."""
    if not is_kept(asked):
        return outcomes_on(world_of(asked), asked.on)
    return {item: answer_on(turns, asked.on) for item, turns in _turns_listed(asked).items()}


@remembered
def is_kept(asked: Question) -> bool:
    """Whether answers to such a question are kept; all others are asked of one reading."""
    if asked.known_by is not None or asked.area != asked.list.area:
        return False
    return KeptAnswers.objects.filter(list=asked.list, made_by=WORDING).exists()


def care_of_one(asked: Question, item: Item) -> Care:
    """The outcome of one item, without asking after the rest of the list."""
    world = world_of(asked, item)
    return outcome_of(world, str(item.pk), asked.on) if world.items else Care.NOT_ASSESSED


def counted(asked: Question) -> Counter[Care]:
    """How many items of the list have which outcome."""
    return Counter(care_of(asked).values())


def counted_all(lists: Collection[List], on: dt.date) -> dict[UUID, Counter[Care]]:
    """The same of many lists, each in its own area."""
    return {pk: Counter(found.values()) for pk, found in care_of_all(lists, on).items()}


def care_of_all(lists: Collection[List], on: dt.date) -> dict[UUID, dict[str, Care]]:
    """Of each list the outcome of each item, in its own area."""
    return {
        pk: {item: answer_on(turns, on) for item, turns in found.items()}
        for pk, found in turns_of_all(lists, on).items()
    }


@remembered
def turns_about(asked: Question) -> dict[str, Turns]:
    """How the answers turned of what is listed on the day that is asked for; as known today."""
    return _turns_listed(asked) if is_kept(asked) else turns_of(world_of(asked))


@remembered
def _turns_listed(asked: Question) -> dict[str, Turns]:
    items = listed([asked.list], asked.on, None)[asked.list.pk]
    (found,) = _turns((Part(asked.area, asked.list, frozenset(items)),))
    return found


def counted_on(lists: Collection[List], days: Sequence[dt.date]) -> list[dict[UUID, Counter[Care]]]:
    """The same on each of these days, of what was listed then: read once for all days."""
    of = [listed(lists, day, None) for day in days]
    parts = tuple(
        Part(row.area, row, frozenset(item for told in of for item in told[row.pk]))
        for row in lists
    )  # fmt: skip
    turns = {part.list.pk: found for part, found in zip(parts, _turns(parts), strict=True)}
    return [
        {
            pk: Counter(
                answer_on(turns[pk][key], day) for item in items if (key := str(item)) in turns[pk]
            )
            for pk, items in told.items()
        }
        for day, told in zip(days, of, strict=True)
    ]


def turns_of_all(lists: Collection[List], on: dt.date) -> dict[UUID, dict[str, Turns]]:
    """The same of many lists, each in its own area: read once for all."""
    items = listed(lists, on, None)
    parts = tuple(Part(row.area, row, frozenset(items[row.pk])) for row in lists)
    return {part.list.pk: found for part, found in zip(parts, _turns(parts), strict=True)}


@remembered
def _turns(parts: tuple[Part, ...]) -> list[dict[str, Turns]]:
    """Of each part how its items' answers turned. What is kept is read before the journal, and the
    journal before the rows: so what is written meanwhile is not missed."""
    kept = _kept([part.list for part in parts if part.area == part.list.area])
    since = lines_since(min(row.feed for row in kept.values())) if kept else None
    touched = Touched(all=True) if since is None else touched_by(since)
    found = [_untouched(part, kept.get(part.list.pk), touched) for part in parts]
    lacking = [
        replace(part, items=part.items - set(map(UUID, told)))
        for part, told in zip(parts, found, strict=True)
    ]
    some = [n for n, part in enumerate(lacking) if part.items]
    for n, world in zip(some, worlds_about([lacking[n] for n in some], bare=True), strict=True):
        found[n] |= turns_of(world)
    return found


def _kept(lists: Sequence[List]) -> dict[UUID, KeptAnswers]:
    rows = KeptAnswers.objects.filter(list__in=[row.pk for row in lists], made_by=WORDING)
    return {row.pk: row for row in rows}


def _untouched(part: Part, kept: KeptAnswers | None, touched: Touched) -> dict[str, Turns]:
    """What is kept of a part and still holds."""
    if kept is None or touched.all or kept.pk in touched.lists or part.area != part.list.area:
        return {}
    return {
        key: kept.turns[key]
        for item in part.items - touched.items
        if (key := str(item)) in kept.turns
    }
