"""Formulas of a workbook of which the file holds no value: a program wrote them, and no spreadsheet
reckoned them since. To a reader of values such a cell looks empty."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook

from marrow.plan.rules.workbook.columns import FORMULA

Rows = list[list[str]]
_IN_XML = re.compile(rb"<(?:\w+:)?f[ >/]")


def with_formulas(path: Path, cells: dict[str, Rows]) -> dict[str, Rows]:
    """The same texts, with FORMULA and the formula where a cell has no value but one."""
    if not _has_any(path):
        return cells
    for title, row, column, formula in _formulas(path):
        rows = cells.get(title, [])
        if row < len(rows):
            rows[row].extend([""] * (column + 1 - len(rows[row])))
            rows[row][column] = rows[row][column] or FORMULA + formula
    return cells


def _has_any(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        parts = [n for n in archive.namelist() if n.startswith("xl/worksheets/")]
        return any(_IN_XML.search(archive.read(name)) for name in parts)


def _formulas(path: Path) -> Iterator[tuple[str, int, int, str]]:
    book = load_workbook(path, read_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and cell.row and cell.column:
                    yield sheet.title, cell.row - 1, cell.column - 1, str(cell.value)
    book.close()
