"""The roster as arrays: one row a person, so that a rule looks at all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps

import numpy as np
import numpy.typing as npt

from marrow.plan.rules.problem import Person, Problem

Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

UNKNOWN = -1  # a grade of which nothing is on record
NEVER, ALWAYS = -1, 10_000_000  # days that no date reaches


def day(at: date) -> int:
    return at.toordinal()


class Codes:
    """Names as numbers, and back. A name never seen is -1."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = sorted(set(names))
        self.number = {n: i for i, n in enumerate(self.names)}

    def of(self, name: str | None) -> int:
        return self.number.get(name, -1) if name is not None else -1

    def all_of(self, names: Sequence[str | None]) -> Ints:
        return np.array([self.of(n) for n in names], np.int64)


def _kept(column: Callable[[Roster, str], Ints]) -> Callable[[Roster, str], Ints]:
    """A column that is made once for each name."""

    @wraps(column)
    def once(roster: Roster, name: str) -> Ints:
        key = (column.__name__, name)
        if key not in roster.columns:
            roster.columns[key] = column(roster, name)
        return roster.columns[key]

    return once


@dataclass(frozen=True)
class Home:
    """Departments, or organisations: their names, and the number of each person's."""

    names: list[str]
    row: Ints


class Roster:
    """The people of a problem, in its order."""

    def __init__(self, problem: Problem) -> None:
        self.people = problem.people
        self.columns: dict[tuple[str, str], Ints] = {}
        homes = {d.id: (d, o) for o in problem.organisations for d in o.departments}
        self.organisations = Codes(o.id for o in problem.organisations)
        self.areas = Codes(o.area for o in problem.organisations)
        self.departments = Codes(homes)
        self.specialties = Codes(
            [p.specialty for p in self.people]
            + [p.second_specialty for p in self.people if p.second_specialty]
        )
        self.department = self.departments.all_of([p.department for p in self.people])
        of = [homes[p.department][1] for p in self.people]
        self.organisation = self.organisations.all_of([o.id for o in of])
        self.area = self.areas.all_of([o.area for o in of])
        self.homes = (
            Home(self.departments.names, self.department),
            Home(self.organisations.names, self.organisation),
        )
        self.first = self.specialties.all_of([p.specialty for p in self.people])
        self.second = self.specialties.all_of([p.second_specialty for p in self.people])
        self.grade = np.array([p.grade or UNKNOWN for p in self.people], np.int64)
        self.may_lead = np.array([p.may_lead for p in self.people], np.bool_)
        self.row = {p.id: i for i, p in enumerate(self.people)}
        self.problem = problem
        self.clear_until = np.array([_until(p.clearance_until) for p in self.people], np.int64)

    @property
    def size(self) -> int:
        return len(self.people)

    @cached_property
    def free(self) -> tuple[Ints, Ints]:
        """First days and days after the last of what each is available for, joined where they
        touch: one column a window."""
        return _columns([_joined(p) for p in self.people])

    @cached_property
    def rests(self) -> tuple[Ints, Ints]:
        """First days and days after the last of each one's `rests`: one column a window."""
        return _columns([[(day(w.start), day(w.end)) for w in p.rests] for p in self.people])

    def rested_on(self, rest: int | None) -> Ints:
        """The first day on which rest after the last deployment is over, of so many days; None: as
        many as its kind has."""
        key = ("rested_on", str(rest))
        if key not in self.columns:
            rested = [_rested_on(self.problem, p, rest) for p in self.people]
            self.columns[key] = np.array(rested, np.int64)
        return self.columns[key]

    @cached_property
    def homecomings(self) -> tuple[Ints, Ints] | None:
        """Days of the ends of missions elsewhere, and the days of rest after each by its kind: one
        column an end; None where nobody has any."""
        if not any(p.homecomings for p in self.people):
            return None
        rest = self.problem.rest_after
        return _columns([[(day(h.ended_on), rest(h.kind)) for h in p.homecomings]
                         for p in self.people])  # fmt: skip

    @_kept
    def level(self, language: str) -> Ints:
        return self._of(lambda p: p.languages.get(language, 0))

    @_kept
    def valid_until(self, certificate: str) -> Ints:
        """The last day on which it holds, NEVER where it is not held."""
        return self._of(
            lambda p: max(
                (day(c.until) for c in p.certificates if c.code == certificate), default=NEVER
            )
        )

    @_kept
    def refusing(self, destination: str) -> Ints:
        """1 for those who refuse it."""
        return self._of(lambda p: int(destination in p.refuses))

    @cached_property
    def refused(self) -> frozenset[str]:
        """What anybody refuses."""
        return frozenset(name for p in self.people for name in p.refuses)

    @_kept
    def exempt(self, kind: str) -> Ints:
        """1 for those who may join a mission of this kind while they rest."""
        return self._of(lambda p: int(kind in p.rest_exempt))

    def _of(self, value: Callable[[Person], int]) -> Ints:
        return np.array([value(p) for p in self.people], np.int64)


def _until(last: date | None) -> int:
    return ALWAYS if last is None else day(last)


def _columns(windows: Sequence[Sequence[tuple[int, int]]]) -> tuple[Ints, Ints]:
    """Windows of each person as two arrays; where there is none it starts ALWAYS, ends NEVER."""
    width = max((len(x) for x in windows), default=1) or 1
    starts = np.full((len(windows), width), ALWAYS, np.int64)
    ends = np.full((len(windows), width), NEVER, np.int64)
    for i, own in enumerate(windows):
        for k, (start, end) in enumerate(own):
            starts[i, k], ends[i, k] = start, end
    return starts, ends


def _rested_on(problem: Problem, person: Person, rest: int | None) -> int:
    last = person.last_deployment
    if last is None:
        return NEVER
    if last.rested_on is not None:
        return day(last.rested_on)
    return day(last.ended_on) + (problem.rest_after(last.kind) if rest is None else rest)


def _joined(person: Person) -> list[tuple[int, int]]:
    if person.available is None:
        return [(NEVER, ALWAYS)]
    joined: list[tuple[int, int]] = []
    for start, end in sorted((day(w.start), day(w.end)) for w in person.available):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
