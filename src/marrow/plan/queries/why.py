"""Why each seat of an answer is as it is: whom rules exclude, who else could."""

from __future__ import annotations

from typing import Any

from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import Plan, Problem
from marrow.plan.rules.teams import anaesthetists_for

MOST_OTHERS = 4


def reasons(problem: Problem, plan: Plan) -> dict[str, Any]:
    """By a seat's code: how many each rule excludes, how many remain, and who they are."""
    rules = Rules(problem)
    alone = _without_anaesthetist(problem, {one.seat for one in plan.assignments})
    seated = {one.seat: one.person for one in plan.assignments}
    elsewhere = {one.person: one.seat for one in plan.assignments}
    return {
        s.id: _of_seat(rules, s.id, seated.get(s.id), elsewhere) | {"alone": s.id in alone}
        for s in problem.seats
    }


def _without_anaesthetist(problem: Problem, filled: set[str]) -> set[str]:
    """Surgeons' seats at whose site nobody gives anaesthesia."""
    return {
        surgeon.id
        for surgeon, near in anaesthetists_for(problem)
        if not any(seat.id in filled for seat in near)
    }


def _of_seat(
    rules: Rules, seat: str, person: str | None, elsewhere: dict[str, str]
) -> dict[str, Any]:
    out, left = rules.excluded(seat)
    people = [rules.problem.people[i].id for i in left]
    others = [p for p in people if p != person]
    others.sort(key=lambda p: (p in elsewhere, p))
    return {
        "out": [[rule, n] for rule, n in out if n], "left": len(people),
        "others": [[p, elsewhere.get(p, "")] for p in others[:MOST_OTHERS]],
    }  # fmt: skip
