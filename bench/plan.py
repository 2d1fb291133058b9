"""The planner beside greedy and beside one model of CP-SAT with the same time.

Usage: python bench/plan.py [programme|city|nation ...] [--seeds 1,2,3] [--seconds N] [--cpu]
       python bench/plan.py --mend [programme|city|nation ...] [--seeds 1,2,3]

Each run has a process of its own, so that memory is told of each. Two processes at most work at
once. With `--cpu` a size's seconds are of the processor, not of the wall, for a machine that is
shared; CP-SAT's stay of the wall. Every plan is looked at by the checker, which shares no code.

With `--mend` each plan is solved once, for the same seconds, and then mended, repaired and asked
about: `mending.py`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "src"), str(Path(__file__).parents[1])]

import mending
from instances import SIZES, generate

from marrow.plan.rules.checker import breaches, counted
from marrow.plan.rules.engine.solve import first_plan, model_of, solve
from marrow.plan.rules.engine.whole import seated, value
from marrow.plan.rules.problem import PLAN, Critical, Plan, Problem, Solver
from tests.unit.plan.one_model import one_model

SECONDS = {"programme": 20.0, "city": 60.0, "nation": 300.0}
WORK = 60  # blocks, as in the worker: they end a run before its seconds do
TIERS = ("seats", "care", "handover", "wishes", "kept")


@dataclass(frozen=True)
class Told:
    """One run: what it reached and what it took. The bound is None where the way has none."""

    way: str
    size: str
    seed: int
    seats: int
    critical: Critical
    tiers: tuple[float, ...]
    value: float
    bound: float | None
    why: str
    wall: float
    cpu: float
    memory: float
    broken: int

    @property
    def gap(self) -> float | None:
        return None if self.bound is None else (self.bound - self.value) / abs(self.bound)


def by_greedy(problem: Problem, _: float, __: Callable[[], bool]) -> tuple[Plan, bool]:
    model = model_of(problem)
    return _as_plan(problem, model, first_plan(model), 0.0), False


def by_one_model(problem: Problem, seconds: float, _: Callable[[], bool]) -> tuple[Plan, bool]:
    """CP-SAT on the whole, from greedy, with two workers."""
    model = model_of(problem)
    first = first_plan(model)
    found = one_model(model, first, seconds, workers=2)
    if found.x is None:  # what it calls its bound then is none
        return _as_plan(problem, model, first, 0.0), False
    return _as_plan(problem, model, found.x, found.bound), True


def by_planner(problem: Problem, _: float, should_stop: Callable[[], bool]) -> tuple[Plan, bool]:
    return solve(problem, work=WORK, should_stop=should_stop), True


WAYS = {"greedy": by_greedy, "one model": by_one_model, "planner": by_planner}


def _as_plan(problem: Problem, model: Any, x: Any, above: float) -> Plan:
    told = seated(model, x)
    critical = {s.id for s in problem.seats if s.weight == "critical"}
    covered = sum(a.seat in critical for a in told)
    here = value(model, x)
    bound = max(above, here)
    return Plan(
        schema=PLAN, problem_sha256=problem.digest(), solver=Solver(version="-", seed=1),
        assignments=told, value=here, points_by_tier=counted(problem, told),
        bound=bound, gap=(bound - here) / max(1.0, abs(bound)), stopped_because="work",
        critical=Critical(seats=len(critical), covered=covered, at_most=len(critical)),
    )  # fmt: skip


def measured(way: str, problem: Problem, seconds: float, cpu: bool, size: str) -> Told:
    clock = time.process_time if cpu else time.perf_counter
    wall, used, began = time.perf_counter(), time.process_time(), clock()
    plan, bounded = WAYS[way](problem, seconds, lambda: clock() - began > seconds)
    return Told(
        way, size, problem.seed, len(problem.seats), plan.critical,
        plan.points_by_tier, plan.value, plan.bound if bounded else None, plan.stopped_because,
        time.perf_counter() - wall, time.process_time() - used,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, len(breaches(problem, plan)),
    )  # fmt: skip


def alone(way: str, problem: Problem, seconds: float, cpu: bool, size: str) -> Told:
    """One run in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(measured, (way, problem, seconds, cpu, size))


def line(t: Told) -> str:
    gap = "–" if t.gap is None else f"{100 * t.gap:.4f} %"
    above = "–" if t.bound is None else f"{t.bound:,.2f}"
    critical = f"{t.critical.covered} of {t.critical.seats}"
    if t.way == "planner":
        critical += f", at most {t.critical.at_most}"
    tiers = " | ".join(f"{x:,.1f}" for x in t.tiers)
    return (
        f"| {t.size} {t.seed} | {t.way} | {critical} | {tiers} "
        f"| {t.value:,.2f} | {above} | {gap} | {t.why} | {t.wall:.1f} | {t.cpu:.1f} "
        f"| {t.memory:.2f} | {t.broken or 'stands'} |"
    )


def summary(size: str, told: list[Told]) -> str:
    """Median and worst of the planner's gaps and times over the seeds."""
    gaps = [100 * t.gap for t in told if t.gap is not None]
    cpu = [t.cpu for t in told]
    return (
        f"{size}: gap median {statistics.median(gaps):.4f} %, worst {max(gaps):.4f} %; processor "
        f"median {statistics.median(cpu):.1f} s, worst {max(cpu):.1f} s; "
        f"{sum(t.why == 'proved' for t in told)} of {len(told)} proved"
    )


def mended(sizes: list[str], seeds: list[int], seconds: float | None, cpu: bool) -> None:
    print(mending.HEAD, flush=True)
    for size in sizes:
        for seed in seeds:
            problem = generate(size, seed)
            plan = solve(problem, work=WORK, seconds=seconds or SECONDS[size])
            for times in mending.tables(problem, plan, cpu=cpu):
                print(times.line(f"{size} {seed}"), flush=True)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("sizes", nargs="*", default=["programme", "city"], metavar="SIZE")
    asked.add_argument("--seeds", default="1,2,3,4,5")
    asked.add_argument("--seconds", type=float)
    asked.add_argument("--ways", default=",".join(WAYS))
    asked.add_argument("--cpu", action="store_true")
    asked.add_argument("--mend", action="store_true")
    told = asked.parse_args()
    if unknown := [s for s in told.sizes if s not in SIZES]:
        asked.error(f"no such size: {', '.join(unknown)}")
    print(f"load before: {os.getloadavg()[0]:.1f}\n")
    if told.mend:
        mended(told.sizes, list(map(int, told.seeds.split(","))), told.seconds, told.cpu)
        return
    head = ("instance", "way", "critical", *TIERS, "value", "bound", "gap", "ended", "wall s",
            "processor s", "GB", "checker")  # fmt: skip
    print("| " + " | ".join(head) + " |\n|" + "---|" * len(head), flush=True)
    ours = list[Told]()
    for size in told.sizes:
        for seed in map(int, told.seeds.split(",")):
            problem = generate(size, seed)
            for way in told.ways.split(","):
                one = alone(way, problem, told.seconds or SECONDS[size], told.cpu, size)
                print(line(one), flush=True)
                ours += [one] * (way == "planner")
    print()
    for size in told.sizes:
        if mine := [t for t in ours if t.size == size]:
            print(summary(size, mine))


if __name__ == "__main__":
    main()
