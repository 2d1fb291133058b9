"""The order of a journey: a team leaves, arrives and comes home."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from marrow.core.partial_dates import earliest, latest

ORDER = (
    ("departed_on", "arrived_on"),
    ("departed_on", "returned_on"),
    ("arrived_on", "returned_on"),
)


def disorder(dates: Mapping[str, str], changed: Collection[str]) -> tuple[str, str] | None:
    """The first pair (earlier, later) of which one is changed and which cannot be so, or None.

    Dates are partial ("2006", "2006-09"): only what lies wholly before is out of order.
    """
    for early, late in ORDER:
        here, there = dates.get(early, ""), dates.get(late, "")
        if here and there and {early, late} & set(changed) and latest(there) < earliest(here):
            return early, late
    return None
