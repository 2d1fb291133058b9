"""The way from a problem to a plan with its bound.

What others call, and may rely on:

- `solve(problem, *, work, seconds, seed, should_stop, progress) -> Plan`. Raises
  `Impossible(faults: list[Said])`. `should_stop()` is asked often, also within a block, and ends
  the run with the best plan so far; `progress(Progress)` is called after each step.
- `Progress`: stage (a code), seconds, value, tiers, bound, gap, filled, critical_open.
- `marrow.plan.rules.sense.sense_of(problem) -> Sense(faults, warnings)`, lists of `Said`.
- `marrow.plan.rules.checker.breaches(problem, plan) -> list[Said]`.
- `marrow.plan.words.sentence(said) -> str`, in the language of the reader.

Of one plan: `explain.py`. Of a plan that something happened to: `mend.py`.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from marrow.plan.rules.engine import bound, improve
from marrow.plan.rules.engine.greedy import greedy
from marrow.plan.rules.engine.model import Floats, Model, build
from marrow.plan.rules.engine.solvers import (
    Limit,
    Prices,
    SolverError,
    Stop,
    never,
    price,
    solve_mip,
)
from marrow.plan.rules.engine.whole import (
    broken_rules,
    pairs_of,
    points_by_tier,
    seated,
    value,
    whole,
)
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import PLAN, Critical, Plan, Problem, Solver
from marrow.plan.rules.problem import Stop as Why
from marrow.plan.rules.said import Said, said
from marrow.plan.rules.sense import sense_of

VERSION = "1"
FEW = 500  # pairs up to which the whole is solved at once
CORE = 6_000  # pairs up to which what is left after pruning is solved to the end
EXACT_NODES = 20_000
PATIENCE = 12  # blocks that bring nothing before the end is tried


class Impossible(ValueError):
    """The problem makes no sense, or its pins leave no plan: every reason."""

    def __init__(self, faults: list[Said]) -> None:
        super().__init__(", ".join(f.code for f in faults))
        self.faults = faults


@dataclass(frozen=True)
class Progress:
    """How far a run is. Points by tier, the bound, and seats filled of the best plan so far."""

    stage: str
    seconds: float
    value: float
    bound: float
    filled: int
    critical_open: int


@dataclass
class Run:
    """One run: the model, the best plan so far, and the lowest bound so far."""

    model: Model
    x: Floats
    bound: float
    stop: Stop = never
    tell: Callable[[Progress], None] = lambda _: None
    began: float = field(default_factory=time.perf_counter)
    log: list[str] = field(default_factory=list)
    cancelled: bool = False

    @property
    def value(self) -> float:
        return value(self.model, self.x)

    @property
    def closed(self) -> bool:
        return self.bound - self.value <= 1e-6 * max(1.0, abs(self.bound))

    def should_stop(self) -> bool:
        self.cancelled = self.cancelled or self.stop()
        return self.cancelled

    def took(self, stage: str, x: Floats | None = None, above: float | None = None) -> None:
        """Keeps what is better and tells how far the run is."""
        if x is not None and value(self.model, x) > self.value + 1e-9:
            self.x = x
        if above is not None:
            self.bound = max(min(self.bound, above), self.value)
        filled = self.x[self.model.filled : self.model.goes] > 0.5
        critical = critical_seats(self.model)
        seconds = time.perf_counter() - self.began
        gap = (self.bound - self.value) / max(1.0, abs(self.bound))
        self.log.append(f"{stage} {self.value:.2f} {self.bound:.2f} {gap:.6f}")
        open_ones = int((~filled[critical]).sum())
        told = Progress(stage, seconds, self.value, self.bound, int(filled.sum()), open_ones)
        self.tell(told)


def critical_seats(model: Model) -> list[int]:
    return [k for k, s in enumerate(model.rules.problem.seats) if s.weight == "critical"]


def solve(
    problem: Problem,
    *,
    work: int = 60,
    seconds: float | None = None,
    seed: int | None = None,
    should_stop: Stop = never,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Plan:
    """A plan, never worse than greedy, with a bound that no plan exceeds.

    `work` counts blocks, which makes a run the same each time; `seconds` cuts it short and does
    not. Raises Impossible with every reason where there is nothing to plan.
    """
    if faults := sense_of(problem).faults:
        raise Impossible(faults)
    seed = problem.seed if seed is None else seed
    model = build(Rules(problem))
    return plan_of(run_of(model, work, seconds, seed, should_stop, progress), work, seconds, seed)


def run_of(
    model: Model,
    work: int,
    seconds: float | None,
    seed: int,
    should_stop: Stop,
    progress: Callable[[Progress], None],
) -> Run:
    until = time.perf_counter() + (1e9 if seconds is None else seconds)

    def stop() -> bool:
        return should_stop() or time.perf_counter() > until

    first = greedy(model)
    top = float(np.maximum(model.points * model.most, 0).sum())
    run = Run(model, first, top, stop, progress)
    run.took("greedy")
    pinned = bool(broken_rules(model, first))
    if model.pairs <= FEW or pinned:
        _at_once(run, seed, pinned)
    if not run.closed and not run.should_stop():
        prices = price(model)
        run.took("relaxation", above=bound.safe(model, prices.y))
        _block_by_block(run, prices, work, seed)
    return run


def _at_once(run: Run, seed: int, pinned: bool) -> None:
    """Small problems are solved whole and proved."""
    start = None if pinned else run.x
    try:
        found = solve_mip(run.model, start, Limit(EXACT_NODES), seed, run.should_stop)
    except SolverError as e:
        if pinned:
            raise Impossible(_pins(run.model)) from e
        run.log.append(f"solver_stopped {e}")
        return
    if found.x is None:
        if pinned:
            raise Impossible(_pins(run.model))
        return
    tried = whole(run.model, pairs_of(run.model, found.x))
    if broken_rules(run.model, tried):
        run.log.append("solver_broke_a_rule")
        return
    if pinned:
        run.x = tried
    run.took("whole", tried, found.bound)


def _pins(model: Model) -> list[Said]:
    pins = (f"{p.seat} → {p.person}" for p in model.rules.problem.pins if p.person is not None)
    return [said("pins_at_odds", pins=tuple(pins))]


def _block_by_block(run: Run, prices: Prices, work: int, seed: int) -> None:
    worth = bound.reduced(run.model, bound.usable(run.model, prices.y))
    rng = random.Random(seed)  # noqa: S311
    sizes = max(20, min(160, len(run.model.rules.problem.seats) // 4))
    done = 0
    for seats in improve.open_seats(run.model, run.x, prices.x):
        if done >= work // 3 or run.should_stop() or run.closed:
            break
        _one_block(run, seats, worth, seed, "open seat")
        done += 1
    idle = 0
    for seats in improve.shapes(run.model, rng, sizes):
        if done >= work or idle >= PATIENCE or run.should_stop() or run.closed:
            break
        before = run.value
        _one_block(run, seats, worth, seed, "block")
        idle = 0 if run.value > before else idle + 1
        done += 1
    if not run.closed and not run.should_stop():
        _to_the_end(run, worth, seed)


def _to_the_end(run: Run, worth: Floats, seed: int) -> None:
    """A pair that is worth less, by the prices, than what lies between plan and bound cannot be
    in a better plan. Without those the rest may be few enough to be solved and proved."""
    model, apart = run.model, run.bound - run.value
    kept = np.ones(len(model.points), np.bool_)
    kept[: model.pairs] = (worth[: model.pairs] > -apart) | (run.x[: model.pairs] > 0.5)
    if kept[: model.pairs].sum() > CORE:
        return
    core = Model(**{**vars(model), "most": np.where(kept, model.most, 0)})
    try:
        found = solve_mip(core, run.x, Limit(EXACT_NODES), seed, run.should_stop)
    except SolverError as e:
        run.log.append(f"solver_stopped {e}")
        return
    if found.x is not None:
        tried = whole(model, pairs_of(model, found.x))
        if not broken_rules(model, tried):
            run.took("core", tried, max(found.bound, run.value))


def _one_block(run: Run, seats: list[int], worth: Floats, seed: int, stage: str) -> None:
    x = improve.better(
        run.model, run.x, seats, worth=worth, nodes=60, seed=seed, should_stop=run.should_stop
    )
    run.took(stage, x)


def critical_at_most(model: Model, seed: int) -> int:
    """How many critical seats any plan could cover at most."""
    alone = np.zeros(len(model.points))
    alone[[model.filled + k for k in critical_seats(model)]] = 1
    tier = Model(**{**vars(model), "points": alone})
    above = bound.safe(tier, price(tier).y)
    if model.pairs <= CORE:
        above = min(above, solve_mip(tier, None, Limit(EXACT_NODES), seed).bound)
    return min(len(critical_seats(model)), int(np.floor(above + 1e-6)))


def plan_of(run: Run, work: int, seconds: float | None, seed: int) -> Plan:
    """The plan as its file."""
    model, problem = run.model, run.model.rules.problem
    critical = critical_seats(model)
    covered = int((run.x[model.filled : model.goes][critical] > 0.5).sum())
    why: Why = "proved" if run.closed else "work"
    if run.cancelled and not run.closed:
        why = "cancelled" if seconds is None else "time"
    top = max(run.bound, run.value)
    return Plan(
        schema=PLAN,
        problem_sha256=problem.digest(),
        solver=Solver(version=VERSION, seed=seed, work=work, seconds=seconds),
        assignments=seated(model, run.x),
        value=run.value,
        points_by_tier=points_by_tier(model, run.x),
        bound=top,
        gap=(top - run.value) / max(1.0, abs(top)),
        critical=Critical(
            seats=len(critical), covered=covered, at_most=critical_at_most(model, seed)
        ),
        stopped_because=why,
        log=tuple(run.log),
    )
