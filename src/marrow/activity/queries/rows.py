"""The rows behind a figure: single records, counts of days, cells of months' reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marrow.activity.models import Count, Deed, Visits
from marrow.activity.queries.figures import Of
from marrow.activity.queries.pictures import Shot, pictures_of
from marrow.activity.rules.kinds import KINDS
from marrow.activity.rules.numbers import plain
from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.words import in_tongue
from marrow.ui.papers.tables import Row

ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Behind:
    """One row behind a figure. `model` and `pk` lead to its history."""

    when: str
    what: str
    value: Decimal | int
    where: str
    told: str  # in which grain, and how far it is approved
    more: str
    model: str
    pk: UUID
    report: UUID | None = None
    may_void: bool = False
    pictures: Sequence[Shot] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    lines: list[Behind]
    page: int
    pages: int
    count: int


def rows_of(of: Of, kind: str, year: int, month: int | None, page: int) -> Rows:
    """The rows of a kind in a year or one month, in both grains and on both bases, by pages."""
    found = [s.order_by(*o) for s, o in _sets(of, kind, year, month)]
    sizes = [rows.count() for rows in found]
    count = sum(sizes)
    pages = max(1, -(-count // ON_A_PAGE))
    page = min(max(page, 1), pages)
    start, lines = (page - 1) * ON_A_PAGE, list[Behind]()
    for rows, size in zip(found, sizes, strict=True):
        room = ON_A_PAGE - len(lines)
        if start < size and room:
            lines += [_shown(row) for row in rows[start : start + room]]
            start = 0
        else:
            start = max(0, start - size)
    shots = pictures_of(line.pk for line in lines if line.may_void)
    lines = [replace(line, pictures=shots[line.pk]) if line.pk in shots else line for line in lines]
    return Rows(lines, page, pages, count)


def _sets(
    of: Of, kind: str, year: int, month: int | None
) -> Iterator[tuple[QuerySet[Any], tuple[str, ...]]]:
    at = {"year": year} | ({"month": month} if month else {})
    held = Q(**{f"held_on__{k}": v for k, v in at.items()})
    yield (
        of.counts()
        .filter(Q(**{f"report__month__{k}": v for k, v in at.items()}), _is(kind))
        .select_related("report__organisation", "report__department", "indicator"),
        ("report__month", "report__department", "indicator", "basis", "pk"),
    )
    yield (
        of.deeds().filter(held, kind=kind).select_related("organisation", "department", "item"),
        ("held_on", "pk"),
    )
    visits = of.visits().filter(held).select_related("mission")
    yield (visits if kind == "VISIT" else visits.none(), ("held_on", "pk"))


def _is(kind: str) -> Q:
    """A kind of ours, or a source's own words where they have none."""
    if kind in KINDS:
        return Q(indicator__kind=kind)
    return Q(indicator__words=kind, indicator__kind="")


def _shown(row: Count | Deed | Visits) -> Behind:
    if isinstance(row, Count):
        report = row.report
        told = f"{row.get_basis_display()} · {report.get_state_display()}"
        if row.contested:
            told += f" · {_('contested: in no figure')}"
        more = [_of_specialty(row.specialty), row.get_group_display() if row.group else ""]
        return Behind(
            f"{report.month:%Y-%m}", str(row.indicator), plain(row.value),
            _where(report), told, _join(more), "activity.count", row.pk, report.pk,
        )  # fmt: skip
    if isinstance(row, Visits):
        return Behind(
            f"{row.held_on:%Y-%m-%d}", in_tongue(KINDS["VISIT"]), row.count, str(row.mission),
            _("a count of one day"), "", "activity.visits", row.pk,
        )  # fmt: skip
    more = [
        str(row.item) if row.item else "", _of_specialty(row.specialty),
        _("with %s") % row.with_whom if row.with_whom else "",
        row.get_group_display() if row.group else "", row.get_sex_display() if row.sex else "",
        row.get_age_display() if row.age else "", row.get_outcome_display() if row.outcome else "",
        _("people reached: %s") % row.people_reached if row.people_reached is not None else "",
    ]  # fmt: skip
    return Behind(
        f"{row.held_on:%Y-%m-%d}", row.get_kind_display(), row.count, _where(row),
        _("a single record"), _join(more), "activity.deed", row.pk, None, True,
    )  # fmt: skip


def _where(row: Any) -> str:
    village = row.place if isinstance(row, Deed) else ""
    told = [str(row.organisation) if row.organisation else "", village]
    return _join([*told, str(row.department) if row.department else ""])


def _of_specialty(code: str) -> str:
    return in_tongue(SPECIALTIES.get(code, {}))


def _join(words: list[str]) -> str:
    return " · ".join(word for word in words if word)


def header() -> list[str]:
    return [
        _("Month or day"), _("What"), _("Value"), _("Place"), _("Department"),
        pgettext("what was done", "Technique or condition"), _("Specialty"), _("For whom"),
        _("Basis"), _("State"), _("Grain"), _("People reached"),
    ]  # fmt: skip


def table(of: Of, year: int) -> Iterator[Row]:
    """Every row of a year as a table: reports' cells on both bases, single records, days."""
    at = {"report__month__year": year}
    counts = of.counts().filter(**at).select_related("report__organisation", "report__department")
    deeds = (
        of.deeds().filter(held_on__year=year).select_related("organisation", "department", "item")
    )
    visits = of.visits().filter(held_on__year=year).select_related("mission").order_by("held_on")
    return chain(
        map(_cell, counts.select_related("indicator").order_by("report__month", "indicator", "pk")),
        map(_deed, deeds.order_by("held_on", "pk")),
        map(_day, visits),
    )


def _cell(row: Count) -> Row:
    report = row.report
    return [
        f"{report.month:%Y-%m}", str(row.indicator), plain(row.value), str(report.organisation),
        str(report.department or ""), "", _of_specialty(row.specialty),
        str(row.get_group_display()) if row.group else "", str(row.get_basis_display()),
        str(report.get_state_display()), _("a month’s report"), None,
    ]  # fmt: skip


def _deed(row: Deed) -> Row:
    return [
        row.held_on, str(row.get_kind_display()), row.count, str(row.organisation or row.place),
        str(row.department or ""), str(row.item or ""), _of_specialty(row.specialty),
        str(row.get_group_display()) if row.group else "", "", "", _("a single record"),
        row.people_reached,
    ]  # fmt: skip


def _day(row: Visits) -> Row:
    return [
        row.held_on, in_tongue(KINDS["VISIT"]), row.count, str(row.mission), "", "", "", "", "", "",
        _("a count of one day"), None,
    ]  # fmt: skip


def month_of(text: str) -> int | None:
    """The month's number in an address; None where there is none."""
    return int(text) if _short(text) and 1 <= int(text) <= 12 else None


def year_of(text: str, known: list[int], today: dt.date) -> int:
    """The year in an address, else the newest of which something was told."""
    if _short(text) and 1963 <= int(text) <= today.year + 1:
        return int(text)
    return known[0] if known else today.year


def _short(text: str) -> bool:
    """A number that can be a year's or a month's: longer ones are not even read."""
    return text.isdecimal() and len(text) <= 4
