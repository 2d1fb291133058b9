"""One figure out of two grains: what was recorded one by one, and what a month's report counts.

The same indicator, place and month in both grains is one thing told twice: the report stands, the
single records stand beside it, and they agree or differ by so much. They are never added.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

MONTHLY, DAILY, SINGLE = "MONTHLY", "DAILY", "SINGLE"


@dataclass(frozen=True, slots=True)
class Told:
    """So many of a kind in a month, told in one grain; `place` None where nobody said where."""

    kind: str
    month: dt.date
    grain: str
    value: Decimal
    place: UUID | None = None
    mission: UUID | None = None
    part: str = ""  # the group or specialty, where figures are parted by it


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of one kind and month. `value` is what stands; None is unknown, never nought."""

    value: Decimal | None
    counted: Decimal | None  # by months' reports
    single: Decimal | None  # by single records and counts of days

    @property
    def differs(self) -> Decimal | None:
        """By how much the report is over the single records; None where there is one grain."""
        if self.counted is None or self.single is None:
            return None
        return self.counted - self.single


UNKNOWN = Cell(None, None, None)
Key = tuple[str, dt.date, str]


def settled(told: Iterable[Told]) -> dict[Key, Cell]:
    """By kind, month and part: one cell over all places and missions."""
    groups: dict[tuple[UUID | None, Key], list[Told]] = defaultdict(list)
    for one in told:
        groups[one.mission, (one.kind, one.month, one.part)].append(one)
    found: dict[Key, Cell] = {}
    for (_mission, key), lines in groups.items():
        found[key] = _beside(found.get(key, UNKNOWN), _settle(lines))
    return found


def _settle(lines: Sequence[Told]) -> Cell:
    """One mission's (or one hospital's own) month of one kind, over the places that told of it.

    Numbers of a day and records one by one are told as the work goes on, each visit in one of the
    two: a phone that tells of one visit more than that it was does not count it again. These add
    up. A number of a day names no place: it stands beside the reports of the whole month.
    """
    counted, singles = _by_place(lines, MONTHLY), _by_place(lines, SINGLE)
    daily = _sum(lines, DAILY)
    if not counted:
        single = _total((daily, *singles.values()))
        return Cell(single, None, single)
    beyond = [v for place, v in singles.items() if place not in counted]
    whole = _total(counted.values())
    beside = _total((daily, *(v for place, v in singles.items() if place in counted)))
    return Cell(sum(beyond, whole or Decimal(0)), whole, beside)


def _by_place(lines: Sequence[Told], grain: str) -> dict[UUID | None, Decimal]:
    found: dict[UUID | None, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.grain == grain:
            found[line.place] += line.value
    return found


def _sum(lines: Sequence[Told], grain: str) -> Decimal | None:
    return _total(line.value for line in lines if line.grain == grain)


def _total(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [v for v in values if v is not None]
    return sum(known, Decimal(0)) if known else None


def _beside(one: Cell, other: Cell) -> Cell:
    """Two missions' cells: these are two things, and add up."""
    return Cell(
        _total((one.value, other.value)), _total((one.counted, other.counted)),
        _total((one.single, other.single)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """One cell of a report: the whole of an indicator, or its part of a specialty or group."""

    specialty: str
    group: str
    value: Decimal


def whole_of(parts: Sequence[Part]) -> Decimal | None:
    """An indicator's whole in one report: as it is told, else the sum of the finest parting.

    Parts by specialty and parts by group are the same people told twice: where no whole stands
    beside them, the parting by specialty counts.
    """
    for chosen in (
        [p for p in parts if not p.specialty and not p.group],
        [p for p in parts if p.specialty and not p.group],
        [p for p in parts if p.group and not p.specialty],
        list(parts),
    ):
        if chosen:
            return sum((p.value for p in chosen), Decimal(0))
    return None
