"""Tables that leave Marrow as files, in which no cell can become a live formula.

A spreadsheet runs a cell that starts with =, +, - or @, whoever typed it into a name. In CSV such
a cell gets an apostrophe before it, in XLSX its kind says that it is text. Numbers stay numbers.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from marrow.core.refusals import Unseen

LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
MOST_ROWS_XLSX = 200_000
MOST_IN_A_CELL = 32_000  # characters; Excel's own limit is 32,767
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | float | Decimal | dt.date | None
Row = Sequence[Cell]
LONGEST_TITLE = 31  # Excel's own limit for the name of a sheet


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its title, as one of several in a file."""

    title: str
    header: Sequence[str]
    rows: Iterable[Row]


def table_file(
    ending: str, name: str, header: Sequence[str], rows: Iterable[Row]
) -> HttpResponseBase:
    """The table as a download, `csv` (streamed, UTF-8 with its mark) or `xlsx`."""
    if ending == "csv":
        answer: HttpResponseBase = StreamingHttpResponse(
            csv_lines(header, rows), content_type="text/csv; charset=utf-8"
        )
    elif ending == "xlsx":
        answer = HttpResponse(xlsx_bytes(header, rows), content_type=XLSX)
    else:
        raise Unseen(_("There is no such page."))
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return answer


def csv_lines(header: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """The lines of a CSV file; the mark at its start lets Excel read Chinese."""
    line = io.StringIO()
    writer = csv.writer(line)
    yield "\ufeff"
    writer.writerow([dead(cell) for cell in header])
    for row in rows:
        if line.tell() > 8192:
            yield line.getvalue()
            line.seek(0)
            line.truncate()
        writer.writerow([dead(cell) for cell in row])
    yield line.getvalue()


def dead(cell: Cell) -> Cell:
    """The cell as text that no spreadsheet runs; numbers and dates as they are; None is empty."""
    if not isinstance(cell, str):
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", cell)[:MOST_IN_A_CELL]
    return f"'{text}" if text.startswith(LIVE) else text


def xlsx_bytes(header: Sequence[str], rows: Iterable[Row]) -> bytes:
    """One sheet with a bold first row that stays in sight."""
    return sheets_bytes([Sheet("", header, rows)])


def sheets_bytes(sheets: Iterable[Sheet]) -> bytes:
    """Several sheets in one file, each with a bold first row that stays in sight."""
    book = Workbook(write_only=True)
    for one in sheets:
        sheet = book.create_sheet(one.title[:LONGEST_TITLE] or None)
        sheet.freeze_panes = "A2"
        sheet.append([_written(sheet, cell, bold=True) for cell in one.header])
        for number, row in enumerate(one.rows):
            if number == MOST_ROWS_XLSX:
                break
            sheet.append([_written(sheet, cell) for cell in row])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _written(sheet: Any, cell: Cell, *, bold: bool = False) -> Any:
    text = ILLEGAL_CHARACTERS_RE.sub("", cell)[:MOST_IN_A_CELL] if isinstance(cell, str) else cell
    made = WriteOnlyCell(sheet, value=text)  # type: ignore[arg-type]  # a Decimal too
    if isinstance(text, str):
        made.data_type = "s"  # whatever it starts with
        if text.startswith(LIVE):
            made.quotePrefix = True
    if bold:
        made.font = Font(bold=True)
    return made
