"""A workbook's rows as a problem, or what is wrong with which of them.

Nothing is guessed: a cell that cannot be read is told with its row, and with one such cell there is
no problem.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from marrow.plan.rules.problem import PROBLEM, Problem
from marrow.plan.rules.reading import cut, told_of_form
from marrow.plan.rules.said import Said, said
from marrow.plan.rules.sense import at_odds_within, sense_of
from marrow.plan.rules.workbook.cells import (
    Book,
    Path,
    Place,
    Rows,
    Wrong,
    by_code,
    rows_of,
    several,
)
from marrow.plan.rules.workbook.columns import (
    BETWEEN,
    CHOICES,
    HEAD,
    SHEETS,
    column_of,
)
from marrow.plan.rules.workbook.partly import stand_in, unnamed
from marrow.plan.rules.workbook.places import Places, of_sense, rows_of_ids


@dataclass(slots=True)
class Read:
    """`problem` is None where anything is wrong. `partly` is what can be looked at all the same: it
    has other values where something is wrong, and is never planned."""

    problem: Problem | None
    wrong: list[Wrong]
    rows: Mapping[tuple[str, str], int] = field(default_factory=dict)  # by sheet and id
    partly: Problem | None = None


def problem_of(cells: Mapping[str, Sequence[Sequence[str]]]) -> Read:
    """`cells`: each sheet's rows of texts, with its headings and codes, by any title."""
    book, sheets = Book({"schema": PROBLEM}), by_code(cells)
    for name in SHEETS:
        if name not in sheets:
            book.wrong.append(Wrong("", 0, said("no_sheet", sheet=name)))
    rows = {name: list(rows_of(book, name, sheets[name])) for name in SHEETS if name in sheets}
    for read in (_settings, _hospitals, _caps, _people, _missions, _seats, _plain_sheets):
        read(book, rows)
    return _proved(book)


def _proved(book: Book) -> Read:
    """All that is wrong: with the cells, with what they hold, with what they say together."""
    try:
        problem = Problem.model_validate(book.raw)
    except ValidationError as refused:
        found = [_of_form(book, error) for error in refused.errors(include_url=False)]
    else:
        if not book.wrong:
            return _makes_sense(book, problem)
        found = []
    if any(not w.row for w in book.wrong):
        return Read(None, book.wrong)  # without a sheet or a column the rest is not what it was
    told = {(w.sheet, w.row, w.what.names.get("column")) for w in book.wrong}
    hidden = book.has_told("settings", "code")  # it may be the setting that seems to be missing
    found = [
        w for w in found
        if (w.sheet, w.what.code) != ("settings", "missing") or not (hidden or w.row)
    ]  # fmt: skip
    new = [w for w in found if (w.sheet, w.row, w.what.names.get("where")) not in told]
    return _at_odds_too(book, [*book.wrong, *new])


def _makes_sense(book: Book, problem: Problem) -> Read:
    rows = rows_of_ids(book, problem)
    if faults := sense_of(problem).faults:
        return Read(None, [of_sense(rows, fault) for fault in faults], rows, problem)
    return Read(problem, [], rows, problem)


#: what days tell: of a row whose own days are wrong they tell nothing
_OF_DAYS = ("reversed_", "seat_outside", "rested_early")


def _of_wrong_days(fault: Said, place: Place, touched: set[Place], rows: Places) -> bool:
    """Whether a fault speaks of days of which something else is wrong already: those of its own
    row, or of the mission within which a seat should be."""
    if not fault.code.startswith(_OF_DAYS):
        return False
    mission = str(fault.names.get("mission", ""))
    return bool(touched & {place, ("missions", rows.get(("missions", mission), 0))})


