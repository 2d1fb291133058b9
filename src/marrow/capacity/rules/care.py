"""Care without leaving: what can be treated in an area, by whom, on a day, as known by a moment.

The one definition, for every page, plan and report (the word in code is *containment*). Nothing
here reads a table or a clock. What was known at another moment is another `World`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import reduce
from operator import itemgetter, or_
from typing import NamedTuple
from uuid import UUID

from marrow.capacity.rules.ladder import ALONE, LEVELS, VISITOR_DOES, Step, level_on


class Care(StrEnum):
    """The four outcomes, the best first. Unknown is never "must leave"."""

    BY_LOCALS = "BY_LOCALS"
    WITH_VISITORS = "WITH_VISITORS"
    MUST_LEAVE = "MUST_LEAVE"
    NOT_ASSESSED = "NOT_ASSESSED"


class Spell(NamedTuple):
    """A time in which something holds: from a day to the first day on which it no longer does."""

    start: date
    end: date | None = None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


def within(spells: Sequence[Spell], start: date | None, end: date | None) -> Sequence[Spell]:
    """What of these lies between two days (None: no end there). Where nothing is cut off they are
    the same, not copies."""
    if start is None and end is None:
        return spells
    found = []
    for spell in spells:
        first = spell.start if start is None else max(spell.start, start)
        ends = [day for day in (spell.end, end) if day is not None]
        if not ends or first < min(ends):
            found.append(Spell(first, min(ends) if ends else None))
    return found


class Held(NamedTuple):
    """All that is known of one organisation and one item: steps, when it was not ready, and when
    a visitor on post or a signed remote supervision stood beside it."""

    steps: tuple[Step, ...] = ()
    down: tuple[Spell, ...] = ()
    helped: tuple[Spell, ...] = ()


def standing(level: int | None, *, ready: bool, helped: bool) -> Care:
    """What one organisation does for one item on one day."""
    if level is None:
        return Care.NOT_ASSESSED
    if ready and level >= ALONE:
        return Care.BY_LOCALS
    if ready and level >= VISITOR_DOES and helped:
        return Care.WITH_VISITORS
    return Care.MUST_LEAVE


#: the levels on which something can be done, with nobody from elsewhere and with somebody
_ABLE = [
    frozenset(n for n in LEVELS if standing(n, ready=True, helped=helped) != Care.MUST_LEAVE)
    for helped in (False, True)
]


def asks_for_readiness(steps: Iterable[Step], helped: Sequence[Spell]) -> bool:
    """Whether an answer rests on what was there: where nobody could do it, none does."""
    able = _ABLE[bool(helped)]
    return not able.isdisjoint([step.level for step in steps])


def is_ready(held: Held, day: date) -> bool:
    """Whether all that it requires was there on a day, as far as anybody told."""
    return not any(s.covers(day) for s in held.down)


def stands(held: Held, day: date) -> Care:
    """The standing of one organisation and item on a day."""
    return standing(
        level_on(held.steps, day),
        ready=is_ready(held, day),
        helped=any(s.covers(day) for s in held.helped),
    )


def of_area(standings: Collection[Care], expected: Iterable[Care]) -> Care:
    """What an area can treat: the best of its organisations. Patients must leave only where all
    that should have the item were assessed, and there is one that should."""
    for best in (Care.BY_LOCALS, Care.WITH_VISITORS):
        if best in standings:
            return best
    asked = list(expected)
    return Care.MUST_LEAVE if asked and Care.NOT_ASSESSED not in asked else Care.NOT_ASSESSED


Pair = tuple[str, str]  # organisation, item


@dataclass(frozen=True, slots=True)
class World:
    """What the measure looks at: who is in which areas, who should have what is listed."""

    items: frozenset[str]
    inside: frozenset[str]  # organisations in the area
    roster: frozenset[str]  # those of them that should have what is listed, on some day
    held: Mapping[Pair, Held] = field(default_factory=dict)
    #: when each of those should; one that is not told here always should
    should: Mapping[str, tuple[Spell, ...]] = field(default_factory=dict)
    #: for who asks for more: a handful of organisations that were read whole, and the machines and
    #: supplies whose names were read beside those that the items require
    house: frozenset[UUID] | None = None
    named: frozenset[str] = frozenset()

    def expected(self, day: date) -> frozenset[str]:
        """Who should have on a day what is listed."""
        return frozenset(
            one for one in self.roster
            if one not in self.should or any(s.covers(day) for s in self.should[one])
        )  # fmt: skip


def outcome_of(world: World, item: str, day: date) -> Care:
    """The measure itself, for one item."""
    own = {
        one: stands(world.held[one, item], day) for one in world.inside if (one, item) in world.held
    }
    expected = (own.get(one, Care.NOT_ASSESSED) for one in world.expected(day) & world.inside)
    return of_area(set(own.values()), expected)


def count(world: World, day: date) -> Counter[Care]:
    """How many items of the list have which outcome; the four sum to the list."""
    return curve(world, [day])[0]


def outcomes_on(world: World, day: date) -> dict[str, Care]:
    """The outcome of every item of the list, in one pass over what is held."""
    found = {}
    for item, masks in _outcomes(world, [day]):
        found[item] = next(care for care, mask in zip(Care, masks, strict=True) if mask)
    return found


def curve(world: World, days: Sequence[date]) -> list[Counter[Care]]:
    """The counts on many days, in one pass over what is held; `days` in order."""
    found = [Counter[Care]() for _day in days]
    for _item, masks in _outcomes(world, days):
        for care, mask in zip(Care, masks, strict=True):
            for day in _bits(mask):
                found[day][care] += 1
    return found


#: which wording of the measure this is: raise it with every change of an answer, so that what is
#: kept of an older one is worked out anew
WORDING = 1
#: one item's answers over all time: from which day (as a number) on which (its place in `Care`);
#: the first is the day of the first step, before it nobody knows. As JSON holds it, too
Turns = Sequence[Sequence[int]]
_CARES, _UNKNOWN = tuple(Care), tuple(Care).index(Care.NOT_ASSESSED)


def turns_of(world: World) -> dict[str, Turns]:
    """Of each item of the list how its answer turned: all that any day can ask for."""
    days, begun = sorted(_days(world)), _first_steps(world)
    found: dict[str, Turns] = {}
    for item, masks in _outcomes(world, days):
        turns = sorted(
            [days[n].toordinal(), place]
            for place, mask in enumerate(masks)
            for n in _bits(mask & ~(mask << 1))
        )
        if turns and turns[0][1] == _UNKNOWN:
            turns[0][0] = begun.get(item, turns[0][0])
        found[item] = turns if item in begun else []
    return found


def _days(world: World) -> set[date]:
    """The days on which anything that is held begins or ends."""
    spells = {id(s): s for h in world.held.values() for s in (*h.down, *h.helped)}
    spells |= {id(s): s for some in world.should.values() for s in some}
    found = {step.on for held in world.held.values() for step in held.steps}
    ends = {s.end for s in spells.values() if s.end is not None}
    return (found | {s.start for s in spells.values()} | ends) - {date.min}


def _first_steps(world: World) -> dict[str, int]:
    """Of each item that was assessed in the area, the day of the first step."""
    found: dict[str, int] = {}
    for (one, item), held in world.held.items():
        if one in world.inside and held.steps:
            first = min(step.on for step in held.steps).toordinal()
            found[item] = min(first, found.get(item, first))
    return found


def answer_on(turns: Turns, day: date) -> Care:
    """The answer that held on a day."""
    begun = bisect_right(turns, day.toordinal(), key=itemgetter(0))
    return _CARES[turns[begun - 1][1]] if begun else Care.NOT_ASSESSED


def stairs(
    turns: Iterable[Turns], first: date, last: date
) -> tuple[list[date], list[int], list[int]]:
    """How many items locals do alone and how many are done with visitors, from a first to a last
    day: each day on which one of the two counts changed, and both ends."""
    moves: dict[int, Counter[Care]] = {}
    for some in turns:
        before = Care.NOT_ASSESSED
        for day, place in some:
            move = moves.setdefault(max(day, first.toordinal()), Counter())
            move[before] -= 1
            before = _CARES[place]
            move[before] += 1
    days, alone, helped = [first], [0], [0]
    for day in sorted(day for day in moves if day <= last.toordinal()):
        more, beside = moves[day][Care.BY_LOCALS], moves[day][Care.WITH_VISITORS]
        if date.fromordinal(day) == first:
            alone[0], helped[0] = more, beside
        elif more or beside:
            days.append(date.fromordinal(day))
            alone.append(alone[-1] + more)
            helped.append(helped[-1] + beside)
    if days[-1] < last:
        days, alone, helped = [*days, last], [*alone, alone[-1]], [*helped, helped[-1]]
    return days, alone, helped


def _outcomes(world: World, days: Sequence[date]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each item with the days, as bits, on which it has which outcome, in the order of `Care`."""
    calendar = _Calendar(days)
    locals_, visitors = dict.fromkeys(world.items, 0), dict.fromkeys(world.items, 0)
    asked, answers = dict.fromkeys(world.items, calendar.all), Counter[tuple[str, int]]()
    inside, expected = world.inside, _expected(world, calendar)
    together = Counter(expected.values())  # mostly all of them on the same days
    any_of_them = reduce(or_, together, 0)
    for (one, item), held in world.held.items():
        if item not in locals_ or one not in inside:
            continue
        assessed, alone, helped = calendar.standing(held)
        locals_[item] |= alone
        visitors[item] |= helped
        if one in expected:
            answers[item, expected[one]] += 1
            asked[item] &= assessed | ~expected[one]
    for item, by in locals_.items():
        beside = visitors[item] & ~by
        unknown = (days for days, many in together.items() if answers[item, days] < many)
        leave = asked[item] & any_of_them & ~reduce(or_, unknown, 0) & ~(by | beside)
        yield item, (by, beside, leave, calendar.all & ~(by | beside | leave))


