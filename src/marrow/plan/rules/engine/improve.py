"""A plan made better block by block: some seats are freed, all else stays, and the block is
solved exactly. The whole plan is tested before it is taken: it never becomes worse."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import scipy.sparse as sp

from marrow.plan.rules.engine import bound
from marrow.plan.rules.engine.builder import INF
from marrow.plan.rules.engine.model import Model
from marrow.plan.rules.engine.program import Floats, Program
from marrow.plan.rules.engine.solvers import Limit, Prices, SolverError, Stop, never, solve_mip
from marrow.plan.rules.engine.whole import NEAR, broken_rules, pairs_of, value, whole
from marrow.plan.rules.roster import Ints, Mask

HALF, SHARE = 0.5, 1e-3
NEIGHBOURS = 40  # of an open seat: candidates whose own seats are freed with it
RETURNING = 3  # people tried for each two seats between which somebody could come back
SUPPORT = 20.0  # points that a pair is preferred by where the relaxation has a share of it


def few(model: Model, x: Floats, prices: Prices, count: int, seed: int) -> Mask:
    """Of each seat, the `count` pairs that the prices think most of, the plan's own, and those by
    which somebody comes back to the same post. Equal ones are told apart by the seed, so that
    another seed tries others."""
    worth = bound.reduced(model, bound.usable(model, prices.y))
    noise = np.random.default_rng(seed).uniform(0, 2, len(worth))
    liked = (worth + noise)[: model.pairs] + SUPPORT * (prices.x[: model.pairs] > SHARE)
    liked += np.where(model.most[: model.pairs] > 0, 0, -INF)
    tried = (rank(model.seat, liked) < count) | (x[: model.pairs] > HALF)
    tried[_returning(model, worth + noise)] = True
    return tried


def _returning(model: Model, worth: Floats) -> Ints:
    """Of each two seats between which a mentor could go on, the pairs of the `RETURNING` people
    who are worth most on both together: alone neither pair may seem worth trying."""
    people = [(g, a, b) for g, a, b in model.follows.both if a < model.pairs]
    if not people:
        return np.array([], np.int64)
    gain, one, other = np.array(people, np.int64).T
    both = model.seat[one] * model.seats + model.seat[other]
    together = worth[gain] + worth[one] + worth[other]
    best = rank(both, together) < RETURNING
    return np.concatenate([one[best], other[best]])


def rank(group: Ints, key: Floats) -> Ints:
    """The place of each in its group, the highest key first."""
    order = np.lexsort((-key, group))
    starts = np.flatnonzero(np.diff(group[order], prepend=-1))
    places = np.empty(len(group), np.int64)
    sizes = np.diff(np.append(starts, len(group)))
    places[order] = np.arange(len(group)) - np.repeat(starts, sizes)
    return places


def block(model: Model, x: Floats, seats: Sequence[int], tried: Mask) -> tuple[Program, Ints]:
    """The program in which these seats are free and the rest of the plan stands, and which of the
    model's columns it holds: of the pairs only those that are `tried`."""
    free = np.zeros(len(model.points), np.bool_)
    free[: model.pairs] = np.isin(model.seat, seats) & tried
    free[model.filled + np.asarray(seats, np.int64)] = True
    free |= _gains_of(model, free)
    columns = np.flatnonzero(free)
    part = model.rows[:, columns]
    rows = np.flatnonzero(np.diff(part.indptr))
    stands = model.rows[rows] @ np.where(free, 0, x)
    return (
        Program(
            model.points[columns],
            model.most[columns],
            model.whole[columns],
            sp.csr_matrix(part[rows]),
            model.low[rows] - stands,
            model.high[rows] - stands,
        ),
        columns,
    )


def _gains_of(model: Model, free: Mask) -> Mask:
    """Missions that may go or stay, and gains that may come or go, with the free seats."""
    touched = (abs(model.rows) @ free.astype(np.float64)) > 0
    near: Mask = (abs(model.rows).T @ touched.astype(np.float64)) > 0
    near[: model.goes] = False
    return near


def better(
    model: Model, x: Floats, seats: Sequence[int], tried: Mask, limit: Limit, *, seed: int = 1,
    should_stop: Stop = never,
) -> Floats:  # fmt: skip
    """The plan with these seats solved anew, or the same plan where that brings nothing."""
    program, columns = block(model, x, seats, tried)
    try:
        found = solve_mip(program, x[columns], limit, seed, should_stop)
    except SolverError:
        return x
    if found.x is None:
        return x
    changed = x.copy()
    changed[columns] = found.x
    changed = whole(model, pairs_of(model, changed))
    if broken_rules(model, changed) or value(model, changed) <= value(model, x) + NEAR:
        return x
    return changed


def open_seats(model: Model, x: Floats, shares: Floats) -> list[list[int]]:
    """Around each open seat that the relaxation fills, the heaviest first: its team, and the seats
    of those who could take it."""
    seats = model.rules.problem.seats
    filled, wanted = x[model.filled : model.goes] > HALF, shares[model.filled : model.goes] > HALF
    asked = np.flatnonzero(~filled & wanted).tolist()
    held = {int(model.person[c]): int(model.seat[c]) for c in pairs_of(model, x)}
    team, of_seat = defaultdict[str, list[int]](list), defaultdict[int, list[int]](list)
    for k, s in enumerate(seats):
        team[s.mission].append(k)
    for c in np.flatnonzero(np.isin(model.seat, asked)).tolist():
        of_seat[int(model.seat[c])].append(int(model.person[c]))
    asked.sort(key=lambda k: (-model.points[model.filled + k], k))
    return [
        sorted({*team[seats[k].mission], *(held[p] for p in of_seat[k][:NEIGHBOURS] if p in held)})
        for k in asked
    ]


def areas(model: Model, most: int) -> list[list[int]]:
    """All seats in parts of at most about `most`, missions of one pool of senders together."""
    pools, members = defaultdict[str, list[int]](list), defaultdict[str, list[int]](list)
    home = {o.id: o.area for o in model.rules.problem.organisations}
    for k, s in enumerate(model.rules.problem.seats):
        members[s.mission].append(k)
    parts: list[list[int]] = []
    for m in model.rules.problem.missions:
        named = {*m.sender_pool.areas, *(home.get(o, "") for o in m.sender_pool.organisations)}
        pools["" if m.sender_pool.all or len(named) > 1 else named.pop() if named else ""] += (
            members[m.id]
        )
    for _, seats in sorted(pools.items()):
        count = -(-len(seats) // most)
        size = -(-len(seats) // count) if count else 0
        parts += [sorted(seats[n * size : (n + 1) * size]) for n in range(count)]
    return [part for part in parts if part]


def shapes(model: Model, rng: random.Random, size: int) -> Iterator[list[int]]:
    """Blocks of about `size` seats for ever, of changing shape: missions drawn at random, one
    specialty, or seats that begin about the same time."""
    seats = model.rules.problem.seats
    by = [defaultdict[str, list[int]](list) for _ in range(2)]
    for k, s in enumerate(seats):
        by[0][s.mission].append(k)
        by[1][s.accepts[0]].append(k)
    in_time = sorted(range(len(seats)), key=lambda k: (seats[k].start, k))
    while True:
        for groups in by:
            names = sorted(groups)
            rng.shuffle(names)
            gathered: list[int] = []
            for name in names:
                gathered += groups[name]
                if len(gathered) >= size:
                    break
            yield sorted(gathered[: 2 * size])
        start = rng.randrange(max(1, len(seats) - size + 1))
        yield sorted(in_time[start : start + size])
