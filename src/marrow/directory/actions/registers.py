"""Taking in registers of facilities: the same row twice adds nothing, a changed row changes one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext_lazy

from marrow.core.book import same_id
from marrow.core.journal import Act, journal
from marrow.core.journal.writing import Page
from marrow.core.viewer import Viewer
from marrow.directory import access, search
from marrow.directory.models import Area, Identifier, Organisation
from marrow.directory.places import area_of, areas_by_code, countries_by_name
from marrow.directory.rules import Facility, folded, is_chinese

TAKE = Act("record_facilities", gettext_lazy("Took in rows of a register"))
Numbered = tuple[int, Facility]
COLUMNS = {
    "name": "names", "place": "place", "type": "type_as_told", "owner": "owner_as_told",
    "address": "address", "lat": "lat", "lon": "lon",
}  # fmt: skip


@dataclass(slots=True)
class Taken:
    """What became of a batch of rows, and the rows that were not taken with the reason's code."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[tuple[int, str]] = field(default_factory=list)


def record_facilities(
    *,
    rows: Sequence[Numbered],
    scheme: str,
    document: UUID,
    by: Viewer,
    at: dt.datetime,
    seen: dict[str, int] | None = None,
) -> Taken:
    """Take in up to a few thousand rows of one register, in one transaction.

    `scheme` names the register; a row is known by what the register calls it. `seen` holds what
    earlier batches of the same file called theirs, so that of two rows of one number the first
    stands, each time the file is taken.
    """
    access.may_keep_directory(by)
    taken = Taken()
    fresh = _tell_doubles(rows, taken, {} if seen is None else seen)
    known = {
        i.value: i
        for i in Identifier.objects.select_related("organisation").filter(
            scheme=scheme, value__in=[row.value for _n, row in fresh]
        )
    }
    countries, codes = countries_by_name(), areas_by_code()
    with journal(TAKE, by=by, at=at) as page:
        new: list[tuple[int, Facility, Area]] = []
        for number, row in fresh:
            country = area_of(row.area_code, codes) or countries.get(folded(row.country))
            if country is None:
                taken.problems.append((number, "UNKNOWN_COUNTRY"))
            elif row.value in known:
                taken.counts[_again(page, known[row.value], row)] += 1
            else:
                new.append((number, row, country))
        _enter(page, new, scheme, document)
    taken.counts["new"] += len(new)
    return taken


def _tell_doubles(rows: Sequence[Numbered], taken: Taken, seen: dict[str, int]) -> list[Numbered]:
    """Each number once; a row whose number stands above it is a problem of its line."""
    once = []
    for number, row in rows:
        if code := told_above(row, seen):
            taken.problems.append((number, code))
        else:
            once.append((number, row))
    return once


def told_above(row: Facility, seen: dict[str, int]) -> str:
    """The problem of a row whose number stands above it in the file; '' where none does.

    `seen` holds what the rows above called theirs, and takes this one in.
    """
    words = hash(tuple(sorted(_told(row).items(), key=str)))
    if row.value in seen:
        return "TOLD_ALREADY" if seen[row.value] == words else "NUMBER_TWICE"
    seen[row.value] = words
    return ""


def _told(row: Facility) -> dict[str, object]:
    told = {c: getattr(row, c) for c in ("name", "country", "area_code", *COLUMNS)}
    return {c: value for c, value in told.items() if value not in ("", None)}


def _names(name: str) -> dict[str, str]:
    return {"zh" if is_chinese(name) else "en": name}


def _enter(page: Page, new: list[tuple[int, Facility, Area]], scheme: str, document: UUID) -> None:
    entered, named = [], []
    for number, row, country in new:
        organisation = Organisation(
            id=same_id("facility", scheme, row.value), kind=row.kind, names=_names(row.name),
            area=country, place=row.place, type_as_told=row.type, owner_as_told=row.owner,
            address=row.address, lat=row.lat, lon=row.lon,
        )  # fmt: skip
        entered.append(organisation)
        named.append(
            Identifier(
                id=same_id("identifier", scheme, row.value),
                organisation=organisation,
                scheme=scheme,
                value=row.value,
                document=document,
                row=number,
                told=_told(row),
            )
        )
    page.save_all(entered)
    page.save_all(named)
    search.refresh(entered)


def _again(page: Page, known: Identifier, row: Facility) -> str:
    """A row that we have: the same, or the register tells it otherwise now.

    What people changed here stays; only what still says what the register said goes along.
    """
    told = _told(row)
    if told == known.told:
        return "known"
    organisation = known.organisation
    for column, attribute in COLUMNS.items():
        before, now = known.told.get(column), told.get(column)
        stands = getattr(organisation, attribute)
        if column == "name":
            before, now = _names(str(before)), _names(row.name)
        blank = None if column in ("lat", "lon") else ""
        if before != now and stands in (before, blank):
            setattr(organisation, attribute, blank if now is None else now)
    known.told = told
    page.save(organisation)
    page.save(known)
    search.refresh([organisation])
    return "changed"
