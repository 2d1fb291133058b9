"""Dates as prose writes them, made partial dates: never more precise than the words."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from marrow.missions.rules.records.french import MONTHS as FRENCH_MONTHS

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
_NUMBER_OF |= {name[:3]: n for name, n in _NUMBER_OF.items()} | {"sept": 9} | FRENCH_MONTHS
_MONTH = "(?:" + "|".join(sorted(_NUMBER_OF, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:19[4-9]\d|20[0-4]\d)(?![\d,]*\d)"
_DAY = r"\d{1,2}(?:\s?(?:st|nd|rd|th|er))?"
_DATE = re.compile(
    rf"\b(?P<iso>{_YEAR}(?P<by>[-/.])\d{{1,2}}(?P=by)\d{{1,2}})(?!\d)"
    rf"|(?P<y7>{_YEAR})年(?P<m7>\d{{1,2}})月(?:(?P<d7>\d{{1,2}})日)?"
    rf"|(?<![\d/.-])(?P<n1>\d{{1,2}})(?P<mark>[/.])(?P<n2>\d{{1,2}})(?P=mark)(?P<y5>{_YEAR})\b"
    rf"|\b(?P<d1>{_DAY})\s(?:of\s)?(?P<m1>{_MONTH}),?\s?(?P<y1>{_YEAR})\b"
    rf"|\b(?P<m2>{_MONTH})\s?(?P<d2>{_DAY})\s?,?\s?(?P<y2>{_YEAR})\b"
    rf"|\b(?:{_MONTH})\s?(?:/|-|–|\bor\b|\bou\b)\s?(?:{_MONTH}),?\s(?P<y6>{_YEAR})\b"
    rf"|\b(?P<m3>{_MONTH})(?:\s+of)?,?\s?(?P<y3>{_YEAR})\b"
    rf"|(?<![\d#$-])(?<!ID )(?P<y4>{_YEAR})\b(?!\s(?:patients|people|doctors|persons|cases))",
    re.IGNORECASE,
)
# "June 27 to" before "July 1, 2011": the first day of a span that names its year once.
_OPENS = re.compile(
    rf"\b(?:(?P<m1>{_MONTH})\s?(?P<d1>{_DAY})(?=\D)|(?P<d2>{_DAY})"
    rf"(?:\s(?P<m2>{_MONTH})|(?!\s?and)))\s?(?:to|until|till|through|and|au|-|–)\s?$",
    re.IGNORECASE,
)
# "from August to" before "September 2014": the first month of a span
_MONTH_OPENS = re.compile(
    rf"(?:\b|(?P<pair>\b(?:between|entre)\s))(?P<m>{_MONTH})"
    r"\s(?:to|until|till|through|au|à|(?(pair)(?:and|et)|to))\s$",
    re.IGNORECASE,
)
# "in the night of 14 to 15 January 2012": one of two days
_NIGHT = re.compile(r"\b(?:night|nuit)\s(?:of|du)\s(?:the\s)?$", re.IGNORECASE)
MONTH_NAMES = frozenset(_NUMBER_OF)


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


def _numeric(one: int, other: int, year: str) -> str:
    """31/06/2007 and 06/15/2007; where day and month may be either, the year only."""
    if one <= 12 and other <= 12 and one != other:
        return year
    day, month = (one, other) if other <= 12 else (other, one)
    try:
        return dt.date(int(year), month, day).isoformat()
    except ValueError:
        return ""


def _value(found: re.Match[str]) -> str:
    if iso := found["iso"]:
        return iso_date(iso)
    if found["y6"]:  # "June/July 2011": one of two months
        return str(found["y6"])
    if found["y7"]:
        month, day = int(found["m7"]), found["d7"]
        return (
            iso_date(f"{found['y7']}-{month:02}-{int(day):02}")
            if day
            else f"{found['y7']}-{month:02}"
        )
    if found["y5"]:
        return _numeric(int(found["n1"]), int(found["n2"]), found["y5"])
    for at in "12":
        if found[f"y{at}"]:
            return _partial(found[f"y{at}"], found[f"m{at}"], found[f"d{at}"])
    return _partial(found["y3"] or found["y4"], found["m3"], None)


@lru_cache(maxsize=256)  # one sentence is asked for many times
def dates_in(text: str) -> tuple[Dated, ...]:
    """Every date of a text, in order. "Early 2006" is 2006."""
    dated: list[Dated] = []
    for found in _DATE.finditer(text):
        one = Dated(_value(found), found.start(), found.end())
        first = _opening(text, one)
        if first and _NIGHT.search(text[: first.start]):
            dated.append(Dated(one.value[:7], first.start, one.end))
            continue
        dated += [first, one] if first else [one]
    return tuple(dated)


def _opening(text: str, last: Dated) -> Dated | None:
    """The day before "to July 1, 2011", which takes its year (and month) from there."""
    low = max(0, last.start - 30)
    found = _OPENS.search(text[low : last.start])
    opens = _MONTH_OPENS.search(text[low : last.start])
    if opens and len(last.value) == len("2011-07"):
        return _opening_month(opens, last, low)
    if not found or len(last.value) != len("2011-07-01"):
        return None
    year, month, _ = last.value.split("-")
    named = found["m1"] or found["m2"]
    if named:
        month = f"{_NUMBER_OF[named.lower().rstrip('.')]:02}"
    value = f"{year}-{month}-{int(re.sub(r'[^0-9]', '', found['d1'] or found['d2'])):02}"
    value = value if value <= last.value else f"{int(year) - 1}{value[4:]}"
    end = max(found.end(part) for part in ("m1", "d1", "d2", "m2"))
    return Dated(value, low + found.start(), low + end) if _is_day(value) else None


def _opening_month(found: re.Match[str], last: Dated, low: int) -> Dated:
    year = int(last.value[:4])
    value = f"{year}-{_NUMBER_OF[found['m'].lower().rstrip('.')]:02}"
    value = value if value <= last.value else f"{year - 1}{value[4:]}"
    return Dated(value, low + found.start("m"), low + found.end("m"))


def _is_day(value: str) -> bool:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def iso_date(text: str) -> str:
    """A column's date as a partial date: the first or last day of a year means the year only."""
    found = re.match(r"\s*([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])", text)
    if found:
        year, month, day = found.groups()
        value = f"{year}-{month:0>2}-{day:0>2}"
    else:
        other = _DATE.match(text.strip())
        value = _value(other) if other and not other["iso"] else ""
    if len(value) == len("2007-06-30") and not _is_day(value):
        return ""
    return value[:4] if value[4:] in ("-01-01", "-12-31") else value


def agree(one: str, other: str, days: int = 0) -> bool:
    """True when one date says no more than the other already said, or `days` lie between them."""
    if one.startswith(other) or other.startswith(one):
        return True
    first, last = sorted((_span(one), _span(other)))
    return (last[0] - first[1]).days <= days


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
