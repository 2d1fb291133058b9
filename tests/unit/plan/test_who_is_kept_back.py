"""Who else could and is kept back: what is told of it is so when they are put there."""

from __future__ import annotations

import pytest

from marrow.plan.rules.checker import rules_broken
from marrow.plan.rules.engine.explain import reason
from marrow.plan.rules.engine.kept_back import kept_back
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.engine.solve import solve
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import Problem, Seated
from marrow.plan.words import sentence
from tests.unit.plan.problems import small
from tests.unit.plan.test_reasons import stands, two_of_a_kind, with_person

BESIDE_ONE_ANOTHER = {"beyond_budget", "couple_away_at_once", "couple_parted"}


def stand_in(problem: Problem, seated: dict[str, str], seat: str, person: str) -> set[str]:
    """What breaks budget or couples when somebody takes a seat in the place of whoever sits there,
    and gives up their own that they cannot hold beside it: told by the checker."""
    rules = Rules(problem)
    stay = {
        s: p for s, p in seated.items()
        if s != seat and not (p == person and rules.clash(person, seat, s))
    } | {seat: person}  # fmt: skip
    told = rules_broken(problem, tuple(Seated(seat=s, person=p) for s, p in stay.items()))
    return {one.code for one in told} & BESIDE_ONE_ANOTHER


@pytest.mark.parametrize("seed", range(40))
def test_who_is_kept_back_by_budget_or_couple_is_so_when_their_own_and_the_holders_room_is_free(
    seed: int,
) -> None:
    """Budgets are just as high as the plan spends, so whoever is put beside it goes beyond."""
    problem = small(seed, people=14)
    plan = solve(problem)
    spent = [
        said for said in rules_broken(
            problem.model_copy(update={"budgets": tuple(
                b.model_copy(update={"amount": 0}) for b in problem.budgets
            )}), plan.assignments,
        )
        if said.code == "beyond_budget"
    ]  # fmt: skip
    cost = {(s.names["area"], s.names["year"]): float(str(s.names["cost"])) for s in spent}
    problem = problem.model_copy(update={"budgets": tuple(
        b.model_copy(update={"amount": cost.get((b.area, b.year), 0)}) for b in problem.budgets
    )})  # fmt: skip
    standing = Standing.of(problem, plan.assignments)
    seated = {a.seat: a.person for a in plan.assignments}
    for row, who in standing.column:
        seat, person = problem.seats[row].id, problem.people[who].id
        if seated.get(seat) == person:
            continue
        told = {
            str(said.names["rule"]) for said in kept_back(standing, row, who)
            if said.code == "kept_by_rule"
        } & {"budget_is_kept", "couple_apart", "couple_together"}  # fmt: skip
        assert bool(told) == bool(stand_in(problem, seated, seat, person)), (seat, person, told)


def test_a_swap_that_costs_nothing_is_not_kept_back_by_the_budget() -> None:
    """P is selected for A, and the budget of the year is spent on that: with R in their place not
    a thousand more is. Q, who sits in B, is there instead."""
    seats = [
        {"id": s, "mission": "M", "position": "x", "accepts": ["x"], "weight": "critical",
         "cost": 7, "from": "2027-02-01", "to": "2027-05-01"} for s in ("A", "B")
    ]  # fmt: skip
    problem = two_of_a_kind(
        seats=seats, budgets=[{"area": "A", "year": 2027, "amount": 14}],
        pins=[{"seat": "A", "person": "P", "by": "selected"}],
    )  # fmt: skip
    told = reason(stands(problem, A="P", B="Q"), "A")
    kept = {o.person: [sentence(w) for w in o.kept_back] for o in told.others}
    assert kept == {"Q": ["sits in B then"], "R": []}
    assert with_person(problem, "A", "R") == pytest.approx(solve(problem).value)


def test_nobody_is_kept_from_a_seat_as_a_couple_of_themselves() -> None:
    """Q's spouse sits nowhere; it is Q's own seat that is in the way, and nothing else."""
    problem = two_of_a_kind(
        couples=[{"a": "Q", "b": "R", "rule": "apart"}],
        pins=[{"seat": "A", "person": "P", "by": "selected"}],
    )
    told = reason(stands(problem, A="P", B="Q"), "A")
    kept = {o.person: [sentence(w) for w in o.kept_back] for o in told.others}
    assert kept["Q"] == ["sits in B then"]
    assert kept["R"] == ["kept back by the rule “Never away at the same time”"]
