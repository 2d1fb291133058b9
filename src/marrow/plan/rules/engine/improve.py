"""A plan made better block by block: some seats are freed, all else stays, and the block is
solved exactly. The whole plan is tested before it is taken: it never becomes worse."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import scipy.sparse as sp

from marrow.plan.rules.engine.model import Floats, Model, Program
from marrow.plan.rules.engine.solvers import Limit, SolverError, Stop, never, solve_mip
from marrow.plan.rules.engine.whole import broken_rules, pairs_of, value, whole
from marrow.plan.rules.roster import Ints, Mask

FAR = -15.0  # points of reduced cost beyond which a pair is not tried in a block


def block(
    model: Model, x: Floats, seats: Sequence[int], worth: Floats | None
) -> tuple[Program, Ints]:
    """The program in which these seats are free and the rest of the plan stands, and which of the
    model's columns it holds. `worth` is the reduced cost of the columns, if prices are known."""
    free = np.zeros(len(model.points), np.bool_)
    free[: model.pairs] = np.isin(model.seat, seats)
    if worth is not None:
        free[: model.pairs] &= (worth[: model.pairs] > FAR) | (x[: model.pairs] > 0.5)
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
    model: Model,
    x: Floats,
    seats: Sequence[int],
    *,
    worth: Floats | None = None,
    nodes: int = 200,
    seconds: float = 1e9,
    seed: int = 1,
    should_stop: Stop = never,
) -> Floats:
    """The plan with these seats solved anew, or the same plan where that brings nothing."""
    program, columns = block(model, x, seats, worth)
    try:
        found = solve_mip(program, x[columns], Limit(nodes, seconds), seed, should_stop)
    except SolverError:
        return x
    if found.x is None:
        return x
    tried = x.copy()
    tried[columns] = found.x
    tried = whole(model, pairs_of(model, tried))
    if broken_rules(model, tried) or value(model, tried) <= value(model, x) + 1e-6:
        return x
    return tried


def open_seats(model: Model, x: Floats, shares: Floats) -> Iterator[list[int]]:
    """Around each open seat that the relaxation fills: the seats of those who could take it."""
    seats = np.arange(model.seats)
    filled = x[model.filled : model.goes] > 0.5
    wanted = shares[model.filled : model.goes] > 0.5
    held = {int(model.person[c]): int(model.seat[c]) for c in pairs_of(model, x)}
    of_seat = defaultdict[int, list[int]](list)
    for c, k in enumerate(model.seat.tolist()):
        of_seat[k].append(int(model.person[c]))
    mission = [s.mission for s in model.rules.problem.seats]
    for k in seats[~filled & wanted]:
        team = {int(s) for s in seats if mission[s] == mission[k]}
        yield sorted(team | {held[p] for p in of_seat[k][:40] if p in held})


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
                    yield sorted(gathered[: 2 * size])
                    gathered = []
        start = rng.randrange(max(1, len(seats) - size + 1))
        yield sorted(in_time[start : start + size])
