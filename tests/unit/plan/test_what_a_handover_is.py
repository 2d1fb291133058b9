"""Two hand over where both are on post together for as long as is asked: the planner, its checker
and what a page tells count it alike."""

from __future__ import annotations

import pytest

from marrow.plan.rules.checker import breaches, counted
from marrow.plan.rules.engine.solve import solve
from marrow.plan.rules.problem import Problem
from marrow.plan.rules.teams import handovers
from tests.unit.plan.test_what_fills_a_seat import two_teams

FIRST = ("2027-03-01", "2028-01-15")


def of_days(start: str, end: str, asked: int) -> Problem:
    """The two teams, the second one with days of its own."""
    told = two_teams().model_dump(mode="json", by_alias=True)
    for one in (*told["missions"], *told["seats"]):
        days = FIRST if "GN31" in one["id"] else (start, end)
        one |= {"from": days[0], "to": days[1]}
    told["missions"][1]["overlap_days"] = asked
    return Problem.model_validate(told)


@pytest.mark.parametrize(
    ("start", "end", "asked", "kept"),
    [
        ("2028-01-01", "2028-12-31", 14, 1),
        ("2028-01-02", "2028-12-31", 14, 0),
        ("2028-01-15", "2028-12-31", 0, 1),  # the one leaves as the other comes
        ("2027-04-01", "2027-05-01", 14, 1),  # wholly beside the first
        ("2027-04-01", "2027-04-11", 14, 0),  # beside it, for ten days
        ("2027-01-02", "2027-02-20", 14, 0),  # home before the first leaves
        ("2027-01-02", "2027-03-01", 0, 0),
        ("2027-01-02", "2027-03-10", 14, 0),
    ],
)
def test_planner_checker_and_pages_count_the_same_handovers(
    start: str, end: str, asked: int, kept: int
) -> None:
    problem = of_days(start, end, asked)
    plan = solve(problem)
    assert {"GN31-2", "GN32-2"} <= {one.seat for one in plan.assignments}
    points = problem.weights.link * kept
    assert plan.points_by_tier[2] == pytest.approx(points), "the planner"
    assert counted(problem, plan.assignments)[2] == pytest.approx(points), "the checker"
    assert breaches(problem, plan) == []
    assert len(handovers(problem, {one.seat for one in plan.assignments})) == kept, "pages"
