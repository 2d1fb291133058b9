"""The way from a problem to a plan with its bound.

What others call, and may rely on:

- `solve(problem, *, before, work, seconds, seed, should_stop, progress) -> Plan`. Raises
  `Impossible(faults: list[Said])`. `should_stop()` is asked often, also within a block, and ends
  the run with the best plan so far; `progress(Progress)` is called after each step.
- `Progress`: stage (a code), seconds, value, tiers, bound, gap, filled, critical_open.
- `marrow.plan.rules.sense.sense_of(problem) -> Sense(faults, warnings)`, lists of `Said`.
- `marrow.plan.rules.checker.breaches(problem, plan) -> list[Said]`.
- `marrow.plan.words.sentence(said) -> str`, in the language of the reader.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import numpy as np

from marrow.plan.rules.engine import bound
from marrow.plan.rules.engine.conflict import pins_at_odds
from marrow.plan.rules.engine.greedy import greedy
from marrow.plan.rules.engine.model import Model, build
from marrow.plan.rules.engine.price import LARGE, price
from marrow.plan.rules.engine.program import Floats
from marrow.plan.rules.engine.run import Progress, Run, critical_seats
from marrow.plan.rules.engine.search import EXACT_NODES, at_once, search
from marrow.plan.rules.engine.settle import settled
from marrow.plan.rules.engine.solvers import Limit, SolverError, Stop, never, solve_mip
from marrow.plan.rules.engine.whole import (
    broken_rules,
    pairs_in,
    pairs_of,
    points_by_tier,
    seated,
    value,
    whole,
)
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import PLAN, Critical, Plan, Problem, Seated, Solver
from marrow.plan.rules.problem import Stop as Why
from marrow.plan.rules.roster import Ints
from marrow.plan.rules.said import Said, said
from marrow.plan.rules.sense import faults_of

VERSION = "1"
FEW = 4_000  # pairs up to which the whole is solved at once
MOST = 3_000_000  # pairs that fit into memory

__all__ = ["Impossible", "Progress", "solve"]


class Impossible(ValueError):
    """The problem makes no sense, or its pins leave no plan: every reason."""

    def __init__(self, faults: list[Said]) -> None:
        super().__init__(", ".join(f.code for f in faults))
        self.faults = faults


def solve(
    problem: Problem,
    *,
    before: Iterable[Seated] = (),
    work: int = 60,
    seconds: float | None = None,
    seed: int | None = None,
    should_stop: Stop = never,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Plan:
    """A plan, never worse than greedy, with a bound that no plan exceeds.

    Of equal plans it is the one nearest to `before`, the plan that stands. `work` counts blocks,
    which makes a run the same each time; `seconds` cuts it short and does not. Raises Impossible
    with every reason where there is nothing to plan.
    """
    model = model_of(problem)
    seed = problem.seed if seed is None else seed
    until = time.perf_counter() + (float("inf") if seconds is None else seconds)
    stood = pairs_in(model, before)
    run = Run(model, _first_of(model, stood), _top(model), should_stop, until, progress)
    run.took("greedy")
    at_most = _better_and_better(run, work, seed)
    run.x = settled(model, run.x, stood, Limit(seconds=run.left(), near=run.slack), run.should_stop)
    return plan_of(run, at_most, work, seconds, seed)


def model_of(problem: Problem) -> Model:
    """Raises Impossible."""
    if faults := faults_of(problem):
        raise Impossible(faults)
    model = build(Rules(problem))
    if model.pairs > MOST:
        raise Impossible([said("too_large", pairs=model.pairs, most=MOST)])
    return model


def _first_of(model: Model, stood: Ints) -> Floats:
    """The plan that stands, where it keeps the rules and greedy is no better."""
    first, standing = first_plan(model), whole(model, stood)
    may = len(stood) and not broken_rules(model, standing)
    return standing if may and value(model, standing) >= value(model, first) else first


def first_plan(model: Model) -> Floats:
    """Greedy, or any plan that keeps the pins. Raises Impossible where there is none."""
    first = greedy(model)
    if not broken_rules(model, first):
        return first
    try:
        found = solve_mip(model, None, Limit(EXACT_NODES, near=_top(model)))
    except SolverError as e:
        raise Impossible(pins_at_odds(model.rules.problem)) from e
    if found.x is None:
        raise Impossible(pins_at_odds(model.rules.problem))
    return whole(model, pairs_of(model, found.x))


def _top(model: Model) -> float:
    return float(np.maximum(model.points * model.most, 0).sum())


def _better_and_better(run: Run, work: int, seed: int) -> int:
    """How many critical seats any plan could cover."""
    if run.model.pairs <= FEW and not run.should_stop():
        at_once(run, seed)
    if not run.closed and not run.should_stop():
        prices = price(run.model, seed, run.should_stop)
        run.took("relaxation", above=bound.safe(run.model, prices.y))
        if FEW < run.model.pairs <= LARGE:  # soon told: also of a run that is cut short
            early = critical_at_most(run, seed)
            search(run, prices, work, seed)
            return max(covered(run), early)
        search(run, prices, work, seed)
    return critical_at_most(run, seed)


def critical_at_most(run: Run, seed: int) -> int:
    """How many critical seats any plan could cover at most: as many as have a candidate, or fewer
    where the relaxation shows that they compete."""
    model, critical = run.model, critical_seats(run.model)
    most = len(np.intersect1d(critical, model.seat))
    if most == covered(run) or run.should_stop():
        return most
    alone = np.zeros(len(model.points))
    alone[[model.filled + k for k in critical]] = 1
    tier = Model(**{**vars(model), "points": alone})
    above = bound.safe(tier, price(tier, seed, run.should_stop).y)
    if model.pairs <= FEW:
        above = min(above, solve_mip(tier, run.x, Limit(EXACT_NODES, run.left())).bound)
    return max(covered(run), min(most, int(np.floor(above + 1e-6))))


def covered(run: Run) -> int:
    filled = run.x[run.model.filled : run.model.goes]
    return int((filled[critical_seats(run.model)] > 0.5).sum())


def plan_of(run: Run, at_most: int, work: int, seconds: float | None, seed: int) -> Plan:
    """The plan as its file."""
    model, problem = run.model, run.model.rules.problem
    why: Why = "proved" if run.closed else "work"
    if run.cancelled and not run.closed:
        why = "cancelled" if run.stop() else "time"
    return Plan(
        schema=PLAN,
        problem_sha256=problem.digest(),
        solver=Solver(version=VERSION, seed=seed, work=work, seconds=seconds),
        assignments=seated(model, run.x),
        value=run.value,
        points_by_tier=points_by_tier(model, run.x),
        bound=max(run.bound, run.value),
        gap=max(0.0, run.gap),
        critical=Critical(seats=len(critical_seats(model)), covered=covered(run), at_most=at_most),
        stopped_because=why,
        log=tuple(run.log),
    )
