"""What the invented instances are like, one a row.

Usage: python bench/instance_table.py programme,city 1,2,3,4,5
"""

from __future__ import annotations

import sys

import numpy as np
from calibration import relaxed, uncoverable
from instances import generate

from marrow.plan.rules.engine.model import build
from marrow.plan.rules.pairs import Rules

HEAD = (
    "instance", "people", "departments", "missions", "seats", "critical", "pairs",
    "candidates, median", "critical without any", "critical uncoverable", "kinds of people",
    "rows",
)  # fmt: skip


def line(size: str, seed: int) -> str:
    """What an instance is like, as a row of a table."""
    problem = generate(size, seed)
    rules, filled = Rules(problem), relaxed(problem)
    model = build(rules)
    able = [len(rules.eligible(s.id)) for s in problem.seats]
    critical = [k for k, s in enumerate(problem.seats) if s.weight == "critical"]
    nobody = sum(able[k] == 0 for k in critical) / len(critical)
    departments = sum(len(o.departments) for o in problem.organisations)
    types = {p.model_dump_json(exclude={"id"}) for p in problem.people}
    return (
        f"| {size} {seed} | {len(problem.people):,} | {departments:,} | {len(problem.missions):,} "
        f"| {len(problem.seats):,} | {len(critical):,} | {sum(able):,} | {int(np.median(able))} "
        f"| {100 * nobody:.1f} % | {100 * uncoverable(problem, filled):.1f} % "
        f"| {len(types):,} | {model.rows.shape[0]:,} |"
    )


if __name__ == "__main__":
    print("| " + " | ".join(HEAD) + " |\n|" + "---|" * len(HEAD), flush=True)
    for name in sys.argv[1].split(","):
        for number in map(int, sys.argv[2].split(",")):
            print(line(name, number), flush=True)
