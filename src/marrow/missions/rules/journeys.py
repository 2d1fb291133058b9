"""The order of a journey: it is agreed, a team leaves, arrives and comes home, as was planned."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import combinations

from marrow.core.partial_dates import earliest, latest, months_after

#: days that tell of what happened, in their order
HAPPENED = ("signed_on", "departed_on", "arrived_on", "returned_on")
STARTS = ("signed_on", "departed_on", "arrived_on")
ORDER = (*combinations(HAPPENED, 2), *((start, "planned_end_on") for start in STARTS))
YEAR = 12
LONGEST = 10  # years that a team stays; the form's own work period goes as far
#: months that may lie between two days of one journey
APART = {
    ("departed_on", "arrived_on"): YEAR,
    ("departed_on", "returned_on"): LONGEST * YEAR,
    ("arrived_on", "returned_on"): LONGEST * YEAR,
    ("departed_on", "planned_end_on"): LONGEST * YEAR,
    ("arrived_on", "planned_end_on"): LONGEST * YEAR,
}
Pair = tuple[str, str]


def disorder(dates: Mapping[str, str], changed: Collection[str]) -> Pair | None:
    """The first pair (earlier, later) of which one is changed and which cannot be so, or None.

    Dates are partial ("2006", "2006-09"): only what lies wholly before is out of order.
    """
    for early, late in _told(dates, changed, ORDER):
        if latest(dates[late]) < earliest(dates[early]):
            return early, late
    return None


def apart(dates: Mapping[str, str], changed: Collection[str]) -> Pair | None:
    """The first pair of which one is changed and which lies too far apart for one journey."""
    for early, late in _told(dates, changed, APART):
        if earliest(dates[late]) > months_after(latest(dates[early]), APART[early, late]):
            return early, late
    return None


def _told(
    dates: Mapping[str, str], changed: Collection[str], pairs: Collection[Pair]
) -> list[Pair]:
    both = [pair for pair in pairs if dates.get(pair[0]) and dates.get(pair[1])]
    return [pair for pair in both if set(pair) & set(changed)]
