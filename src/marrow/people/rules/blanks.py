"""Blanks of a text, one at a time: patterns that may skip blanks are tried on these alone, for over
thousands of line ends they would search for minutes. The phone's own: `field/src/see/blanks.ts`.
"""

from __future__ import annotations

import re

_MANY = re.compile(r"\s{2,}")


def one_blank(text: str) -> str:
    """The text with each run of blanks as one: a line end where it had one, else a space."""
    return _MANY.sub(lambda run: "\n" if "\n" in run.group(0) else " ", text)
