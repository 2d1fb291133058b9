"""Care without leaving: what can be treated in an area, by whom, on a day, as known by a moment.

The one definition, for every page, plan and report (the word in code is *containment*). Nothing
here reads a table or a clock. What was known at another moment is another `World`.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from marrow.capacity.rules.ladder import ALONE, LEVELS, VISITOR_DOES, Step, level_on


class Care(StrEnum):
    """The four outcomes, the best first. Unknown is never "must leave"."""

    BY_LOCALS = "BY_LOCALS"
    WITH_VISITORS = "WITH_VISITORS"
    MUST_LEAVE = "MUST_LEAVE"
    NOT_ASSESSED = "NOT_ASSESSED"


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in which something holds: from a day to the first day on which it no longer does."""

    start: date
    end: date | None = None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Held:
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


def stands(held: Held, day: date) -> Care:
    """The standing of one organisation and item on a day."""
    return standing(
        level_on(held.steps, day),
        ready=not any(s.covers(day) for s in held.down),
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
    roster: frozenset[str]  # those of them that should have what is listed
    held: Mapping[Pair, Held] = field(default_factory=dict)


def outcome_of(world: World, item: str, day: date) -> Care:
    """The measure itself, for one item."""
    own = {
        one: stands(world.held[one, item], day) for one in world.inside if (one, item) in world.held
    }
    expected = (own.get(one, Care.NOT_ASSESSED) for one in world.roster & world.inside)
    return of_area(set(own.values()), expected)


def count(world: World, day: date) -> Counter[Care]:
    """How many items of the list have which outcome; the four sum to the list."""
    return Counter(outcome_of(world, item, day) for item in world.items)


#: what a level says of an organisation that is ready and has nobody beside it
_ALONE = tuple(standing(level, ready=True, helped=False) for level in LEVELS)


def changes(held: Held) -> Iterator[tuple[date, Care, Care]]:
    """The days on which an organisation's standing for an item changes: from what, to what."""
    last = Care.NOT_ASSESSED
    for day, now in _standings(held):
        if now is not last:
            yield day, last, now
            last = now


def _standings(held: Held) -> Iterable[tuple[date, Care]]:
    """The standing after each day on which anything happened."""
    steps = sorted(held.steps, key=lambda s: (s.on, s.order))
    if not (held.down or held.helped):  # of most hospitals and items only steps are known
        after = itertools.pairwise((*steps, None))
        return [
            (s.on, _ALONE[s.level]) for s, then in after if s and not (then and then.on == s.on)
        ]
    days = {s.on for s in steps}
    for spell in (*held.down, *held.helped):
        days |= {spell.start} | ({spell.end} if spell.end else set())
    return [(day, stands(held, day)) for day in sorted(days)]


def curve(world: World, days: Sequence[date]) -> list[Counter[Care]]:
    """The counts on many days, in one pass over what changed; `days` in order."""
    changed: list[list[Change]] = [[] for _day in days]
    inside, items, known = world.inside, world.items, len(days)
    for (one, item), held in world.held.items():
        if one in inside and item in items:
            for day, before, now in changes(held):
                at = bisect_left(days, day)
                if at == known:
                    break
                changed[at].append((item, one, before, now))
    sweep, found = Sweep(world), []
    for those in changed:
        for change in those:
            sweep.take(*change)
        found.append(sweep.counts())
    return found


Change = tuple[str, str, Care, Care]  # item, organisation, from what, to what


class Sweep:
    """The outcome of each item while standings change one by one."""

    def __init__(self, world: World) -> None:
        self.expected = world.roster & world.inside
        self.locals: Counter[str] = Counter()  # by item, how many organisations stand so
        self.visitors: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()  # of those that should have it, how many were assessed
        self.outcome: dict[str, Care] = dict.fromkeys(world.items, Care.NOT_ASSESSED)

    def take(self, item: str, one: str, before: Care, now: Care) -> None:
        """An organisation stands otherwise from now on."""
        for care, tally in ((Care.BY_LOCALS, self.locals), (Care.WITH_VISITORS, self.visitors)):
            if now is care:
                tally[item] += 1
            elif before is care:
                tally[item] -= 1
        if one in self.expected:
            unknown = Care.NOT_ASSESSED
            self.asked[item] += (now is not unknown) - (before is not unknown)
        self.outcome[item] = self._of(item)

    def _of(self, item: str) -> Care:
        if self.locals[item]:
            return Care.BY_LOCALS
        if self.visitors[item]:
            return Care.WITH_VISITORS
        if self.expected and self.asked[item] == len(self.expected):
            return Care.MUST_LEAVE
        return Care.NOT_ASSESSED

    def counts(self) -> Counter[Care]:
        return Counter(self.outcome.values())
