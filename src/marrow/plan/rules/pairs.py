"""Rules that look at one person and one seat. Each tells which of some people may take a seat.

They stand in the order in which an empty seat is explained: what cannot be changed comes first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from marrow.plan.rules.caps import Caps, Limits
from marrow.plan.rules.problem import Mission, Pin, Problem, Seat
from marrow.plan.rules.roster import UNKNOWN, Ints, Mask, Roster, day


@dataclass(frozen=True)
class Asked:
    """A seat with its mission, asked of a roster. `named`: the rows of those who are in the mission
    already, by a pin or by the published plan."""

    roster: Roster
    seat: Seat
    mission: Mission
    named: Ints


LOWEST = 1  # of the grades: a seat that asks for it asks for none
NOBODY: Ints = np.array([], np.int64)
FEW = 4  # codes up to which each is compared by itself, which is quicker


def _one_of(values: Ints, codes: Ints) -> Mask:
    if len(codes) > FEW:
        return np.isin(values, codes)
    found = np.zeros(len(values), np.bool_)
    for code in codes.tolist():
        found |= values == code
    return found


def is_from_elsewhere(asked: Asked, who: Ints) -> Mask:
    """The person is not of an organisation that receives this mission."""
    roster = asked.roster
    return ~_one_of(roster.organisation[who], roster.organisations.all_of(asked.mission.receivers))


def is_in_sender_pool(asked: Asked, who: Ints) -> Mask:
    """The person belongs to a sender asked for this mission, or is in it already: a pin, or the
    published plan, stands for this person alone, and not for whoever else is sent from there."""
    pool, roster = asked.mission.sender_pool, asked.roster
    if pool.all:
        return np.ones(len(who), np.bool_)
    areas = roster.areas.all_of(pool.areas)
    organisations = roster.organisations.all_of(pool.organisations)
    of_pool = _one_of(roster.area[who], areas) | _one_of(roster.organisation[who], organisations)
    return of_pool | _one_of(who, asked.named)


def has_specialty(asked: Asked, who: Ints) -> Mask:
    """Main or second specialty is accepted for the seat."""
    codes = asked.roster.specialties.all_of(asked.seat.accepts)
    codes = codes[codes >= 0]
    return _one_of(asked.roster.first[who], codes) | _one_of(asked.roster.second[who], codes)


def grade_is_known(asked: Asked, who: Ints) -> Mask:
    """Where the seat asks for a grade, that of the person is known."""
    if asked.seat.grade_min <= LOWEST:
        return np.ones(len(who), np.bool_)
    known: Mask = asked.roster.grade[who] != UNKNOWN
    return known


def has_grade(asked: Asked, who: Ints) -> Mask:
    """Grade is at least what the seat asks; of one that is not known, `grade_is_known` tells."""
    grade = asked.roster.grade[who]
    enough: Mask = (grade >= asked.seat.grade_min) | (grade == UNKNOWN)
    return enough


def speaks_language(asked: Asked, who: Ints) -> Mask:
    """Speaks the language at the level asked."""
    language = asked.seat.language
    if language is None:
        return np.ones(len(who), np.bool_)
    return asked.roster.level(language.code)[who] >= language.level


def holds_certificate(asked: Asked, who: Ints) -> Mask:
    """All certificates are held and valid to the end."""
    held = np.ones(len(who), np.bool_)
    for code in asked.seat.certificates:
        held &= asked.roster.valid_until(code)[who] >= day(asked.seat.end) - 1
    return held


def is_available(asked: Asked, who: Ints) -> Mask:
    """Free for the whole period."""
    starts, ends = asked.roster.free
    start, end = day(asked.seat.start), day(asked.seat.end)
    one_window: Mask = (starts[who] <= start) & (ends[who] >= end)
    return np.asarray(one_window.any(axis=1))


def has_rested(asked: Asked, who: Ints) -> Mask:
    """Rest after and before other missions is kept, of as many days as this mission asks for."""
    starts, ends = asked.roster.rests
    start, end = day(asked.seat.start), day(asked.seat.end)
    overlaps: Mask = (starts[who] < end) & (ends[who] > start)
    touched: Mask = np.asarray(overlaps.any(axis=1))
    rested: Mask = (asked.roster.rested_on(asked.mission.rest_days)[who] <= start) & ~touched
    if asked.roster.homecomings is not None:
        rested &= _has_come_home(asked, who)
    exempt: Mask = asked.roster.exempt(asked.mission.kind)[who] == 1
    return rested | exempt


def _has_come_home(asked: Asked, who: Ints) -> Mask:
    """Rest is over after each mission elsewhere that ended before the seat begins."""
    if (told := asked.roster.homecomings) is None:
        return np.ones(len(who), np.bool_)
    ended, start, own = told[0][who], day(asked.seat.start), asked.mission.rest_days
    rests: Mask = (ended <= start) & (ended + (told[1][who] if own is None else own) > start)
    return ~np.asarray(rests.any(axis=1))


def has_clearance(asked: Asked, who: Ints) -> Mask:
    """Passport, visa and health clearance last to the end."""
    clear: Mask = asked.roster.clear_until[who] >= day(asked.seat.end) - 1
    return clear


def has_not_refused(asked: Asked, who: Ints) -> Mask:
    """Has not refused this destination."""
    willing: Mask = asked.roster.refusing(asked.mission.destination)[who] == 0
    return willing


def is_not_turned_down(asked: Asked, who: Ints) -> Mask:
    """Was not turned down for this seat, and did not withdraw."""
    if asked.seat.id not in asked.roster.refused:
        return np.ones(len(who), np.bool_)
    still: Mask = asked.roster.refusing(asked.seat.id)[who] == 0
    return still


Rule = Callable[[Asked, Ints], Mask]
PAIR_RULES: tuple[Rule, ...] = (
    is_from_elsewhere,
    has_specialty,
    is_in_sender_pool,
    grade_is_known,
    has_grade,
    speaks_language,
    holds_certificate,
    has_clearance,
    has_not_refused,
    is_not_turned_down,
    is_available,
    has_rested,
)
#: whom it keeps from a seat was never to be sent there, and is in no count of those who could not
UNCOUNTED: tuple[Rule, ...] = (is_from_elsewhere,)


class Rules:
    """The rules of one problem, asked by name."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.roster = Roster(problem)
        self.caps = Caps(problem)
        self.seat = {s.id: s for s in problem.seats}
        self.mission = {m.id: m for m in problem.missions}
        self.named = self._named()

    def _named(self) -> dict[str, Ints]:
        """By mission, the rows of those whom a pin or the published plan puts into it."""
        found, row = defaultdict[str, set[int]](set), self.roster.row
        named = [(p.person, p.seat) for p in self.problem.pins]
        named += [(p.person, p.seat) for p in self.problem.published]
        for person, seat in named:
            if person and person in row and seat in self.seat:
                found[self.seat[seat].mission].add(row[person])
        return {m: np.array(sorted(rows), np.int64) for m, rows in found.items()}

    def pinned(self, pin: Pin) -> Rules:
        """Those of the same problem with this pin, in the place of another one of its seat."""
        pins = (*(p for p in self.problem.pins if p.seat != pin.seat), pin)
        rules = copy(self)
        rules.problem = self.problem.model_copy(update={"pins": pins})
        return rules

    @cached_property
    def area_of(self) -> dict[str, str]:
        names = self.roster.areas.names
        return {p: names[self.roster.area[i]] for p, i in self.roster.row.items()}

    def asked(self, seat: str) -> Asked:
        one = self.seat[seat]
        named = self.named.get(one.mission, NOBODY)
        return Asked(self.roster, one, self.mission[one.mission], named)

    def eligible(self, seat: str, of: Ints | None = None) -> Ints:
        """The rows of those who may take the seat by every rule; `of` these people alone."""
        asked, who = self.asked(seat), np.arange(self.roster.size) if of is None else of
        for rule in PAIR_RULES:
            if not len(who):
                break
            who = who[rule(asked, who)]
        return who

    @cached_property
    def limits(self) -> tuple[Limits, Limits]:
        """The caps of departments, and of hospitals, in the order of `roster.homes`."""
        departments, organisations = self.roster.homes
        return (
            Limits(self.caps, "department", departments.names),
            Limits(self.caps, "organisation", organisations.names),
        )

    def lent(self, seat: Seat, who: Ints) -> Mask:
        """Of some people, whose department and hospital lend anybody at all in every month."""
        open_now = np.ones(len(who), np.bool_)
        for limits, homes in zip(self.limits, self.roster.homes, strict=True):
            open_now &= ~limits.closed(seat.start, seat.end)[homes.row[who]]
        for n in np.flatnonzero(~open_now & np.isin(who, self._away_already)).tolist():
            open_now[n] = self._lent_again(seat, int(who[n]))
        return open_now

    @cached_property
    def _away_already(self) -> Ints:
        """The rows of those who are away without this plan in some month."""
        return np.array([n for n, p in enumerate(self.problem.people) if p.away_already], np.int64)

    def _lent_again(self, seat: Seat, person: int) -> bool:
        """Whether somebody is away already in each month of a seat in which their home lends
        nobody."""
        new = self.caps.new_of(self.problem.people[person].id, seat)
        return all(
            bool((limits.most[homes.row[person], limits.columns(new)] > 0).all())
            for limits, homes in zip(self.limits, self.roster.homes, strict=True)
        )

    def excluded(self, seat: str) -> tuple[list[tuple[str, int]], Ints]:
        """How many each rule excludes of those whom the rules before it left, and who remain."""
        asked, who, told = self.asked(seat), np.arange(self.roster.size), []
        for rule in PAIR_RULES:
            kept = rule(asked, who)
            if rule not in UNCOUNTED:
                told.append((rule.__name__, int((~kept).sum())))
            who = who[kept]
        return told, who

    def broken(self, person: str, seat: str) -> list[str]:
        """The names of the rules that a person breaks on a seat."""
        asked, who = self.asked(seat), np.array([self.roster.row[person]])
        return [rule.__name__ for rule in PAIR_RULES if not rule(asked, who)[0]]

    def clash(self, person: str, a: str, b: str) -> bool:
        """Whether one person cannot hold both seats: one place at a time, and rest between."""
        one, other = sorted((self.seat[a], self.seat[b]), key=lambda s: s.start)
        if other.start < one.end:
            return True
        begins = self.mission[other.mission]
        exempt = begins.kind in self.problem.people[self.roster.row[person]].rest_exempt
        ended = self.mission[one.mission].kind
        rest = 0 if exempt else self.problem.rest_between(ended, begins)
        return day(other.start) < day(one.end) + rest
