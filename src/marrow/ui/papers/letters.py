"""Letters without a template of the office's own: a title, lines, a table, as DOCX and XLSX.

What is made here holds placeholders and is filled like any template (`filling.py`), so that an
office can take it as the beginning of its own. A letter is read back as lines for its preview.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font

WIDE, NARROW = 24, 6


@dataclass(frozen=True, slots=True)
class Layout:
    """A letter: its lines may hold placeholders; `columns` are (head, placeholder) of its table."""

    title: str
    above: Sequence[str]
    columns: Sequence[tuple[str, str]]
    below: Sequence[str]


def made(layout: Layout, ending: str) -> bytes:
    """The layout as a template."""
    return _docx(layout) if ending == "docx" else _xlsx(layout)


def _docx(layout: Layout) -> bytes:
    document = Document()
    for style in (document.styles["Normal"], document.styles["Title"]):
        fonts: Any = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), "SimSun")  # Word's own for Chinese; others have one like it
    document.styles["Normal"].font.size = Pt(11)
    document.add_heading(layout.title, 0)
    for line in layout.above:
        document.add_paragraph(line)
    if layout.columns:
        table = document.add_table(rows=2, cols=len(layout.columns))
        table.style = "Table Grid"
        for number, (head, place) in enumerate(layout.columns):
            table.cell(0, number).paragraphs[0].add_run(head).bold = True
            table.cell(1, number).text = place
        document.add_paragraph()
    for line in layout.below:
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _xlsx(layout: Layout) -> bytes:
    book = Workbook()
    sheet: Any = book.active
    row = 1
    sheet.cell(row, 1, layout.title).font = Font(bold=True, size=14)
    for line in layout.above:
        row += 1
        _line(sheet, row, line, len(layout.columns))
    if layout.columns:
        row += 2
        for number, (head, place) in enumerate(layout.columns, start=1):
            sheet.cell(row, number, head).font = Font(bold=True)
            sheet.cell(row + 1, number, place)
            letter = sheet.cell(row, number).column_letter
            sheet.column_dimensions[letter].width = NARROW if number == 1 else WIDE
        row += 2
    for line in layout.below:
        row += 1
        _line(sheet, row, line, len(layout.columns))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _line(sheet: Any, row: int, line: str, columns: int) -> None:
    sheet.cell(row, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
    if columns > 1:
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=columns)
    sheet.row_dimensions[row].height = 15 * (1 + len(line) // 90)


def read_back(letter: bytes, ending: str) -> list[list[str]]:
    """The letter's lines for a preview: one cell is a paragraph, several are a row of a table."""
    return list(_docx_lines(letter) if ending == "docx" else _xlsx_lines(letter))


def _docx_lines(letter: bytes) -> Iterator[list[str]]:
    for block in Document(io.BytesIO(letter)).iter_inner_content():
        if isinstance(block, Paragraph) and block.text.strip():
            yield [block.text]
        elif isinstance(block, Table):
            for row in block.rows:
                yield [cell.text for cell in row.cells]


def _xlsx_lines(letter: bytes) -> Iterator[list[str]]:
    for sheet in load_workbook(io.BytesIO(letter)).worksheets:
        for row in sheet.iter_rows(values_only=True):
            cells = ["" if value is None else str(value) for value in row]
            if any(cells):
                yield cells[:1] if not any(cells[1:]) else cells
