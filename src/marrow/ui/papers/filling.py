"""Letters made of templates: `{{ words }}` are filled in, a row that speaks of one is repeated.

No code runs in a template: a placeholder is a name and nothing else. A row of a table (DOCX) or of
a sheet (XLSX) that holds a placeholder of EACH is repeated, once for each of the rows given.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from openpyxl import load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from marrow.core.refusals import Refused
from marrow.core.words import listing

Values = Mapping[str, str]
EACH = "person."
PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
MOST_CELLS = 20_000  # of a template's sheets
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def filled(template: bytes, ending: str, values: Values, each: Sequence[Values]) -> bytes:
    """The template with its places filled in; `each` fills a row, once each."""
    return (_docx if ending == "docx" else _xlsx)(template, values, each)


def places(template: bytes, ending: str) -> set[str]:
    """The names of a template's placeholders; refuses one that is not closed or out of place."""
    texts = list(_docx_texts(template) if ending == "docx" else _xlsx_texts(template))
    found: set[str] = set()
    for text, in_row in texts:
        if text.count("{{") != len(PLACE.findall(text)):
            raise Refused(_("A placeholder is not closed: %(text)s") % {"text": text[:80]})
        names = set(PLACE.findall(text))
        if not in_row and (astray := sorted(n for n in names if n.startswith(EACH))):
            told = {"names": listing().join(astray)}
            raise Refused(_("These stand outside a table’s row: %(names)s") % told)
        found |= names
    return found


def put(text: str, values: Values) -> str:
    """The text with its places filled in; what is filled in never becomes a placeholder itself."""
    return PLACE.sub(lambda m: _plain(values.get(m.group(1), "")), text)


def _plain(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("", text).replace("{{", "{ {")


def _docx_texts(template: bytes) -> Iterator[tuple[str, bool]]:
    for paragraph, in_row in _paragraphs(Document(io.BytesIO(template))):
        yield "".join(run.text for run in _runs(paragraph)), in_row


def _paragraphs(document: Any) -> Iterator[tuple[Paragraph, bool]]:
    """Every paragraph, also of heads, feet and tables; whether it stands in a table."""
    seen: set[int] = set()
    parts = [document]
    for section in document.sections:
        parts += [section.header, section.footer, section.first_page_header]
        parts += [section.first_page_footer, section.even_page_header, section.even_page_footer]
    for part in parts:
        element = part.element.body if part is document else part._element  # noqa: SLF001
        if id(element) in seen:
            continue
        seen.add(id(element))
        for told in element.iter("{*}p"):
            in_row = any(above.tag.endswith("}tr") for above in told.iterancestors())
            yield Paragraph(told, part), in_row


def _runs(paragraph: Paragraph) -> list[Run]:
    """The runs of a paragraph, also those within links; not those of a text box on it."""
    own = paragraph._p  # noqa: SLF001  its element
    return [
        Run(told, paragraph)
        for told in own.iter("{*}r")
        if next(above for above in told.iterancestors() if above.tag == own.tag) is own
    ]


def _fill_paragraph(paragraph: Paragraph, values: Values) -> None:
    """Fill the places, each in the look of the run in which it begins."""
    runs = _runs(paragraph)
    while found := PLACE.search("".join(run.text for run in runs)):
        start, end, here = *found.span(), 0
        word = put(found.group(0), values)
        for run in runs:
            text = run.text
            first, last = max(start - here, 0), min(end - here, len(text))
            here += len(text)
            if first >= last:
                continue
            run.text = text[:first] + word + text[last:]
            word = ""


def _docx(template: bytes, values: Values, each: Sequence[Values]) -> bytes:
    document = Document(io.BytesIO(template))
    for table in list(document.element.body.iter("{*}tbl")):
        _repeat_rows(Table(table, document), values, each)
    for paragraph, _in_row in _paragraphs(document):
        _fill_paragraph(paragraph, values)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _repeat_rows(table: Table, values: Values, each: Sequence[Values]) -> None:
    for row in list(table._tbl.tr_lst):  # noqa: SLF001  the row to be copied
        text = "".join(told.text or "" for told in row.iter("{*}t"))
        if not any(name.startswith(EACH) for name in PLACE.findall(text)):
            continue
        for one in each:
            twin = copy.deepcopy(row)
            row.addprevious(twin)
            for told in twin.iter("{*}p"):
                _fill_paragraph(Paragraph(told, table._parent), {**values, **one})  # noqa: SLF001
        row.getparent().remove(row)


def _xlsx_texts(template: bytes) -> Iterator[tuple[str, bool]]:
    for cell in _cells(load_workbook(io.BytesIO(template))):
        text = str(cell.value)
        if cell.data_type == "f" and "{{" in text:
            raise Refused(_("A formula holds a placeholder: %(text)s") % {"text": text[:80]})
        yield text, True


def _cells(book: Any) -> Iterator[Any]:
    seen = 0
    for sheet in book.worksheets:
        if sheet.max_row * sheet.max_column > MOST_CELLS:
            raise Refused(_("The file unpacks to far more than a template needs."))
        for row in sheet.iter_rows():
            for cell in row:
                seen += 1
                if isinstance(cell.value, str):
                    yield cell


def _xlsx(template: bytes, values: Values, each: Sequence[Values]) -> bytes:
    book = load_workbook(io.BytesIO(template))
    for sheet in book.worksheets:
        for number in range(sheet.max_row, 0, -1):  # from below: rows that are added move nothing
            _fill_row(sheet, number, values, each)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _fill_row(sheet: Any, number: int, values: Values, each: Sequence[Values]) -> None:
    cells = [(c.column, c.value, c) for c in sheet[number]]
    text = " ".join(value for _c, value, _cell in cells if isinstance(value, str))
    if not any(name.startswith(EACH) for name in PLACE.findall(text)):
        for _column, value, cell in cells:
            _write(cell, value, values)
        return
    _make_room(sheet, number, len(each) - 1)
    for down, one in enumerate(each or [{}]):
        for column, value, cell in cells:
            copied = sheet.cell(number + down, column)
            copied._style = copy.copy(cell._style)  # noqa: SLF001  openpyxl's own way
            copied.value = value
            _write(copied, value, {**values, **one})


def _make_room(sheet: Any, number: int, more: int) -> None:
    """Empty rows below one; what is merged further down moves along, which openpyxl leaves."""
    if more <= 0:
        return
    sheet.insert_rows(number + 1, more)
    for merged in list(sheet.merged_cells.ranges):
        if merged.min_row > number:
            merged.shift(row_shift=more)


def _write(cell: Any, value: Any, values: Values) -> None:
    """Filled text is text, whatever it begins with; what has no place stays as it is."""
    if isinstance(value, str) and PLACE.search(value):
        cell.value = put(value, values)
        cell.data_type = "s"
