"""Numbers as prose writes them: digits, words, ordinals, and the words that soften them."""

from __future__ import annotations

import re

from marrow.missions.rules.records.french import NUMBERS, RANKS, spelled
from marrow.missions.rules.records.told import ABOUT, AT_LEAST, NEARLY, OVER, UP_TO

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINAL_UNITS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_ORDINAL_TENS = [
    "twentieth",
    "thirtieth",
    "fortieth",
    "fiftieth",
    "sixtieth",
    "seventieth",
    "eightieth",
    "ninetieth",
]

CARDINALS = {word: n for n, word in enumerate(_UNITS) if n}
ORDINALS = {word: n for n, word in enumerate(_ORDINAL_UNITS, start=1)}
for _at, (_ten, _tenth) in enumerate(zip(_TENS, _ORDINAL_TENS, strict=True), start=2):
    CARDINALS[_ten] = ORDINALS[_tenth] = _at * 10
    for _n in range(1, 10):
        CARDINALS[f"{_ten} {_UNITS[_n]}"] = _at * 10 + _n
        ORDINALS[f"{_ten} {_ORDINAL_UNITS[_n - 1]}"] = _at * 10 + _n


def _any_of(words: dict[str, int]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "|".join(word.replace(" ", r"[\s-]+") for word in longest_first)


# Groups of exactly three digits: 31 000 (a plain, a hard or a narrow space), 2.400.
GROUPED = r"[1-9]\d{0,2}(?:(?:[ \u00a0\u202f]\d{3})+|(?:\.\d{3})+)(?![\d.,]\d|\d)"
# One figure: 31,000 / 31 000 / 1.2 million / twenty-seven / a dozen.
FIGURE = (
    rf"(?<![\w.,$-])(?:(?:{GROUPED}|\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}})(?:\.\d{{1,3}})?"
    r"(?:\s(?:million|thousand))?"
    rf"|(?:{_any_of(CARDINALS)})(?:\s(?:hundred|thousand|million))?|(?:a|two)\sdozen"
    rf"|{spelled(NUMBERS)}"
    r"|a\s(?:hundred|thousand))(?!\w)"
)
ORDINAL = (
    r"(?:(?<![\w.,])\d{1,3}\s?(?:st|nd|rd|th)\b|(?<!\w)(?:No|no|NO|Nr)\.?\s?\d{1,3}\b"
    rf"|(?<![\w-])(?i:{_any_of(ORDINALS)})\b)"
)
_SOFT: tuple[tuple[str, str], ...] = (
    (r"more than|over|above|exceeding|in excess of|upwards? of|plus de", OVER),
    (r"nearly|almost|close to|près de", NEARLY),
    (r"about|around|approximately|some|roughly|an estimated|estimated|environ|quelque", ABOUT),
    (r"up to|as many as|a maximum of|jusqu[’']à", UP_TO),
    (r"at least|no fewer than|no less than|not less than|au moins", AT_LEAST),
)
SOFTENER = "(?:" + "|".join(words for words, _ in _SOFT) + ")"
_FRENCH = {word.replace("-", " "): n for word, n in NUMBERS.items()}
_FRENCH_RANKS = {word.replace("-", " "): n for word, n in RANKS.items()}
_SCALE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}


def count(text: str) -> int | None:
    """The whole number that a figure names, or None."""
    words = re.sub(r"[\s-]+", " ", text.strip().lower())
    head, _, tail = words.rpartition(" ")
    scale = _SCALE.get(tail, 1)
    if scale > 1:
        words = head
    if words.endswith("dozen"):
        return 24 if words.startswith("two") else 12
    if words == "a":
        return scale
    if words in CARDINALS:
        return CARDINALS[words] * scale
    if words in _FRENCH:
        return _FRENCH[words]
    if scale == 1 and re.fullmatch(GROUPED, words):
        words = re.sub(r"[ .]", "", words)
    plain = words.replace(",", "")
    if not re.fullmatch(r"[0-9]{1,12}(?:\.[0-9]{1,3})?", plain):
        return None
    value = round(float(plain) * scale, 3)
    return int(value) if value == int(value) else None


def rank(text: str) -> int | None:
    """The number that an ordinal names: 21st, 21 th, No. 21, twenty-first, 21e."""
    words = re.sub(r"[\s-]+", " ", text.strip().lower())
    if words in ORDINALS or words in _FRENCH_RANKS:
        return ORDINALS.get(words) or _FRENCH_RANKS[words]
    digits = re.search(r"[0-9]{1,3}", words)
    return int(digits.group()) or None if digits else None


def softness(before: str) -> str:
    """How a number is softened by the words right before it."""
    for words, precision in _SOFT:
        if re.search(rf"\b(?:{words})\s+(?:the\s+)?$", before, re.IGNORECASE):
            return precision
    return ""
