"""Faces of typefaces: each is read once in a process, and lent to every paper that is set in it.

To read one of Chinese takes a third of a second, for it has sixty thousand signs; to take out the
few that a paper embeds takes a fifth. What was taken out is kept for the next paper with the same
signs.
"""

from __future__ import annotations

from copy import copy
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import TextEmphasis
from fpdf.fonts import SubsetMap, TTFFont

KEPT = 64  # parts, each of some ten kilobytes
#: of a face with outlines in CFF, a paper embeds no other table than that one
WITH_CFF = ("CFF ", "GlyphOrder", "head", "hhea", "hmtx", "maxp", "name", "post")
_READING = Lock()


def lent(file: Path, number: int, paper: FPDF, key: str, style: str) -> TTFFont:
    """The face for one paper, which counts in it the signs that it uses; `number` within `file`."""
    with _READING:
        face = copy(_read(file, number))
    face.i = len(paper.fonts) + 1
    face.fontkey = key
    face.emphasis = TextEmphasis.coerce(style)
    face.desc = copy(face.desc)
    face.missing_glyphs = []
    face.subset = SubsetMap(face)
    return face


def leave_what_is_used(face: TTFFont) -> None:
    """Of a face that was lent; when its paper is set and before it is written."""
    signs = frozenset(face.subset.get_all_glyph_names())
    part = _part(face.ttffile, face.collection_font_number, signs)
    face.ttfont = TTFont(BytesIO(part), recalcTimestamp=False, lazy=True)


@cache
def _read(file: Path, number: int) -> TTFFont:
    return TTFFont(FPDF(), file, "", "", collection_font_number=number)


@lru_cache(maxsize=KEPT)
def _part(file: Path, number: int, signs: frozenset[str]) -> bytes:
    """A face of these signs alone, by their names in it."""
    options: Any = Options(notdef_outline=True, recommended_glyphs=True, glyph_names=True)
    options.drop_tables += ["FFTM", "GDEF", "GPOS", "GSUB"]
    subsetter = Subsetter(options)
    subsetter.populate(glyphs=signs)
    made = BytesIO()
    with TTFont(file, recalcTimestamp=False, lazy=True, fontNumber=number) as face:
        if "CFF " in face:
            for table in set(face.keys()) - set(WITH_CFF):
                del face[table]
        subsetter.subset(face)
        face.save(made)
    return made.getvalue()
