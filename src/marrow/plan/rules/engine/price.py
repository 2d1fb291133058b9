"""Prices of people, departments and hospitals: the relaxation solved on few pairs a seat, and on
more of them where the prices say that they are missed."""

from __future__ import annotations

import numpy as np

from marrow.plan.rules.engine import bound
from marrow.plan.rules.engine.improve import rank
from marrow.plan.rules.engine.model import Model
from marrow.plan.rules.engine.program import Floats, Program
from marrow.plan.rules.engine.solvers import Prices, SolverError, Stop, first_order, interior, never
from marrow.plan.rules.roster import Mask

FIRST, MORE = 6, 6  # pairs a seat at first, and added in one round
ROUNDS = 8
ENOUGH = 2e-5  # relative: how far the bound may lie above the relaxation
MISSED = 0.02  # points that a pair must be worth beyond its prices to be missed
LARGE = 120_000  # pairs from which the first-order method is the faster one


def price(model: Model, seed: int = 1, should_stop: Stop = never) -> Prices:
    """Prices of the rows, and shares of the columns. Whatever comes back, `bound.safe` makes a
    bound of it that holds."""
    if model.pairs > LARGE:
        return first_order(model)
    return _in_rounds(model, seed, should_stop)


def _in_rounds(model: Model, seed: int, should_stop: Stop) -> Prices:
    noise = np.random.default_rng(seed).uniform(0, 1, model.pairs)
    kept = np.ones(len(model.points), np.bool_)
    kept[: model.pairs] = rank(model.seat, model.points[: model.pairs] + noise) < FIRST
    lowest, best = np.inf, Prices(np.zeros(len(model.low)), np.zeros(len(model.points)))
    for _ in range(ROUNDS):
        if should_stop():
            break
        try:
            found = _relaxed(model, kept)
        except SolverError:
            break
        above = bound.safe(model, found.y)
        if above < lowest:
            lowest, best = above, found
        missed = _missed(model, kept, found.y)
        if not missed.any() or above - float(model.points @ found.x) < ENOUGH * abs(above):
            break
        kept[: model.pairs] |= missed
    return best


def _relaxed(model: Model, kept: Mask) -> Prices:
    columns = np.flatnonzero(kept)
    found = interior(
        Program(
            model.points[columns],
            model.most[columns],
            model.whole[columns],
            model.rows[:, columns],
            model.low,
            model.high,
        )
    )
    shares = np.zeros(len(model.points))
    shares[columns] = found.x
    return Prices(found.y, shares)


def _missed(model: Model, kept: Mask, y: Floats) -> Mask:
    worth = bound.reduced(model, bound.usable(model, y))[: model.pairs]
    new = ~kept[: model.pairs] & (worth > MISSED)
    most: Mask = rank(model.seat, np.where(new, worth, -np.inf)) < MORE
    return new & most
