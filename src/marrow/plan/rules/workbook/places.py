"""The row of a workbook in which a record stands, and of which a fault speaks."""

from __future__ import annotations

from collections.abc import Mapping

from marrow.plan.rules.problem import Problem
from marrow.plan.rules.said import Said
from marrow.plan.rules.workbook.cells import Book, Wrong

Places = Mapping[tuple[str, str], int]  # the row by sheet and id


#: names of a fault that hold ids, in the order in which a row is looked for, and their sheet
_IDS = (
    ("seat", "seats"), ("one", "seats"), ("person", "people"), ("mission", "missions"),
    ("name", ""), ("area", "budgets"), ("one", "people"), ("missions", "missions"),
)  # fmt: skip
_IDS_OF_PINS = (("seat", "pins"), ("one", "pins"), ("other", "pins"), ("name", "pins"))
#: the sheet of the record in which something is wrong, by what the fault calls it
_SHEETS: Mapping[object, str] = {
    "organisation": "hospitals", "department": "hospitals", "person": "people",
    "mission": "missions", "seat": "seats", "couple": "couples", "pin of seat": "pins",
    "published seat": "published", "budget": "budgets",
}  # fmt: skip
#: what the sheet of pins holds beside pins: whom the records put into a seat
_HELD = ("selected", "asked", "held_twice", "held_unrested")


def of_sense(rows: Places, fault: Said) -> Wrong:
    """The row of the record that a fault names first: of a pin, its own on the sheet of pins."""
    pinned = fault.code.startswith(("pin", *_HELD))
    pinned |= str(fault.names.get("who", "")).startswith(("pin", *_HELD))
    own = _SHEETS.get(fault.names.get("who") or fault.names.get("kind"))
    ids = (*_IDS_OF_PINS, *_IDS) if pinned else (*([("name", own)] if own else []), *_IDS)
    for key, sheet in ids:
        named = fault.names.get(key)
        for one in named if isinstance(named, tuple) else (named,):
            for (where, name), row in rows.items():
                if name == one and sheet in ("", where):
                    return Wrong(where, row, fault)
    return Wrong("settings", 0, fault)


def rows_of_ids(book: Book, problem: Problem) -> dict[tuple[str, str], int]:
    lists = {
        "seats": [s.id for s in problem.seats], "people": [p.id for p in problem.people],
        "missions": [m.id for m in problem.missions], "pins": [p.seat for p in problem.pins],
        "couples": [f"{c.a}, {c.b}" for c in problem.couples],
        "organisations": [o.id for o in problem.organisations],
        "budgets": [b.area for b in problem.budgets],
        "published": [p.seat for p in problem.published],
    }  # fmt: skip
    found: dict[tuple[str, str], int] = {}
    for name, ids in lists.items():
        for k, one in enumerate(ids):
            sheet, row = book.places[name, k]
            found[sheet, one] = row  # of two that are the same, the later is told
    for k, b in enumerate(problem.budgets):
        sheet, row = book.places["budgets", k]
        found[sheet, f"{b.area} {b.year}"] = row
    for k, o in enumerate(problem.organisations):
        for d, part in enumerate(o.departments):
            sheet, row = book.places["organisations", k, "departments", d]
            found[sheet, part.id] = row
    return found
