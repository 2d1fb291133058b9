"""What a plan gains beyond its filled seats: care without leaving, handover, who comes back, and
what is lost where a hospital lends more than its share."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from marrow.plan.rules import teams
from marrow.plan.rules.engine.builder import INF, At, Builder
from marrow.plan.rules.problem import Seat


def gains(b: Builder, at: At) -> None:
    w = at.problem.weights
    for cell, seats in zip(at.problem.cells, teams.seats_of_cells(at.problem), strict=True):
        if not cell.burden or not (seats or cell.remote):
            continue
        steps = {b.column(w.containment * cell.burden * worth, 1): 1.0 for worth in teams.WORTH}
        beside = {at.filled + at.seat_row[s.id]: -share for s, share in seats}
        row = b.row("containment_gained", {**steps, **beside}, -INF, cell.remote)
        b.follows.cells.append((tuple(steps), row))
    for link in teams.links(at.problem):
        ends = [at.filled + at.seat_row[name] for name in (link.before, link.after)]
        _both(b, "handover_kept", w.link, *ends)
    for link in teams.reliefs(at.problem):  # who hands over is there whatever is planned
        filled = at.filled + at.seat_row[link.after]
        gain = b.column(w.link, 2)
        b.row("handover_kept", {gain: 1.0, filled: -1.0}, -INF, 0)
        b.follows.both.append((gain, filled, filled))
    _mentors(b, at)


def _both(b: Builder, rule: str, points: float, one: int, other: int) -> None:
    gain = b.column(points, 2)
    b.row(rule, {gain: 1.0, one: -1.0}, -INF, 0)
    b.row(rule, {gain: 1.0, other: -1.0}, -INF, 0)
    b.follows.both.append((gain, one, other))


def _mentors(b: Builder, at: At) -> None:
    """Who comes back to a post comes from one seat and to one: of those that meet on one day the
    gains share a row, which holds the relaxation to what a plan can have."""
    beside = defaultdict[int, list[tuple[Seat, int]]](list)
    for link in teams.returns(at.problem):
        before, after = _by_person(at, link.before), _by_person(at, link.after)
        for p in before.keys() & after.keys():
            person = at.problem.people[p].id
            if not at.rules.clash(person, link.before, link.after):
                gain = b.column(at.problem.weights.mentor, 2)
                b.follows.both.append((gain, before[p], after[p]))
                beside[before[p]].append((at.rules.seat[link.after], gain))
                beside[after[p]].append((at.rules.seat[link.before], gain))
    for pair, gains in beside.items():
        for group in _meeting(gains):
            b.row("mentor_continues", {**dict.fromkeys(group, 1.0), pair: -1.0}, -INF, 0)


def _meeting(seats: list[tuple[Seat, int]]) -> list[list[int]]:
    """Columns in groups of which all seats are on post on one day."""
    groups, ends = list[list[int]](), date.min
    for seat, column in sorted(seats, key=lambda both: (both[0].start, both[1])):
        if not groups or seat.start >= ends:
            groups.append([])
            ends = seat.end
        groups[-1].append(column)
        ends = min(ends, seat.end)
    return groups


def _by_person(at: At, seat: str) -> dict[int, int]:
    return {int(at.person[c]): int(c) for c in at.of_seat[at.seat_row[seat]]}


def loads(b: Builder, at: At) -> None:
    if not at.problem.weights.overload:
        return
    terms = defaultdict[tuple[int, int], dict[int, float]](dict)
    organisation = at.rules.roster.organisation
    length = [teams.months_long(s) for s in at.problem.seats]
    for c, (p, s) in enumerate(zip(at.person.tolist(), at.seat.tolist(), strict=True)):
        terms[int(organisation[p]), at.problem.seats[s].start.year][c] = length[s]
    names, shares = at.rules.roster.organisations.names, teams.fair_shares(at.problem)
    for (o, year), pairs in sorted(terms.items()):
        over = b.column(-at.problem.weights.overload, 3, sum(pairs.values()))
        row = b.row("sender_load_shared", {**pairs, over: -1.0}, -INF, shares[names[o], year])
        b.follows.over.append((over, row))
