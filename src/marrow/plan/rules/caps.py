"""How many people a department or hospital may have away in one month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from marrow.plan.rules.problem import ASKED, KEPT, Cap, Problem, Seat

Month = tuple[int, int]


@lru_cache(20_000)
def months(start: date, end: date) -> tuple[Month, ...]:
    """The calendar months that a stay touches; its end is the day after its last."""
    last = end - timedelta(days=1)
    count = (last.year - start.year) * 12 + last.month - start.month + 1
    return tuple(
        ((start.year * 12 + start.month - 1 + k) // 12, (start.month - 1 + k) % 12 + 1)
        for k in range(count)
    )


def number(month: Month) -> int:
    """Months counted on one line."""
    return month[0] * 12 + month[1] - 1


@lru_cache(2_000)
def month_of(name: str) -> Month:
    return int(name[:4]), int(name[5:])


class Caps:
    """The caps of a problem. Whoever is away on any day of a month counts in it, once.

    A hospital under pressure lends as many as the cap of that month says; where none is stated,
    nobody (R111). Those who are selected or asked already stay even beyond a cap that was lowered
    since, and then nobody else goes: `cap` counts them, `stated` is as it was told, `held` how many
    they are, `asked` how many of these are only asked.
    """

    def __init__(self, problem: Problem) -> None:
        self.seats = {s.id: s for s in problem.seats}
        self.home: dict[str, tuple[str, str]] = {}
        self.stated: dict[tuple[str, Month], int] = {}
        home_of = {}
        for o in problem.organisations:
            self._take(f"organisation {o.id}", o.absence_cap)
            for w in o.under_pressure:
                for month in months(w.start, w.end):
                    self.stated.setdefault((f"organisation {o.id}", month), 0)
            for d in o.departments:
                home_of[d.id] = o.id
                self._take(f"department {d.id}", d.absence_cap)
        for p in problem.people:
            self.home[p.id] = (
                f"department {p.department}",
                f"organisation {home_of[p.department]}",
            )
        self.already = {(p.id, month_of(m)) for p in problem.people for m in p.away_already}
        kept = [
            p for p in problem.pins
            if p.by in KEPT and p.person in self.home and p.seat in self.seats
        ]  # fmt: skip
        self.held = self._away((p.person, p.seat) for p in kept)
        self.asked = self._away((p.person, p.seat) for p in kept if p.by == ASKED)
        self.cap = {at: max(most, self.held[at]) for at, most in self.stated.items()}

    def _take(self, home: str, caps: Iterable[Cap]) -> None:
        for c in caps:
            key = (home, month_of(c.month))
            self.stated[key] = min(c.people, self.stated.get(key, c.people))

    def _away(self, seated: Iterable[tuple[str | None, str]]) -> Counter[tuple[str, Month]]:
        """How many people are away: whoever has two stays in one month counts once."""
        gone = {
            (person or "", month)
            for person, name in seated
            for month in months(self.seats[name].start, self.seats[name].end)
        } - self.already
        return Counter((home, month) for person, month in gone for home in self.home[person])

    def new_of(self, person: str, seat: Seat) -> list[Month]:
        """The months of a seat in which its holder is away by it alone, and counts."""
        return [m for m in months(seat.start, seat.end) if (person, m) not in self.already]

    def over(self, seated: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, int, int]]:
        """Caps that (person, seat) pairs exceed: who, month, people away, the cap as stated."""
        for at, count in sorted(self._away(seated).items()):
            if count > self.cap.get(at, count):
                yield at[0], name_of(at[1]), count, self.stated[at]

    def held_beyond(self) -> Iterator[tuple[str, str, int, int]]:
        """Caps below those who are selected or asked: who, month, how many these are, the cap."""
        for at, count in sorted(self.held.items()):
            if count > self.stated.get(at, count):
                yield at[0], name_of(at[1]), count, self.stated[at]


def name_of(month: Month) -> str:
    return f"{month[0]}-{month[1]:02}"


ANY = 1_000_000  # where no cap is stated


class Limits:
    """The caps of one kind of home as an array: one row a home, one column a month."""

    def __init__(self, caps: Caps, kind: str, names: Sequence[str]) -> None:
        row = {f"{kind} {name}": k for k, name in enumerate(names)}
        told = [(row[h], number(m), n) for (h, m), n in caps.cap.items() if h in row]
        self.first = min((m for _, m, _ in told), default=0)
        count = max((m for _, m, _ in told), default=-1) - self.first + 1
        self.most = np.full((len(names), count), ANY, np.int64)
        for k, month, people in told:
            self.most[k, month - self.first] = people

    def columns(self, named: Iterable[Month]) -> list[int]:
        """The columns of some months, as far as any cap is stated."""
        found = (number(month) - self.first for month in named)
        return [k for k in found if 0 <= k < self.most.shape[1]]

    def span(self, start: date, end: date) -> slice:
        """The columns of the months that a stay touches, as far as any cap is stated."""
        touched = months(start, end)
        one, last = number(touched[0]) - self.first, number(touched[-1]) - self.first
        return slice(max(0, one), max(0, last + 1))

    def closed(self, start: date, end: date) -> npt.NDArray[np.bool_]:
        """The homes that lend nobody in some month of a stay."""
        nobody: npt.NDArray[np.bool_] = self.most[:, self.span(start, end)] == 0
        return np.asarray(nobody.any(axis=1))

    def full(self, away: npt.NDArray[np.int64], start: date, end: date) -> npt.NDArray[np.bool_]:
        """The homes that have as many away as they may in some month of a stay. `away` is of the
        form of `most`."""
        span = self.span(start, end)
        nobody: npt.NDArray[np.bool_] = away[:, span] >= self.most[:, span]
        return np.asarray(nobody.any(axis=1))
