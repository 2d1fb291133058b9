"""Books as PDF: A4 upright, headings, short texts and tables, in Chinese and Latin alike."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.http import HttpResponse
from fpdf.fonts import FontFace

from marrow.ui.papers.setting import is_wide
from marrow.ui.papers.typefaces import CHINESE, LATIN, Paper

PDF = "application/pdf"
EDGE, WIDE = 18.0, 210.0  # mm
HIGHEST = 95.0  # mm, of a picture
HEADING, TOLD = 18.0, 12.0  # mm, of a heading and of the words under a picture, with their gaps
INK, MUTED, WASH, LINE = (31, 27, 22), (101, 93, 84), (243, 238, 230), (228, 222, 211)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words under a header; `widths` are shares of the page's width."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG with what stands under it; its size is in pixels."""

    jpeg: bytes
    width: int
    height: int
    told: str


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    texts: Sequence[str] = ()
    table: Table | None = None
    pictures: Sequence[Picture] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """What is printed; `foot` stands at the foot of each page, before its number."""

    title: str
    subtitle: str
    chapters: Sequence[Chapter] = field(default_factory=tuple)
    foot: str = ""


class _Book(Paper):
    def __init__(self, foot: str) -> None:
        super().__init__("P")
        self.foot = foot
        self.set_margins(EDGE, EDGE)
        self.set_auto_page_break(True, EDGE + 4)

    def footer(self) -> None:
        self.set_y(-EDGE)
        _set(self, f"{self.foot} · {self.page_no()}", 8, MUTED)


def book_pdf(book: Book) -> bytes:
    """The book as bytes; refuses where the machine has no Chinese typeface."""
    paper = _Book(book.foot)
    paper.set_title(book.title)
    paper.set_creator("Marrow")
    paper.add_page()
    _set(paper, book.title, 22, INK, "B")
    _set(paper, book.subtitle, 11, MUTED)
    for chapter in book.chapters:
        _chapter(paper, chapter)
    return paper.written()


def pdf_file(paper: bytes, name: str) -> HttpResponse:
    """The paper as a download."""
    answer = HttpResponse(paper, content_type=PDF)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def _chapter(paper: Paper, chapter: Chapter) -> None:
    if paper.will_page_break(_with_heading(chapter)):
        paper.add_page()
    paper.ln(6)
    _set(paper, chapter.title, 14, INK, "B")
    for words in chapter.texts:
        _set(paper, words, 10, INK)
    if chapter.table and chapter.table.rows:
        paper.ln(1)
        _table(paper, chapter.table)
    for picture in chapter.pictures:
        _picture(paper, picture)


def _with_heading(chapter: Chapter) -> float:
    """How much room a heading takes with what follows: it does not stand alone at the foot of a
    page, nor above a photograph that goes to the next one."""
    rows = chapter.table and chapter.table.rows
    if chapter.pictures and not chapter.texts and not rows:
        _wide, high = _size(chapter.pictures[0])
        return HEADING + high + TOLD
    return 34


def _size(picture: Picture) -> tuple[float, float]:
    """As wide as the text, or as high as it may be."""
    wide = min(WIDE - 2 * EDGE, HIGHEST * picture.width / picture.height)
    return wide, wide * picture.height / picture.width


def _picture(paper: Paper, picture: Picture) -> None:
    """Never parted from its words."""
    wide, high = _size(picture)
    if paper.will_page_break(high + TOLD):
        paper.add_page()
    paper.ln(2)
    paper.image(io.BytesIO(picture.jpeg), w=wide, h=high)
    paper.ln(1)
    _set(paper, picture.told, 8, MUTED)


def _table(paper: Paper, table: Table) -> None:
    words = "".join(table.header)
    _face(paper, words, 9, "B")  # of the heading: a table asks for it before it sets it
    _face(paper, words, 9)
    paper.set_draw_color(*LINE)
    paper.set_text_color(*INK)
    heading = FontFace(emphasis="BOLD", fill_color=WASH)
    with paper.table(
        col_widths=tuple(table.widths), text_align="LEFT", headings_style=heading,
        borders_layout="HORIZONTAL_LINES", line_height=5.2, padding=(0.8, 1.2),
    ) as drawn:  # fmt: skip
        for cells in (table.header, *table.rows):
            row = drawn.row()
            for cell in cells:
                row.cell(cell, style=FontFace(family=CHINESE if is_wide(cell) else LATIN))


def _set(
    paper: Paper, words: str, size: float, colour: tuple[int, int, int], style: str = ""
) -> None:
    _face(paper, words, size, style)
    paper.set_text_color(*colour)
    paper.multi_cell(0, size * 0.52, words, align="L", new_x="LMARGIN", new_y="NEXT")


def _face(paper: Paper, words: str, size: float, style: str = "") -> None:
    paper.set_font(CHINESE if is_wide(words) else LATIN, style, size)
