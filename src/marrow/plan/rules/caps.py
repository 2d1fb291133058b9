"""How many people a department or hospital may have away in one month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from marrow.plan.rules.problem import Cap, Problem

Month = tuple[int, int]


def months(start: date, end: date) -> list[Month]:
    """The calendar months that a stay touches; its end is the day after its last."""
    last = end - timedelta(days=1)
    count = (last.year - start.year) * 12 + last.month - start.month + 1
    return [
        ((start.year * 12 + start.month - 1 + k) // 12, (start.month - 1 + k) % 12 + 1)
        for k in range(count)
    ]


def number(month: Month) -> int:
    """Months counted on one line."""
    return month[0] * 12 + month[1] - 1


def month_of(name: str) -> Month:
    return int(name[:4]), int(name[5:])


class Caps:
    """The caps of a problem. A stay counts in each month that it touches.

    A hospital under pressure lends as many as the cap of that month says; where none is stated,
    nobody (R111).
    """

    def __init__(self, problem: Problem) -> None:
        self.seats = {s.id: s for s in problem.seats}
        self.home: dict[str, tuple[str, str]] = {}
        self.cap: dict[tuple[str, Month], int] = {}
        home_of = {}
        for o in problem.organisations:
            self._take(f"organisation {o.id}", o.absence_cap)
            for w in o.under_pressure:
                for month in months(w.start, w.end):
                    self.cap.setdefault((f"organisation {o.id}", month), 0)
            for d in o.departments:
                home_of[d.id] = o.id
                self._take(f"department {d.id}", d.absence_cap)
        for p in problem.people:
            self.home[p.id] = (
                f"department {p.department}",
                f"organisation {home_of[p.department]}",
            )

    def closed(self, home: str, start: date, end: date) -> bool:
        """Whether a home lends nobody in some month of a stay."""
        return any(self.cap.get((home, month)) == 0 for month in months(start, end))

    def _take(self, home: str, caps: Iterable[Cap]) -> None:
        for c in caps:
            key = (home, month_of(c.month))
            self.cap[key] = min(c.people, self.cap.get(key, c.people))

    def over(self, seated: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, int, int]]:
        """Caps that (person, seat) pairs exceed: who, month, people away, cap."""
        away: Counter[tuple[str, Month]] = Counter()
        for person, name in seated:
            seat = self.seats[name]
            for home in self.home[person]:
                away.update((home, month) for month in months(seat.start, seat.end))
        for (home, month), count in sorted(away.items()):
            cap = self.cap.get((home, month))
            if cap is not None and count > cap:
                yield home, f"{month[0]}-{month[1]:02}", count, cap
