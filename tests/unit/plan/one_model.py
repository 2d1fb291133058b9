"""A whole problem in one model of CP-SAT: the other way, to which the planner's is compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from marrow.plan.rules.engine.model import Model
from marrow.plan.rules.engine.program import Floats
from marrow.plan.rules.engine.whole import pairs_of, whole

SHARE = 10_000  # parts of one, as CP-SAT counts in whole numbers
CENTS = 1_000  # parts of a point, and of a unit of money


@dataclass(frozen=True)
class Found:
    """The plan, or None where there is none in time; the bound in points."""

    x: Floats | None
    bound: float
    proved: bool


def one_model(
    model: Model, start: Floats | None = None, seconds: float = 60.0, workers: int = 1
) -> Found:
    """The best plan by CP-SAT. Shares of half-years and months of load are rounded to 1/10,000."""
    cp, columns = cp_model.CpModel(), list[Any]()
    shared = np.arange(len(model.points)) >= model.goes + len(model.rules.problem.missions)
    for c, most in enumerate(model.most.tolist()):
        high = round(most * SHARE) if shared[c] else int(most)
        columns.append(cp.new_int_var(0, high, ""))
    for i in range(len(model.low)):
        _row(cp, model, columns, shared, i)
    points = np.where(shared, model.points * CENTS, model.points * CENTS * SHARE)
    cp.maximize(sum(round(p) * v for p, v in zip(points.tolist(), columns, strict=True) if p))
    if start is not None:
        for c in np.flatnonzero(~shared).tolist():
            cp.add_hint(columns[c], round(start[c]))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    status = solver.solve(cp)
    bound = solver.best_objective_bound / (CENTS * SHARE)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Found(None, bound, proved=False)
    x = np.array([solver.value(v) for v in columns], np.float64)
    return Found(whole(model, pairs_of(model, x)), bound, status == cp_model.OPTIMAL)


def _row(cp: Any, model: Model, columns: list[Any], shared: Any, i: int) -> None:
    part = slice(model.rows.indptr[i], model.rows.indptr[i + 1])
    at, values = model.rows.indices[part], model.rows.data[part]
    scale = SHARE if shared[at].any() else CENTS
    terms = [
        (round(v) if shared[c] else round(v * scale)) * columns[c]
        for c, v in zip(at.tolist(), values.tolist(), strict=True)
    ]
    if np.isfinite(model.high[i]):
        cp.add(sum(terms) <= round(model.high[i] * scale))
    if np.isfinite(model.low[i]):
        cp.add(sum(terms) >= round(model.low[i] * scale))
