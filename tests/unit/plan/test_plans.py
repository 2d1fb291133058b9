"""A plan keeps every rule, and no plan is worth more than its bound."""

from __future__ import annotations

import itertools
import json
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from marrow.plan.rules.checker import breaches, counted, rules_broken
from marrow.plan.rules.engine import bound
from marrow.plan.rules.engine.greedy import greedy
from marrow.plan.rules.engine.model import build
from marrow.plan.rules.engine.solve import Impossible, solve
from marrow.plan.rules.engine.whole import value
from marrow.plan.rules.pairs import PAIR_RULES, Rules
from marrow.plan.rules.problem import Problem, Seated
from marrow.plan.rules.reading import BadFile, plan_from, problem_from
from marrow.plan.words import sentence
from tests.unit.plan.problems import KINDS, day, small


@pytest.mark.parametrize("seed", range(40))
def test_the_checker_which_shares_no_code_accepts_every_plan(seed: int) -> None:
    problem = small(seed, people=14)
    plan = solve(problem)
    assert breaches(problem, plan) == []
    assert plan.stopped_because == "proved"
    assert plan.value <= plan.bound


def best_by_trying_all(problem: Problem) -> float:
    """The highest value of all plans that the checker lets stand."""
    choices = [[None, *(p.id for p in problem.people)] for _ in problem.seats]
    best = 0.0
    for people in itertools.product(*choices):
        held = [p for p in people if p is not None]
        if len(set(held)) < len(held) and len(problem.missions) == 1:
            continue
        seated = tuple(
            Seated(seat=s.id, person=p)
            for s, p in zip(problem.seats, people, strict=True)
            if p is not None
        )
        value = sum(counted(problem, seated))
        if value > best and not rules_broken(problem, seated):
            best = value
    return best


@pytest.mark.parametrize("seed", range(12))
def test_no_plan_of_all_that_can_be_tried_is_worth_more(seed: int) -> None:
    problem = small(seed + 1000, people=6, seats=3)
    plan = solve(problem)
    assert plan.value == pytest.approx(best_by_trying_all(problem), abs=0.01)


def who_comes_back(windows: list[tuple[int, int]], people: int) -> Problem:
    """Two batches of one series, each with as many seats of one trade as there are windows; of
    the second the windows are a year later."""
    batch = {"kind": "surgical", "destination": "X", "sender_pool": {"all": True}}
    place = {"position": "surgery", "accepts": ["paediatrics"], "technique": "T"}
    seats = [
        place | {"id": f"S{m}{n}", "mission": f"M{m}", "from": day(a + 365 * m),
                 "to": day(b + 365 * m)}
        for m in (0, 1) for n, (a, b) in enumerate(windows)
    ]  # fmt: skip
    told = {
        "rest_days": dict.fromkeys(KINDS, 0), "couples": [], "budgets": [], "published": [],
        "cells": [], "seats": seats, "weights": {"overload": 0},
        "missions": [
            batch | {"id": "M0", "from": day(0), "to": day(100)},
            batch | {"id": "M1", "from": day(365), "to": day(465), "predecessor": "M0"},
        ],
        "people": [
            {"id": f"P{n}", "department": "H.p", "specialty": "paediatrics", "grade": 1}
            for n in range(people)
        ],
        "organisations": [
            {"id": "H", "area": "A", "departments": [{"id": "H.p", "specialty": "paediatrics"}]}
        ],
    }  # fmt: skip
    return Problem.model_validate(small(1).model_dump(by_alias=True) | told)


@pytest.mark.parametrize(
    ("windows", "people", "come_back"),
    [
        ([(0, 20), (0, 20)], 2, 2),  # each on one seat, and one seat each the next time
        ([(0, 20), (0, 20)], 1, 1),
        ([(0, 20), (40, 60)], 1, 4),  # one person on both seats, both times
        ([(0, 20), (10, 60), (50, 70)], 2, 5),  # the first and the third do not meet
    ],
)
def test_who_comes_back_is_counted_as_often_as_a_plan_can_have_it(
    windows: list[tuple[int, int]], people: int, come_back: int
) -> None:
    problem = who_comes_back(windows, people)
    plan = solve(problem)
    assert breaches(problem, plan) == []
    assert plan.points_by_tier[2] == 6 * come_back
    assert plan.value == pytest.approx(best_by_trying_all(problem), abs=0.01)


@pytest.mark.parametrize("seed", range(20))
def test_no_price_however_wrong_gives_a_bound_below_the_best_plan(seed: int) -> None:
    problem = small(seed, people=14)
    model, best = build(Rules(problem)), solve(problem).value
    for scale in (0.0, 1.0, 100.0):
        prices = np.random.default_rng(seed).normal(0, scale + 1e-9, len(model.low))
        assert bound.safe(model, prices) >= best - 1e-6
    assert value(model, greedy(model)) <= best + 1e-6


def test_stopped_at_once_it_still_has_the_first_plan() -> None:
    problem = small(3, people=14)
    plan = solve(problem, should_stop=lambda: True)
    assert breaches(problem, plan) == []
    assert plan.value <= plan.bound


