"""How many critical seats of an invented problem no plan can cover, brought between 2 and 5 %."""

from __future__ import annotations

from typing import Any

import numpy as np

from marrow.plan.rules.engine.model import build
from marrow.plan.rules.engine.price import price
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import Problem

UNCOVERABLE = 0.035  # of the critical seats, where calibration aims at
FEWEST, MOST = 0.02, 0.05  # between which it may end
ROUNDS = 8  # of calibration at most
HALF = 0.5


def relaxed(problem: Problem) -> Any:
    """The share of each seat that the relaxation fills."""
    model = build(Rules(problem))
    return price(model, problem.seed).x[model.filled : model.goes]


def uncoverable(problem: Problem, filled: Any) -> float:
    """The share of critical seats that the relaxation leaves open."""
    critical = [k for k, s in enumerate(problem.seats) if s.weight == "critical"]
    return 1 - float(np.clip(filled[critical], 0, 1).mean())


def calibrated(problem: Problem) -> Problem:
    """The problem of whose critical seats 2 to 5 % cannot be covered: those too many become
    ordinary; where they are too few, open seats that weigh less become critical."""
    for _round in range(ROUNDS):
        filled = relaxed(problem)
        share = uncoverable(problem, filled)
        if FEWEST <= share <= MOST:
            return problem
        problem = _nearer(problem, filled, share)
    raise ValueError(f"{problem.name}: {share:.3f} of the critical seats cannot be covered")


def _nearer(problem: Problem, filled: Any, share: float) -> Problem:
    """Weights of the least filled seats changed, as many as lie between the share and the aim."""
    least = [int(k) for k in np.lexsort((np.arange(len(filled)), filled))]
    critical = {k for k, s in enumerate(problem.seats) if s.weight == "critical"}
    count = max(1, round(abs(share - UNCOVERABLE) * len(critical)))
    if share > MOST:
        new = dict.fromkeys([k for k in least if k in critical][:count], "ordinary")
    else:
        open_ones = [k for k in least if k not in critical and filled[k] < HALF]
        new = dict.fromkeys(open_ones[:count], "critical")
    seats = tuple(
        s.model_copy(update={"weight": new[k]}) if k in new else s
        for k, s in enumerate(problem.seats)
    )
    return problem.model_copy(update={"seats": seats})
