"""When what an item requires was not there: machines, staff and supplies are asked alike.

Of what a hospital never told anything it is taken at its word: unknown is not broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from marrow.capacity.rules.care import Pair, Spell, within

Told = Sequence[tuple[date, int]]  # from a day on so many work, in order
#: a kind of requirement and what distinguishes one of it: the machine, the supply, role:specialty
Thing = tuple[str, str]


def too_few(told: Told, wanted: int) -> list[Spell]:
    """When fewer than `wanted` were there, from the first word on."""
    last = dict(told)  # of two words of one day the later holds
    days = sorted(last)
    return [
        Spell(day, days[n + 1] if n + 1 < len(days) else None)
        for n, day in enumerate(days)
        if last[day] < wanted
    ]


@dataclass(frozen=True, slots=True)
class Want:
    """What an item requires, how many of it, from a day on (None: ever since it is known) until
    the first day on which it no longer does (None: it still does)."""

    thing: Thing
    many: int
    start: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


def suspended(
    pairs: Iterable[Pair], needs: Mapping[str, Sequence[Want]],
    told: Mapping[str, Mapping[Thing, Told]],
) -> dict[Pair, tuple[Spell, ...]]:  # fmt: skip
    """When an organisation had too little of what an item requires. A spell that several items
    share is one and the same."""
    asked: dict[Thing, set[int]] = {}
    for wants in needs.values():
        for want in wants:
            asked.setdefault(want.thing, set()).add(want.many)
    short = {one: _short(there, asked) for one, there in told.items()}
    wanted = {
        item: [((one.thing, one.many), one.start, one.end) for one in wants]
        for item, wants in needs.items()
    }
    found = {}
    for pair in pairs:
        if missing := short.get(pair[0]):
            spells = [
                spell
                for key, start, end in wanted.get(pair[1], ())
                if key in missing
                for spell in within(missing[key], start, end)
            ]
            if spells:
                found[pair] = tuple(spells)
    return found


def _short(
    there: Mapping[Thing, Told], asked: Mapping[Thing, Iterable[int]]
) -> dict[tuple[Thing, int], list[Spell]]:
    """Of each thing and number that something requires, when fewer were there."""
    found = {}
    for thing, told in there.items():
        for wanted in asked.get(thing, ()):
            if spells := too_few(told, wanted):
                found[thing, wanted] = spells
    return found


def working(machines: Sequence[Sequence[tuple[date, str]]]) -> list[tuple[date, int]]:
    """How many of a hospital's machines of one sort worked, after each day of a change."""
    days = sorted({day for changes in machines for day, _state in changes})
    return [(day, sum(_state_on(c, day) == "WORKS" for c in machines)) for day in days]


@dataclass(frozen=True, slots=True)
class Running:
    """Of a hospital's machines of one sort, how many work on a day, and how many it has."""

    work: int
    there: int


def running_on(machines: Sequence[Sequence[tuple[date, str]]], day: date) -> Running | None:
    """None where nothing was told of any by that day."""
    states = [state for changes in machines if (state := _state_on(changes, day))]
    there = sum(state != "GONE" for state in states)
    return Running(states.count("WORKS"), there) if states else None


def _state_on(changes: Sequence[tuple[date, str]], day: date) -> str:
    begun = [state for on, state in changes if on <= day]
    return begun[-1] if begun else ""


def on_day(told: Told, day: date) -> int | None:
    """How many there were on a day; None where nothing was told by then."""
    begun = [count for on, count in told if on <= day]
    return begun[-1] if begun else None


ONE_PERSON, ONE_MACHINE = "ONE_PERSON", "ONE_MACHINE"


def fragile(*, hands: int | None, machines: Mapping[str, int]) -> str:
    """Why a capability would end tomorrow: it rests on one person, or on one machine. '' where it
    does not, or where nobody knows on how many it rests."""
    if hands == 1:
        return ONE_PERSON
    return ONE_MACHINE if 1 in machines.values() else ""
