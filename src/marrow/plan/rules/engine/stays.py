"""Which seats one person cannot have beside each other: one place at a time, and rest between."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from marrow.plan.rules.engine.builder import At
from marrow.plan.rules.roster import Ints

EVER = 10**9  # days: later than any


def apart(at: At, pairs: list[int]) -> set[frozenset[int]]:
    """Of the pairs of one person, groups of which no plan has two: places in the list. Whichever
    two exclude each other are together in one of them, and each is in one at least."""
    seats = at.seat[pairs]
    start, end, rested = (of[seats].tolist() for of in (at.start, at.end, at.rested))
    own, all_of = at.own[seats].tolist(), range(len(pairs))
    exempt = at.exempt(pairs).tolist()
    usual = [i for i in all_of if not exempt[i] and not own[i]]
    cliques: set[frozenset[int]] = set()
    for t in start:
        cliques.add(frozenset(i for i in all_of if start[i] <= t < end[i]))
    for t in {start[i] for i in usual}:
        cliques.add(frozenset(i for i in usual if start[i] <= t < rested[i]))
    for i in all_of:
        if exempt[i] or own[i]:  # after it the others rest, though it did not as they do
            later = (k for k in usual if start[i] <= start[k] < rested[i])
            cliques |= {frozenset((i, k)) for k in later}
    return cliques | _own_rest(at, seats, [i for i in all_of if own[i] and not exempt[i]])


def _own_rest(at: At, seats: Ints, own: list[int]) -> set[frozenset[int]]:
    """The groups of those whose missions ask for a rest of their own before them."""
    start, end, first = (of[seats].tolist() for of in (at.start, at.end, at.before))
    cliques = {frozenset(i for i in own if first[i] <= t < end[i]) for t in (first[k] for k in own)}
    others = sorted(set(range(len(seats))) - set(own))
    for i in own:
        earlier = (k for k in others if start[k] <= start[i] and first[i] < end[k])
        cliques |= {frozenset((i, k)) for k in earlier}
    return cliques


def largest(cliques: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    """Those that are part of no other."""
    found = list(cliques)
    return [c for c in found if not any(c < other for other in found)]


def twice(at: At, pairs: Ints) -> Ints:
    """The people, as rows, of whom a plan may have two of these pairs: one of them is over, and its
    rest is, before another begins."""
    person, seat = at.person[pairs], at.seat[pairs]
    who, whose = np.unique(person, return_inverse=True)
    start, exempt = at.start[seat], at.exempt(pairs)
    first = np.where(at.own[seat], at.before[seat], -EVER)  # what else rests is bound by `rested`
    over, rested = np.full(len(who), EVER), np.full(len(who), EVER)
    np.minimum.at(over, whose, at.end[seat])
    np.minimum.at(rested, whose, at.rested[seat])
    found: Ints = who[
        (_latest(np.where(exempt, start, first), whose, len(who)) >= over)
        | (_latest(np.where(exempt | at.own[seat], -EVER, start), whose, len(who)) >= rested)
    ]
    return found


def _latest(days: Ints, whose: Ints, count: int) -> Ints:
    latest = np.full(count, -EVER)
    np.maximum.at(latest, whose, days)
    return latest
