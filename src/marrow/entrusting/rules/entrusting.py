"""What a level of entrustment rests on, and what must be said when somebody goes back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

LEVELS = range(1, 6)
ALONE = 4  # from here on nobody stands beside them
OBSERVED, ASSISTED, SUPERVISED, DONE_ALONE = ROLES = (
    "OBSERVED", "ASSISTED", "SUPERVISED", "ALONE",
)  # fmt: skip
#: the least that somebody did in a confirmed case before a level can rest on it: nobody works
#: alone before they are entrusted with it, nobody supervises before they worked alone
RESTS_ON = {1: OBSERVED, 2: ASSISTED, 3: SUPERVISED, 4: SUPERVISED, 5: DONE_ALONE}


@dataclass(frozen=True, slots=True)
class Level:
    """A level that was signed; of two of one day the later signed one (higher order) holds."""

    level: int
    on: date
    order: int = 0


def level_on(levels: Sequence[Level], day: date) -> int | None:
    """The level that holds on a day; None where none was signed by then."""
    begun = [one for one in levels if one.on <= day]
    return max(begun, key=lambda one: (one.on, one.order)).level if begun else None


def lacks_of_level(
    before: int | None, after: int, roles: Collection[str], *, reason: str
) -> list[str]:
    """What a level still needs, as codes: SAME, REASON, CASES.

    `roles` are those of the confirmed cases. Going up rests on cases; going back needs its reason,
    and no case: what is lost is not shown by what was done.
    """
    if after == before:
        return ["SAME"]
    if before is not None and after < before:
        return [] if reason.strip() else ["REASON"]
    least = ROLES.index(RESTS_ON[after])
    return [] if any(ROLES.index(role) >= least for role in roles) else ["CASES"]
