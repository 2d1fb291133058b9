"""Who is on post already hands over to the seat of their position in the mission after: in the
solver, in the checker's own count, and in a file."""

from __future__ import annotations

import random
from typing import Any

import pytest

from marrow.plan.rules.checker import breaches, counted
from marrow.plan.rules.engine.solve import solve
from marrow.plan.rules.problem import Problem
from marrow.plan.rules.sense import sense_of
from marrow.plan.rules.teams import handovers, reliefs
from tests.unit.plan.problems import SPECIALTIES, day, small
from tests.unit.plan.test_many_problems import some_always


def relieving(seed: int) -> Problem:
    """A problem of which each mission may relieve people on post."""
    problem, r = small(seed, people=10, seats=5), random.Random(seed)  # noqa: S311
    told = problem.model_dump(mode="json", by_alias=True)
    told["on_post"] = [
        {"id": f"O{m['id']}{n}", "mission": m["id"], "position": r.choice(SPECIALTIES),
         "from": day(-200), "to": day(r.randint(-20, 360)), "person": r.choice((None, "X"))}
        for m in told["missions"] for n in range(r.choice((0, 2, 4)))
    ]  # fmt: skip
    return Problem.model_validate(told)


@pytest.mark.parametrize("seed", some_always(200))
def test_solver_and_checker_count_the_same_handovers_of_those_on_post(seed: int) -> None:
    problem = relieving(seed)
    plan = solve(problem)
    assert breaches(problem, plan) == []
    alone = problem.model_copy(update={"on_post": ()})
    held = {a.seat: a.person for a in plan.assignments}
    more = len(handovers(problem, held)) - len(handovers(alone, held))
    tiers = counted(problem, plan.assignments)[2] - counted(alone, plan.assignments)[2]
    assert tiers == problem.weights.link * more
    assert plan.value >= sum(counted(problem, solve(alone).assignments)) - 1e-6


def test_those_handovers_come_up_at_all() -> None:
    assert sum(len(reliefs(relieving(seed))) for seed in range(40)) > 20


def test_a_file_without_them_is_the_same_file_and_one_with_them_comes_back() -> None:
    assert "on_post" not in small(1).written()
    problem = next(p for seed in range(40) if (p := relieving(seed)).on_post)
    assert Problem.model_validate_json(problem.written()) == problem


@pytest.mark.parametrize(
    ("change", "code"),
    [({"mission": "nowhere"}, "unknown"), ({"to": day(-300)}, "reversed_on_post")],
)
def test_what_is_wrong_with_them_is_told(change: dict[str, Any], code: str) -> None:
    problem = next(p for seed in range(40) if (p := relieving(seed)).on_post)
    told = problem.model_dump(mode="json", by_alias=True)
    told["on_post"][0] |= change
    faults = sense_of(Problem.model_validate(told)).faults
    assert code in {one.code for one in faults}
