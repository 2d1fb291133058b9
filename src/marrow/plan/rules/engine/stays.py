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
    exempt = at.exempt(pairs).tolist()
    usual = [i for i in range(len(pairs)) if not exempt[i]]
    cliques: set[frozenset[int]] = set()
    for t in start:
        cliques.add(frozenset(i for i in range(len(pairs)) if start[i] <= t < end[i]))
    for t in {start[i] for i in usual}:
        cliques.add(frozenset(i for i in usual if start[i] <= t < rested[i]))
    for i in range(len(pairs)):
        if exempt[i]:  # after it the others rest, though it did not
            later = (k for k in usual if start[i] <= start[k] < rested[i])
            cliques |= {frozenset((i, k)) for k in later}
    return cliques


def largest(cliques: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    """Those that are part of no other."""
    found = list(cliques)
    return [c for c in found if not any(c < other for other in found)]


def twice(at: At, pairs: Ints) -> Ints:
    """The people, as rows, of whom a plan may have two of these pairs: one of them is over, and its
    rest is, before another begins."""
    person, seat = at.person[pairs], at.seat[pairs]
    who, own = np.unique(person, return_inverse=True)
    start, exempt = at.start[seat], at.exempt(pairs)
    over, rested = np.full(len(who), EVER), np.full(len(who), EVER)
    np.minimum.at(over, own, at.end[seat])
    np.minimum.at(rested, own, at.rested[seat])
    found: Ints = who[
        (_latest(np.where(exempt, start, -EVER), own, len(who)) >= over)
        | (_latest(np.where(exempt, -EVER, start), own, len(who)) >= rested)
    ]
    return found


def _latest(days: Ints, own: Ints, count: int) -> Ints:
    latest = np.full(count, -EVER)
    np.maximum.at(latest, own, days)
    return latest
