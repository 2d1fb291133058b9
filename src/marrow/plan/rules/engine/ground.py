"""The neighbourhood of a few seats, found without a model of the whole: a small model has the
pairs that stand, which bound what may change, and of each freed seat the pairs that are tried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

import numpy as np

from marrow.plan.rules.engine.model import Model, build
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import Pin, Seated
from marrow.plan.rules.roster import Ints, Mask
from marrow.plan.rules.teams import wish_points

FEW_SEATS = 40  # up to which all seats are freed
FEW_PAIRS = 2_000  # and up to which every pair is tried
CANDIDATES = 40  # of a seat: those whose own seats are freed with it
TRIED = 25  # pairs of each seat that is freed beside those asked about


class Ground:
    """Who sits where, and who could: seats and people as rows of the problem."""

    def __init__(self, rules: Rules, holds: Mapping[int, int]) -> None:
        self.rules, self.holds = rules, dict(holds)
        self.found: dict[int, Ints] = {}

    @classmethod
    def of(cls, rules: Rules, assignments: Iterable[Seated]) -> Ground:
        """The plan as far as the rules of one person and one seat let it stand."""
        seat = {s.id: k for k, s in enumerate(rules.problem.seats)}
        row = rules.roster.row
        told = {seat[a.seat]: row[a.person] for a in assignments
                if a.seat in seat and a.person in row}  # fmt: skip
        return cls(rules, {k: p for k, p in told.items() if _may(rules, k, p)})

    def where(self, holds: Mapping[int, int]) -> Ground:
        """The same problem with another plan."""
        other = Ground(self.rules, holds)
        other.found = self.found
        return other

    def pinned(self, pin: Pin) -> Ground:
        """The same plan, of the problem with this pin."""
        other = Ground(self.rules.pinned(pin), self.holds)
        other.found = self.found
        return other

    @cached_property
    def held(self) -> dict[int, list[int]]:
        """The seats of each person who has any."""
        found = defaultdict[int, list[int]](list)
        for seat, person in self.holds.items():
            found[person].append(seat)
        return found

    def candidates(self, seat: int) -> Ints:
        """Those who may take a seat by every rule of one person and one seat, the limits of their
        homes included."""
        if seat not in self.found:
            one = self.rules.problem.seats[seat]
            who = self.rules.eligible(one.id)
            self.found[seat] = who[self.rules.lent(one, who)]
        return self.found[seat]

    @cached_property
    def is_small(self) -> bool:
        """Whether all seats are freed and every pair is tried, so that an answer is exact."""
        count = len(self.rules.problem.seats)
        if count > FEW_SEATS:
            return False
        return sum(len(self.candidates(k)) for k in range(count)) <= FEW_PAIRS

    def near(self, seats: Collection[int]) -> set[int]:
        """These seats, their teams, and the seats of those who could take them."""
        places = self.rules.problem.seats
        teams = {places[k].mission for k in seats}
        near = {k for k, s in enumerate(places) if s.mission in teams}
        for k in seats:
            for p in self.candidates(k)[:CANDIDATES].tolist():
                near.update(self.held.get(p, ()))
        return near | set(seats)

    def model(self, free: Collection[int], asked: Collection[int] = ()) -> Model:
        """The model of the plans in which only the freed seats change: all who could are tried on
        the seats `asked` about, the likeliest on the others."""
        if self.is_small:
            return build(self.rules)
        person = [np.array([p], np.int64) for _, p in sorted(self.holds.items())]
        seat = [np.array([k], np.int64) for k in sorted(self.holds)]
        away, stays = self._away(free), {p for k, p in self.holds.items() if k not in set(free)}
        for k in sorted(free):
            who = self.candidates(k)
            if k not in asked and len(who) > TRIED:
                who = self._likeliest(k, who, away, np.array(sorted(stays), np.int64))
            who = who[who != self.holds.get(k, -1)]
            person.append(who)
            seat.append(np.full(len(who), k, np.int64))
        none = np.array([], np.int64)
        rows, seats = np.concatenate([*person, none]), np.concatenate([*seat, none])
        order = np.lexsort((rows, seats))
        return build(self.rules, (rows[order], seats[order]))

    def _away(self, free: Collection[int]) -> tuple[Ints, Ints]:
        """How many each department, and each hospital, has away for the seats that stay."""
        rules, counted = self.rules, []
        for limits, homes in zip(rules.limits, rules.roster.homes, strict=True):
            away, gone = np.zeros_like(limits.most), set[tuple[int, int]]()
            for k, p in self.holds.items():
                if k not in free:
                    one = rules.problem.seats[k]
                    span = limits.columns(rules.caps.new_of(rules.problem.people[p].id, one))
                    gone |= {(p, month) for month in span}
            for p, month in gone:
                away[homes.row[p], month] += 1
            counted.append(away)
        return counted[0], counted[1]

    def _likeliest(self, seat: int, who: Ints, away: tuple[Ints, Ints], stays: Ints) -> Ints:
        """First those who sit nowhere that stays and whose homes have room, then those with the
        strongest wish."""
        rules, one = self.rules, self.rules.problem.seats[seat]
        kept: Mask = np.isin(who, stays)
        for limits, homes, gone in zip(rules.limits, rules.roster.homes, away, strict=True):
            kept |= limits.full(gone, one.start, one.end)[homes.row[who]]
        mission, people = rules.mission[one.mission], rules.problem.people
        wish = np.array([wish_points(people[p], mission) for p in who.tolist()])
        return np.sort(who[np.lexsort((who, -wish, kept))[:TRIED]])


def _may(rules: Rules, seat: int, person: int) -> bool:
    one, who = rules.problem.seats[seat], np.array([person], np.int64)
    return bool(len(rules.eligible(one.id, who)) and rules.lent(one, who)[0])
