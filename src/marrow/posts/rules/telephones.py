"""Numbers that a phone dials at a tap: written by themselves, never read out of words."""

from __future__ import annotations

import re
import unicodedata

MOST = 3
BETWEEN = re.compile(r"[,;、/\n]")
DASHES = str.maketrans("‐‑‒–—−", "------")
#: 117 or 12308 stand in one piece; what is longer may be in groups. No brackets: of "(0)" nobody
#: can tell whether it is dialled.
SHORT = re.compile(r"[0-9]{2,6}")
LONG = re.compile(r"\+?[0-9](?:[ .-]?[0-9]){6,14}")


def numbers_of(text: str) -> tuple[str, ...]:
    """The numbers of a line, as they are written; a comma stands between two."""
    plain = unicodedata.normalize("NFKC", text).translate(DASHES)
    return tuple(part for one in BETWEEN.split(plain) if (part := " ".join(one.split())))


def no_number(text: str) -> str:
    """The first part of a line that nobody can dial as it stands (E.164: 15 digits at most); ''
    where all can be."""
    told = numbers_of(text)
    return next((one for one in told if not (SHORT.fullmatch(one) or LONG.fullmatch(one))), "")


def dialled(number: str) -> str:
    """What a telephone dials: digits, and a plus before them."""
    return re.sub(r"[^+0-9]", "", number)
