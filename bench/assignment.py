"""The public assignment benchmark (generalised assignment, `chu1997`) by the planner's solvers.

Usage: python bench/assignment.py [INSTANCE ...] [--seconds N] [--data FOLDER]

The instances are read from ../shared/data/assignment_benchmark, or from FOLDER, and are no part of
the project. Each answer is looked at for its capacities by code that shares nothing with the
solver. One thread; seconds are of the processor.

The way: HiGHS on the whole. Where it does not prove its answer in a twentieth of the seconds, blocks
of a few agents, solved by prices and loads (`assigning.py`).
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import scipy.sparse as sp

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from assigning import Instance, bettered

from marrow.plan.rules.engine.program import Floats, Program
from marrow.plan.rules.engine.solvers import Limit, Solved, interior, solve_mip

DATA = ROOT.parent / "shared" / "data" / "assignment_benchmark"
NEAR = 0.999  # costs are whole: within one is proved


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


def whole(model: Program, seconds: float) -> Solved:
    """What HiGHS finds at once; it is given longer where that is nothing."""
    for share in (20, 3):
        until = time.process_time() + seconds / share
        found = solve_mip(
            model, None, Limit(10**9, near=NEAR),
            should_stop=lambda until=until: time.process_time() > until,  # type: ignore[misc]
        )  # fmt: skip
        if found.x is not None:
            break
    return found


def solved(one: Instance, seconds: float, enough: Callable[[float], bool]) -> tuple[Floats, bool]:
    """The best answer in so many seconds of the processor, and whether it is proved. It ends
    sooner where the cost is `enough`."""
    model, (agents, jobs) = program(one), one.cost.shape
    until = time.process_time() + seconds
    found = whole(model, seconds)
    if found.x is None:
        raise SystemExit(f"{one.name}: nothing found")
    if found.proved or enough(-float(model.points @ np.round(found.x))):
        return np.round(found.x), found.proved
    given = found.x.reshape(agents, jobs).argmax(axis=0)
    given = bettered(
        one, given, -interior(model).y[:jobs],
        lambda cost: enough(cost) or time.process_time() > until,
    )  # fmt: skip
    return (given == np.arange(agents)[:, None]).astype(np.float64).ravel(), False


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
