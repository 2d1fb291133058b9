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


# thirty-one / one hundred and twenty-one / two thousand (and) five hundred
_BELOW_HUNDRED = (
    rf"(?:(?:{'|'.join(_TENS)})(?:[\s-]+(?:{'|'.join(_UNITS[1:10])})(?!\w))?"
    rf"|{'|'.join(reversed(_UNITS[1:]))})"
)
_BELOW_THOUSAND = (
    rf"(?:(?:a|{_BELOW_HUNDRED})[\s-]hundred(?:\s(?:and\s)?{_BELOW_HUNDRED})?|{_BELOW_HUNDRED})"
)
SPOKEN = (
    rf"(?:(?:a|{_BELOW_THOUSAND})[\s-](?:thousand|million)(?:\s(?:and\s)?{_BELOW_THOUSAND})?"
    rf"|{_BELOW_THOUSAND})"
)
# Groups of exactly three digits: 31 000 (a plain, a hard or a narrow space), 2.400.
GROUPED = r"[1-9]\d{0,2}(?:(?:[ \u00a0\u202f]\d{3})+|(?:\.\d{3})+)(?![\d.,]\d|\d)"
# One figure: 31,000 / 31 000 / 1.2 million / 1,2 million / 30万 / twenty-seven / a dozen.
_FIGURE = (
    rf"(?:(?:{GROUPED}|\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}}(?:,\d{{1,2}}(?=\smill))?)(?:\.\d{{1,3}})?"
    r"(?:\s(?:millions?|thousand|milliers|mille)|\s?万)?"
    rf"|(?:a|two)\sdozen|{SPOKEN}"
    rf"|(?:{spelled(NUMBERS)})(?:\s(?:millions|milliers|mille))?)(?!\w)"
)
FIGURE = rf"(?<![\w.,$-]){_FIGURE}"
# Two figures that bound a third, which is not told: 3,000 to 4,000 / 3,500-4,000 / between 2 and 3.
SPAN = (
    rf"(?:\b(?:between|entre)\s{FIGURE}\s(?:and|et)\s{FIGURE}"
    rf"|(?:\b(?:from|de)\s)?{FIGURE}(?:\s(?:to|or|à|ou)\s|\s?[-–—~～]\s?){_FIGURE})"
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
_SCALE = {
    "hundred": 100, "thousand": 1_000, "mille": 1_000, "milliers": 1_000, "万": 10_000,
    "million": 1_000_000, "millions": 1_000_000,
}  # fmt: skip


def count(text: str) -> int | None:
    """The whole number that a figure names, or None."""
    words = re.sub(r"(?<=\d)万", " 万", re.sub(r"[\s-]+", " ", text.strip().lower()))
    head, _, tail = words.rpartition(" ")
    if words.endswith("dozen"):
        return 24 if words.startswith("two") else 12
    if re.fullmatch(SPOKEN, words):
        return _added(words)
    scale = _SCALE.get(tail, 1)
    if scale > 1:
        words = head
    if words in _FRENCH:
        return _FRENCH[words] * scale
    if scale > 1:
        words = re.sub(r"(?<=\d),(?=\d{1,2}$)", ".", words)
    if scale == 1 and re.fullmatch(GROUPED, words):
        words = re.sub(r"[ .]", "", words)
    plain = words.replace(",", "")
    if not re.fullmatch(r"[0-9]{1,12}(?:\.[0-9]{1,3})?", plain):
        return None
    value = round(float(plain) * scale, 3)
    return int(value) if value == int(value) else None


def _added(words: str) -> int:
    """ "two thousand one hundred and five": its parts, multiplied and added."""
    total = here = 0
    for word in words.split():
        if word == "hundred":
            here *= 100
        elif word in _SCALE:
            total, here = total + here * _SCALE[word], 0
        else:
            here += 1 if word == "a" else CARDINALS.get(word, 0)
    return total + here


def bounds(text: str) -> tuple[int, int] | None:
    """The least and the most of a span, or None where it is none: "from 2006 to 1,952"."""
    found = re.fullmatch(rf"(?:(?:between|from|entre|de)\s)?(?P<a>{FIGURE})(?:[^\w]|\s\w+\s)+?"
                         rf"(?P<b>{_FIGURE})", text.strip(), re.IGNORECASE)  # fmt: skip
    low, high = (count(found["a"]), count(found["b"])) if found else (None, None)
    if not found or low is None or high is None:
        return None
    scale = _SCALE.get(found["b"].lower().rpartition(" ")[2], 1)
    if low < scale <= high:  # "3 to 4 thousand"
        low *= scale
    return (low, high) if low < high else None


def counted(text: str) -> int | None:
    """The number of a figure, or of the last where they bound nothing: "in 2008 - 300"."""
    number = count(text)
    if number is not None or bounds(text):
        return number
    last = [hit.group() for hit in re.finditer(FIGURE, text, re.IGNORECASE)][-1:]
    return count(last[0]) if last else None


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
