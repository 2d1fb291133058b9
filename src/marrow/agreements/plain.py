"""Agreement work as plain values, as the API tells it. A number that nobody told is null."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from marrow.agreements import access, queries
from marrow.agreements.models import (
    First,
    Gain,
    HealthCheck,
    Lesson,
    OfficeMember,
    PlanPeriod,
    Requirement,
    Reuse,
    Target,
    TaskLine,
    TaskSheet,
    Tenet,
)
from marrow.core.models import Record
from marrow.core.viewer import Viewer
from marrow.programmes.access import programme_for
from marrow.programmes.models import Programme
from marrow.programmes.queries import motto_of

Rows = QuerySet[Any, Any]
Told = dict[str, Any]


def _columns(row: Any, *columns: str) -> Told:
    return {c.removesuffix("_id"): getattr(row, c) for c in columns}


def programmes(viewer: Viewer) -> Rows:
    """Those whose agreement work this viewer reads."""
    found: Rows = access.seen_by(viewer).values("key", "names")
    return found


def work(viewer: Viewer, key: str, today: dt.date) -> Told:
    """The agreement work of a programme, on one page."""
    row = access.work_for(viewer, key)
    targets = queries.shown(row.targets.all(), row)
    return {
        "programme": row.key,
        "periods": [period_told(p) for p in PlanPeriod.objects.filter(programme=row)],
        "requirements": [requirement_told(r) for _p, some in queries.requirements_of(row)
                         for r in some],
        "sheets": [sheet_told(s.sheet) for s in queries.sheets_of(row)],
        "targets": [_aim(one) for one in targets],
        "office": [member_told(m.row) for m in queries.team_of(row, today)],
        "lessons": [lesson_told(one) for one in queries.lessons_of(viewer, row)],
        "taken_over": [reuse_told(one) for one in queries.taken_over_by(viewer, row)],
        **_service(row),
    }  # fmt: skip


def service(key: str) -> Told:
    """What a programme holds by and brings: everybody may read it."""
    row = programme_for(key)
    return {"programme": row.key, **_service(row)}


def _service(row: Programme) -> Told:
    motto = motto_of(row)
    return {
        "motto": motto.value if motto else "",
        "benefits": [gain_told(g) for _to, some in queries.gains_of(row) for g in some],
        "firsts": [first_told(f) for _side, some in queries.firsts_of(row) for f in some],
        "tenets": [tenet_told(t) for t in queries.tenets_of(row)],
    }


def period_told(row: PlanPeriod) -> Told:
    return _columns(row, "id", "names", "starts_on", "ends_on")


def requirement_told(row: Requirement) -> Told:
    return _columns(row, "id", "text", "language", "period_id", "goal_id", "answer")


def requirement(viewer: Viewer, requirement: UUID) -> Told:
    return requirement_told(access.requirement_for(viewer, requirement))


def sheet_told(row: TaskSheet) -> Told:
    return _columns(row, "id", "year", "agreement_id")


def sheet(viewer: Viewer, sheet: UUID) -> Told:
    row = access.sheet_for(viewer, sheet)
    return {
        **sheet_told(row), "programme": row.programme.key,
        "tasks": [_aim(one) for one in queries.lines_of(row)],
    }  # fmt: skip


def aim(row: TaskLine | Target) -> Told:
    """A task or a target, and how it stands."""
    return _aim(queries.shown([row], access.owner_of(row))[0])


def _aim(shown: queries.AimedShown) -> Told:
    row = shown.row
    told = _columns(row, "id", "text", "language", "measured_in", "as_of", "dropped_on", "reason")
    of_sheet = ("sheet_id", "nth", "requirement_id", "done_on")
    of_card = ("period_id", "measure", "by_on")
    empty = {"sheet": None, "nth": None, "requirement": None, "done_on": "", "period": None,
             "measure": "", "by_on": ""}  # fmt: skip
    return {
        **empty, **told, **_columns(row, *(of_sheet if isinstance(row, TaskLine) else of_card)),
        "aim": _number(row.aim), "reached": _number(row.reached), "stands": shown.stands,
        "figures": [_number(f.number) for f in shown.figures],
    }  # fmt: skip


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def gain_told(row: Gain) -> Told:
    return _columns(row, "id", "to", "text", "language", "partnership_id")


def first_told(row: First) -> Told:
    return _columns(row, "id", "side", "text", "language", "happened_on", "mission_id")


def tenet_told(row: Tenet) -> Told:
    return _columns(row, "id", "kind", "names")


def member_told(row: OfficeMember) -> Told:
    return _columns(row, "id", "name", "duty", "since", "until")


def lessons(viewer: Viewer, kind: str) -> Rows:
    rows = access.lessons_for(viewer).select_related("programme")
    return rows.filter(kind=kind) if kind else rows


def lesson_told(row: Lesson) -> Told:
    told = _columns(row, "id", "kind", "title", "language", "mission_id", "learned_on", "public")
    return {**told, "programme": row.programme.key}


def lesson(viewer: Viewer, lesson: UUID) -> Told:
    """A lesson with its words, and who took it over."""
    row = access.lesson_for(viewer, lesson)
    taken = [reuse_told(one) for one in queries.reuses_of(row)]
    return {**lesson_told(row), "text": row.text, "reuses": taken}


def reuse_told(row: Reuse) -> Told:
    told = _columns(row, "id", "lesson_id", "since", "note")
    return {**told, "programme": row.programme.key}


#: how an entry of each kind is told
ENTRY: dict[type[Record], Callable[[Any], Told]] = {
    PlanPeriod: period_told, Requirement: requirement_told, TaskSheet: sheet_told, TaskLine: aim,
    Target: aim, Gain: gain_told, First: first_told, Tenet: tenet_told, OfficeMember: member_told,
    Lesson: lesson_told, Reuse: reuse_told,
}  # fmt: skip


def entry(row: Record) -> Told:
    """An entry of any kind, with its words in full."""
    told = ENTRY[type(row)](row)
    return {**told, "text": row.text} if isinstance(row, Lesson) else told


def health(viewer: Viewer, partnership: UUID) -> Told:
    """Each year; what a side gave is told once both have given theirs."""
    row = access.partnership_for(viewer, partnership)
    years = queries.years_of(row)
    return {"partnership": row.pk, "years": [_year(one) for one in years]}


def _year(one: queries.YearShown) -> Told:
    given = [c.side for c in (one.office, one.recipient) if c]
    points = [*one.steps, *one.principles]
    return {"year": one.year, "given": given, "points": list(_points(points))}


def _points(points: Iterable[queries.PointShown]) -> Iterable[Told]:
    for one in points:
        told: Told = {"point": str(one.point)}
        for side, mark in (("office", one.office), ("recipient", one.recipient)):
            told[f"{side}_score"] = mark.score if mark else None
            told[f"{side}_sentence"] = mark.sentence if mark else ""
        yield told


def check_told(row: HealthCheck) -> Told:
    return _columns(row, "id", "partnership_id", "year", "side", "given_at")
