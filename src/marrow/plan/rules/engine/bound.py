"""A bound that holds whatever the prices are: no plan is worth more."""

from __future__ import annotations

import numpy as np

from marrow.plan.rules.engine.model import Model
from marrow.plan.rules.engine.program import Floats

OUTWARD = 1e-6  # relative, for what floating point loses


def reduced(model: Model, y: Floats) -> Floats:
    """What each column is worth beyond the prices that it pays."""
    return np.asarray(model.points - model.rows.T @ y)


def usable(model: Model, y: Floats) -> Floats:
    """Prices of the right sign: none where the side of the row that they speak for is open. The
    price of a row of overload is no higher than what overload costs."""
    y = np.where((y > 0) & ~np.isfinite(model.high), 0.0, y)
    y = np.where((y < 0) & ~np.isfinite(model.low), 0.0, y)
    load = np.array([k == "sender_load_shared" for k in model.kind], np.bool_)
    return np.where(load, np.clip(y, 0, model.rules.problem.weights.overload), y)


def safe(model: Model, y: Floats) -> float:
    """No plan of the model exceeds this, for any prices `y`. Of the pairs of one seat the best
    one counts, as a seat takes one person."""
    y = usable(model, y)
    sides = np.where(y > 0, np.where(np.isfinite(model.high), model.high, 0), 0)
    sides = np.where(y < 0, np.where(np.isfinite(model.low), model.low, 0), sides)
    left = reduced(model, y)
    gain = np.maximum(left * model.most, 0)
    best = np.zeros(model.seats)
    np.maximum.at(best, model.seat, gain[: model.pairs])
    total = float(sides @ y + gain[model.pairs :].sum() + best.sum())
    return total + OUTWARD * abs(total)
