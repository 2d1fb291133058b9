"""Care without leaving over a whole region: 400 items × 2,000 hospitals × 60 months.

Usage: python bench/care.py
200,000 steps, invented. Prints CPU time: of the curve (the figures of every month), of
one item on one day, and, as the floor, of one pass over the steps as arrays.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from marrow.capacity.rules.care import Held, World, curve, outcome_of
from marrow.capacity.rules.ladder import Step

ITEMS, HOSPITALS, MONTHS, STEPS = 400, 2_000, 60, 200_000
FIRST = dt.date(2021, 1, 1)


def world() -> World:
    chance = random.Random(1)
    steps: dict[tuple[str, str], list[Step]] = {}
    while sum(map(len, steps.values())) < STEPS:
        for _n in range(10_000):
            pair = (f"h{chance.randrange(HOSPITALS)}", f"i{chance.randrange(ITEMS)}")
            on = FIRST + dt.timedelta(days=chance.randrange(MONTHS * 30))
            steps.setdefault(pair, []).append(Step(chance.randrange(6), on))
    held = {pair: Held(tuple(found)) for pair, found in steps.items()}
    hospitals = frozenset(f"h{n}" for n in range(HOSPITALS))
    return World(frozenset(f"i{n}" for n in range(ITEMS)), hospitals, frozenset(), held)


def timed(name: str, work: Callable[[], object]) -> None:
    best = float("inf")
    for _n in range(3):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    print(f"{name:<50}{best * 1000:>10.0f} ms CPU")


def main() -> None:
    one = world()
    days = [FIRST + dt.timedelta(days=30 * n) for n in range(MONTHS)]
    timed("curve of 60 months", lambda: curve(one, days))
    timed("one item, one day", lambda: outcome_of(one, "i7", days[30]))
    flat = [(s.on.toordinal(), s.level) for held in one.held.values() for s in held.steps]
    timed("floor: one pass over the steps", lambda: sum(level for _on, level in sorted(flat)))


if __name__ == "__main__":
    main()
