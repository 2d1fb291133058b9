"""Care without leaving, of any area and list, on any day, as known by any moment.

What the one definition (`rules.care`) looks at is read here. Ids are texts in there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from marrow.capacity.models import Step
from marrow.capacity.queries.gathered import Coming, Gathering
from marrow.capacity.queries.listed import Roster, listed, rosters, specialties
from marrow.capacity.queries.within import within
from marrow.capacity.rules.care import Spell, World
from marrow.catalogue.models import Item, List
from marrow.catalogue.rules.since import periods
from marrow.core.remembering import remembered
from marrow.directory.models import Area


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: which area, which list, on which day, and as known by when (None is now)."""

    area: Area
    list: List
    on: dt.date
    known_by: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """Some items of a list, in its area or in a part of that."""

    area: Area
    list: List
    items: frozenset[UUID]


@remembered
def world_of(asked: Question, only: Item | None = None) -> World:
    """All that the measure looks at, read once for a whole list, or for one item of it alone."""
    one = only.pk if only else None
    items = listed([asked.list], asked.on, asked.known_by, one)[asked.list.pk]
    (found,) = worlds_about([Part(asked.area, asked.list, frozenset(items))], asked.known_by)
    return found


def worlds_of(
    lists: Sequence[List], on: dt.date, coming: Coming | None = None
) -> dict[UUID, World]:
    """The same of many lists, each in its own area, as it is known today: read once for all. With
    `coming` it is as it would be by a plan: who is on post goes home when their seat ends, and
    these come; what is reached and ready stays as it is today."""
    of = listed(lists, on, None)
    parts = [Part(row.area, row, frozenset(of[row.pk])) for row in lists]
    return dict(zip((row.pk for row in lists), worlds_about(parts, coming=coming), strict=True))


def worlds_about(
    parts: Sequence[Part], by: dt.datetime | None = None, coming: Coming | None = None,
    *, bare: bool = False,
) -> list[World]:  # fmt: skip
    """The same of many lists, or of parts of them: read once for all. `bare` is enough for who asks
    for answers alone, not for what each hospital lacks."""
    if not parts:
        return []
    items = frozenset(item for part in parts for item in part.items)
    lists = {part.list.pk: part.list for part in parts}
    named = rosters(lists.values(), by)
    looked = within({part.area for part in parts}, (frozenset(lists), items))
    facts = Gathering.within(specialties(items, by), looked, by, coming)
    held, found = facts.held(bare=bare), []
    for part in parts:
        inside = facts.inside_of(part.area)
        should = _as_heirs(named[part.list.pk], facts.heirs, inside)
        roster = frozenset(should)
        found.append(World(frozenset(map(str, part.items)), inside, roster, held, should,
                           facts.house))  # fmt: skip
    return found


def _as_heirs(
    named: Roster, heirs: Mapping[UUID, str], inside: frozenset[str]
) -> dict[str, tuple[Spell, ...]]:
    """When each should have what is listed, be it that one which became a part of it should."""
    found: dict[str, tuple[Spell, ...]] = {}
    for one, spells in named.items():
        if (heir := heirs.get(one, "")) in inside:
            found[heir] = (*found.get(heir, ()), *spells)
    return found


def world_for(hospital: UUID, steps: Collection[Step]) -> World:
    """One hospital and its steps, which are read already, as if it should have their items."""
    items = {step.item_id: step.item for step in steps}.values()
    of = {str(i.pk): periods(i.specialty, i.specialty_before) for i in items}
    told = sorted(steps, key=lambda s: s.held_at or s.proposed_at)
    reached = [(s.organisation_id, s.item_id, s.level, s.on) for s in told]
    facts = Gathering.at(of, {hospital}, reached)
    return World(
        frozenset(of), facts.inside, frozenset(), facts.held(), house=facts.house, named=facts.named
    )


def world_at(hospitals: Collection[UUID], items: Collection[UUID]) -> World:
    """Some hospitals, as if all of them should have these items."""
    of = specialties(items, None)
    facts = Gathering.at(of, hospitals)
    return World(frozenset(of), facts.inside, frozenset(), facts.held(), house=facts.house)
