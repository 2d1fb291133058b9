"""Columns and rows of a model while it is built, and where the columns of a thing are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.roster import Ints, Mask, day

INF = float("inf")


@dataclass
class Follows:
    """What follows from the pairs: which columns and rows the gains stand in; and the columns of
    who is away in a month, by the pairs of it, and by each pair."""

    cells: list[tuple[tuple[int, ...], int]] = field(default_factory=list)
    both: list[tuple[int, int, int]] = field(default_factory=list)
    over: list[tuple[int, int]] = field(default_factory=list)
    away_by: dict[tuple[int, ...], int] = field(default_factory=dict)
    away_of: dict[int, list[int]] = field(default_factory=dict)

    def away(self, pairs: Iterable[int]) -> set[int]:
        """The columns of who is away with these pairs."""
        return {column for c in pairs for column in self.away_of.get(c, ())}


class Builder:
    """Gathers columns and rows; each row names the rule that it comes from."""

    def __init__(self, points: list[float], tier: list[int], whole: list[bool]) -> None:
        self.points, self.tier, self.whole = points, tier, whole
        self.most = [1.0] * len(points)
        self.i: list[int] = []
        self.j: list[int] = []
        self.v: list[float] = []
        self.low: list[float] = []
        self.high: list[float] = []
        self.kind: list[str] = []
        self.follows = Follows()

    def column(self, points: float, tier: int, most: float = 1.0) -> int:
        self.points.append(points)
        self.tier.append(tier)
        self.whole.append(False)
        self.most.append(most)
        return len(self.points) - 1

    def row(self, kind: str, terms: dict[int, float], low: float, high: float) -> int:
        self.i += [len(self.low)] * len(terms)
        self.j += terms.keys()
        self.v += terms.values()
        self.low.append(low)
        self.high.append(high)
        self.kind.append(kind)
        return len(self.low) - 1


@dataclass
class At:
    """Where the columns of a thing are."""

    rules: Rules
    person: Ints
    seat: Ints
    filled: int
    goes: int

    def __post_init__(self) -> None:
        self.problem = self.rules.problem
        self.seat_row = {s.id: k for k, s in enumerate(self.problem.seats)}
        self.mission_row = {m.id: k for k, m in enumerate(self.problem.missions)}
        self.of_seat = grouped(self.seat, len(self.problem.seats))
        self.of_person = grouped(self.person, len(self.problem.people))
        seats, mission = self.problem.seats, self.rules.mission
        rest = [self.problem.rest_after(mission[s.mission].kind) for s in seats]
        self.start = np.array([day(s.start) for s in seats], np.int64)
        self.end = np.array([day(s.end) for s in seats], np.int64)
        self.rested = self.end + np.array(rest, np.int64)
        own = [mission[s.mission].rest_days for s in seats]
        #: whether its mission asks for a rest of its own, and from which day on that is kept
        self.own = np.array([days is not None for days in own], np.bool_)
        self.before = self.start - np.array([days or 0 for days in own], np.int64)

    def exempt(self, pairs: Ints | Sequence[int]) -> Mask:
        """Of each pair, whether the person may take the seat while they rest."""
        return self._exempt[pairs]

    @cached_property
    def _exempt(self) -> Mask:
        seats, mission = self.problem.seats, self.rules.mission
        kind = np.array([mission[s.mission].kind for s in seats], np.str_)[self.seat]
        found = np.zeros(len(self.seat), np.bool_)
        for name in {k for p in self.problem.people for k in p.rest_exempt}:
            found |= (kind == name) & (self.rules.roster.exempt(name)[self.person] == 1)
        return found


def grouped(keys: Ints, count: int) -> list[Ints]:
    order = np.argsort(keys, kind="stable")
    return np.split(order, np.searchsorted(keys[order], np.arange(1, count))) if count else []
