"""When two measurings of a hospital on one dimension are of one time, and when they contradict."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

MONTH = len("2026-06")


@dataclass(frozen=True, slots=True)
class Measured:
    """A measuring as it was told: as of when (a year, a month or a day), its words and its value on
    a scale, or None."""

    as_of: str
    words: str
    value: Decimal | None
    scale: str

    @property
    def time(self) -> str:
        """The month that it is of, or the year where nobody told the month."""
        return self.as_of[:MONTH]

    @property
    def said(self) -> tuple[str, Decimal | None, str]:
        return _plain(self.words), self.value, _plain(self.scale)


def are_the_same(one: Measured, other: Measured) -> bool:
    return (one.as_of, one.said) == (other.as_of, other.said)


def contradict(one: Measured, other: Measured) -> bool:
    """Of one time, other words or another value; in other words the same value agrees."""
    if one.time != other.time or one.said == other.said:
        return False
    return one.value is None or one.said[1:] != other.said[1:]


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
