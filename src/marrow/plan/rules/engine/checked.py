"""A plan that was changed around a few seats, before it is told: looked at by the checker, which
shares no code with the solver."""

from __future__ import annotations

from marrow.plan.rules.checker import breaches_within
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.engine.whole import seated
from marrow.plan.rules.problem import PLAN, Critical, Plan, Solver
from marrow.plan.rules.said import Said


def breaches_of(standing: Standing) -> list[Said]:
    """Every breach of the plan, and of the points that it claims; none where it may stand."""
    problem = standing.problem
    critical = [s.id for s in problem.seats if s.weight == "critical"]
    covered = sum(standing.seat_row[s] in standing.holds for s in critical)
    plan = Plan(
        schema=PLAN, problem_sha256="", solver=Solver(version="", seed=problem.seed),
        assignments=seated(standing.model, standing.x), value=standing.value,
        points_by_tier=standing.tiers, bound=standing.value, gap=0,
        critical=Critical(seats=len(critical), covered=covered, at_most=covered),
        stopped_because="work",
    )  # fmt: skip
    return breaches_within(problem, plan)
