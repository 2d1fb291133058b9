"""Of equal plans the one that moves the fewest: nobody changes seats without gain."""

from __future__ import annotations

import numpy as np

from marrow.plan.rules.engine.improve import HALF, block
from marrow.plan.rules.engine.model import Model
from marrow.plan.rules.engine.program import Floats
from marrow.plan.rules.engine.solvers import Limit, SolverError, Stop, solve_mip
from marrow.plan.rules.engine.whole import NEAR, broken_rules, pairs_of, value, whole
from marrow.plan.rules.roster import Ints

STAYS = 1e-4  # points, for a pair of the plan before: plans nearer to each other are equal
NODES = 400
FEW = 4_000  # pairs up to which each may come in place of another


def settled(model: Model, x: Floats, before: Ints, limit: Limit, should_stop: Stop) -> Floats:
    """A plan as good as this one (to `limit.near` points) in which as many as can be stay where
    they were: `before` are the pairs of the plan before it. This plan where there is none."""
    changed = _changed(model, x, before)
    if not changed or not len(before) or should_stop():
        return x
    tried = np.ones(model.pairs, np.bool_) if model.pairs <= FEW else x[: model.pairs] > HALF
    tried[before] = True
    points = model.points.copy()
    points[before] += STAYS
    weighed = Model(**{**vars(model), "points": points})
    program, columns = block(weighed, x, changed, tried)
    try:
        closely = Limit(NODES, limit.seconds)
        found = solve_mip(program, x[columns], closely, should_stop=should_stop)
    except SolverError:
        return x
    if found.x is None:
        return x
    calm = x.copy()
    calm[columns] = found.x
    calm = whole(model, pairs_of(model, calm))
    if broken_rules(model, calm) or value(model, calm) < value(model, x) - limit.near - NEAR:
        return x
    return calm if len(_changed(model, calm, before)) < len(changed) else x


def _changed(model: Model, x: Floats, before: Ints) -> list[int]:
    """The seats, as rows, in which another person sits than before, or nobody any more."""
    return sorted({int(k) for k in model.seat[np.setxor1d(pairs_of(model, x), before)]})
