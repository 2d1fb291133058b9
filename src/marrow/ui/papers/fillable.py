"""Workbooks that people fill in: sheets with drop-downs, and a guide to their columns."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from marrow.ui.papers.tables import LIVE, LONGEST_TITLE, MOST_IN_A_CELL, Cell

ROWS = 2000  # rows that have drop-downs
WIDE, WIDER = 22, 40  # characters
WRONG = PatternFill("solid", fgColor="FBE3DF")


@dataclass(frozen=True, slots=True)
class Asked:
    """A column to fill: its label, what may be chosen (anything where empty), what to write, and
    the code that stands below the label where the sheet has codes."""

    label: str
    choices: tuple[str, ...] = ()
    guide: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class FillSheet:
    """A sheet to fill, with the rows that stand in it already. `wrong` are rows to mark, counted
    from the first below the headings."""

    title: str
    columns: Sequence[Asked]
    rows: Sequence[Sequence[Cell]] = ()
    wrong: frozenset[int] = frozenset()


def fillable_book(
    title: str, columns: Sequence[Asked], guide_title: str, guide: Sequence[Sequence[str]]
) -> bytes:
    """One sheet to fill, and its guide."""
    return fillable_sheets([FillSheet(title, columns)], guide_title, guide)


def fillable_sheets(
    sheets: Iterable[FillSheet], guide_title: str, guide: Sequence[Sequence[str]],
    *, guide_first: bool = False,
) -> bytes:  # fmt: skip
    """Several sheets to fill. The choices stand on a hidden sheet, for a list in a rule is cut at
    255; columns with the same choices share one list."""
    made = Workbook()
    made.remove(made.worksheets[0])
    lists: dict[tuple[str, ...], int] = {}
    if guide_first:
        _guide(made, guide_title, guide)
    for one in sheets:
        _sheet(made.create_sheet(one.title[:LONGEST_TITLE]), one, lists)
    if not guide_first:
        _guide(made, guide_title, guide)
    hidden: Any = made.create_sheet("lists")
    hidden.sheet_state = "hidden"
    for choices, number in lists.items():
        for row, label in enumerate(choices, start=1):
            _write(hidden.cell(row, number), label)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _guide(made: Workbook, title: str, guide: Sequence[Sequence[str]]) -> None:
    page: Any = made.create_sheet(title[:LONGEST_TITLE])
    for number, line in enumerate(guide, start=1):
        for column, words in enumerate(line, start=1):
            cell = page.cell(number, column)
            _write(cell, words)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for letter in "ABCD":
        page.column_dimensions[letter].width = WIDER


def _sheet(sheet: Any, told: FillSheet, lists: dict[tuple[str, ...], int]) -> None:
    coded = any(c.code for c in told.columns)
    first = 3 if coded else 2  # the row below the headings
    sheet.freeze_panes = f"A{first}"
    for number, column in enumerate(told.columns, start=1):
        cell = sheet.cell(1, number)
        _write(cell, column.label)
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = WIDE
        if coded:
            below = sheet.cell(2, number)
            _write(below, column.code)
            below.font = Font(italic=True, color="808080")
        if column.choices:
            _drop_down(sheet, lists, number, column, first, len(told.rows))
    for n, row in enumerate(told.rows):
        for number, value in enumerate(row, start=1):
            cell = sheet.cell(first + n, number)
            _write(cell, value)
            if n in told.wrong:
                cell.fill = WRONG


def _write(cell: Any, value: Cell) -> None:
    """A text is text, whatever it begins with."""
    if not isinstance(value, str):
        cell.value = value
        return
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:MOST_IN_A_CELL]
    cell.value = text
    cell.data_type = "s"
    if text.startswith(LIVE):
        cell.quotePrefix = True


def _drop_down(
    sheet: Any, lists: dict[tuple[str, ...], int], number: int, column: Asked, first: int, rows: int
) -> None:
    letter = sheet.cell(1, number).column_letter
    place = lists.setdefault(column.choices, len(lists) + 1)
    of = sheet.cell(1, place).column_letter
    rule = DataValidation(
        type="list", formula1=f"=lists!${of}$1:${of}${len(column.choices)}",
        allow_blank=True, showErrorMessage=True, errorTitle=column.label[:32],
        error=column.guide[:200],
    )  # fmt: skip
    rule.add(f"{letter}{first}:{letter}{max(ROWS, first + rows + ROWS // 4)}")
    sheet.add_data_validation(rule)
