"""Certificates as PDF: A4 lying, one page each, in one or in three languages on one sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import segno

from marrow.ui.papers.setting import broken, is_wide
from marrow.ui.papers.typefaces import CHINESE, LATIN, Paper

WIDE, HIGH = 297.0, 210.0  # mm
EDGE, INNER = 10.0, 13.5
FOOT = 163.0  # where the foot begins
QR = 27.0
INK, MUTED, RED, LINE = (31, 27, 22), (101, 93, 84), (122, 22, 38), (228, 222, 211)
POINT = 0.3528  # mm


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one certificate. Of several languages, the first is set large."""

    title: str
    subtitle: str  # the title in the other languages
    name: str
    also_named: str
    texts: Sequence[str]
    motto: str
    address: str  # where the code is checked; its QR code is printed
    proof: Sequence[str]  # beside the QR code: number, how to check, the code itself
    signing: Sequence[str]  # who issued, who signed, the day
    watermark: str = ""  # as "invented" or "withdrawn"


def certificates_pdf(sheets: Sequence[Sheet], title: str) -> bytes:
    """One page a sheet."""
    paper = Paper("L")
    paper.set_auto_page_break(False)
    paper.set_title(title)
    paper.set_creator("Marrow")
    for sheet in sheets:
        paper.add_page()
        _frame(paper)
        _watermark(paper, sheet.watermark)
        _body(paper, sheet)
        _foot(paper, sheet)
    return paper.written()


def _frame(paper: Paper) -> None:
    paper.set_draw_color(*RED)
    paper.set_line_width(0.9)
    paper.rect(EDGE, EDGE, WIDE - 2 * EDGE, HIGH - 2 * EDGE)
    paper.set_line_width(0.2)
    paper.rect(INNER, INNER, WIDE - 2 * INNER, HIGH - 2 * INNER)


def _watermark(paper: Paper, words: str) -> None:
    """Right across the sheet, behind what stands on it."""
    if not words:
        return
    _face(paper, words, 54, "B")
    size = 54 * min(1, 190 / paper.get_string_width(words))
    _face(paper, words, size, "B")
    paper.set_text_color(245, 241, 234)
    with paper.rotation(24, WIDE / 2, HIGH / 2):
        width = paper.get_string_width(words)
        paper.text((WIDE - width) / 2, HIGH / 2 + size * POINT / 3, words)


def _body(paper: Paper, sheet: Sheet) -> None:
    """Title, name and text, in the middle of what the foot leaves free."""
    parts: list[tuple[str, float, str, tuple[int, int, int], float]] = [
        (sheet.title, 38 if is_wide(sheet.title) else 32, "B", RED, 0),
        (sheet.subtitle, 12.5, "", MUTED, 4),
        (sheet.name, 27, "B", INK, 12),
        (sheet.also_named, 14, "", INK, 2.5),
    ]
    first, *others = sheet.texts
    parts.append((first, 16.5 if is_wide(first) else 15, "", INK, 9))
    parts += [(text, 11.5, "", INK, 5 if number else 6) for number, text in enumerate(others)]
    set_parts = [(_lines(paper, p[0], p[1], p[2]), p) for p in parts if p[0]]
    total = sum(len(lines) * _leading(p[1]) + p[4] for lines, p in set_parts)
    y = INNER + max((FOOT - INNER - total) / 2, 5)
    for lines, (_text, size, style, colour, above) in set_parts:
        y += above
        for line in lines:
            _centred(paper, line, y, size, style, colour)
            y += _leading(size)
    if sheet.motto:
        _centred(paper, sheet.motto, HIGH - INNER - 9, 10.5, "", MUTED)


def _leading(size: float) -> float:
    return size * POINT * 1.42


def _lines(paper: Paper, text: str, size: float, style: str) -> list[str]:
    _face(paper, text, size, style)
    return broken(text, WIDE - 2 * INNER - 44, paper.get_string_width)


def _face(paper: Paper, text: str, size: float, style: str = "") -> None:
    paper.set_font(CHINESE if is_wide(text) else LATIN, style, size)


def _centred(
    paper: Paper, text: str, top: float, size: float, style: str, colour: tuple[int, int, int]
) -> None:
    _face(paper, text, size, style)
    paper.set_text_color(*colour)
    paper.set_xy(INNER, top)
    paper.cell(WIDE - 2 * INNER, _leading(size), text, align="C")


def _foot(paper: Paper, sheet: Sheet) -> None:
    """Left how to prove it, right who signed it."""
    left, top = INNER + 9, FOOT - 3
    drawn = io.BytesIO()
    segno.make(sheet.address, error="m").save(drawn, kind="png", scale=8, border=0)
    paper.image(drawn, left, top, QR, QR)
    y = top + 1
    for number, line in enumerate(sheet.proof):
        strong = number == len(sheet.proof) - 1
        _face(paper, line, 10.5 if strong else 8.5, "B" if strong else "")
        paper.set_text_color(*(INK if strong else MUTED))
        paper.text(left + QR + 5, y + 3, line)
        y += 5.6
    right, wide = WIDE - INNER - 105, 96.0
    y = top + 1
    for number, line in enumerate(sheet.signing):
        _face(paper, line, 13 if number == 0 else 10.5, "B" if number == 0 else "")
        paper.set_text_color(*INK)
        for part in broken(line, wide, paper.get_string_width):
            paper.set_xy(right, y)
            paper.cell(wide, 6, part, align="R")
            y += 6.6 if number == 0 else 5.8
