"""Streaks: batches that follow each other without a gap."""

from __future__ import annotations

from collections.abc import Iterable

SHORTEST = 3


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """The unbroken runs (first, last) of at least three, the longest first."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    long = [(a, b) for a, b in found if b - a + 1 >= SHORTEST]
    return sorted(long, key=lambda run: (run[0] - run[1], run[0]))
