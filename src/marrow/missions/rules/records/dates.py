"""Dates as prose writes them, made partial dates: never more precise than the words."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_NUMBER_OF = {name: n for n, name in enumerate(_MONTHS, start=1)}
_NUMBER_OF |= {name[:3]: n for name, n in _NUMBER_OF.items()} | {"sept": 9}
_MONTH = "(?:" + "|".join(sorted(_NUMBER_OF, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:19[4-9]\d|20[0-4]\d)(?![\d,]*\d)"
_DAY = r"\d{1,2}(?:\s?(?:st|nd|rd|th))?"
_DATE = re.compile(
    rf"\b(?P<iso>{_YEAR}-\d\d-\d\d)\b"
    rf"|\b(?P<d1>{_DAY})\s(?:of\s)?(?P<m1>{_MONTH}),?\s?(?P<y1>{_YEAR})\b"
    rf"|\b(?P<m2>{_MONTH})\s?(?P<d2>{_DAY})\s?,?\s?(?P<y2>{_YEAR})\b"
    rf"|\b(?P<m3>{_MONTH})(?:\s+of)?,?\s?(?P<y3>{_YEAR})\b"
    rf"|(?<![\d#$-])(?<!ID )(?P<y4>{_YEAR})\b(?!\s(?:patients|people|doctors|persons|cases))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date found in a text: `value` is '' when no calendar holds it."""

    value: str
    start: int
    end: int


def _partial(year: str, month: str | None, day: str | None) -> str:
    if not month:
        return year
    m = _NUMBER_OF.get(month.lower().rstrip("."), 0)
    if not day:
        return f"{year}-{m:02}"
    d = int(re.sub(r"\D", "", day))
    try:
        return dt.date(int(year), m, d).isoformat()
    except ValueError:
        return ""


def _value(found: re.Match[str]) -> str:
    if iso := found["iso"]:
        return iso_date(iso)
    for at in "12":
        if found[f"y{at}"]:
            return _partial(found[f"y{at}"], found[f"m{at}"], found[f"d{at}"])
    return _partial(found["y3"] or found["y4"], found["m3"], None)


def dates_in(text: str) -> list[Dated]:
    """Every date of a text, in order. "Early 2006" is 2006."""
    return [Dated(_value(found), found.start(), found.end()) for found in _DATE.finditer(text)]


def iso_date(text: str) -> str:
    """A column's date as a partial date: the first or last day of a year means the year only."""
    found = re.match(r"\s*([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if not found:
        return text.strip() if re.fullmatch(rf"\s*{_YEAR}\s*", text) else ""
    year, month, day = found.groups()
    try:
        dt.date(int(year), int(month), int(day))
    except ValueError:
        return ""
    return year if (month, day) in (("01", "01"), ("12", "31")) else f"{year}-{month}-{day}"


def agree(one: str, other: str) -> bool:
    """True when one date says no more than the other already said, or they lie 45 days apart."""
    if one.startswith(other) or other.startswith(one):
        return True
    first, last = sorted((_span(one), _span(other)))
    return (last[0] - first[1]).days <= 45


def _span(text: str) -> tuple[dt.date, dt.date]:
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    if day:
        return dt.date(year, month, day), dt.date(year, month, day)
    if month:
        return dt.date(year, month, 1), dt.date(year, month, 28)
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def before(one: str, other: str) -> bool:
    """True when `one` lies wholly before `other`."""
    return _span(one)[1] < _span(other)[0]


def months_of(value: str) -> float:
    """A place on the line of time, in months; the middle of what was told."""
    first, last = _span(value)
    return (first.year + last.year) * 6 + (first.month + last.month) / 2
