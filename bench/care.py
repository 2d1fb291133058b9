"""Care without leaving over a whole region: 400 items × 2,000 hospitals × 60 months.

Usage: python bench/care.py [--tables]
200,000 steps, and what was told of staff, machines and supplies, all invented. Prints CPU time of
the figures of every month with readiness worked out, and, as the floor, of one pass over the steps
as arrays. With --tables also the time, on a SQLite database filled to the same size, from the last
signature under one more step to the pages that it touches.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import tempfile
import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from marrow.capacity.rules.care import (
    Held,
    Pair,
    Spell,
    World,
    asks_for_readiness,
    curve,
    outcome_of,
)
from marrow.capacity.rules.ladder import Step
from marrow.capacity.rules.readiness import Thing, Want, suspended
from marrow.core.gathering import gathering

ITEMS, HOSPITALS, MONTHS, STEPS = 400, 2_000, 60, 200_000
FIRST, DAY = dt.date(2021, 1, 1), dt.timedelta(days=1)
LAST = FIRST + MONTHS * 30 * DAY
KINDS = ("STAFF", "EQUIPMENT", "SUPPLY")
THINGS = [
    (kind, f"DOCTOR:S{n}" if kind == "STAFF" else f"t{n}") for kind in KINDS for n in range(25)
]
TOLD_OF, TELLINGS = 15, 4  # things of which a hospital told, how often of each
SPECIALTIES = 25


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of the region, as the tables hold it."""

    steps: dict[Pair, list[Step]]
    needs: dict[str, list[Want]]
    told: dict[str, dict[Thing, list[tuple[dt.date, int]]]]
    helped: dict[Pair, tuple[Spell, ...]]  # by hospital and specialty


def invented() -> Told:
    chance = random.Random(1)

    def some_day() -> dt.date:
        return FIRST + chance.randrange(MONTHS * 30) * DAY

    steps: dict[Pair, list[Step]] = {}
    for order in range(STEPS):
        pair = (f"h{chance.randrange(HOSPITALS)}", f"i{chance.randrange(ITEMS)}")
        steps.setdefault(pair, []).append(Step(chance.randrange(6), some_day(), order))
    needs = {
        f"i{n}": [
            Want(thing, chance.randrange(1, 3) if thing[0] != "SUPPLY" else 1)
            for thing in chance.sample(THINGS, 3)
        ]
        for n in range(ITEMS)
    }
    told = {
        f"h{n}": {
            thing: sorted(
                (some_day(), chance.randrange(4) if thing[0] != "SUPPLY" else chance.randrange(2))
                for _n in range(TELLINGS)
            )
            for thing in chance.sample(THINGS, TOLD_OF)
        }
        for n in range(HOSPITALS)
    }
    helped = {}
    for n in range(HOSPITALS // 4):
        start = some_day()
        helped[f"h{n}", f"S{chance.randrange(SPECIALTIES)}"] = (Spell(start, start + 360 * DAY),)
    return Told(steps, needs, told, helped)


def specialty(item: str) -> str:
    return f"S{int(item[1:]) % SPECIALTIES}"


def world(known: Told) -> World:
    with gathering():
        return _world(known)


def _world(known: Told) -> World:
    of = {f"i{n}": specialty(f"i{n}") for n in range(ITEMS)}
    helped = {pair: known.helped.get((pair[0], of[pair[1]]), ()) for pair in known.steps}
    asking = [
        pair for pair, found in known.steps.items() if asks_for_readiness(found, helped[pair])
    ]
    down = suspended(asking, known.needs, known.told)
    held = {
        pair: Held(tuple(found), down.get(pair, ()), helped[pair])
        for pair, found in known.steps.items()
    }
    hospitals = frozenset(f"h{n}" for n in range(HOSPITALS))
    return World(frozenset(f"i{n}" for n in range(ITEMS)), hospitals, frozenset(), held)


def timed(name: str, work: Callable[[], object]) -> None:
    best = float("inf")
    for _n in range(3):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    print(f"{name:<62}{best * 1000:>8.0f} ms CPU")


def floor(days: array[int], levels: array[int]) -> int:
    return sum(level for day, level in zip(days, levels, strict=True) if day >= 0)


def main() -> None:
    known = invented()
    days = [FIRST + 30 * n * DAY for n in range(MONTHS)]
    one = world(known)
    ready = sum(1 for held in one.held.values() if held.down)
    print(f"{len(one.held):,} pairs, {ready:,} of them suspended though somebody could")
    timed("curve of 60 months, readiness worked out", lambda: curve(world(known), days))
    timed("  of it the curve alone", lambda: curve(one, days))
    timed("one item, one day", lambda: outcome_of(one, "i7", days[30]))
    flat = [s for held in one.held.values() for s in held.steps]
    on, level = array("l", (s.on.toordinal() for s in flat)), array("b", (s.level for s in flat))
    timed("floor: one pass over the steps as arrays", lambda: floor(on, level))
    if "--tables" in sys.argv:
        with tempfile.TemporaryDirectory() as home:
            from care_tables import touched

            touched(known, Path(home))


if __name__ == "__main__":
    main()
