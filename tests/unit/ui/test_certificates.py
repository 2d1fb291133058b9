"""Certificates as PDF: lines that break well, and a page a person."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from marrow.core.refusals import Refused
from marrow.ui.papers import faces, typefaces
from marrow.ui.papers.books import Book, Chapter, Table, book_pdf
from marrow.ui.papers.certificates import Sheet, certificates_pdf
from marrow.ui.papers.setting import broken
from marrow.ui.papers.typefaces import Paper

SHEET = Sheet(
    title="荣誉证书", subtitle="Certificate of Honour · Certificat d’honneur", name="王试",
    also_named="Wang Shi", texts=["于2026年参加医疗队，历时540天。", "served in 2026.", "l’équipe"],
    motto="", address="https://marrow.example/certificates/4K7Q-X2M9-TRBV/",
    proof=["No. 2026-0001", "4K7Q-X2M9-TRBV"], signing=["卫生健康委员会", "2026年11月24日"],
)  # fmt: skip


def test_chinese_never_begins_a_line_with_a_comma_nor_parts_a_figure() -> None:
    text = "自2025年6月1日起，参加援外医疗队（虚构），历时540天，特发此证。"
    for most in range(6, 30):
        lines = broken(text, most, len)
        assert "".join(lines) == text
        assert not [line for line in lines if line[0] in "，。）"], lines
        assert not [line for line in lines if line[-1] in "（"], lines


def test_lines_are_about_equally_long() -> None:
    lines = broken("aaa bbb ccc ddd eee fff ggg", 20, len)
    assert lines == ["aaa bbb ccc ddd", "eee fff ggg"]


def test_a_page_a_person_with_every_letter_in_it() -> None:
    assert typefaces.are_here(), "No Chinese typeface: apt-get install fonts-noto-cjk"
    paper = pypdfium2.PdfDocument(certificates_pdf([SHEET] * 24, "t"))
    try:
        assert len(paper) == 24
        text = paper[0].get_textpage().get_text_range()
    finally:
        paper.close()
    for words in ("荣誉证书", "王试", "Certificat d’honneur", "历时540天", "4K7Q-X2M9-TRBV"):
        assert words in text, text


def test_only_the_faces_are_read_in_which_words_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    lend = faces.lent

    def lent(file: Path, number: int, paper: Paper, key: str, style: str) -> Any:
        read.append(key)
        return lend(file, number, paper, key, style)

    monkeypatch.setattr(typefaces, "lent", lent)
    words = Table(["Item", "Level"], [["Cataract", "3"]], [3, 1])
    book_pdf(Book("Hospital", "Guinea", [Chapter("Eyes", ("Three",), words)], "Marrow"))
    assert set(read) - {typefaces.RARE} == {typefaces.LATIN, f"{typefaces.LATIN}B"}


def test_a_face_that_one_paper_was_set_in_is_not_read_again_for_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    certificates_pdf([SHEET], "t")
    monkeypatch.setattr(faces, "TTFFont", None)  # what reads one
    _told(certificates_pdf([replace(SHEET, name="李试验")], "t"), "李试验")


def test_papers_set_at_once_hold_each_its_own_letters() -> None:
    names = ["王试", "Maŋga Test", "欧阳试", "Wang Shi", "司马试验", "Éloïse"] * 2
    with ThreadPoolExecutor(4) as doing:
        made = doing.map(lambda n: certificates_pdf([replace(SHEET, name=n)], "t"), names)
        for name, paper in zip(names, made, strict=True):
            _told(paper, name)


def _told(made: bytes, name: str) -> None:
    paper = pypdfium2.PdfDocument(made)
    try:
        assert name in paper[0].get_textpage().get_text_range()
    finally:
        paper.close()


@pytest.mark.skipif(
    not typefaces._file(typefaces.RARE_FACE),  # noqa: SLF001
    reason="no DejaVu Serif",
)
def test_a_letter_that_the_chinese_typeface_lacks_is_printed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    certificates_pdf([replace(SHEET, name="Maŋga Test")], "t")
    assert "missing the following glyphs" not in caplog.text


def test_without_a_chinese_typeface_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(typefaces, "_file", lambda _name: None)
    with pytest.raises(Refused, match="fonts-noto-cjk"):
        certificates_pdf([SHEET], "t")
