"""Columns and rows of a model while it is built, and where the columns of a thing are."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.roster import Ints

INF = float("inf")


@dataclass
class Follows:
    """The gains, which follow from the pairs: which columns and rows they stand in."""

    cells: list[tuple[tuple[int, ...], int]] = field(default_factory=list)
    both: list[tuple[int, int, int]] = field(default_factory=list)
    over: list[tuple[int, int]] = field(default_factory=list)


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


def grouped(keys: Ints, count: int) -> list[Ints]:
    order = np.argsort(keys, kind="stable")
    return np.split(order, np.searchsorted(keys[order], np.arange(1, count))) if count else []
