"""The one definition of each figure: months' reports and single records, settled, never added.

A hospital's own figures are what it tells of itself; what teams did there is told by the teams and
stands in theirs. Whoever wants both reads both: the hospital's count may hold the team's.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Max, Min, Q, QuerySet, Sum, Value
from django.db.models.functions import TruncMonth

from marrow.activity.models import Count, Deed, Visits
from marrow.activity.rules.kinds import GROUPS, KINDS
from marrow.activity.rules.months import of_year
from marrow.activity.rules.settling import (
    DAILY,
    MONTHLY,
    SINGLE,
    UNKNOWN,
    Cell,
    Part,
    Told,
    settled,
    whole_of,
)
from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.words import in_tongue

GRAINS = (MONTHLY, SINGLE, DAILY)
PARTED = {"group": GROUPS, "specialty": SPECIALTIES}


@dataclass(frozen=True, slots=True)
class Of:
    """Whose figures: one of these."""

    organisation: UUID | None = None
    mission: UUID | None = None
    programme: UUID | None = None

    def deeds(self) -> QuerySet[Deed]:
        rows = Deed.objects.filter(void_reason="")
        if self.organisation:
            return rows.filter(organisation=self.organisation, mission=None)
        return rows.filter(self._mission())

    def counts(self) -> QuerySet[Count]:
        rows = Count.objects.filter(report__stands=True)
        if self.organisation:
            return rows.filter(report__organisation=self.organisation, report__mission=None)
        return rows.filter(self._mission("report__"))

    def visits(self) -> QuerySet[Visits]:
        if self.organisation:
            return Visits.objects.none()
        return Visits.objects.filter(self._mission(), void_reason="")

    def _mission(self, path: str = "") -> Q:
        if self.mission:
            return Q(**{f"{path}mission": self.mission})
        return Q(**{f"{path}mission__programme": self.programme})


@dataclass(frozen=True, slots=True)
class Line:
    """One kind (or a part of it) over the twelve months of a year."""

    code: str
    label: str
    cells: list[tuple[dt.date, Cell]]

    @property
    def known(self) -> int:
        return sum(cell.value is not None for _month, cell in self.cells)

    @property
    def total(self) -> Decimal | None:
        """The sum of the months that are known; None where none is."""
        values = [cell.value for _month, cell in self.cells if cell.value is not None]
        return sum(values, Decimal(0)) if values else None

    @property
    def differing(self) -> list[tuple[dt.date, Cell]]:
        """Months that stand in both grains."""
        return [(month, cell) for month, cell in self.cells if cell.differs is not None]


def lines_of(
    of: Of, year: int, basis: str = "REPORTED", grains: Collection[str] = GRAINS
) -> list[Line]:
    """Every kind that was told of in a year, in the order of kinds."""
    cells = settled(told(of, year, basis, grains=grains))
    months = of_year(year)
    present = {kind for kind, _month, _part in cells}
    return [
        Line(
            kind, in_tongue(words),
            [(month, cells.get((kind, month, ""), UNKNOWN)) for month in months],
        )
        for kind, words in KINDS.items() if kind in present
    ]  # fmt: skip


def parts_of(of: Of, year: int, by: str, basis: str = "REPORTED") -> list[tuple[str, list[Line]]]:
    """The same, parted by `group` or `specialty`, with what nobody said of whom left out."""
    cells = settled(told(of, year, basis, by))
    months, found = of_year(year), []
    for kind, words in KINDS.items():
        codes = sorted({part for k, _m, part in cells if k == kind and part})
        lines = [
            Line(
                code, in_tongue(PARTED[by].get(code, {"en": code})),
                [(month, cells.get((kind, month, code), UNKNOWN)) for month in months],
            )
            for code in codes
        ]  # fmt: skip
        if lines:
            found.append((in_tongue(words), lines))
    return found


def told(
    of: Of, year: int, basis: str = "REPORTED", by: str = "", grains: Collection[str] = GRAINS
) -> Iterator[Told]:
    """Everything that was told of a year, in every grain; or in those of which something is."""
    if MONTHLY in grains:
        yield from _counted(of, year, basis, by)
    if SINGLE in grains:
        yield from _counted_singly(of, year, by)
    if DAILY in grains and not by:
        yield from _counted_by_day(of, year)


def _counted_singly(of: Of, year: int, by: str) -> Iterator[Told]:
    parted = [by] if by else []
    for row in (
        of.deeds().filter(held_on__year=year)
        .annotate(month=TruncMonth("held_on"))
        .values("kind", "month", "organisation", "mission", *parted)
        .annotate(n=Sum("count"))
        .order_by()
    ):  # fmt: skip
        yield Told(
            row["kind"], row["month"], SINGLE, Decimal(row["n"]), row["organisation"],
            row["mission"], row[by] if by else "",
        )  # fmt: skip


def _counted_by_day(of: Of, year: int) -> Iterator[Told]:
    rows = of.visits().filter(held_on__year=year).annotate(month=TruncMonth("held_on"))
    for row in rows.values("mission", "month").annotate(n=Sum("count")).order_by():
        yield Told("VISIT", row["month"], DAILY, Decimal(row["n"]), None, row["mission"])


def _counted(of: Of, year: int, basis: str, by: str) -> Iterator[Told]:
    told_of = of.counts().filter(report__month__year=year, basis=basis, contested=False)
    rows = told_of.exclude(indicator__kind="")
    wholes: dict[tuple[Any, ...], list[Part]] = defaultdict(list)
    for report, indicator, kind, month, place, mission, specialty, group, value in rows.values_list(
        "report", "indicator", "indicator__kind", "report__month", "report__organisation",
        "report__mission", "specialty", "group", "value",
    ):  # fmt: skip
        part = Part(specialty, group, value)
        chosen = getattr(part, by) if by else ""
        if not by or chosen:
            key = (report, indicator, kind, month, place, mission, chosen)
            wholes[key].append(part)
    for (_report, _indicator, kind, month, place, mission, chosen), parts in wholes.items():
        whole = whole_of(parts)
        if whole is not None:
            yield Told(kind, month, MONTHLY, whole, place, mission, chosen)


def contested_of(of: Of, year: int) -> list[tuple[dt.date, str]]:
    """Months and kinds for which phones told two values: in no figure until an office chooses."""
    rows = (
        of.counts()
        .filter(report__month__year=year, contested=True)
        .select_related("report", "indicator")
    )
    return [(row.report.month, str(row.indicator)) for row in rows.order_by("report__month", "pk")]


def total_of(of: Of, kind: str, year: int) -> Decimal | None:
    """One figure of a year; None where nobody told of it."""
    return next((line.total for line in lines_of(of, year) if line.code == kind), None)


def unnamed_of(organisation: UUID, year: int, basis: str) -> list[Line]:
    """What a source counted under words that nobody has given a kind: kept, in no figure."""
    rows = Of(organisation).counts().filter(report__month__year=year, basis=basis)
    cells: dict[str, dict[dt.date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for words, month, value in rows.filter(indicator__kind="", specialty="", group="").values_list(
        "indicator__words", "report__month", "value"
    ):
        cells[words][month] += value
    months = of_year(year)
    return [
        Line(
            words, words,
            [
                (m, Cell(by_month[m], by_month[m], None) if m in by_month else UNKNOWN)
                for m in months
            ],
        )
        for words, by_month in sorted(cells.items())
    ]  # fmt: skip


def years_of(of: Of) -> list[int]:
    """The years of which something was told, the newest first."""
    spans = _spans(of).values()
    if not spans:
        return []
    return list(range(max(b.year for _a, b in spans), min(a.year for a, _b in spans) - 1, -1))


def newest_of(of: Of) -> tuple[int, list[Line]] | None:
    """The newest year of which something was told, and its figures; grains in which nothing was
    told of it are not asked for."""
    spans = _spans(of)
    if not spans:
        return None
    year = max(last.year for _first, last in spans.values())
    grains = {grain for grain, (_first, last) in spans.items() if last.year == year}
    return year, lines_of(of, year, grains=grains)


def _spans(of: Of) -> dict[str, tuple[dt.date, dt.date]]:
    """By grain the first and the last day of which something was told, by one question."""
    found = _span(of.counts(), MONTHLY, "report__month").union(
        _span(of.deeds(), SINGLE, "held_on"), _span(of.visits(), DAILY, "held_on")
    )
    return {grain: (first, last) for grain, first, last in found if first}


def _span(rows: QuerySet[Any], grain: str, column: str) -> QuerySet[Any]:
    """Its first and its last day, as one row; none where nothing is there."""
    one = rows.order_by().annotate(grain=Value(grain)).values("grain")
    span: QuerySet[Any] = one.annotate(first=Min(column), last=Max(column))
    return span.values_list("grain", "first", "last")
