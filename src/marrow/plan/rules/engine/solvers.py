"""The one file that speaks to the solvers: HiGHS for whole numbers, OR-Tools' PDLP for prices."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import highspy
import numpy as np
import scipy.sparse as sp
from ortools.pdlp import solvers_pb2
from ortools.pdlp.python import pdlp

from marrow.plan.rules.engine.program import Floats, Program

Stop = Callable[[], bool]


def never() -> bool:
    return False


class BrokenOff(Exception):
    """Whoever asked wants no answer any more, and gets none."""


_over = ContextVar[Stop]("over", default=never)


@contextmanager
def broken_off(over: Stop) -> Iterator[None]:
    """Questions within are broken off once `over()`: their solver raises BrokenOff, and nobody
    takes what it had by then for an answer."""
    before = _over.set(over)
    try:
        yield
    finally:
        _over.reset(before)


def _go_on() -> None:
    if _over.get()():
        raise BrokenOff


@dataclass(frozen=True)
class Limit:
    """How much a solve may work: nodes make it the same each time, seconds do not."""

    nodes: int = 10_000
    seconds: float = 1e9
    near: float = 1e-6  # points from the best at which it is good enough


@dataclass(frozen=True)
class Solved:
    """The best whole solution, or None where none was found in time, and whether it is proved."""

    x: Floats | None
    proved: bool
    bound: float


class SolverError(RuntimeError):
    """The solver ended with a status that tells nothing about the plan."""


def solve_mip(
    model: Program,
    start: Floats | None = None,
    limit: Limit | None = None,
    seed: int = 1,
    should_stop: Stop = never,
) -> Solved:
    """The best plan of a model, from the plan before it if there is one."""
    _go_on()
    limit = limit or Limit()
    solver = _quiet(
        {
            "random_seed": seed,
            "mip_max_nodes": limit.nodes,
            "time_limit": limit.seconds,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": limit.near,
            "mip_feasibility_tolerance": 1e-7,
        }
    )
    solver.passModel(_as_highs(model))
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = start.tolist()
        solver.setSolution(solution)
    if stops := [s for s in (should_stop, _over.get()) if s is not never]:
        solver.cbMipInterrupt.subscribe(_asks(stops))
    solver.run()
    _go_on()
    told = _told(solver)
    value = 0.0 if told.x is None else float(model.points @ told.x)
    if start is not None and told.x is not None and not _is_worth(solver, value):
        return solve_mip(model, None, limit, seed, should_stop)
    return told


def _is_worth(solver: Any, value: float) -> bool:
    """Whether a plan is worth what the solver says of it. HiGHS 1.16 tells the start in place of
    the best plan where its presolve leaves nothing."""
    best = float(solver.getInfo().objective_function_value)
    return abs(best - value) <= 1e-6 * max(1.0, abs(best))


def _quiet(options: dict[str, Any]) -> Any:
    """A solver that prints nothing and works in one thread, so that it does the same each time."""
    _say_the_name_once()
    highspy.Highs.resetGlobalScheduler(True)
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in (
        {"output_flag": False, "log_to_console": False, "threads": 1} | options
    ).items():
        solver.setOptionValue(name, value)
    return solver


@cache
def _say_the_name_once() -> None:
    """The first solver of a process prints its name and licence on standard output, before it can
    be told to be quiet. A plan may be written there, so this one speaks to nobody."""
    kept = os.dup(1)
    try:
        with Path(os.devnull).open("w") as nobody:
            os.dup2(nobody.fileno(), 1)
            highspy.Highs()  # type: ignore[no-untyped-call]
    finally:
        os.dup2(kept, 1)
        os.close(kept)


def _asks(stops: list[Stop]) -> Callable[[Any], None]:
    def interrupt(event: Any) -> None:
        event.interrupt(any(should_stop() for should_stop in stops))

    return interrupt


_STILL_TELLS = {
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kSolutionLimit,
    highspy.HighsModelStatus.kInterrupt,
    highspy.HighsModelStatus.kIterationLimit,
}


def _told(solver: Any) -> Solved:
    status, info = solver.getModelStatus(), solver.getInfo()
    proved = status == highspy.HighsModelStatus.kOptimal
    if not proved and status not in _STILL_TELLS:
        raise SolverError(solver.modelStatusToString(status))
    has = info.primal_solution_status == 2  # feasible
    x = np.array(solver.getSolution().col_value) if has else None
    return Solved(x, proved, float(info.mip_dual_bound))


def _as_highs(model: Program) -> Any:
    lp = highspy.HighsLp()
    columns = model.rows.tocsc()
    lp.num_col_, lp.num_row_ = len(model.points), len(model.low)
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = (
        model.points,
        np.zeros(len(model.points)),
        model.most,
    )
    lp.row_lower_, lp.row_upper_ = model.low, model.high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_ = columns.indptr, columns.indices
    lp.a_matrix_.value_ = columns.data
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[int(w)] for w in model.whole]
    return lp


@dataclass(frozen=True)
class Prices:
    """A price for each row, and shares of the columns: both only near the best."""

    y: Floats
    x: Floats


def interior(model: Program, seconds: float = 1e9) -> Prices:
    """The relaxation to a millionth, by the interior point method."""
    return _relaxed(
        model,
        {
            "solver": "ipx",
            "run_crossover": "off",
            "ipm_optimality_tolerance": 1e-6,
            "time_limit": seconds,
        },
    )


def simplex(model: Program) -> Prices:
    """The relaxation solved to the end: the faster way where it is small."""
    return _relaxed(model, {"solver": "simplex"})


def _relaxed(model: Program, options: dict[str, Any]) -> Prices:
    _go_on()
    solver = _quiet(options)
    lp = _as_highs(model)
    lp.integrality_ = []
    solver.passModel(lp)
    solver.run()
    found = solver.getSolution()
    if not len(found.row_dual) or not len(found.col_value):
        raise SolverError(solver.modelStatusToString(solver.getModelStatus()))
    return Prices(np.array(found.row_dual), np.array(found.col_value))


def first_order(model: Program, tolerance: float = 3e-4, most: int = 20_000) -> Prices:
    """The relaxation solved near enough for its prices, where it is large."""
    program = pdlp.QuadraticProgram()
    program.objective_vector = -model.points
    program.constraint_matrix = sp.csc_matrix(model.rows)
    program.constraint_lower_bounds, program.constraint_upper_bounds = model.low, model.high
    program.variable_lower_bounds = np.zeros(len(model.points))
    program.variable_upper_bounds = model.most
    asked = solvers_pb2.PrimalDualHybridGradientParams()
    asked.num_threads = 1
    asked.termination_criteria.iteration_limit = most
    near = asked.termination_criteria.simple_optimality_criteria
    near.eps_optimal_relative = tolerance
    near.eps_optimal_absolute = tolerance
    asked.presolve_options.use_glop = False
    found = pdlp.primal_dual_hybrid_gradient(program, asked)
    return Prices(-np.array(found.dual_solution), np.array(found.primal_solution))
