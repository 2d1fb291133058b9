"""Places and organisations as plain values, as the API tells them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marrow.core.refusals import Unseen
from marrow.directory import access
from marrow.directory.models import Alias, Area, Department, Grade, Identifier, Organisation
from marrow.directory.queries import hits, likely_doubles

Rows = QuerySet[Any, Any]
Told = dict[str, Any]
Row = Mapping[str, Any]
AREA = ("id", "code", "kind", "names", "parent__code", "path", "iso3", "m49", "ended_on", "lat",
        "lon")  # fmt: skip
ORGANISATION = (
    "id", "kind", "names", "area__code", "place", "address", "type_as_told", "owner_as_told",
    "lat", "lon", "successor_id", "invented",
)  # fmt: skip


def areas(*, parent: str = "", kind: str = "", within: str = "") -> Rows:
    rows = Area.objects.all()
    if parent:
        rows = rows.filter(parent__code=parent)
    if within:
        rows = rows.filter(path__startswith=access.area_for(within).path)
    if kind:
        rows = rows.filter(kind=kind)
    found: Rows = rows.values(*AREA)
    return found


def area(code: str) -> Told:
    row = Area.objects.filter(code=code).values(*AREA).first()
    if row is None:
        raise Unseen(_("There is no such place."))
    return area_told(row)


def area_told(row: Row) -> Told:
    told = dict(row)
    told["parent"] = told.pop("parent__code")
    return told


def organisations(*, area: str = "", kind: str = "") -> Rows:
    """Organisations that stand; those that were merged are found by their own id alone."""
    rows = Organisation.objects.filter(successor=None)
    if area:
        rows = rows.filter(area__path__startswith=access.area_for(area).path)
    if kind:
        rows = rows.filter(kind=kind)
    found: Rows = rows.values(*ORGANISATION)
    return found


def organisations_called(typed: str, limit: int) -> list[Told]:
    """The best of a search, the best first."""
    found = [h.id for h in hits(typed, kind="ORGANISATION", limit=limit)]
    rows = {r["id"]: r for r in Organisation.objects.filter(pk__in=found).values(*ORGANISATION)}
    return [organisation_told(rows[pk]) for pk in found if pk in rows]


def organisation(organisation: UUID) -> Told:
    row = Organisation.objects.filter(pk=organisation).values(*ORGANISATION).first()
    if row is None:
        raise Unseen(_("There is no such organisation."))
    return organisation_told(row)


def organisation_told(row: Row) -> Told:
    told = dict(row)
    told["area"], told["merged_into"] = told.pop("area__code"), told.pop("successor_id")
    return told


def parts_of(organisation: UUID) -> Told:
    """What hangs on an organisation: spellings, departments, grades, what registers call it."""
    row = access.organisation_for(organisation)
    mine = {"organisation": row}
    return {
        "aliases": _all(Alias.objects.filter(**mine), "id", "text", "language"),
        "departments": _all(Department.objects.filter(**mine), "id", "kind", "names", "started_on"),
        "grades": _all(Grade.objects.filter(**mine), "id", "grade", "attained_on"),
        "identifiers": _all(
            Identifier.objects.filter(**mine), "id", "scheme", "value", "document", "row"
        ),
    }


def _all(rows: Rows, *columns: str) -> list[Told]:
    return list(rows.order_by("id").values(*columns))


def doubles(limit: int) -> list[Told]:
    """Pairs that look alike and wait for a decision, the likeliest first."""
    return [
        {"one": pair.one_id, "other": pair.other_id, "alike": round(pair.alike, 3),
         "kilometres": pair.kilometres}
        for pair in likely_doubles(limit=limit)
    ]  # fmt: skip