def test_the_same_seed_and_work_give_the_same_plan() -> None:
    problem = small(5, people=14)
    assert solve(problem, seed=7) == solve(problem, seed=7)


@pytest.mark.parametrize("rule", range(len(PAIR_RULES)))
def test_each_rule_alone_only_ever_takes_pairs_away(rule: int) -> None:
    rules = Rules(small(9, people=30, seats=12))
    everybody = np.arange(rules.roster.size)
    for seat in rules.seat:
        kept = set(everybody[PAIR_RULES[rule](rules.asked(seat), everybody)].tolist())
        assert set(rules.eligible(seat).tolist()) <= kept
        told, left = rules.excluded(seat)
        assert sum(n for _, n in told) + len(left) == rules.roster.size


def test_a_problem_and_a_plan_come_back_from_their_files() -> None:
    problem = small(2, people=14)
    plan = solve(problem)
    assert problem_from(problem.written()) == problem
    assert problem_from(problem.written()).digest() == problem.digest()
    assert plan_from(plan.written()) == plan


def test_a_pin_is_kept_and_a_seat_may_be_pinned_empty() -> None:
    problem = small(4, people=14)
    plan = solve(problem)
    one = plan.assignments[0]
    pins: list[dict[str, Any]] = [{"seat": one.seat, "person": one.person}]
    pinned = problem.model_copy(update={"pins": small(4, people=14, pins=pins).pins})
    assert solve(pinned).value == pytest.approx(plan.value)
    empty = small(4, people=14, pins=[{"seat": one.seat, "person": None}])
    assert one.seat not in {a.seat for a in solve(empty).assignments}


def told(problem: Problem) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(problem.written())
    return read


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"seats": []}, "The problem has 0 seats: nothing to plan. Missions without seats: M0"),
        ({"people": [], "couples": []}, "The problem has 0 people"),
        ({"extra": 1}, "extra is no field of this format"),
        ({"weights": {"critical": -1}}, "weights, critical"),
        ({"horizon_to": "2026-01-01"}, "The horizon ends 2026-01-01 before it starts 2027-01-01"),
        (
            {"couples": [{"a": "P0", "b": "P99", "rule": "apart"}]},
            "the person “P99” is not in the list",
        ),
        ({"couples": [{"a": "P0", "b": "P0", "rule": "apart"}]}, "couple with itself"),
        ({"specialties": ["anaesthesia"]}, "is not in the list"),
        ({"pins": [{"seat": "S0", "person": "P1"}, {"seat": "S0", "person": "P2"}]}, "2 times"),
    ],
)
def test_what_makes_no_sense_is_told_with_its_record(change: dict[str, Any], says: str) -> None:
    with pytest.raises((BadFile, Impossible)) as refused:
        solve(problem_from(json.dumps(told(small(1)) | change)))
    assert isinstance(refused.value, BadFile | Impossible)
    assert any(says in sentence(fault) for fault in refused.value.faults)


def test_a_file_that_is_none_is_refused() -> None:
    for text in ("", "[1]", "{", "null", "[" * 100_000):
        with pytest.raises(BadFile):
            problem_from(text)


def test_missions_that_follow_each_other_in_a_circle_are_named() -> None:
    problem = told(small(1))
    problem["missions"] = [
        problem["missions"][0] | {"id": a, "predecessor": b}
        for a, b in (("G31", "G30"), ("G30", "G31"))
    ]
    problem["seats"] = [s | {"mission": "G31"} for s in problem["seats"]]
    with pytest.raises(Impossible) as refused:
        solve(problem_from(json.dumps(problem)))
    assert "G31, G30, G31" in sentence(refused.value.faults[0])


def test_a_leader_pinned_twice_at_once_is_named_with_the_days() -> None:
    problem = small(1)
    seats = [
        s.model_copy(
            update={"accepts": ("surgery",), "grade_min": 1, "certificates": (), "language": None}
        )
        for s in problem.seats
    ]
    people = [
        p.model_copy(
            update={"specialty": "surgery", "grade": 4, "available": None, "last_deployment": None,
                    "clearance_until": None, "refuses": ()}
        )
        for p in problem.people
    ]  # fmt: skip
    missions = [
        m.model_copy(update={"sender_pool": m.sender_pool.model_copy(update={"all": True})})
        for m in problem.missions
    ]
    same = [s for s in seats if s.mission == seats[0].mission][:2]
    assert len(same) == 2
    pins = small(1, pins=[{"seat": s.id, "person": "P0"} for s in same]).pins
    twice = problem.model_copy(
        update={
            "seats": tuple(seats),
            "people": tuple(people),
            "missions": tuple(missions),
            "pins": pins,
        }
    )
    with pytest.raises(Impossible) as refused:
        solve(twice)
    told = sentence(refused.value.faults[0])
    assert "Person P0 is pinned to seat" in told
    start = max(s.start for s in same)
    last = min(s.end for s in same) - timedelta(days=1)
    assert f"which overlap from {start} to {last}. Remove" in told, "the last day of both"
