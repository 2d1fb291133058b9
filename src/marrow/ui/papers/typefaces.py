"""The typefaces of papers that leave Marrow as PDF: Noto Serif CJK, of which a part is embedded.

One family sets Chinese and Latin alike. Its Korean face has curly quotes as narrow as Latin texts
want them; in the Chinese face they are as wide as a character.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from fpdf import FPDF

from marrow.core.refusals import Refused

CHINESE, LATIN, RARE = "chinese", "latin", "rare"
FAMILIES = ("NotoSerifCJK", "NotoSansCJK")
KOREAN_FACE, CHINESE_FACE = 1, 2  # within the collection
RARE_FACE = "DejaVuSerif.ttf"  # letters that Noto CJK lacks, as ŋ and ĉ
FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",
    "/Library/Fonts", "~/Library/Fonts", "C:/Windows/Fonts",
)  # fmt: skip


@cache
def _file(name: str) -> Path | None:
    """The typeface's file, first in the folder that the settings name."""
    for told in (settings.FONTS, *FOLDERS):
        folder = Path(told).expanduser() if told else None
        if folder and folder.is_dir() and (found := next(folder.rglob(name), None)):
            return found
    return None


def are_here() -> bool:
    """Whether this machine can set Chinese."""
    return any(_file(f"{family}-Regular.ttc") for family in FAMILIES)


def add_typefaces(paper: FPDF) -> None:
    """Give the paper its typefaces, regular and bold; refuses where the machine has none."""
    for family in FAMILIES:
        if regular := _file(f"{family}-Regular.ttc"):
            bold = _file(f"{family}-Bold.ttc") or regular
            for style, file in (("", regular), ("B", bold)):
                paper.add_font(CHINESE, style, file, collection_font_number=CHINESE_FACE)
                paper.add_font(LATIN, style, file, collection_font_number=KOREAN_FACE)
            break
    else:
        raise Refused(
            _(
                "This server has no Chinese typeface. Its keeper installs “Noto Serif CJK” (on"
                " Debian: fonts-noto-cjk), then papers can be printed."
            )
        )
    if rare := _file(RARE_FACE):
        paper.add_font(RARE, "", rare)
        paper.set_fallback_fonts([RARE], exact_match=False)
