"""How many left: one definition for a year, for the last twelve months, for an area and its parts.

A month and a year are two grains of one figure, an area and its hospitals two tellings of one
crowd: they are settled, never added. What nobody told is None, never 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

MONTH, YEAR = "MONTH", "YEAR"
MONTHS = 12
SINCE = "1963"  # the year in which the first team was sent: nothing is counted before it


@dataclass(frozen=True, slots=True)
class Telling:
    """How many left a place in one month or year (`from_on` is its first day), to one destination.
    `path` says which place: one lies within another where its path begins with the other's. What
    is known of one patient: kilometres one way, cost in a currency; None is unknown."""

    path: str
    grain: str
    from_on: date
    patients: int
    kilometres: int | None = None
    cost: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """How many left in twelve months, from how many months that were told. `whole` is a figure of
    all twelve for the whole area; any other says "at least"."""

    patients: int
    months: int = MONTHS
    of_parts: bool = False
    tellings: tuple[Telling, ...] = ()

    @property
    def whole(self) -> bool:
        return self.months == MONTHS and not self.of_parts


def of_year(tellings: Iterable[Telling], year: int, top: str = "") -> Left | None:
    """How many left in a calendar year. `top` is the path of the area that is asked about."""
    return _settled(tellings, [date(year, m, 1) for m in range(1, MONTHS + 1)], year, top)


def of_last_year(tellings: Iterable[Telling], on: date, top: str = "") -> Left | None:
    """How many left in the last twelve months that were told: the twelve before the month of this
    day, where all were told; else the calendar year before; else the months that were."""
    first = on.year * MONTHS + on.month - 1 - MONTHS
    months = [date(n // MONTHS, n % MONTHS + 1, 1) for n in range(first, first + MONTHS)]
    return _settled(tellings, months, on.year - 1, top)


def _settled(
    tellings: Iterable[Telling], months: Sequence[date], year: int, top: str
) -> Left | None:
    by_path: dict[str, list[Telling]] = defaultdict(list)
    for one in tellings:
        by_path[one.path].append(one)
    found = {path: left for path, rows in by_path.items() if (left := _at(rows, months, year))}
    outer = _outermost(found)
    if not outer:
        return None
    parts = [found[path] for path in outer]
    return Left(
        sum(p.patients for p in parts), min(p.months for p in parts),
        of_parts=bool(top) and outer != [top], tellings=tuple(t for p in parts for t in p.tellings),
    )  # fmt: skip


def _outermost(found: Mapping[str, Left]) -> list[str]:
    """The paths that count, none within another: a hospital's figure is within that of its county,
    where the county told one. Both say "at least" where the county told of fewer months: then the
    greater counts, so that one month told of it hides no year of its hospitals."""
    count: list[str] = []
    for path in sorted(found, key=len, reverse=True):
        within = [one for one in count if one.startswith(path)]
        if not _says_more([found[one] for one in within], found[path]):
            count = [one for one in count if one not in within] + [path]
    return sorted(count)


def _says_more(parts: Sequence[Left], whole: Left) -> bool:
    longer = any(part.months > whole.months for part in parts)
    return longer and sum(part.patients for part in parts) > whole.patients


def _at(rows: Sequence[Telling], months: Sequence[date], year: int) -> Left | None:
    """What one place told of these months, or of this year where not all of them were told."""
    wanted = set(months)
    monthly = [t for t in rows if t.grain == MONTH and t.from_on in wanted]
    told = {t.from_on for t in monthly}
    yearly = [t for t in rows if t.grain == YEAR and t.from_on.year == year]
    if yearly and len(told) < MONTHS:
        return Left(sum(t.patients for t in yearly), tellings=tuple(yearly))
    if monthly:
        return Left(sum(t.patients for t in monthly), len(told), tellings=tuple(monthly))
    return None


def years_told(tellings: Iterable[Telling]) -> list[int]:
    return sorted({t.from_on.year for t in tellings})


def by_people(patients: int | None) -> tuple[bool, int]:
    """The order of people helped: the most first; of whom nobody knows how many come after all
    that are known, for unknown is not none."""
    return patients is None, -(patients or 0)
