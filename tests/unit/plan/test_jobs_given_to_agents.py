"""Jobs given to agents that hold so much: small problems beside every answer that there is."""

from __future__ import annotations

import importlib.util
import itertools
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

AGENTS, JOBS = 3, 8


def _assigning() -> Any:
    file = Path(__file__).parents[3] / "bench" / "assigning.py"
    spec = importlib.util.spec_from_file_location("assigning", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["assigning"] = module
    spec.loader.exec_module(module)
    return module


assigning = _assigning()


def _problem(seed: int) -> Any:
    draw = np.random.default_rng(seed)
    size = draw.integers(3, 13, (AGENTS, JOBS))
    wobble = draw.integers(-4, 5, (AGENTS, JOBS))
    return assigning.Instance("small", 20 - size + wobble, size, size.sum(axis=1) * 2 // 5)


def _fits(one: Any, given: tuple[int, ...]) -> bool:
    loads = np.bincount(given, weights=one.size[given, np.arange(JOBS)], minlength=AGENTS)
    return bool((loads <= one.holds).all())


def _every_answer(one: Any) -> list[tuple[int, ...]]:
    return [g for g in itertools.product(range(AGENTS), repeat=JOBS) if _fits(one, g)]


def _ended_after(blocks: int) -> Any:
    asked = itertools.count()
    return lambda _cost: next(asked) >= blocks


@pytest.mark.parametrize("seed", range(6))
def test_the_best_of_all_answers_is_found_from_the_worst(seed: int) -> None:
    one = _problem(seed)
    answers = sorted(_every_answer(one), key=lambda g: one.costs(np.array(g)))
    assert answers, "a problem without an answer shows nothing"
    best, worst = np.array(answers[0]), np.array(answers[-1])
    found = assigning.bettered(one, worst, np.full(JOBS, 15.0), _ended_after(30))
    assert _fits(one, tuple(found))
    assert one.costs(found) == one.costs(best)


@pytest.mark.parametrize("seed", range(6))
def test_the_bound_is_never_over_the_best_answer(seed: int) -> None:
    one = _problem(seed)
    best = min(one.costs(np.array(g)) for g in _every_answer(one))
    bound, _ = assigning.priced(assigning.Knapsacks(one), np.full(JOBS, 15.0), best, 200)
    assert bound <= best + assigning.LOST


def test_each_load_near_the_best_is_told_once() -> None:
    one, prices = _problem(1), np.full(JOBS, 15.0)
    knapsacks = assigning.Knapsacks(one)
    least, _ = knapsacks.solve(prices)
    for agent in range(AGENTS):
        told = knapsacks.near(prices, agent, 6.0, 1_000)
        every = np.array(list(itertools.product((False, True), repeat=JOBS)))
        comes_to = every @ (one.cost[agent] - prices)
        within = (every @ one.size[agent] <= one.holds[agent]) & (comes_to <= least[agent] + 6)
        assert sorted(map(tuple, told.tolist())) == sorted(map(tuple, every[within].tolist()))


def test_the_same_seed_gives_the_same_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assigning, "IDLE", 3)
    one = _problem(2)
    start = np.array(_every_answer(one)[-1])
    once, again = (
        assigning.bettered(one, start, np.full(JOBS, 15.0), _ended_after(20)) for _ in range(2)
    )
    assert (once == again).all()
