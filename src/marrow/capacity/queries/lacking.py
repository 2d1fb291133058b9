"""What is not there of what an item requires: the doctor, the machine, the supply, by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from marrow.capacity.queries.readiness import Kind, named_of, needs_of, running_at, told_at
from marrow.capacity.rules.care import World
from marrow.capacity.rules.readiness import Thing, on_day
from marrow.catalogue.models import Requirement
from marrow.catalogue.queries import specialty_name

Pair = tuple[UUID, UUID]  # hospital, item


@dataclass(frozen=True, slots=True)
class Lack:
    """Of a thing fewer are there than an item requires. `owned` is how many machines the hospital
    has, working or not."""

    kind: str
    named: str
    have: int
    wanted: int
    owned: int | None = None


def lacks_of(
    pairs: Collection[Pair], on: dt.date, beside: World | None = None
) -> dict[Pair, list[Lack]]:
    """What each hospital told on or before a day that suspends each item; unknown is no lack.
    `beside` is what the page read of these hospitals and items already."""
    if not pairs:
        return {}
    hospitals = {hospital for hospital, _item in pairs}
    own = {str(item) for _hospital, item in pairs}
    read = beside.items if beside and beside.items >= own else own
    also = beside.named if beside else frozenset[str]()
    needs, named = needs_of(read, on, also), named_of(read, also)
    things = {thing for item in own for thing in needs.get(item, {})}
    codes = {code for kind, code in things if kind == Kind.EQUIPMENT}
    house = beside.house if beside else None
    told, running = told_at(hospitals, things, house), running_at(hospitals, codes, on, house)
    found: dict[Pair, list[Lack]] = {}
    for hospital, item in pairs:
        there = told.get(str(hospital), {})
        lacks = []
        for thing, wanted in needs.get(str(item), {}).items():
            have = on_day(there[thing], on) if thing in there else None
            if have is not None and have < wanted:
                run = running.get((str(hospital), thing[1])) if thing[0] == Kind.EQUIPMENT else None
                owned = run.there if run else None
                lacks.append(Lack(thing[0], _named(thing, named), have, wanted, owned))
        if lacks:
            found[hospital, item] = sorted(lacks, key=lambda one: (one.kind, one.named))
    return found


def _named(thing: Thing, named: Mapping[Thing, str]) -> str:
    kind, name = thing
    if kind != Kind.STAFF:
        return named[thing]
    role, _colon, specialty = name.partition(":")
    words = str(Requirement.Role(role).label)
    return f"{words} · {specialty_name(specialty)}" if specialty else words
