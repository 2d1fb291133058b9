"""Reading tables out of files that strangers send: CSV, gzipped CSV and XLSX, with hard limits.

Refuses, with what to do about it: text that is not UTF-8, cells of megabytes, archives that
unpack to gigabytes, workbooks that are not workbooks. Formulas are never evaluated.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from marrow.core.refusals import Refused

LONGEST_CELL = 100_000  # characters
MOST_COLUMNS = 300
MOST_UNPACKED = 600 * 1024 * 1024  # bytes
WORKBOOK = (".xlsx", ".xlsm")
MOST_WORKBOOK = 150 * 1024 * 1024  # bytes unpacked: a workbook is read in a request
LARGE = 20 * 1024 * 1024  # bytes, from which one that swells is a bomb
MOST_SWOLLEN = 40  # times: honest workbooks unpack to some 10 to 20 times
MOST_PARTS = 5000  # files in a workbook
MOST_ROWS = 2_000_000
MOST_RAGGED = 100  # rows of another length, from which the separators of a file are wrong
csv.field_size_limit(LONGEST_CELL)
Cells = dict[str, str]
Numbered = tuple[int, Cells]


class BadFile(Refused):
    """The file cannot be read; the message says what to do."""

    code = "bad-file"


def header(path: Path, name: str) -> list[str]:
    """The first row's words: the names of the columns."""
    try:
        first = next(_rows(path, name))
    except StopIteration:
        raise BadFile(
            _("The file is empty. Send a table with a first row of column names.")
        ) from None
    told = [cell.strip() for cell in first]
    while told and not told[-1]:
        told.pop()
    if not any(told):
        raise BadFile(_("The first row is empty. It must hold the names of the columns."))
    if len(told) > MOST_COLUMNS:
        raise BadFile(_("More than 300 columns. Send only the columns that are needed."))
    doubled = sorted({c for c in told if c and told.count(c) > 1})
    if doubled:
        raise BadFile(_("Two columns have the same name: %s. Rename one.") % ", ".join(doubled[:5]))
    return told


def rows(path: Path, name: str, ragged: Callable[[int], None] | None = None) -> Iterator[Numbered]:
    """Every row after the first, by column name; empty rows are passed over.

    Numbered as a spreadsheet numbers them: the names of the columns are row 1. `ragged` is told
    of a row with more or fewer cells than there are names, which is left out; without it, and
    where a cell swallowed other rows or a hundred are ragged, the file is refused.
    """
    found = _rows(path, name)
    names = header(path, name)
    next(found, None)
    workbook, number, odd = name.lower().endswith(WORKBOOK), 1, 0
    for number, cells in enumerate(found, start=2):
        if number > MOST_ROWS:
            raise BadFile(_("More than two million rows. Send the file in parts."))
        if not any(cell.strip() for cell in cells):
            continue
        if workbook:  # leaves out what is empty at a row's end
            cells.extend([""] * (len(names) - len(cells)))
        if _is_ragged(cells, names):
            odd += 1
            if ragged is None or odd > MOST_RAGGED or any("\n" in cell for cell in cells):
                raise _ragged(number, cells, names)
            ragged(number)
            continue
        yield (
            number,
            {n: c.replace("\x00", "") for n, c in zip(names, cells, strict=False) if n},
        )
    if number == 1:
        raise BadFile(_("There are no rows below the names of the columns."))


def _is_ragged(cells: list[str], names: list[str]) -> bool:
    """A row of another length has lost or won a delimiter: its cells would stand one column off."""
    return len(cells) < len(names) or any(cell.strip() for cell in cells[len(names) :])


def _ragged(number: int, cells: list[str], names: list[str]) -> BadFile:
    return BadFile(
        _(
            "Row %(row)s has %(cells)s cells, the first row has %(names)s. A quotation mark or"
            " a separator is missing or too many: mend the row."
        )
        % {"row": number, "cells": len(cells), "names": len(names)}
    )


def _rows(path: Path, name: str) -> Iterator[list[str]]:
    ending = name.lower()
    if ending.endswith(WORKBOOK):
        return _xlsx(path)
    if ending.endswith((".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz")):
        return _csv(path, packed=ending.endswith(".gz"), tab=".tsv" in ending)
    raise BadFile(_("Send a CSV file (.csv, .csv.gz) or an Excel workbook (.xlsx)."))