def _at_odds_too(book: Book, wrong: list[Wrong]) -> Read:
    """Besides what is wrong, records that stand twice or name what is not there."""
    if (found := stand_in(book, wrong)) is None:
        return Read(None, wrong)
    partly, problem = found
    rows = rows_of_ids(partly, problem)
    touched, hidden = {(w.sheet, w.row) for w in wrong}, unnamed(wrong)
    more = []
    for fault in at_odds_within(problem):
        one = of_sense(rows, fault)
        if _of_wrong_days(fault, (one.sheet, one.row), touched, rows):
            continue
        if fault.names.get("what") not in hidden:
            more.append(one)
    return Read(None, [*wrong, *more], rows, problem)


def _of_form(book: Book, error: Any) -> Wrong:
    path = tuple(error["loc"])
    sheet, row = _place(book, path)
    told, column = told_of_form(book.raw, error), column_of(sheet, path)
    names = dict(told.names)
    if column:
        names["where"] = column
    if isinstance(error.get("input"), str):
        names["found"] = cut(error["input"])
    return Wrong(sheet, row, Said(told.code, names))


def _place(book: Book, path: Path) -> Place:
    for length in range(len(path), 0, -1):
        if path[:length] in book.places:
            return book.places[path[:length]]
    return "settings", 0


def _set(told: dict[str, Any], row: Mapping[str, str], *codes: str) -> None:
    """Take over cells that are filled: what is empty is as usual."""
    for code in codes:
        if row.get(code):
            told[code] = row[code]


def _settings(book: Book, rows: Rows) -> None:
    for n, row in rows.get("settings", ()):
        code, value = row.get("code", ""), row.get("value", "")
        head, _dot, inner = code.partition(".")
        if not value:
            if head in HEAD and book.is_told("settings", n, "value"):
                book.places[head,] = ("settings", n)  # it stands there, and cannot be read
            continue
        if head in HEAD and not inner:
            book.raw[head] = value
            book.places[head,] = ("settings", n)
        elif head == "specialties":
            book.raw.setdefault("specialties", []).append(value.rpartition(BETWEEN)[2])
            book.places["specialties",] = ("settings", n)
        elif head in ("weights", "rest_days", "trade") and inner:
            told: Any = several(value) if code == "trade.surgical" else value
            book.raw.setdefault(head, {})[inner] = told
            book.places[head, inner] = ("settings", n)
        elif code:
            book.wrong.append(Wrong("settings", n, said("no_setting", name=code)))


def _hospitals(book: Book, rows: Rows) -> None:
    made: dict[str, dict[str, Any]] = {}
    heads: dict[str, Mapping[str, str]] = {}
    listed = book.raw.setdefault("organisations", [])
    for n, row in rows.get("hospitals", ()):
        if row.get("department") or book.is_told("hospitals", n, "department"):
            continue
        told: dict[str, Any] = {"id": row.get("organisation", ""), "departments": []}
        _set(told, row, "area")
        told["name"] = row.get("called", "")
        told["under_pressure"] = _windows(book, "hospitals", n, row, "under_pressure")
        book.places["organisations", len(listed)] = ("hospitals", n)
        listed.append(told)
        made.setdefault(told["id"], told)
        heads.setdefault(told["id"], row)
    order = {id(told): k for k, told in enumerate(listed)}
    for n, row in rows.get("hospitals", ()):
        if not row.get("department") or not row.get("organisation"):
            continue
        home = made.get(row.get("organisation", ""))
        if home is None:
            if not book.has_told("hospitals", "organisation"):
                fault = said("no_hospital_row", name=row["organisation"])
                book.wrong.append(Wrong("hospitals", n, fault))
            continue
        part: dict[str, Any] = {"id": row["department"]}
        _set(part, row, "specialty")
        _only_of_hospitals(book, n, row, heads.get(home["id"], {}))
        path = ("organisations", order[id(home)], "departments", len(home["departments"]))
        book.places[path] = ("hospitals", n)
        home["departments"].append(part)


