"""What stands out of a series: far from its median, by its own spread."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import mean, median

FEWEST = 8  # months below which nothing is said
LIMIT = 4.5  # robust deviations
LEAST = 5.0  # a difference of fewer than these is never told
PER_MAD, PER_MEAN = 1.4826, 1.2533  # what makes each spread one of a bell curve


def standing_out(values: Sequence[float]) -> list[int]:
    """The places of values that stand out (median and MAD of square roots, for they are counts).

    Where more than half of the months are the same, the mean deviation takes the MAD's place.
    """
    if len(values) < FEWEST:
        return []
    roots = [math.sqrt(max(v, 0)) for v in values]
    middle, usual = median(roots), median(values)
    away = [abs(r - middle) for r in roots]
    spread = median(away) * PER_MAD or mean(away) * PER_MEAN
    if spread == 0:
        return []
    return [
        place
        for place, far in enumerate(away)
        if far / spread > LIMIT and abs(values[place] - usual) >= LEAST
    ]
