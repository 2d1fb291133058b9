"""Each seat tells the truth of itself: what another person would cost, what would fill it."""

from __future__ import annotations

from typing import Any

import pytest

from marrow.plan.rules.checker import counted, rules_broken
from marrow.plan.rules.engine import beside, bound, ground, near, others
from marrow.plan.rules.engine.explain import gained, reason
from marrow.plan.rules.engine.mend import mend
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.engine.others import Asked
from marrow.plan.rules.engine.price import price
from marrow.plan.rules.engine.repair import changes, repairs
from marrow.plan.rules.engine.solve import Impossible, solve
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import Pin, Problem, Seated
from marrow.plan.words import sentence
from tests.unit.plan.problems import small


def with_person(problem: Problem, seat: str, person: str) -> float | None:
    """The value of the best plan with this person there; None where there is none, and of whom
    nobody asks: a pin could send them all the same, and they would be more than the plan has."""
    if "is_in_sender_pool" in Rules(problem).broken(person, seat):
        return None
    pins = tuple(p for p in problem.pins if p.seat != seat)
    pinned = problem.model_copy(update={"pins": (*pins, Pin(seat=seat, person=person))})
    try:
        return solve(pinned).value
    except Impossible:
        return None


@pytest.mark.parametrize("seed", range(8))
def test_what_another_person_costs_is_what_solving_with_them_loses(seed: int) -> None:
    problem = small(seed, people=14)
    plan = solve(problem)
    standing = Standing.of(problem, plan.assignments)
    for one in plan.assignments:
        told = reason(standing, one.seat)
        assert told.person == one.person
        for other in told.others:
            best = with_person(problem, one.seat, other.person)
            if other.cost is None:
                assert best is None, other
                continue
            assert best is not None
            assert best >= plan.value - other.cost - 0.01
            assert other.exact == (best <= plan.value - other.cost + 0.01)
            assert sum(other.tiers) == pytest.approx(other.cost)
            assert other.cost >= -0.01


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("seed", range(10))
def test_what_is_told_of_another_person_is_what_comes_when_they_are_taken(
    seed: int, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pinned and mended, the plan loses just that, and just those seats change: also where it was
    not the best plan before."""
    problem = small(seed, people=24, seats=10)
    best = solve(problem).assignments
    if large:
        monkeypatch.setattr(ground, "FEW_SEATS", 0)
        monkeypatch.setattr(near, "FEW_SEATS", 0)
    for stood in (best, best[1:]):
        if rules_broken(problem, stood):
            continue  # a team too small to go
        standing = Standing.of(problem, stood)
        for one in stood[-3:]:
            row = standing.seat_row[one.seat]
            for other in Asked(standing, row).others(3):
                if other.cost is None:
                    continue
                pins = (*(p for p in problem.pins if p.seat != one.seat),
                        Pin(seat=one.seat, person=other.person))  # fmt: skip
                taken = mend(problem.model_copy(update={"pins": pins}), stood)
                assert taken.value == pytest.approx(standing.value - other.cost, abs=0.01)
                assert {m.seat for m in taken.moved} == {one.seat, *other.moves}


def test_what_a_swap_costs_holds_nothing_of_what_else_could_be_better_in_the_team() -> None:
    """C stands empty though somebody could take it: that is no merit of R on A, and R on A moves
    nobody to C."""
    seats = [
        {"id": s, "mission": "M", "position": "x", "accepts": ["x"], "weight": "critical",
         "from": "2027-02-01", "to": "2027-05-01"} for s in ("A", "B", "C")
    ]  # fmt: skip
    people = [{"id": p, "department": "D", "specialty": "x", "grade": 1} for p in "PQRS"]
    problem = two_of_a_kind(seats=seats, people=people)
    told = {o.person: o for o in reason(stands(problem, A="P", B="Q"), "A").others}
    assert told["R"].cost == told["Q"].cost == pytest.approx(0)
    assert (told["R"].moves, told["Q"].moves) == ((), ("B",))
    assert told["R"].exact


@pytest.mark.parametrize("seed", range(12))
def test_everyone_else_who_could_is_told_with_an_estimate_that_is_not_too_high(seed: int) -> None:
    """By as much as the relaxation lies above the plan the estimate may be out, and no more."""
    problem = small(seed, people=24)
    plan = solve(problem)
    standing = Standing.of(problem, plan.assignments)
    out = bound.safe(standing.model, price(standing.model, problem.seed).y) - plan.value
    for one in plan.assignments:
        told, row = reason(standing, one.seat, others=1), standing.seat_row[one.seat]
        named = [o.person for o in told.others] + [e.person for e in told.further]
        assert len(named) == len(set(named))
        assert {one.person, *named} >= {
            problem.people[p].id for p in standing.candidates(row)
            if standing.model.most[standing.column[row, p]] > 0
        }  # fmt: skip
        known = [e.about for e in told.further if e.about is not None]
        assert known == sorted(known)
        assert [e.about for e in told.further[len(known) :]] == [None] * (
            len(told.further) - len(known)
        )
        for e in told.further:
            cost = others.other(standing, row, standing.model.rules.roster.row[e.person]).cost
            if e.about is None:
                assert cost is None
            else:
                assert cost is None or cost >= e.about - out - 0.01


@pytest.mark.parametrize("seed", [0, 3, 4, 6, 7])
def test_around_a_seat_of_a_large_plan_a_cost_is_at_most_told_too_high(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where only the neighbourhood may change, nobody seems cheaper than they are, and an estimate
    speaks of the neighbourhood."""
    problem = small(seed, people=24)
    standing = Standing.of(problem, solve(problem).assignments)
    rows = sorted(standing.holds)
    exact = {(r, o.person): o.cost for r in rows for o in Asked(standing, r).others(99)}
    monkeypatch.setattr(near, "FEW_SEATS", 0)
    monkeypatch.setattr(beside, "FEW_PAIRS", 0)
    told = 0
    for r in rows:
        asked = Asked(standing, r)
        for o in asked.others(99):
            about = asked.about[standing.model.rules.roster.row[o.person]]
            if about is None:
                assert o.cost is None, (r, o)
            if o.cost is not None:
                told += 1
                true = exact[r, o.person]
                assert true is not None
                assert o.cost >= true - 0.01
                assert not o.exact
    assert told


@pytest.mark.parametrize("seed", range(12))
def test_whom_rules_exclude_and_who_remains_are_the_whole_roster(seed: int) -> None:
    problem = small(seed, people=14)
    standing, rules = Standing.of(problem, solve(problem).assignments), Rules(problem)
    for seat in problem.seats:
        told = reason(standing, seat.id, others=1)
        assert sum(e.count for e in told.excluded) + told.left == len(problem.people)
        for one in told.excluded:
            assert all(one.rule in rules.broken(p, seat.id) for p in one.people)
        assert told.why, seat.id


def test_every_repair_that_is_told_fills_its_seat_when_solved_again() -> None:
    filled = set()
    for seed in range(26):
        problem = small(seed, people=12)
        plan = solve(problem)
        standing = Standing.of(problem, plan.assignments)
        for seat in {s.id for s in problem.seats} - {a.seat for a in plan.assignments}:
            by_words = {str(c.what): c.problem for c in changes(standing, seat)}
            for repair in repairs(standing, seat).found:
                changed = by_words[str(repair.what)]
                if repair.person is None:
                    assert solve(changed).value > plan.value
                    continue
                again = with_person(changed, seat, repair.person)
                assert again == pytest.approx(plan.value + sum(repair.tiers), abs=0.01)
                filled.add(repair.what.code)
    assert filled >= {"course", "certificate", "clearance", "dates", "pool", "grade"}
    assert any(code.startswith("cap_of") for code in filled)


def test_what_a_change_brings_holds_nothing_of_what_else_could_be_better_in_the_team() -> None:
    """A course lets R take B; that S could take C has nothing to do with it."""
    seats: list[dict[str, Any]] = [
        {"id": s, "mission": "M", "position": "x", "accepts": [x], "weight": "critical",
         "from": "2027-02-01", "to": "2027-05-01"} for s, x in (("A", "x"), ("B", "x"), ("C", "y"))
    ]  # fmt: skip
    seats[1]["language"] = {"code": "fr", "level": 1}
    people: list[dict[str, Any]] = [
        {"id": p, "department": "D", "specialty": x, "grade": 1}
        for p, x in (("P", "x"), ("R", "x"), ("S", "y"))
    ]
    seats[0]["grade_min"] = people[0]["grade"] = 2
    problem = two_of_a_kind(seats=seats, people=people)
    told = {r.what.code: r for r in repairs(stands(problem, A="P"), "B").found}
    assert sum(told["course"].tiers) == pytest.approx(1000)
    assert told["course"].person == "R"
    assert told["course"].moves == ()


def test_money_for_one_seat_more_fills_whichever_of_two_is_asked_about() -> None:
    """With the money the planner would rather fill the critical seat; yet it fills the other too,
    and that it was tried in vain would be false."""
    seats = [
        {"id": s, "mission": "M", "position": "x", "accepts": ["x"], "weight": weight, "cost": 10,
         "from": "2027-02-01", "to": "2027-05-01"}
        for s, weight in (("A", "critical"), ("B", "critical"), ("C", "ordinary"))
    ]  # fmt: skip
    problem = two_of_a_kind(seats=seats, budgets=[{"area": "A", "year": 2027, "amount": 10}])
    standing = stands(problem, A="P")
    for seat, points in (("B", 1000), ("C", 30)):
        found = repairs(standing, seat).found
        assert [(r.what.code, r.moves) for r in found] == [("budget", ())]
        assert sum(found[0].tiers) == pytest.approx(points)


def test_no_repair_that_would_fill_a_seat_is_kept_silent() -> None:
    """The other way round: what fills a seat when solved anew, and opens none as heavy, is told."""
    for seed in range(8):
        problem = small(seed, people=12)
        plan = solve(problem)
        standing = Standing.of(problem, plan.assignments)
        before = {a.seat for a in plan.assignments}
        for seat in {s.id for s in problem.seats} - before:
            told = {str(r.what) for r in repairs(standing, seat, tries=99).found}
            for change in changes(standing, seat):
                after = {a.seat for a in solve(change.problem).assignments}
                if change.what.code != "remote" and before | {seat} <= after:
                    assert str(change.what) in told, (seed, seat, change.what)


def test_an_empty_seat_says_that_filling_it_would_cost_more_than_it_brings() -> None:
    problem = small(0, people=14)
    told = problem.model_dump(mode="json", by_alias=True) | {
        "seats": [
            {"id": "A", "mission": "M", "position": "x", "accepts": ["x"], "weight": "critical"},
            {"id": "B", "mission": "M", "position": "x", "accepts": ["x"], "weight": "ordinary"},
        ],
        "people": [{"id": "P", "department": "D", "specialty": "x", "grade": 1}],
        "organisations": [
            {"id": "H", "area": "A", "departments": [{"id": "D", "specialty": "x"}]}
        ],
        "missions": [
            {"id": "M", "kind": "surgical", "destination": "Z", "sender_pool": {"all": True}}
        ],
        "couples": [], "cells": [], "budgets": [], "published": [], "pins": [],
    }  # fmt: skip
    for row in (*told["seats"], *told["missions"]):
        row |= {"from": "2027-02-01", "to": "2027-05-01"}
    alone = Problem.model_validate(told)
    standing = Standing.of(alone, solve(alone).assignments)
    why = {s.code: s.names for s in reason(standing, "B").why}
    assert why["empty_costs"]["cost"] == pytest.approx(970)
    assert why["empty_costs"]["seats"] == ("A",)
    assert why["empty_by_seat"]["people"] == ("P (A)",)
    assert {s.code for s in reason(standing, "A").why} == {"why_only_one"}


@pytest.mark.parametrize("seed", range(6))
def test_what_each_tier_gained_stands_beside_nobody_and_greedy(seed: int) -> None:
    problem = small(seed, people=14)
    plan = solve(problem)
    told = gained(Standing.of(problem, plan.assignments))
    assert told.empty == pytest.approx(counted(problem, ()))
    assert told.plan == pytest.approx(plan.points_by_tier)
    assert sum(told.empty) - 1e-6 <= sum(told.greedy) + 1e-6 <= sum(told.plan) + 1e-5


def two_of_a_kind(**change: Any) -> Problem:
    """Two surgeons' seats one after the other, and a third surgeon who is free."""
    told = small(0).model_dump(mode="json", by_alias=True) | {
        "seats": [
            {"id": "A", "mission": "M", "position": "x", "accepts": ["x"], "weight": "critical"},
            {"id": "B", "mission": "M", "position": "x", "accepts": ["x"], "weight": "critical"},
        ],
        "people": [
            {"id": p, "department": "D", "specialty": "x", "grade": 1} for p in ("P", "Q", "R")
        ],
        "organisations": [
            {"id": "H", "area": "A", "departments": [{"id": "D", "specialty": "x"}]}
        ],
        "missions": [
            {"id": "M", "kind": "surgical", "destination": "Z", "sender_pool": {"all": True}}
        ],
        "couples": [], "cells": [], "budgets": [], "published": [], "pins": [],
    }  # fmt: skip
    for row in (*told["seats"], *told["missions"]):
        row |= {"from": "2027-02-01", "to": "2027-05-01"}
    return Problem.model_validate(told | change)


def stands(problem: Problem, **seated: str) -> Standing:
    return Standing.of(problem, [Seated(seat=s, person=p) for s, p in seated.items()])


def test_who_is_selected_already_stays_and_the_others_are_said_to_be_free_or_elsewhere() -> None:
    problem = two_of_a_kind(pins=[{"seat": "A", "person": "P", "by": "selected"}])
    told = reason(stands(problem, A="P", B="Q"), "A")
    assert [w.code for w in told.why] == ["why_selected"]
    kept = {o.person: [sentence(w) for w in o.kept_back] for o in told.others}
    assert kept == {"Q": ["sits in B then"], "R": []}


def test_the_home_that_has_as_many_away_as_it_may_is_named_with_its_month() -> None:
    home = {"id": "H", "area": "A", "departments": [{"id": "D", "specialty": "x"}],
            "absence_cap": [{"month": "2027-03", "people": 1}]}  # fmt: skip
    other = {"id": "G", "area": "A", "departments": [{"id": "E", "specialty": "x"}]}
    people = [{"id": p, "department": d, "specialty": "x", "grade": 1}
              for p, d in (("P", "E"), ("Q", "D"), ("R", "D"))]  # fmt: skip
    problem = two_of_a_kind(organisations=[home, other], people=people,
                            pins=[{"seat": "B", "person": "Q"}])  # fmt: skip
    told = reason(stands(problem, A="P", B="Q"), "A")
    kept = {o.person: [sentence(w) for w in o.kept_back] for o in told.others}
    assert "H has as many away as it may in 2027-03 (1)" in kept["R"]


def test_an_empty_seat_names_the_seat_the_rest_and_the_limit_with_its_month() -> None:
    """P sits in A then, Q rests after C; R's hospital spares one, and that one is S on D."""
    home = {"id": "H", "area": "A", "departments": [{"id": "D", "specialty": "x"}],
            "absence_cap": [{"month": "2027-03", "people": 1}]}  # fmt: skip
    other = {"id": "G", "area": "A", "departments": [{"id": "E", "specialty": "x"}]}
    people = [{"id": p, "department": d, "specialty": "x", "grade": 1}
              for p, d in (("P", "E"), ("Q", "E"), ("R", "D"), ("S", "D"))]  # fmt: skip
    seats = [
        {"id": s, "mission": "L" if s == "C" else "M", "position": "x", "accepts": ["x"],
         "weight": "critical", "from": a, "to": b}
        for s, a, b in (("A", "2027-02-01", "2027-05-01"), ("B", "2027-02-01", "2027-05-01"),
                        ("C", "2027-01-01", "2027-01-20"), ("D", "2027-02-01", "2027-05-01"))
    ]  # fmt: skip
    missions = [
        {"id": m, "kind": "surgical", "destination": "Z", "sender_pool": {"all": True},
         "from": "2027-01-01", "to": "2027-05-01"} for m in ("L", "M")
    ]  # fmt: skip
    problem = two_of_a_kind(
        organisations=[home, other], people=people, seats=seats, missions=missions
    )
    told = reason(stands(problem, A="P", C="Q", D="S"), "B")
    assert [sentence(w) for w in told.why][:3] == [
        "Seated elsewhere then (2): P (A), S (D).",
        "H has as many away as it may in 2027-03 (1), which keeps back (1): R.",
        "Resting before or after another seat (1): Q (C).",
    ]


def test_a_hospital_that_lends_nobody_is_named_with_the_month() -> None:
    home = {"id": "H", "area": "A", "departments": [{"id": "D", "specialty": "x"}],
            "under_pressure": [{"from": "2027-03-05", "to": "2027-03-20"}]}  # fmt: skip
    problem = two_of_a_kind(organisations=[home])
    told = reason(stands(problem), "B")
    assert sentence(told.why[0]) == (
        "H has as many away as it may in 2027-03 (0), which keeps back (3): P, Q, R."
    )


def test_who_else_could_makes_nobody_move_who_need_not() -> None:
    """Of equal people none is shuffled: only the seat that is asked about changes."""
    people = [{"id": f"P{n:02}", "department": "D", "specialty": "x", "grade": 1}
              for n in range(12)]  # fmt: skip
    seats = [{"id": f"S{n}", "mission": "M", "position": "x", "accepts": ["x"],
              "from": "2027-02-01", "to": "2027-05-01", "weight": "critical"}
             for n in range(6)]  # fmt: skip
    problem = two_of_a_kind(people=people, seats=seats)
    standing = stands(problem, **{f"S{n}": f"P{n:02}" for n in range(6)})
    for other in reason(standing, "S0").others:
        assert other.cost == pytest.approx(0, abs=0.01)
        assert other.moves == (other.sits if other.sits else ())


def test_the_first_that_fits_keeps_the_pins() -> None:
    """Greedy leaves a couple who go together to the solver, and so one of them who is pinned."""
    seats = [
        {"id": s, "mission": "M", "position": "x", "accepts": ["x"], "weight": "critical",
         "from": "2027-02-01", "to": "2027-05-01"} for s in ("A", "B")
    ]  # fmt: skip
    people = [{"id": p, "department": "D", "specialty": "x", "grade": 1} for p in "PR"]
    problem = two_of_a_kind(
        seats=seats, people=people, couples=[{"a": "P", "b": "R", "rule": "together"}],
        pins=[{"seat": "A", "person": "P"}],
    )  # fmt: skip
    told = gained(stands(problem, A="P", B="R"))
    assert told.greedy == pytest.approx(told.plan), "it is the only plan"
    assert sum(told.plan) > 0