def _only_of_hospitals(book: Book, n: int, row: Mapping[str, str], head: Mapping[str, str]) -> None:
    """What a department's row says of what its hospital alone has, unless that says the same."""
    for code in ("area", "under_pressure"):
        if row.get(code) and row[code] != head.get(code):
            fault = said("of_hospital_alone", column=f"hospitals.{code}", name=row["department"])
            book.wrong.append(Wrong("hospitals", n, fault))


def _caps(book: Book, rows: Rows) -> None:
    homes: dict[tuple[str, str], tuple[dict[str, Any], Path]] = {}
    for k, o in enumerate(book.raw.get("organisations", ())):
        homes.setdefault((o["id"], ""), (o, ("organisations", k)))
        for d, part in enumerate(o["departments"]):
            homes.setdefault((o["id"], part["id"]), (part, ("organisations", k, "departments", d)))
    hidden = book.has_told("hospitals", "organisation", "department")
    for n, row in rows.get("caps", ()):
        if any(book.is_told("caps", n, code) for code in ("organisation", "department")):
            continue
        found = homes.get((row.get("organisation", ""), row.get("department", "")))
        if found is None:
            name = row.get("department") or row.get("organisation", "")
            if not hidden:
                book.wrong.append(Wrong("caps", n, said("no_hospital_row", name=name)))
            continue
        home, path = found
        caps = home.setdefault("absence_cap", [])
        months = sorted(c for c in row if re.match(r"^\d{4}-", c) and row[c])
        for month in months:
            book.places[(*path, "absence_cap", len(caps))] = ("caps", n)
            caps.append({"month": month, "people": row[month]})


def _people(book: Book, rows: Rows) -> None:
    windows: dict[str, list[tuple[int, dict[str, str]]]] = {}
    listed = book.raw.setdefault("people", [])
    for n, row in rows.get("availability", ()):
        told: dict[str, str] = {}
        _set(told, row, "from", "to")
        if row.get("person"):
            windows.setdefault(row["person"], []).append((n, told))
    for n, row in rows.get("people", ()):
        k, own = len(listed), windows.pop(row.get("id", ""), [])
        listed.append(_person(book, n, row, own))
        book.places["people", k] = ("people", n)
        for m, (at, _told) in enumerate(own):
            book.places["people", k, "available", m] = ("availability", at)
    for name, left in windows.items() if not book.has_told("people", "id") else ():
        known = name in {p.get("id") for p in listed}
        for at, _told in left if not known else ():
            book.wrong.append(Wrong("availability", at, said("no_person_row", name=name)))


def _person(
    book: Book, n: int, row: Mapping[str, str], own: list[tuple[int, dict[str, str]]]
) -> dict[str, Any]:
    told: dict[str, Any] = {}
    _set(told, row, "id", "department", "specialty", "second_specialty", "clearance_until")
    told["grade"] = row.get("grade") or None
    told["languages"] = dict(_pairs(book, "people", n, row, "languages"))
    told["certificates"] = [
        {"code": code, "until": until}
        for code, until in _pairs(book, "people", n, row, "certificates")
    ]
    free = row.get("free") or ("listed" if own else "always")
    unlisted = free == "listed" and not own
    hidden = not row.get("id") or book.has_told("availability", "person")
    if free not in CHOICES["free"] or (own and free != "listed") or (unlisted and not hidden):
        book.wrong.append(Wrong("people", n, said("free_at_odds", name=told.get("id", ""))))
    told["available"] = None if free == "always" else [w for _at, w in own]
    last = {
        code: row[f"last_{code}"] for code in ("kind", "ended_on", "rested_on")
        if row.get(f"last_{code}")
    }  # fmt: skip
    if last:
        told["last_deployment"] = last
    told["rests"] = _windows(book, "people", n, row, "rests")
    home = _pairs(book, "people", n, row, "homecomings")
    told["homecomings"] = [{"kind": kind, "ended_on": ended} for kind, ended in home]
    told["refuses"] = several(row.get("refuses", ""))
    told["away_already"] = several(row.get("away_already", ""))
    told["prefers"] = [
        _wish(book, n, what, points) for what, points in _pairs(book, "people", n, row, "prefers")
    ]
    told["may_lead"] = row.get("may_lead") or "no"
    told["rest_exempt"] = several(row.get("rest_exempt", ""), "kind")
    return told


