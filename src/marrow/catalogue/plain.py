"""The catalogue as plain values, as the API tells it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marrow.catalogue import access
from marrow.catalogue.models import Item, List
from marrow.catalogue.queries.items import Sought, sought_items
from marrow.catalogue.queries.lists import items_of
from marrow.catalogue.rules.levels import level_of
from marrow.core.refusals import Unseen
from marrow.directory.access import area_for

Rows = QuerySet[Any, Any]
Told = dict[str, Any]
ITEM = (
    "id", "key", "kind", "specialty", "severity", "level", "names", "aliases", "codes",
    "retired_on",
)  # fmt: skip
ORDER = ("specialty", "search", "id")
LIST = ("id", "key", "names", "kind", "severity", "area__code", "programme__key", "invented")
NEED = ("kind", "role", "specialty", "resource", "names", "count")


def items(sought: Sought) -> Rows:
    found: Rows = sought_items(sought).values(*ITEM, "search")
    return found


def item_told(row: Told) -> Told:
    """`level` is where it should be treated, whether told or by severity."""
    return {c: row[c] for c in ITEM} | {"level": level_of(row["severity"], row["level"])}


def item(key: str) -> Told:
    row: Item = access.item_for(key)
    told = row.requirements.filter(until_on=None)
    needs = list(told.order_by("kind", "role", "specialty", "resource").values(*NEED))
    return {**item_told({c: getattr(row, c) for c in ITEM}), "requirements": needs}


def lists(*, area: str = "") -> Rows:
    rows = List.objects.all()
    if area:
        rows = rows.filter(area=area_for(area))
    found: Rows = rows.values(*LIST)
    return found


def list_told(row: Told) -> Told:
    told = dict(row)
    told["area"], told["programme"] = told.pop("area__code"), told.pop("programme__key")
    return told


def one_list(key: str) -> Told:
    row = List.objects.filter(key=key).values(*LIST).first()
    if row is None:
        raise Unseen(_("There is no such list."))
    columns = ("number", "valid_from", "note")
    versions = list(access.list_for(key).versions.order_by("number").values(*columns))
    return {**list_told(row), "versions": versions}


def version(key: str, number: int) -> Told:
    """What a version holds, in its order: the keys of its items."""
    found = access.version_for(access.list_for(key), number)
    since: dt.date = found.valid_from
    return {
        "number": found.number, "valid_from": since, "note": found.note,
        "items": [row.key for row in items_of(found)],
    }  # fmt: skip
