"""On how many people and machines a capability rests. Who may do what is counted by a room above;
it hands its count in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from marrow.capacity.queries.readiness import Kind, named_of, needs_of, running_at
from marrow.capacity.rules.care import World
from marrow.capacity.rules.readiness import Running, fragile

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
    machines: Mapping[str, Running]  # by the machine's name in the reader's language
    why_fragile: str


def rests_on(
    pairs: Collection[Pair], on: dt.date, beside: World | None = None
) -> dict[Pair, RestsOn]:
    """`beside` is what the page read of these hospitals and items already."""
    hospitals = {hospital for hospital, _item in pairs}
    own = {str(item) for _hospital, item in pairs}
    read = beside.items if beside and beside.items >= own else own
    also = beside.named if beside else frozenset[str]()
    needs, named = needs_of(read, on, also), named_of(read, also)
    codes = {code for item in own for kind, code in needs.get(item, {}) if kind == Kind.EQUIPMENT}
    running = running_at(hospitals, codes, on, beside.house if beside else None)
    hands: dict[Pair, int] = {}
    for source in _HANDS:
        hands |= source(hospitals, on)
    found = {}
    for hospital, item in pairs:
        machines = {
            named[kind, code]: running[str(hospital), code]
            for kind, code in needs.get(str(item), {})
            if kind == Kind.EQUIPMENT and (str(hospital), code) in running
        }
        many = hands.get((hospital, item))
        why = fragile(hands=many, machines={name: one.work for name, one in machines.items()})
        found[hospital, item] = RestsOn(many, machines, why)
    return found
