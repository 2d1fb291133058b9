"""Workbooks that people fill in: a sheet with drop-downs, and a guide to its columns."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

ROWS = 2000  # rows that have drop-downs
LONGEST_TITLE = 31  # Excel's own limit for the name of a sheet


@dataclass(frozen=True, slots=True)
class Asked:
    """A column to fill: its label, what may be chosen (anything where empty), what to write."""

    label: str
    choices: tuple[str, ...] = ()
    guide: str = ""


def fillable_book(
    title: str, columns: Sequence[Asked], guide_title: str, guide: Sequence[Sequence[str]]
) -> bytes:
    """The workbook. The choices stand on a hidden sheet, for a list in a rule is cut at 255."""
    made = Workbook()
    sheet: Any = made.active
    sheet.title = title[:LONGEST_TITLE]
    sheet.freeze_panes = "A2"
    pages: Any = made.create_sheet(guide_title[:LONGEST_TITLE])
    lists: Any = made.create_sheet("lists")
    lists.sheet_state = "hidden"
    for number, column in enumerate(columns, start=1):
        cell = sheet.cell(1, number, column.label)
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = 22
        if column.choices:
            _drop_down(sheet, lists, number, column)
    for line in guide:
        pages.append(list(line))
    for letter in "ABCD":
        pages.column_dimensions[letter].width = 40
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _drop_down(sheet: Any, lists: Any, number: int, column: Asked) -> None:
    for row, label in enumerate(column.choices, start=1):
        lists.cell(row, number, label)
    letter = sheet.cell(1, number).column_letter
    rule = DataValidation(
        type="list", formula1=f"=lists!${letter}$1:${letter}${len(column.choices)}",
        allow_blank=True, showErrorMessage=True, errorTitle=column.label[:32],
        error=column.guide[:200],
    )  # fmt: skip
    rule.add(f"{letter}2:{letter}{ROWS}")
    sheet.add_data_validation(rule)
