"""Lists: what stands on them, since when, and what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from marrow.catalogue.models import Item, List, ListVersion
from marrow.catalogue.queries.items import level_name, search_items
from marrow.catalogue.queries.specialties import specialty_name
from marrow.catalogue.rules.versions import Difference, difference
from marrow.catalogue.search import codes_told
from marrow.core.subjects import shown_all
from marrow.core.words import in_tongue
from marrow.directory.models import Area
from marrow.programmes.access import areas_above
from marrow.sources.models import Fact
from marrow.sources.rules import MEASURES

#: which published total stands beside which kind of list
CLAIMED = {"REGION_SERIOUS": "serious_contained", "CITY_MODERATE": "moderate_contained"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A list with the version that holds on a day, and how many items that has; None: none yet."""

    row: List
    version: ListVersion | None
    count: int | None


def _lists() -> QuerySet[List]:
    return List.objects.select_related("area", "programme")


def all_lists(on: dt.date) -> list[Listed]:
    return _with_versions(_lists().order_by("area__path", "kind", "key"), on)


def lists_of(area: Area, on: dt.date) -> list[Listed]:
    """The lists that hold for an area on a day: its own, and those of the areas above it."""
    rows = _lists().filter(area__in=areas_above(area))
    return _with_versions(rows.order_by("-area__path", "kind", "key"), on)


def _with_versions(rows: QuerySet[List], on: dt.date) -> list[Listed]:
    versions = ListVersion.objects.filter(valid_from__lte=on).annotate(count=Count("members"))
    last: dict[object, ListVersion] = {}
    for version in versions.order_by("list", "valid_from"):
        last[version.list_id] = version
    found = [(row, last.get(row.pk)) for row in rows]
    return [Listed(row, v, v.count if v else None) for row, v in found]  # type: ignore[attr-defined]


def version_at(row: List, on: dt.date) -> ListVersion | None:
    """The version that holds on a day; None before the first."""
    return row.versions.filter(valid_from__lte=on).order_by("-valid_from").first()


def items_of(version: ListVersion) -> list[Item]:
    """What a version holds, in its order."""
    return list(Item.objects.filter(on_lists__version=version).order_by("on_lists__position"))


#: proposals of an item; and among how many the listed ones are put first
PROPOSED, AMONG = 12, 40


def proposed(typed: str, near: str, on: dt.date) -> list[Item]:
    """Items for what was typed, those on lists of the area `near` (an id, or '') first; of nothing
    typed, the first of these lists alone."""
    area = _area_of(near)
    held = [listed.version for listed in lists_of(area, on) if listed.version] if area else []
    rows = Item.objects.filter(on_lists__version__in=held, retired_on=None)
    if not typed.strip():
        return list(rows.distinct().order_by("specialty", "search", "id")[:AMONG])
    listed_ids = set(rows.values_list("pk", flat=True))
    found = search_items(typed, limit=AMONG)
    return sorted(found, key=lambda row: row.pk not in listed_ids)[:PROPOSED]


def _area_of(told: str) -> Area | None:
    try:
        return Area.objects.filter(pk=UUID(told)).first()
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class VersionPage:
    """A version as its page shows it, with what changed since another."""

    version: ListVersion
    items: list[Item]
    versions: Sequence[ListVersion]
    since: ListVersion | None
    changed: Difference[Item] | None


def version_page(version: ListVersion, since: ListVersion | None) -> VersionPage:
    """`since` is what it is compared with: None is the version before, if there is one."""
    versions = list(version.list.versions.annotate(count=Count("members")).order_by("-number"))
    before = since or next((v for v in versions if v.number == version.number - 1), None)
    found = items_of(version)
    changed = difference(items_of(before), found) if before else None
    return VersionPage(version, found, versions, before, changed)


def claims() -> list[Fact]:
    """Published totals of diseases that need not leave, with their words."""
    facts = Fact.objects.filter(field__in=CLAIMED.values()).exclude(number=None)
    facts = facts.exclude(standing=Fact.Standing.REJECTED)
    return list(facts.select_related("quote__document").order_by("field", "standing", "value"))


def claims_of(row: List, published: Sequence[Fact]) -> list[Fact]:
    """Of what is published, the totals of this kind about the list's area or programme."""
    about = {row.area_id, row.programme_id}
    return [c for c in published if c.field == CLAIMED.get(row.kind) and c.about in about]


@dataclass(frozen=True, slots=True)
class Alone:
    """A published total to which no list here belongs: what it counts, of whom."""

    claim: Fact
    measure: str
    whose: str


def claims_alone(rows: Sequence[List], published: Sequence[Fact]) -> list[Alone]:
    """Published totals whose rows nobody has told."""
    beside = {c.pk for row in rows for c in claims_of(row, published)}
    alone = [c for c in published if c.pk not in beside]
    named = shown_all((c.about_model, c.about) for c in alone)
    return [
        Alone(c, in_tongue(MEASURES[c.field].names), named[c.about].name)
        for c in alone
        if c.about in named
    ]


def version_rows(version: ListVersion) -> Iterator[list[str | int | None]]:
    """A version as rows of a table, in the columns that an import reads again."""
    for place, item in enumerate(items_of(version), 1):
        yield [
            place, version.list.key, str(version.valid_from), item.key, str(item),
            str(item.get_severity_display()), specialty_name(item.specialty), level_name(item),
            ", ".join(codes_told(item.codes)),
        ]  # fmt: skip
