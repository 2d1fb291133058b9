"""Why a figure changed between two moments: split into causes that sum exactly.

The first state is turned into the second, one cause after another in the order of CAUSES; each
cause has the change of the count that its turn made. The turns telescope: nothing is left over,
nothing is told twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from marrow.capacity.rules.care import Care, Pair, World, of_area, standing
from marrow.capacity.rules.ladder import level_on

LIST, MERGE, MEMBERSHIP, MISSION = "LIST", "MERGE", "MEMBERSHIP", "MISSION"
READINESS, STEP = "READINESS", "STEP"
CAUSES = (LIST, MERGE, MEMBERSHIP, MISSION, READINESS, STEP)


@dataclass(frozen=True, slots=True)
class State:
    """A world on one day: parts that can be exchanged one by one."""

    items: frozenset[str]
    inside: frozenset[str]
    roster: frozenset[str]
    levels: Mapping[Pair, int]
    down: frozenset[Pair]
    helped: frozenset[Pair]


def state_of(world: World, day: date) -> State:
    levels, down, helped = {}, set(), set()
    for pair, held in world.held.items():
        level = level_on(held.steps, day)
        if level is not None:
            levels[pair] = level
        if any(s.covers(day) for s in held.down):
            down.add(pair)
        if any(s.covers(day) for s in held.helped):
            helped.add(pair)
    return State(
        world.items, world.inside, world.expected(day), levels, frozenset(down), frozenset(helped)
    )


def outcomes(state: State) -> dict[str, Care]:
    """The outcome of each item of the list."""
    own: dict[str, dict[str, Care]] = {}
    for (one, item), level in state.levels.items():
        if one in state.inside and item in state.items:
            pair = (one, item)
            ready, helped = pair not in state.down, pair in state.helped
            own.setdefault(item, {})[one] = standing(level, ready=ready, helped=helped)
    asked = state.roster & state.inside
    return {
        item: of_area(
            set(own.get(item, {}).values()),
            (own.get(item, {}).get(one, Care.NOT_ASSESSED) for one in asked),
        )
        for item in state.items
    }


@dataclass(frozen=True, slots=True)
class Move:
    """An item whose answer one cause changed; None stands for an item that is not listed."""

    cause: str
    item: str
    before: Care | None
    after: Care | None
    at: frozenset[str]  # the organisations in whose part of it something changed

    def counts(self, care: Care) -> int:
        """What it adds to the count of an answer: 1, 0 or -1."""
        return (self.after is care) - (self.before is care)


def moves(
    first: State, second: State, merged: Mapping[str, str] | None = None,
    started: Mapping[str, Care] | None = None,
) -> list[Move]:  # fmt: skip
    """What each cause changed when it had its turn; the rows behind the figures of `split`.

    `merged` names the organisations that became another between the two: {old: new}; `started`
    are the outcomes of the first state, where they were worked out already.
    """
    found, now, was = list[Move](), first, outcomes(first) if started is None else started
    for cause in CAUSES:
        then = _turned(now, second, cause, merged or {})
        if then is now:  # nobody was merged
            continue
        new, at = outcomes(then), _differing(now, then)
        found += [
            Move(cause, item, was.get(item), new.get(item), at(item))
            for item in sorted(was.keys() | new.keys()) if was.get(item) is not new.get(item)
        ]  # fmt: skip
        now, was = then, new
    return found


def split(found: Iterable[Move], care: Care) -> dict[str, int]:
    """How much of the change of one answer's count each cause made; they sum to the change."""
    parts = dict.fromkeys(CAUSES, 0)
    for move in found:
        parts[move.cause] += move.counts(care)
    return parts


def _differing(now: State, then: State) -> Callable[[str], frozenset[str]]:
    """Of an item, the organisations that two states tell otherwise."""
    levels = {p for p in {*now.levels, *then.levels} if now.levels.get(p) != then.levels.get(p)}
    joined = (now.inside ^ then.inside) | (now.roster ^ then.roster)
    of_item: dict[str, set[str]] = {}
    for one, item in levels | (now.down ^ then.down) | (now.helped ^ then.helped):
        of_item.setdefault(item, set()).add(one)

    def at(item: str) -> frozenset[str]:
        told = {
            one for one in joined
            if one in now.roster | then.roster
            or (one, item) in now.levels or (one, item) in then.levels
        }  # fmt: skip
        return frozenset(told | of_item.get(item, set()))

    return at


def _turned(now: State, second: State, cause: str, merged: Mapping[str, str]) -> State:
    """The state after one more cause has had its turn."""
    if cause == LIST:
        return replace(now, items=second.items)
    if cause == MERGE:
        return _merged(now, second, merged)
    if cause == MEMBERSHIP:
        return replace(now, inside=second.inside, roster=second.roster)
    if cause == MISSION:
        return replace(now, helped=second.helped)
    if cause == READINESS:
        return replace(now, down=second.down)
    return replace(now, levels=second.levels)


def _merged(now: State, second: State, merged: Mapping[str, str]) -> State:
    """All that is known of who was merged, and of those they became, is as it is afterwards."""
    those = {*merged, *merged.values()}
    if not those:
        return now
    levels = {p: v for p, v in now.levels.items() if p[0] not in those}
    levels |= {p: v for p, v in second.levels.items() if p[0] in those}
    return State(
        now.items,
        frozenset((now.inside - those) | (second.inside & those)),
        frozenset((now.roster - those) | (second.roster & those)),
        levels,
        _of_those(now.down, second.down, those),
        _of_those(now.helped, second.helped, those),
    )


def _of_those(now: frozenset[Pair], second: frozenset[Pair], those: set[str]) -> frozenset[Pair]:
    kept = {p for p in now if p[0] not in those}
    return frozenset(kept | {p for p in second if p[0] in those})