class _Counted(io.RawIOBase):
    """A packed file that stops unpacking when it grows too large."""

    def __init__(self, path: Path) -> None:
        self.file = gzip.open(path, "rb")  # noqa: SIM115  closed with this object
        self.seen = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        got = self.file.read(len(buffer))
        self.seen += len(got)
        if self.seen > MOST_UNPACKED:
            raise BadFile(_("The file unpacks to more than 600 MB. Send it in parts."))
        buffer[: len(got)] = got
        return len(got)

    def close(self) -> None:
        self.file.close()
        super().close()


def _csv(path: Path, *, packed: bool, tab: bool) -> Iterator[list[str]]:
    buffer = io.BufferedReader(_Counted(path) if packed else io.FileIO(path), 65536)
    with io.TextIOWrapper(buffer, "utf-8-sig", newline="") as text:
        try:
            mark = "\t" if tab else _delimiter(buffer.peek(8192).decode(errors="replace"))
            yield from csv.reader(text, delimiter=mark, strict=True)
        except UnicodeDecodeError as wrong:
            raise BadFile(
                _("The text is not UTF-8 (byte %s). Save it as “CSV UTF-8” and send it again.")
                % wrong.start
            ) from wrong
        except csv.Error as wrong:
            raise BadFile(
                _(
                    "A row cannot be read. Look for a quotation mark that is not closed, or a cell"
                    " of more than 100,000 characters."
                )
            ) from wrong
        except (OSError, EOFError, zlib.error) as wrong:
            raise BadFile(_("The packed file is damaged. Pack it again and send it.")) from wrong


def _delimiter(sample: str) -> str:
    first = sample.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _xlsx(path: Path) -> Iterator[list[str]]:
    """The first sheet's rows; formulas as the values that were saved with them."""
    _refuse_bomb(path)
    try:
        with CalamineWorkbook.from_path(path) as book:
            if not book.sheet_names:
                return
            for cells in book.get_sheet_by_index(0).iter_rows():
                yield [_text(cell) for cell in cells[: MOST_COLUMNS + 1]]
    except (CalamineError, OSError, ValueError) as wrong:
        raise BadFile(_("The workbook is damaged. Open it, save it again, and send it.")) from wrong


def sheets(path: Path, most_rows: int) -> dict[str, list[list[str]]]:
    """Every sheet of a workbook by its title: its rows as texts, the empty ones too, so that they
    are numbered as a spreadsheet numbers them. At most so many rows in all."""
    _refuse_bomb(path)
    found: dict[str, list[list[str]]] = {}
    try:
        with CalamineWorkbook.from_path(path) as book:
            for title in book.sheet_names:
                found[title] = []
                sheet = book.get_sheet_by_name(title)
                _row, left_out = sheet.start or (0, 0)  # empty columns before the first filled
                for cells in sheet.iter_rows():
                    most_rows -= 1
                    if most_rows < 0:
                        raise BadFile(_("The workbook has too many rows. Send less at once."))
                    words = [_text(cell) for cell in cells[:MOST_COLUMNS]]
                    found[title].append([""] * left_out + words)
    except (CalamineError, OSError, ValueError) as wrong:
        raise BadFile(_("The workbook is damaged. Open it, save it again, and send it.")) from wrong
    return found


def _refuse_bomb(path: Path) -> None:
    """Look into the package before anything unpacks it: what it is, how large, and if it lies."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(item.file_size for item in archive.infolist())
            swollen = size > LARGE and size / max(path.stat().st_size, 1) > MOST_SWOLLEN
            if size > MOST_WORKBOOK or swollen or len(archive.infolist()) > MOST_PARTS:
                raise BadFile(
                    _("The workbook unpacks to %s MB. Save it as CSV, or send it in parts.")
                    % (size // 1_000_000)
                )
            if "[Content_Types].xml" not in archive.namelist() or archive.testzip():
                raise BadFile(
                    _("This is not an Excel workbook. Save it as .xlsx and send it again.")
                )
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, zlib.error) as wrong:
        raise BadFile(
            _("This is not an Excel workbook. Save it as .xlsx and send it again.")
        ) from wrong


def _text(cell: object) -> str:
    if cell is None:
        return ""
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
    if len(text) > LONGEST_CELL:
        raise BadFile(_("A cell holds more than 100,000 characters. Shorten it."))
    return text
