"""The typefaces of papers that leave Marrow as PDF: Noto Serif CJK, of which a part is embedded.

One family sets Chinese and Latin alike. Its Korean face has curly quotes as narrow as Latin texts
want them; in the Chinese face they are as wide as a character.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.utils.translation import gettext as _
from fpdf import FPDF
from fpdf.enums import TextEmphasis
from fpdf.fonts import TTFFont
from fpdf.output import OutputProducer

from marrow.core.refusals import Refused
from marrow.ui.papers.faces import leave_what_is_used, lent

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


class Paper(FPDF):
    """A paper of A4 in millimetres; refuses where the machine has no Chinese typeface.

    A face is read when the first words are set in it: few papers need all.
    """

    def __init__(self, orientation: Literal["P", "L"]) -> None:
        super().__init__(orientation, "mm", "A4")
        self._faces = _faces()
        if rare := _file(RARE_FACE):
            self._borrow(rare, 0, RARE, "")
            self.set_fallback_fonts([RARE], exact_match=False)

    def set_font(
        self, family: str | None = None, style: str | TextEmphasis = "", size: float = 0
    ) -> None:
        bold = "B" if TextEmphasis.B in TextEmphasis.coerce(style) else ""
        self._read((family or self.font_family).lower(), bold)
        super().set_font(family, style, size)

    def _read(self, family: str, style: str) -> None:
        face = self._faces.get((family, style))
        if face and f"{family}{style}" not in self.fonts:
            self._borrow(*face, family, style)

    def _borrow(self, file: Path, number: int, family: str, style: str) -> None:
        """As `add_font`, of a face that this process may have read for another paper."""
        key = f"{family}{style}"
        self.fonts[key] = face = lent(file, number, self, key, style)
        if face.is_cff and face.is_cid_keyed:
            self._set_min_pdf_version("1.6")

    def written(self) -> bytes:
        """The paper as it leaves Marrow; nothing can be set on it afterwards."""
        return bytes(self.output(output_producer_class=_Writing))


class _Writing(OutputProducer):
    """Begins when all is set, the last page's foot too."""

    def bufferize(self) -> bytearray:
        for face in self.fpdf.fonts.values():
            if isinstance(face, TTFFont):
                leave_what_is_used(face)
        return super().bufferize()


def _faces() -> dict[tuple[str, str], tuple[Path, int]]:
    """File and number within it, by family and style."""
    for family in FAMILIES:
        if regular := _file(f"{family}-Regular.ttc"):
            bold = _file(f"{family}-Bold.ttc") or regular
            named = ((CHINESE, CHINESE_FACE), (LATIN, KOREAN_FACE))
            return {
                (name, style): (file, number)
                for name, number in named
                for style, file in (("", regular), ("B", bold))
            }
    raise Refused(
        _(
            "This server has no Chinese typeface. Its keeper installs “Noto Serif CJK” (on"
            " Debian: fonts-noto-cjk), then papers can be printed."
        )
    )
