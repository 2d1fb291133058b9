"""Solved again, a plan changes where it gains something, and nowhere else."""

from __future__ import annotations

import pytest

from marrow.plan.rules.engine import solve as solving
from marrow.plan.rules.engine.solve import solve
from marrow.plan.rules.problem import PROBLEM, Problem, Seated, Wish
from tests.unit.plan.problems import small


def equals(seats: int = 12, people: int = 30) -> Problem:
    """Seats of one team, and more than twice as many people who are all alike."""
    time = {"from": "2027-02-01", "to": "2027-05-01"}
    return Problem.model_validate({
        "schema": PROBLEM, "horizon_from": "2027-01-01", "horizon_to": "2028-01-01",
        "organisations": [
            {"id": "H", "area": "A", "departments": [{"id": "D", "specialty": "x"}]}
        ],
        "people": [{"id": f"P{n:02}", "department": "D", "specialty": "x", "grade": 1}
                   for n in range(people)],
        "missions": [{"id": "M", "kind": "surgical", "destination": "Z",
                      "sender_pool": {"all": True}, **time}],
        "seats": [{"id": f"S{n:02}", "mission": "M", "position": "x", "accepts": ["x"],
                   "weight": "critical", **time} for n in range(seats)],
    })  # fmt: skip


def held(plan: tuple[Seated, ...]) -> dict[str, str]:
    return {a.seat: a.person for a in plan}


@pytest.mark.parametrize("few", [0, 4_000])
def test_solved_again_with_the_plan_that_stands_nobody_moves(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another seed, another way: of a small problem the whole at once, of a large one in parts."""
    monkeypatch.setattr(solving, "FEW", few)
    problem = equals()
    stood = tuple(Seated(seat=f"S{n:02}", person=f"P{2 * n + 5:02}") for n in range(12))
    assert solve(problem, seed=2).assignments != stood
    for seed in (1, 2, 3):
        assert solve(problem, before=stood, seed=seed).assignments == stood


@pytest.mark.parametrize("few", [0, 4_000])
def test_somebody_better_comes_and_all_others_stay(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P29 wishes to go and takes one seat; the other eleven keep whom they have."""
    monkeypatch.setattr(solving, "FEW", few)
    problem = equals()
    wishing = problem.people[29].model_copy(update={"prefers": (Wish(mission="M", points=2),)})
    problem = problem.model_copy(update={"people": (*problem.people[:29], wishing)})
    stood = tuple(Seated(seat=f"S{n:02}", person=f"P{2 * n + 5:02}") for n in range(11))
    stood = (*stood, Seated(seat="S11", person="P28"))
    plan = solve(problem, before=stood)
    assert plan.value == pytest.approx(solve(problem).value)
    assert plan.stopped_because == "proved"
    changed = held(plan.assignments).items() - held(stood).items()
    assert [person for _seat, person in changed] == ["P29"]


@pytest.mark.parametrize("seed", range(20))
def test_solving_from_a_plan_that_stands_finds_no_less(seed: int) -> None:
    problem = small(seed, people=14)
    plan = solve(problem)
    again = solve(problem, before=plan.assignments[1:])
    assert again.value == pytest.approx(plan.value, abs=0.001)
    assert again.stopped_because == plan.stopped_because
    assert solve(problem, before=again.assignments, seed=7).assignments == again.assignments
