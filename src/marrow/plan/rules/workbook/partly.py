"""A workbook in which something is wrong, with that left out or stood in for, so that the rest of
it can be looked at: all faults are told at once, as far as one does not hide another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from marrow.plan.rules.problem import Problem
from marrow.plan.rules.workbook.cells import Book, Path, Place, Wrong

PASSES = 4  # what is left out may be needed, and is stood in for then
#: lists to whose rows nothing refers: a row with a fault is left out
_LEAVES = ("cells", "couples", "pins", "budgets", "published")
#: a time in which every day is
_EVER: Mapping[str, str] = {"horizon_from": "1950-01-01", "horizon_to": "2199-12-31"}
#: lists whose rows are named by others
_RECORDS = ("organisations", "people", "missions", "seats")
#: cells by which others are named, and what they name: with one of them wrong nobody can tell of a
#: name that is not in the list whether it is not there
_NAMING: Mapping[object, str] = {
    "people.id": "person", "seats.id": "seat", "missions.id": "mission",
    "hospitals.organisation": "department", "hospitals.department": "department",
}  # fmt: skip


def unnamed(wrong: Sequence[Wrong]) -> set[str]:
    """Of what some names are not known: a row of it has none that can be read, or no home."""
    told = [w.what.names.get(key) for w in wrong for key in ("column", "where") if w.row]
    found = {_NAMING[column] for column in told if column in _NAMING}
    return found | {"department" for w in wrong if w.what.code == "no_hospital_row"}


def stand_in(book: Book, wrong: Sequence[Wrong]) -> tuple[Book, Problem] | None:
    """What can be looked at besides what is `wrong`; None where that hides the rest."""
    if any(not w.row and w.sheet != "settings" for w in wrong):
        return None  # a sheet or a column is not there
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
    if head in _RECORDS and len(path) > 2:
        return _in_record(raw[head], path[1:], missing)
    if head in _EVER and len(path) == 1:
        raw[head] = _EVER[head]
        return True
    if head in ("weights", "rest_days", "trade", "specialties", "seed") and not missing:
        raw.pop(head, None)
        return True
    return False


def _in_record(records: list[Any], path: Path, missing: bool) -> bool:
    """A row without a name is left out: nothing can be told of it, nor by it of others."""
    record, field = records[int(path[0])], str(path[1])
    if record is None:
        return True  # it is left out already
    if field == "departments" and len(path) > 3:
        return _in_record(record[field], path[2:], missing)
    if field == "id":
        records[int(path[0])] = None
        return True
    if not missing or len(path) > 2:
        record.pop(field, None)
        return True
    for other in records:
        if other is not None and field in other:
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
    for name in (*_LEAVES, *_RECORDS):
        _renumbered(partly, (name,), partly.raw.get(name, []))
    for k, told in enumerate(partly.raw.get("organisations", [])):
        _renumbered(partly, ("organisations", k, "departments"), told.get("departments", []))


def _renumbered(partly: Book, at: Path, rows: list[Any]) -> None:
    kept = [k for k, row in enumerate(rows) if row is not None]
    if len(kept) == len(rows):
        return
    rows[:] = [rows[k] for k in kept]
    number: dict[str | int, int] = {k: n for n, k in enumerate(kept)}
    deep, places = len(at), dict[Path, Place]()
    for path, place in partly.places.items():
        if path[:deep] != at or len(path) == deep:
            places[path] = place
        elif path[deep] in number:
            places[(*at, number[path[deep]], *path[deep + 1 :])] = place
    partly.places = places
