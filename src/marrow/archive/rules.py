"""Streaks: batches that follow each other without a gap; and which batches count as sent."""

from __future__ import annotations

from collections.abc import Iterable

from marrow.teams.rules.stages import STILL_FORMING

SHORTEST = 3
#: stages of a mission for which nobody left: no figure of what was counts it. What is unknown, as
#: of most that the records tell, counts as sent
NOT_SENT = (*STILL_FORMING, "CANCELLED")


def parted(stages: Iterable[str]) -> tuple[int, int]:
    """How many missions were sent, and how many are only planned, by their stages."""
    told = list(stages)
    return sum(s not in NOT_SENT for s in told), sum(s in STILL_FORMING for s in told)


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
