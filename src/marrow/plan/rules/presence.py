"""When the teams of one series are at their place, and when nobody is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stay:
    """One team there. `from_on`: its first day, `until_on`: the first day without it; None where
    nobody knows. `here`: it is there already, or on its way."""

    name: str
    number: int
    from_on: dt.date | None
    until_on: dt.date | None
    here: bool = False


def left_before(own: Stay, others: Iterable[Stay], on: dt.date) -> Stay | None:
    """The last to leave before a team comes, where nobody is there in between; None where somebody
    is, or may be: one whose last day nobody knows stays until a later number comes, or is there
    still beside it."""
    if own.here or own.from_on is None or own.from_on <= on:
        return None
    told = [s for s in others if _comes_before(s, own)]
    known = [s for s in told if s.until_on]
    newest = max((s.number for s in known if s.until_on and s.until_on > on), default=0)
    if not known or any(s.until_on is None and s.number >= newest for s in told):
        return None
    last = max(known, key=lambda s: s.until_on or dt.date.min)
    return last if last.until_on and last.until_on < own.from_on else None


def _comes_before(one: Stay, own: Stay) -> bool:
    if one.from_on is None:
        return one.number < own.number
    return one.from_on < own.from_on if own.from_on else False
