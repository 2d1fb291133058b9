"""People as plain values, as the API tells them. What is private is never among them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from marrow.core.viewer import Viewer
from marrow.people import access, queries
from marrow.people.models import Person

Rows = QuerySet[Any, Any]
Told = dict[str, Any]
COLUMNS = (
    "id", "names", "kind", "specialty", "grade", "sex", "birth_year", "willing", "left_on",
    "unit_id", "invented",
)  # fmt: skip
ORDER = ("search", "id")


def people(viewer: Viewer, sought: queries.Sought) -> Rows:
    found: Rows = queries.people(viewer, sought).values(*COLUMNS, "search")
    return found


def person_told(row: Told) -> Told:
    return {"unit": row["unit_id"], **{c: row[c] for c in COLUMNS if c != "unit_id"}}


def person(viewer: Viewer, person: UUID) -> Told:
    row = access.person_for(viewer, person)
    return person_told({c: getattr(row, c) for c in COLUMNS})


def record(viewer: Viewer, person: UUID) -> Told:
    """What a promotion board asks for: papers, languages, absences, what came of service."""
    row: Person = access.person_for(viewer, person)
    told = queries.service_record(row)
    return {
        "credentials": _each(told["credentials"], "id", "kind", "title", "number", "given_by",
                             "issued_on", "expires_on"),
        "languages": _each([s for _n, s in told["spoken"]], "language", "level", "tested_on"),  # type: ignore[attr-defined]
        "absences": _each(told["away"], "id", "why", "from_on", "until_on"),
        "benefits": _each([b for b, _p in told["benefits"]], "id", "kind", "granted_on", "note"),  # type: ignore[attr-defined]
        "distinctions": _each(told["distinctions"], "id", "names", "body", "given_on"),
        "career": _each(told["career"], "id", "kind", "what", "since_on"),
        "learnings": _each(told["learnings"], "id", "what", "learned_on"),
    }  # fmt: skip


def _each(rows: Any, *columns: str) -> list[Told]:
    return [{c: getattr(row, c) for c in columns} for row in rows]


def wishes(viewer: Viewer, person: UUID) -> Told:
    row: Person = access.person_who_wishes(viewer, person)
    told = queries.wishes_of(viewer, row)
    columns = ("id", "kind", "points", "said_on")
    return {
        "wishes": [
            {**{c: getattr(w, c) for c in columns}, "area": w.area.code if w.area else None,
             "series": w.series_id}
            for w in told["wishes"]  # type: ignore[attr-defined]
        ],
        "couples": [
            {"id": c.pk, "other": other.pk, "rule": c.rule, "told_on": c.told_on}
            for c, other in told["couples"]  # type: ignore[attr-defined]
        ],
    }  # fmt: skip
