"""On how many people and machines a capability rests. Who may do what is counted by a room above;
it hands its count in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from marrow.capacity.queries.readiness import Kind, needs_of, told_at
from marrow.capacity.queries.standing import things_to_choose
from marrow.capacity.rules.readiness import fragile, on_day

Pair = tuple[UUID, UUID]  # hospital, item
#: (hospitals, day) → of hospital and item, how many local people do it without supervision
Hands = Callable[[Collection[UUID], dt.date], Mapping[Pair, int]]
_HANDS: list[Hands] = []


def count_hands(source: Hands) -> Hands:
    """Hand in who counts the people; of a pair that is not in its answer nobody knows."""
    _HANDS.append(source)
    return source


@dataclass(frozen=True, slots=True)
class RestsOn:
    """People who do it alone (None is unknown); of each machine that it needs, how many work."""

    hands: int | None
    machines: Mapping[str, int]  # by the machine's name in the reader's language
    why_fragile: str


def rests_on(pairs: Collection[Pair], on: dt.date) -> dict[Pair, RestsOn]:
    hospitals = {hospital for hospital, _item in pairs}
    needs = needs_of({str(item) for _hospital, item in pairs})
    told = told_at(hospitals)
    named = dict(things_to_choose())
    hands: dict[Pair, int] = {}
    for source in _HANDS:
        hands |= source(hospitals, on)
    found = {}
    for hospital, item in pairs:
        known = told.get(str(hospital), {})
        counts = {
            named.get(thing[1], thing[1]): on_day(known[thing], on)
            for thing in needs.get(str(item), {}) if thing[0] == Kind.EQUIPMENT and thing in known
        }  # fmt: skip
        machines = {name: count for name, count in counts.items() if count is not None}
        many = hands.get((hospital, item))
        found[hospital, item] = RestsOn(many, machines, fragile(hands=many, machines=machines))
    return found
