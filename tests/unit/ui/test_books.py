"""Books as PDF: what belongs together stands on one page."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from PIL import Image

from marrow.ui.papers.books import Book, Chapter, Picture, book_pdf


def a_picture() -> Picture:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 80, 70)).save(out, "JPEG")
    return Picture(out.getvalue(), 64, 48, "Told under it")


@pytest.mark.parametrize("lines", range(12, 44, 4))
def test_a_heading_of_photographs_stands_on_the_page_of_the_first(lines: int) -> None:
    before = Chapter("Numbers", texts=["A line"] * lines)
    made = book_pdf(Book("t", "s", [before, Chapter("Photographs", pictures=[a_picture()])]))
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]
    assert [n for n, told in enumerate(pages) if "Photographs" in told] == [
        n for n, told in enumerate(pages) if "Told under it" in told
    ]
