"""Many problems drawn at random: every plan stands before the checker, is worth as much as the
best one that another way finds, and is refused when it is broken in any one way.

Some of them are tried in every run, all of them in the long one.
"""

from __future__ import annotations

import pytest

from marrow.plan.rules.checker import breaches
from marrow.plan.rules.engine import solve as solving
from marrow.plan.rules.engine.greedy import greedy
from marrow.plan.rules.engine.model import build
from marrow.plan.rules.engine.run import Progress
from marrow.plan.rules.engine.solve import solve
from marrow.plan.rules.engine.whole import value
from marrow.plan.rules.pairs import Rules
from tests.unit.plan.breaking import WAYS
from tests.unit.plan.one_model import one_model
from tests.unit.plan.problems import small

PROBLEMS, SOLVED_TWICE, IN_BLOCKS = 500, 200, 50
NOW_AND_THEN = 13  # every so many is tried in each run
SHORT_BY = 0.1  # points by which whole numbers of CP-SAT may differ


def some_always(count: int) -> list[object]:
    return [
        n if n % NOW_AND_THEN == 0 else pytest.param(n, marks=pytest.mark.long)
        for n in range(count)
    ]


@pytest.mark.parametrize("seed", some_always(PROBLEMS))
def test_every_plan_stands_and_is_refused_when_it_is_broken(seed: int) -> None:
    problem = small(seed, people=8 + seed % 9, seats=3 + seed % 8)
    plan = solve(problem, seed=seed)
    assert breaches(problem, plan) == []
    assert plan.value <= plan.bound
    model = build(Rules(problem))
    assert plan.value >= value(model, greedy(model)) - 1e-6
    for name, way in WAYS.items():
        if (broken := way(problem, plan)) is not None:
            assert breaches(*broken), name


@pytest.mark.parametrize("seed", some_always(IN_BLOCKS))
def test_a_plan_made_block_by_block_stands_and_is_the_same_each_time(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = small(seed + 9000, people=20 + seed % 20, seats=12 + seed % 8)
    whole = solve(problem)
    monkeypatch.setattr(solving, "FEW", 0)
    plan = solve(problem, seed=seed)
    assert breaches(problem, plan) == []
    model = build(Rules(problem))
    assert value(model, greedy(model)) - 1e-6 <= plan.value <= whole.value + 1e-6
    assert plan.bound >= whole.value - 1e-6
    assert solve(problem, seed=seed) == plan


@pytest.mark.parametrize("seed", some_always(SOLVED_TWICE))
def test_no_plan_of_another_way_is_worth_more(seed: int) -> None:
    problem = small(seed + 5000, people=8 + seed % 9, seats=3 + seed % 8)
    plan, model = solve(problem), build(Rules(problem))
    other = one_model(model)
    assert other.x is not None
    assert other.proved
    assert plan.value == pytest.approx(value(model, other.x), abs=SHORT_BY)


def test_the_ways_to_break_a_plan_are_at_least_twenty_and_each_is_tried() -> None:
    assert len(WAYS) >= 20
    tried = set()
    for seed in range(60):
        problem = small(seed, people=14)
        plan = solve(problem)
        tried |= {name for name, way in WAYS.items() if way(problem, plan) is not None}
    assert tried == set(WAYS)


def test_a_run_that_is_cut_short_still_tells_how_many_critical_seats_anybody_could_fill(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(solving, "FEW", 0)  # as a city has too many pairs
    seen: list[str] = []

    def told(progress: Progress) -> None:
        seen.append(progress.stage)

    plan = solve(small(29, people=4, seats=10), progress=told, should_stop=lambda: len(seen) > 2)
    assert (plan.stopped_because, seen) == ("cancelled", ["greedy", "relaxation", "part"])
    told_of = plan.critical
    assert (told_of.covered, told_of.at_most, told_of.seats) == (1, 1, 6), "three have a candidate"
