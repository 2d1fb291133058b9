"""A workbook's cells: its sheets and rows by their codes, and what is wrong with which of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from marrow.plan.rules.said import Said, said
from marrow.plan.rules.workbook.columns import BETWEEN, CHOICES, FORMULA, SHEETS, WRONG, Column

FIRST_ROW = 3  # below the headings and the codes
Row = tuple[int, Mapping[str, str]]
Path = tuple[str | int, ...]
Place = tuple[str, int]  # a sheet and its row, as a spreadsheet counts
Rows = Mapping[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong; row 0 is the sheet as a whole, and no sheet the workbook."""

    sheet: str
    row: int
    what: Said


@dataclass
class Book:
    raw: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)

    def is_told(self, sheet: str, row: int, code: str) -> bool:
        """Whether it is told of this cell already that it says nothing: what follows from that is
        no second fault."""
        return any(
            (w.sheet, w.row, w.what.names.get("column")) == (sheet, row, f"{sheet}.{code}")
            for w in self.wrong
        )

    def has_told(self, sheet: str, *codes: str) -> bool:
        """Whether that is told of a cell of these columns in any row."""
        told = {w.what.names.get("column") for w in self.wrong if w.row and w.sheet == sheet}
        return any(f"{sheet}.{code}" in told for code in codes)


def by_code(cells: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, Sequence[Sequence[str]]]:
    """The sheets by the name that their codes begin with."""
    found = {}
    for rows in cells.values():
        first = rows[1][0].partition(".")[0] if len(rows) > 1 and rows[1] else ""
        if first in SHEETS:
            found[first] = rows
    return found


def rows_of(book: Book, name: str, rows: Sequence[Sequence[str]]) -> Iterator[Row]:
    """The filled rows of a sheet by the codes of its columns, without the sheet's name."""
    codes = [code.partition(".")[2] for code in rows[1]]
    for column in SHEETS[name]:
        if column.code.partition(".")[2] not in codes and not column.added:
            book.wrong.append(Wrong(name, 0, said("no_column", column=column.code)))
    known = {c.code.partition(".")[2]: c for c in SHEETS[name]}
    for n, row in enumerate(rows[FIRST_ROW - 1 :], start=FIRST_ROW):
        told = {
            code: _plain(text) for code, text in zip(codes, row, strict=False)
            if code and code != WRONG
        }  # fmt: skip
        if not any(told.values()):
            continue
        for code, column in known.items():
            if column.needed and not told.get(code):
                book.wrong.append(Wrong(name, n, said("empty_cell", column=column.code)))
        for code, text in told.items():
            if text.startswith(FORMULA):
                book.wrong.append(Wrong(name, n, said("formula", column=f"{name}.{code}")))
                told[code] = ""
        yield n, {code: _coded(known.get(code), text) for code, text in told.items()}


def _plain(text: str) -> str:
    """A cell without the spaces around it; a day without its midnight."""
    return re.sub(r"^(\d{4}-\d\d-\d\d)[ T]00:00:00$", r"\1", text.strip())


def _coded(column: Column | None, text: str) -> str:
    """The code of what was chosen; a name that stands before a code is left out."""
    if column is None or not text:
        return text
    if column.form == "refer":
        return text.rpartition(BETWEEN)[2].strip()
    if column.form in ("text", "yes") and column.choices in CHOICES:
        return _code(column.choices, text)
    return text


def _code(choices: str, text: str) -> str:
    folded = text.strip().casefold()
    for code, words in CHOICES[choices].items():
        if folded == code or folded in [w.casefold() for w in words]:
            return code
    return text.strip()


def several(text: str, choices: str = "") -> list[str]:
    """The parts of a cell with several, each in its code."""
    parts = [re.sub(r"\\(.)", r"\1", p).strip() for p in re.split(r"(?<!\\);|\n", text)]
    found = [p.rpartition(BETWEEN)[2] for p in parts if p]
    return [_code(choices, p) for p in found] if choices in CHOICES else found
