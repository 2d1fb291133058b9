"""Numbers that a phone dials at a tap: written by themselves, never read out of words."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers

MOST = 3
BETWEEN = re.compile(r"[,;、/\n]")
DASHES = str.maketrans("‐‑‒–—−", "------")
#: 117 or 12308, 0620000001: in one piece, for of "12308 117" nobody can tell whether it is one
HERE = re.compile(r"[0-9]{2,15}")
#: with its country, and then it is known how long it is. No brackets: of "(0)" nobody can tell
#: whether it is dialled.
ABROAD = re.compile(r"\+[0-9](?:[ .-]?[0-9]){6,14}")


def numbers_of(text: str) -> tuple[str, ...]:
    """The numbers of a line, as they are written; a comma stands between two."""
    plain = unicodedata.normalize("NFKC", text).translate(DASHES)
    return tuple(part for one in BETWEEN.split(plain) if (part := " ".join(one.split())))


def no_number(text: str) -> str:
    """The first part of a line that nobody can dial as it stands (E.164: 15 digits at most); ''
    where all can be."""
    return next((one for one in numbers_of(text) if not _is_one(one)), "")


def _is_one(number: str) -> bool:
    if HERE.fullmatch(number):
        return True
    if not ABROAD.fullmatch(number):
        return False
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(dialled(number)))
    except phonenumbers.NumberParseException:
        return False


def dialled(number: str) -> str:
    """What a telephone dials: digits, and a plus before them."""
    return re.sub(r"[^+0-9]", "", number)
