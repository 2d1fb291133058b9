"""A workbook in which something is wrong, with that left out or stood in for, so that the rest of
it can be looked at: all faults are told at once, as far as one does not hide another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from marrow.plan.rules.problem import Problem
from marrow.plan.rules.workbook.cells import Book, Path, Wrong

PASSES = 4  # what is left out may be needed, and is stood in for then
#: lists to whose rows nothing refers: a row with a fault is left out
_LEAVES = ("cells", "couples", "pins", "budgets", "published")
#: a time in which every day is
_EVER: Mapping[str, str] = {"horizon_from": "1950-01-01", "horizon_to": "2199-12-31"}
#: cells by which others are named: with one of them wrong nobody can tell what is not there
_NAMING = frozenset(
    ("people.id", "seats.id", "missions.id", "hospitals.organisation", "hospitals.department")
)


def stand_in(book: Book, wrong: Sequence[Wrong]) -> tuple[Book, Problem] | None:
    """What can be looked at besides what is `wrong`; None where that hides the rest."""
    if any(not w.row and w.sheet != "settings" for w in wrong):
        return None  # a sheet or a column is not there
    if any(w.what.names.get(key) in _NAMING for w in wrong for key in ("column", "where")):
        return None
    partly = Book(deepcopy(book.raw), dict(book.places))
    for _pass in range(PASSES):
        try:
            return partly, Problem.model_validate(partly.raw)
        except ValidationError as refused:
            errors = refused.errors(include_url=False)
        paths = [(tuple(e["loc"]), e["type"] == "missing") for e in errors]
        if not all(_left_out(partly, path, missing) for path, missing in sorted(paths, key=_last)):
            return None
        _pack(partly)
    return None


def _last(one: tuple[Path, bool]) -> bool:
    """What is missing comes after what is left out: it is stood in for by what others have."""
    return one[1]


def _left_out(partly: Book, path: Path, missing: bool) -> bool:
    head, raw = str(path[0]), partly.raw
    if head in _LEAVES and len(path) > 1:
        _drop(partly, head, int(path[1]))
        return True
    if head in ("organisations", "people", "missions", "seats") and len(path) > 2:
        return _in_record(raw[head], path[1:], missing)
    if head in _EVER and len(path) == 1:
        raw[head] = _EVER[head]
        return True
    if head in ("weights", "rest_days", "trade", "specialties", "seed") and not missing:
        raw.pop(head, None)
        return True
    return False


def _in_record(records: list[dict[str, Any]], path: Path, missing: bool) -> bool:
    record, field = records[int(path[0])], str(path[1])
    if field == "departments" and len(path) > 3:
        return _in_record(record[field], path[2:], missing)
    if field == "id":
        return False
    if not missing or len(path) > 2:
        record.pop(field, None)
        return True
    for other in records:
        if field in other:
            record[field] = other[field]
            return True
    return False


def _drop(partly: Book, name: str, row: int) -> None:
    """The row is marked; the next one to be dropped keeps its number."""
    rows = partly.raw[name]
    if row < len(rows):
        rows[row] = None


def _pack(partly: Book) -> None:
    """Takes the marked rows out, each other one with its place."""
    for name in _LEAVES:
        rows = partly.raw.get(name, [])
        kept = [k for k, row in enumerate(rows) if row is not None]
        places = [partly.places[name, k] for k in kept]
        partly.raw[name] = [rows[k] for k in kept]
        partly.places |= {(name, n): place for n, place in enumerate(places)}
