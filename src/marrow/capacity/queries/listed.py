"""What stands on lists, and which hospitals should have it; as known by any moment."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from marrow.capacity.models import Expected
from marrow.capacity.queries.known import Narrow, known_rows
from marrow.capacity.rules.care import Spell
from marrow.catalogue.models import Item, List, ListMember, ListVersion
from marrow.catalogue.rules.since import Period, periods
from marrow.core.remembering import remembered

FEW = 100  # items of a list that are read whole; of a longer one only what is shown


def listed(
    lists: Collection[List], on: dt.date, by: dt.datetime | None, only: UUID | None = None
) -> dict[UUID, set[UUID]]:
    """Of each list the items of the version that held on that day; `only` asks for one of them."""
    found: dict[UUID, set[UUID]] = {one.pk: set() for one in lists}
    if by is None:
        for pk, item in _listed_now(lists, on, only):
            found[pk].add(item)
        return found
    of = _held(lists, on, by)
    versions = {of[one.pk][2]: one.pk for one in lists if one.pk in of}
    for row in known_rows(ListMember, ["version_id", "item_id"], by, _members(versions, only)):
        listing = versions.get(row["version_id"])
        if listing and only in (None, row["item_id"]):
            found[listing].add(row["item_id"])
    return found


def _listed_now(
    lists: Collection[List], on: dt.date, only: UUID | None
) -> Iterable[tuple[UUID, UUID]]:
    """List and item, as it is known today: by one question."""
    begun = ListVersion.objects.filter(list=OuterRef("list"), valid_from__lte=on)
    last = begun.order_by("-valid_from", "-number", "-id").values("pk")[:1]
    held = ListVersion.objects.filter(list__in=[one.pk for one in lists], pk=Subquery(last))
    rows = ListMember.objects.filter(version__in=held.order_by().values("pk")).order_by()
    if only is not None:
        rows = rows.filter(item=only)
    if len(lists) == 1:
        (one,) = lists
        return ((one.pk, item) for item in rows.values_list("item_id", flat=True))
    return rows.values_list("version__list", "item_id")


def number_of_version(listing: List, on: dt.date, by: dt.datetime | None) -> int | None:
    """Which version of a list held on a day; None before its first."""
    held = _held([listing], on, by).get(listing.pk)
    return held[1] if held else None


def _held(
    lists: Collection[List], on: dt.date, by: dt.datetime | None
) -> dict[UUID, tuple[dt.date, int, UUID]]:
    """Of each list the version that held on that day: since when, its number, its id."""
    of: dict[UUID, tuple[dt.date, int, UUID]] = {}
    rows = known_rows(
        ListVersion, ["list_id", "number", "valid_from"], by,
        lambda q: q.filter(list__in=[one.pk for one in lists]),
    )  # fmt: skip
    for row in rows:
        told = (row["valid_from"], row["number"], row["id"])
        if row["valid_from"] <= on:
            of[row["list_id"]] = max(told, of.get(row["list_id"], told))
    return of


def _members(versions: Collection[UUID], only: UUID | None) -> Narrow:
    told = {"version__in": list(versions)} | ({"item": only} if only else {})
    return lambda rows: rows.filter(**told)


Roster = dict[UUID, list[Spell]]  # of a hospital, when it should have what is listed


def rosters(lists: Collection[List], by: dt.datetime | None) -> dict[UUID, Roster]:
    """Of each list the hospitals that should have what it holds, and when."""
    return _rosters(frozenset(one.pk for one in lists), by)


@remembered
def _rosters(lists: frozenset[UUID], by: dt.datetime | None) -> dict[UUID, Roster]:
    found: dict[UUID, Roster] = {one: defaultdict(list) for one in lists}
    columns = ["list_id", "organisation_id", "from_on", "until_on"]
    for row in known_rows(Expected, columns, by, lambda q: q.filter(list__in=list(found))):
        if row["list_id"] in found:
            spell = Spell(row["from_on"] or dt.date.min, row["until_on"])
            found[row["list_id"]][row["organisation_id"]].append(spell)
    return found


def expected_on(day: dt.date, listing: List) -> QuerySet[Expected]:
    """Which hospitals should have on a day what a list holds; as known today."""
    begun = Q(from_on=None) | Q(from_on__lte=day)
    rows = Expected.objects.filter(begun, Q(until_on=None) | Q(until_on__gt=day), list=listing)
    return rows.order_by()


def specialties(items: Collection[UUID], by: dt.datetime | None) -> dict[str, tuple[Period, ...]]:
    """Of each item its specialties, each with the days on which it held."""
    told: Iterable[tuple[UUID, str, Any]]
    if by is None and len(items) <= FEW:
        whole = items_whole(frozenset(items))
        told = ((item.pk, item.specialty, item.specialty_before) for item in whole)
    else:
        columns = ["specialty", "specialty_before"]
        rows = known_rows(Item, columns, by, lambda q: q.filter(pk__in=items))
        told = ((row["id"], *(row[name] for name in columns)) for row in rows)
    found = {pk: periods(now, before) for pk, now, before in told}
    return {str(pk): found.get(pk, periods("", None)) for pk in items}


@remembered
def items_whole(items: frozenset[UUID]) -> list[Item]:
    """A few items, by specialty and name."""
    return list(Item.objects.filter(pk__in=items).order_by("specialty", "search"))


def ever_listed(lists: Collection[UUID], items: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Of each list those of these items that some version of it holds; of `lists` all that any
    version holds."""
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = ListMember.objects.filter(Q(version__list__in=lists) | Q(item__in=items)).order_by()
    for listing, item in rows.values_list("version__list", "item_id"):
        found[listing].add(item)
    return found
