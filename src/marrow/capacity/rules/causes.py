"""Why a figure changed between two moments: split into causes that sum exactly.

The first state is turned into the second, one cause after another in the order of CAUSES; each
cause has the change of the count that its turn made. The turns telescope: nothing is left over,
nothing is told twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
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
        world.items, world.inside, world.roster, levels, frozenset(down), frozenset(helped)
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


def split(
    first: State, second: State, care: Care, merged: Mapping[str, str] | None = None
) -> dict[str, int]:
    """How much of the change of one outcome's count each cause made; they sum to the change.

    `merged` names the organisations that became another between the two: {old: new}.
    """
    found, now = {}, first
    before = _count(now, care)
    for cause in CAUSES:
        now = _turned(now, second, cause, merged or {})
        after = _count(now, care)
        found[cause], before = after - before, after
    return found


def _count(state: State, care: Care) -> int:
    return Counter(outcomes(state).values())[care]


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