def _expected(world: World, calendar: _Calendar) -> dict[str, int]:
    """Of each that should have what is listed the days, as bits, on which it should."""
    return {
        one: calendar.spells(world.should[one]) if one in world.should else calendar.all
        for one in world.roster & world.inside
    }


def _bits(mask: int) -> Iterator[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class _Calendar:
    """Days as the bits of a number: the n-th is set where something holds on the n-th day. So all
    days are asked at once, and a spell that many items share is worked out once."""

    def __init__(self, days: Sequence[date]) -> None:
        self.days, self.all = days, (1 << len(days)) - 1
        self._since: dict[date, int] = {}
        self._spells: dict[int, int] = {}  # by identity: who asks holds the spells meanwhile

    def since(self, day: date) -> int:
        found = self._since.get(day)
        if found is None:
            begun = bisect_left(self.days, day)
            found = self._since[day] = self.all >> begun << begun
        return found

    def spells(self, some: Iterable[Spell]) -> int:
        """The days on which one of them runs."""
        found = 0
        for spell in some:
            mask = self._spells.get(id(spell))
            if mask is None:
                over = self.since(spell.end) if spell.end is not None else 0
                mask = self._spells[id(spell)] = self.since(spell.start) & ~over
            found |= mask
        return found

    def standing(self, held: Held) -> tuple[int, int, int]:
        """The days on which it was assessed, stood alone, stood with visitors."""
        steps = held.steps
        if len(steps) > 1:  # of most hospitals and items one is known
            steps = tuple(sorted(steps, key=lambda s: (s.on, s.order)))
        later = alone = some = 0
        for step in reversed(steps):
            begun = self.since(step.on)
            if step.level >= ALONE:
                alone |= begun & ~later
            elif step.level >= VISITOR_DOES:
                some |= begun & ~later
            later |= begun
        helped = some & self.spells(held.helped) if some and held.helped else 0
        if held.down and (alone or helped):
            ready = ~self.spells(held.down)
            return later, alone & ready, helped & ready
        return later, alone, helped
