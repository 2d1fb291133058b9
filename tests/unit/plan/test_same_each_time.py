"""A problem is written down for the solver in the same way each time, in whatever process: else
the same seed would not give the same plan."""

from __future__ import annotations

import os
import subprocess
import sys

WRITE = """
import hashlib
from marrow.plan.rules.engine.model import build
from marrow.plan.rules.pairs import Rules
from tests.unit.plan.problems import small
told = hashlib.sha256()
for seed in range(40):
    people = [{"a": "P0", "b": "P1", "rule": "together"}]
    model = build(Rules(small(seed, people=14, seats=12, couples=people)))
    for part in (model.rows.indices, model.rows.data, model.points, model.high):
        told.update(part.tobytes())
print(told.hexdigest())
"""


def test_two_processes_write_the_same_model() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", WRITE], check=True, capture_output=True, text=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(told) == 1
