"""From the first plan to a better one: part by part, around open seats, then by blocks of
changing shape; and a proof where what is left is small. Work is counted, never timed."""

from __future__ import annotations

import random

import numpy as np

from marrow.plan.rules.engine import bound, improve
from marrow.plan.rules.engine.model import Model
from marrow.plan.rules.engine.run import Run
from marrow.plan.rules.engine.solvers import Limit, Prices, SolverError, solve_mip
from marrow.plan.rules.engine.whole import broken_rules, pairs_of, whole
from marrow.plan.rules.roster import Mask

CORE = 6_000  # pairs up to which what is left after pruning is solved to the end
EXACT_NODES = 20_000
BLOCK_NODES = 60
PATIENCE = 12  # blocks that bring nothing before the end is tried
SMALL, PART = 400, 1_200  # seats that are solved at once on few pairs each: at first, and later
#: pairs a seat in each sweep over all parts, and how near the best it is solved, of its bound
SWEEPS = ((2, 4e-4), (3, 2e-4), (4, 1e-4))
OPEN_PAIRS, BLOCK_PAIRS = 8, 6


def at_once(run: Run, seed: int) -> None:
    """The whole solved and proved, from the plan before it."""
    _exact(run, run.model, "whole", seed)


def search(run: Run, prices: Prices, work: int, seed: int) -> None:
    """Spends at most `work` blocks, beside the small parts from which a large one begins: they
    take a second together, and halve its time."""
    parts = improve.areas(run.model, PART)
    small = [part for part in improve.areas(run.model, SMALL) if part not in parts]
    _sweep(run, prices, 0, small[:work], seed)
    done = _sweep(run, prices, 0, parts[:work], seed)
    done += _open_seats(run, prices, min(work - done, work // 3), seed)
    for n in range(1, len(SWEEPS)):
        if run.gap < SWEEPS[n - 1][1]:
            break
        done += _sweep(run, prices, n, parts[: work - done], seed)
    _blocks(run, prices, work - done, seed)
    if not _over(run):
        _to_the_end(run, prices, seed)


def _sweep(run: Run, prices: Prices, n: int, parts: list[list[int]], seed: int) -> int:
    """These parts once; returns how many were solved."""
    (count, near), done = SWEEPS[n], 0
    for seats in parts:
        if _over(run):
            break
        tried = improve.few(run.model, run.x, prices, count, seed)
        _block(run, "part", seats, tried, seed, near * run.bound * len(seats) / run.model.seats)
        done += 1
    return done


def _open_seats(run: Run, prices: Prices, work: int, seed: int) -> int:
    """Around each open seat that the relaxation fills; returns how many were tried."""
    tried, done = improve.few(run.model, run.x, prices, OPEN_PAIRS, seed), 0
    for seats in improve.open_seats(run.model, run.x, prices.x)[: max(0, work)]:
        if _over(run):
            break
        _block(run, "open seat", seats, tried, seed, 1.0)
        done += 1
    return done


def _blocks(run: Run, prices: Prices, work: int, seed: int) -> None:
    rng, idle = random.Random(seed), 0  # noqa: S311
    sizes = improve.shapes(run.model, rng, max(20, min(120, run.model.seats // 4)))
    for n, seats in enumerate(sizes):
        if n >= work or idle >= PATIENCE or _over(run):
            return
        before = run.value
        tried = improve.few(run.model, run.x, prices, BLOCK_PAIRS, seed + n)
        _block(run, "block", seats, tried, seed, 2.0)
        idle = 0 if run.value > before else idle + 1


def _over(run: Run) -> bool:
    return run.closed or run.should_stop()


def _block(run: Run, stage: str, seats: list[int], tried: Mask, seed: int, near: float) -> None:
    limit = Limit(BLOCK_NODES, run.left(), near)
    x = improve.better(
        run.model, run.x, seats, tried, limit, seed=seed, should_stop=run.should_stop
    )
    run.took(stage, x)


def _to_the_end(run: Run, prices: Prices, seed: int) -> None:
    """A pair that is worth less, by the prices, than what lies between plan and bound cannot be
    in a better plan. Without those the rest may be few enough to be solved and proved."""
    model, apart = run.model, run.bound - run.value
    worth = bound.reduced(model, bound.usable(model, prices.y))[: model.pairs]
    kept = np.ones(len(model.points), np.bool_)
    kept[: model.pairs] = (worth > -apart) | (run.x[: model.pairs] > improve.HALF)
    if kept[: model.pairs].sum() <= CORE:
        core = Model(**{**vars(model), "most": np.where(kept, model.most, 0)})
        _exact(run, core, "core", seed)


def _exact(run: Run, model: Model, stage: str, seed: int) -> None:
    try:
        limit = Limit(EXACT_NODES, run.left())
        found = solve_mip(model, run.x, limit, seed, run.should_stop)
    except SolverError as e:
        run.log.append(f"solver_stopped {e}")
        return
    if found.x is None:
        return
    changed = whole(run.model, pairs_of(run.model, found.x))
    if broken_rules(run.model, changed):
        run.log.append("solver_broke_a_rule")
        return
    run.took(stage, changed, max(found.bound, run.value))
