"""Which of many hospitals did something first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Reached:
    """A hospital that came to do an item alone: where it lies, from which day, told by what."""

    item: str
    path: str  # of the area in which it lies
    on: date
    hospital: str
    step: str


def first_in_its_area(all_reached: Iterable[Reached]) -> list[Reached]:
    """Of each item and area the one that came first; of two on one day neither is proposed, for
    nobody can tell from the rows."""
    by_item: dict[str, list[Reached]] = {}
    for one in all_reached:
        by_item.setdefault(one.item, []).append(one)
    found: dict[tuple[str, str], Reached] = {}
    for same in by_item.values():
        for one in sorted(same, key=lambda r: (r.on, r.step)):
            if _is_first(one, same):
                found.setdefault((one.item, one.hospital), one)
    return list(found.values())


def _is_first(one: Reached, same: list[Reached]) -> bool:
    """Nobody else of its area came earlier, or on the same day."""
    here = [r for r in same if r.path.startswith(one.path)]
    return all(r.hospital == one.hospital or r.on > one.on for r in here)
