"""Whether a person fits a post, and what is missing: every lack is named, none is hidden."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from marrow.core.partial_dates import months_after

ONE_DAY = dt.timedelta(days=1)
LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")
GRADES = ("NONE", "RESIDENT", "ATTENDING", "DEPUTY_CHIEF", "CHIEF")
REST_MONTHS = 12  # at home after a mission before the next, where a programme has no own rule
FITS, NEARLY, NOT = "FITS", "NEARLY", "NOT"
MOST_LACKS = 2  # with one or two lacks that time or a course can mend, somebody nearly fits


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a post asks for. `until_on` is the first day after it."""

    specialty: str = ""
    grade: str = ""
    languages: Mapping[str, str] = field(default_factory=dict)  # {"fr": "B1"}
    from_on: dt.date | None = None
    until_on: dt.date | None = None
    rest_months: int | None = None  # the rule of the programme; None: it has none of its own


@dataclass(frozen=True, slots=True)
class Departure:
    """The day on which a mission that somebody has begins, and the rule of its programme."""

    on: dt.date
    rest_months: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of somebody. A period's end is its first free day; None is open."""

    specialty: str = ""
    grade: str = ""
    languages: Mapping[str, str] = field(default_factory=dict)
    licence_until: dt.date | None = None  # the last day told of any licence; None: none is told
    has_licence: bool = False
    end_untold: bool = False  # of a licence nobody told when it ends: unknown, never "for ever"
    needs_licence: bool = False
    willing: bool | None = None
    away: tuple[tuple[dt.date, dt.date | None], ...] = ()  # missions and other absences
    homecomings: tuple[dt.date, ...] = ()  # days on which missions ended, or are to end
    departures: tuple[Departure, ...] = ()  # of missions that they have


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing: its code, and the params of its sentence."""

    code: str
    params: tuple[tuple[str, str], ...] = ()


#: what neither a course nor a paper mends before the team leaves
HARD = frozenset({"SPECIALTY", "AWAY", "UNWILLING"})


def lacks(who: Candidate, wanted: Wanted) -> list[Lack]:
    """Everything that keeps this person from this post, the gravest first."""
    found: list[Lack] = []
    if wanted.specialty and who.specialty != wanted.specialty:
        found.append(Lack("SPECIALTY"))
    if who.willing is False:
        found.append(Lack("UNWILLING"))
    if absent := _absent(who, wanted):
        found.append(Lack("AWAY", (("until", absent),)))
    found += [*_rest(who, wanted), *licence_lacks(who, wanted), *_grade(who, wanted)]
    return found + _languages(who, wanted)


def verdict(found: list[Lack]) -> str:
    """FITS with no lack, NEARLY with a few that can be mended, else NOT."""
    if not found:
        return FITS
    if len(found) > MOST_LACKS or any(lack.code in HARD for lack in found):
        return NOT
    return NEARLY


def at_least(level: str, wanted: str, order: tuple[str, ...] = LEVELS) -> bool:
    """Whether a level reaches what is wanted; an unknown level reaches nothing."""
    return level in order and order.index(level) >= order.index(wanted)


def _absent(who: Candidate, wanted: Wanted) -> str:
    """The last day on which somebody is away within the post's time; '' when they are free."""
    if wanted.from_on is None:
        return ""
    for start, end in who.away:
        begins_before_end = wanted.until_on is None or start < wanted.until_on
        if begins_before_end and (end is None or end > wanted.from_on):
            return str(end - ONE_DAY) if end else "…"
    return ""


def _rest(who: Candidate, wanted: Wanted) -> list[Lack]:
    """At home before a mission for as long as the programme to which one goes asks: before the
    post, after any mission that ends before it; and after the post, before any that begins then."""
    return [*_rest_after(who, wanted), *_rest_before(who, wanted)]


def _rest_before(who: Candidate, wanted: Wanted) -> list[Lack]:
    """Of missions that they have and that begin later, the first that is too near."""
    if (home := wanted.until_on) is None:
        return []
    near = [
        one for one in who.departures
        if one.on >= home and home > home_by(one.on, one.rest_months)
    ]  # fmt: skip
    if not near:
        return []
    first = min(near, key=lambda one: one.on)
    return [Lack("REST_BEFORE", (("leaves", str(first.on)), *_rule(first.rest_months)))]


def _rule(months: int | None) -> tuple[tuple[str, str], ...]:
    """How many months of rest, and whether by the programme's own rule."""
    own = "" if months is None else "PROGRAMME"
    return ("months", str(months if own else REST_MONTHS)), ("rule", own)


def _rest_after(who: Candidate, wanted: Wanted) -> list[Lack]:
    if wanted.from_on is None:
        return []
    last = max((day for day in who.homecomings if day <= wanted.from_on), default=None)
    if last is None or (until := rests_until(last, wanted.rest_months)) <= wanted.from_on:
        return []
    return [Lack("REST", (("until", str(until - ONE_DAY)), *_rule(wanted.rest_months)))]


def rests_until(home: dt.date, months: int | None) -> dt.date:
    """The first day on which somebody who came home may leave again."""
    return months_after(home, REST_MONTHS if months is None else months)


def home_by(leaves: dt.date, months: int | None) -> dt.date:
    """The last day to come home from anything before a mission that begins on this day."""
    months = REST_MONTHS if months is None else months
    day = months_after(leaves, -months)
    while months_after(day + ONE_DAY, months) <= leaves:  # the ends of short months
        day += ONE_DAY
    return day


def days_before(leaves: dt.date, months: int | None) -> int:
    """How many days before a mission that begins on this day one is at home at the latest."""
    return (leaves - home_by(leaves, months)).days


def licence_lacks(who: Candidate, wanted: Wanted) -> list[Lack]:
    """No licence where one is needed, one that ends before the post does, or one of which nobody
    told when it ends: it is neither good for the post nor over."""
    if not who.needs_licence:
        return []
    if not who.has_licence:
        return [Lack("NO_LICENCE")]
    last = wanted.until_on - dt.timedelta(days=1) if wanted.until_on else wanted.from_on
    if last is None or (who.licence_until and who.licence_until >= last):
        return []
    if who.end_untold or who.licence_until is None:
        return [Lack("LICENCE_UNTOLD")]
    return [Lack("LICENCE_ENDS", (("day", str(who.licence_until)),))]


def _grade(who: Candidate, wanted: Wanted) -> list[Lack]:
    if not wanted.grade or at_least(who.grade, wanted.grade, GRADES):
        return []
    return [Lack("GRADE", (("grade", wanted.grade),))]


def _languages(who: Candidate, wanted: Wanted) -> list[Lack]:
    return [
        Lack(
            "LANGUAGE",
            (("language", code), ("level", level), ("has", who.languages.get(code, "–"))),
        )
        for code, level in sorted(wanted.languages.items())
        if not at_least(who.languages.get(code, ""), level)
    ]