def _wish(book: Book, n: int, what: str, points: str) -> dict[str, str]:
    of, _space, name = what.partition(" ")
    if what and (of not in ("area", "mission") or not name):  # else it is told already
        fault = said("bad_pairs", column="people.prefers", found=f"{what} {points}")
        book.wrong.append(Wrong("people", n, fault))
    return {of: name.strip(), "points": points}


def _pairs(
    book: Book, sheet: str, n: int, row: Mapping[str, str], code: str
) -> list[tuple[str, str]]:
    """`fr 3; en 2` as its pairs."""
    found = []
    for part in several(row.get(code, "")):
        what, _space, last = part.rpartition(" ")
        if not what.strip():
            column = f"{sheet}.{code}"
            book.wrong.append(Wrong(sheet, n, said("bad_pairs", column=column, found=part)))
        found.append((what.strip(), last))
    return found


def _windows(
    book: Book, sheet: str, n: int, row: Mapping[str, str], code: str
) -> list[dict[str, str]]:
    """`2027-01-01 2027-03-01` as its windows."""
    return [{"from": a, "to": b} for a, b in _pairs(book, sheet, n, row, code)]


def _missions(book: Book, rows: Rows) -> None:
    listed = book.raw.setdefault("missions", [])
    for n, row in rows.get("missions", ()):
        told: dict[str, Any] = {}
        _set(
            told, row, "id", "kind", "series", "batch", "destination", "from", "to", "predecessor",
            "overlap_days", "minimum_people", "language", "rest_days",
        )  # fmt: skip
        told["sites"] = several(row.get("sites", ""))
        told["hats"] = several(row.get("hats", ""), "hat")
        told["receivers"] = several(row.get("receivers", ""))
        told["sender_pool"] = {
            "all": row.get("asked_all") or "no", "areas": several(row.get("asked_areas", "")),
            "organisations": several(row.get("asked_organisations", "")),
        }  # fmt: skip
        book.places["missions", len(listed)] = ("missions", n)
        listed.append(told)


def _seats(book: Book, rows: Rows) -> None:
    listed = book.raw.setdefault("seats", [])
    for n, row in rows.get("seats", ()):
        told: dict[str, Any] = {}
        _set(
            told, row, "id", "mission", "site", "position", "grade_min", "from", "to", "weight",
            "cost", "technique",
        )  # fmt: skip
        told["accepts"] = several(row.get("accepts", ""))
        told["certificates"] = several(row.get("certificates", ""))
        if row.get("language"):
            told["language"] = {"code": row["language"], "level": row.get("level", "")}
            if not row.get("level") and not book.is_told("seats", n, "level"):
                book.wrong.append(Wrong("seats", n, said("empty_cell", column="seats.level")))
        book.places["seats", len(listed)] = ("seats", n)
        listed.append(told)


def _plain_list(book: Book, rows: Rows, sheet: str, name: str) -> None:
    listed = book.raw.setdefault(name, [])
    codes = [c.code.partition(".")[2] for c in SHEETS[sheet]]
    for n, row in rows.get(sheet, ()):
        told: dict[str, Any] = {"person": None} if name == "pins" else {}
        _set(told, row, *codes)
        book.places[name, len(listed)] = (sheet, n)
        listed.append(told)


def _plain_sheets(book: Book, rows: Rows) -> None:
    for sheet, name in (
        ("needs", "cells"), ("couples", "couples"), ("pins", "pins"), ("budgets", "budgets"),
        ("published", "published"),
    ):  # fmt: skip
        _plain_list(book, rows, sheet, name)
