"""The public assignment benchmark (generalised assignment, `chu1997`) by the planner's solvers.

Usage: python bench/assignment.py [INSTANCE ...] [--seconds N] [--data FOLDER]

The instances are read from ../shared/data/assignment_benchmark, or from FOLDER, and are no part of
the project. Each answer is looked at for its capacities by code that shares nothing with the
solver. One thread; seconds are of the processor.

The way: HiGHS on the whole. Where it does not prove its answer in a third of the seconds, blocks:
all jobs of a few agents are given out anew among them, limited by nodes, and an answer that is as
good is taken as well, so that the search moves on where many are equal.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from marrow.plan.rules.engine.program import Floats, Program
from marrow.plan.rules.engine.solvers import Limit, SolverError, interior, solve_mip

DATA = ROOT.parent / "shared" / "data" / "assignment_benchmark"
Ints = npt.NDArray[np.int64]
NEAR = 0.999  # costs are whole: within one is proved
CORE = 8  # agents tried for each job in a block
AGENTS = (3, 4, 5, 6)  # freed in one block, in turn
NODES = 60


@dataclass(frozen=True)
class Instance:
    """Costs and sizes by agent and job, and what each agent holds."""

    name: str
    cost: Ints
    size: Ints
    holds: Ints


def read(file: Path) -> Instance:
    figures = np.array(file.read_text().split(), np.int64)
    agents, jobs = int(figures[0]), int(figures[1])
    both = figures[2 : 2 + 2 * agents * jobs].reshape(2, agents, jobs)
    return Instance(file.name, both[0], both[1], figures[2 + 2 * agents * jobs :][:agents])


def program(one: Instance) -> Program:
    """Maximise what is not paid; a column for each agent and job, agent by agent."""
    agents, jobs = one.cost.shape
    column = np.arange(agents * jobs)
    rows = sp.csr_matrix(
        (
            np.concatenate([np.ones(len(column)), one.size.ravel()]),
            (
                np.concatenate([column % jobs, jobs + column // jobs]),
                np.concatenate([column, column]),
            ),
        )
    )
    once = np.ones(jobs)
    return Program(
        -one.cost.ravel().astype(np.float64), np.ones(len(column)), np.ones(len(column), np.bool_),
        rows, np.concatenate([once, np.full(agents, -np.inf)]),
        np.concatenate([once, one.holds.astype(np.float64)]),
    )  # fmt: skip


def core(model: Program, agents: int) -> npt.NDArray[np.bool_]:
    """For each job the agents that the prices of the relaxation think most of."""
    prices = interior(model)
    worth = (model.points - model.rows.T @ prices.y).reshape(agents, -1)
    return np.asarray(np.argsort(np.argsort(-worth, axis=0), axis=0) < CORE).ravel()


def block(model: Program, x: Floats, free: npt.NDArray[np.bool_]) -> Floats:
    """The answer with these columns given out anew."""
    columns = np.flatnonzero(free)
    part = model.rows[:, columns]
    rows = np.flatnonzero(np.diff(part.indptr))
    stands = (model.rows @ np.where(free, 0, x))[rows]
    program = Program(
        model.points[columns], model.most[columns], model.whole[columns],
        sp.csr_matrix(part[rows]), model.low[rows] - stands, model.high[rows] - stands,
    )  # fmt: skip
    try:
        found = solve_mip(program, x[columns], Limit(NODES, near=NEAR))
    except SolverError:
        return x
    if found.x is None:
        return x
    changed = x.copy()
    changed[columns] = np.round(found.x)
    return changed


def solved(one: Instance, seconds: float, enough: Callable[[float], bool]) -> tuple[Floats, bool]:
    """The best answer in so many seconds of the processor, and whether it is proved. It ends
    sooner where the cost is `enough`."""
    model, (agents, jobs) = program(one), one.cost.shape
    until = time.process_time() + seconds
    third = time.process_time() + seconds / 3
    found = solve_mip(
        model, None, Limit(10**9, near=NEAR), should_stop=lambda: time.process_time() > third
    )
    if found.x is None:
        raise SystemExit(f"{one.name}: nothing found")
    x = np.round(found.x)
    if found.proved or enough(-float(model.points @ x)):
        return x, found.proved
    tried, draw, turn = core(model, agents), random.Random(1), 0
    while time.process_time() < until and not enough(-float(model.points @ x)):
        some = draw.sample(range(agents), min(agents, AGENTS[turn % len(AGENTS)]))
        turn += 1
        free = np.zeros((agents, jobs), np.bool_)
        theirs = np.flatnonzero(x.reshape(agents, jobs)[some].sum(axis=0) > 0.5)
        free[np.ix_(some, theirs)] = True
        changed = block(model, x, free.ravel() & (tried | (x > 0.5)))
        if model.points @ changed >= model.points @ x:
            x = changed
    return x, False


def cost_of(one: Instance, x: Floats) -> int:
    """Counted from the instance: each job once, and no agent over what it holds."""
    given = x.reshape(one.cost.shape)
    assert (given.sum(axis=0) == 1).all()
    assert ((given * one.size).sum(axis=1) <= one.holds).all()
    return int((given * one.cost).sum())


def best_known(folder: Path) -> dict[str, int]:
    with (folder / "best_known.csv").open() as rows:
        return {
            Path(r["Path"]).name: int(r["Best known solution value"]) for r in csv.DictReader(rows)
        }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("instances", nargs="*")
    asked.add_argument("--seconds", type=float, default=60.0)
    asked.add_argument("--data", type=Path, default=DATA)
    told = asked.parse_args()
    if not (told.data / "best_known.csv").exists():
        sys.exit(f"There are no instances in {told.data}.")
    best, reached = best_known(told.data), 0
    names = told.instances or list(best)
    print("| instance | best known | reached | above | ended | processor s |\n|" + "---|" * 6)
    for name in names:
        one, began = read(told.data / "chu1997" / name), time.process_time()
        x, proved = solved(one, told.seconds, lambda cost, goal=best[name]: cost <= goal)  # type: ignore[misc]
        cost = cost_of(one, x)
        reached += cost <= best[name]
        spent, above = time.process_time() - began, 100 * (cost - best[name]) / best[name]
        ended = "proved" if proved else "reached" if cost <= best[name] else "time"
        print(
            f"| {name} | {best[name]} | {cost} | {above:.3f} % | {ended} | {spent:.1f} |",
            flush=True,
        )
    print(f"\n{reached} of {len(names)} reached")


if __name__ == "__main__":
    main()
