"""A mission tells for how long one is at home before it, whatever one comes home from; one that
tells nothing asks for the rest after the kind of mission that ended."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

import pytest

from marrow.plan.rules.checker import breaches, counted, rules_broken
from marrow.plan.rules.engine.model import build
from marrow.plan.rules.engine.solve import solve
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import PROBLEM, Problem, Seated
from tests.unit.plan.problems import KINDS, day
from tests.unit.plan.test_many_problems import some_always


def mission(name: str, kind: str, begins: int, ends: int, rest: int | None) -> dict[str, Any]:
    return {
        "id": name, "kind": kind, "destination": "X", "from": day(begins), "to": day(ends),
        "sender_pool": {"all": True}, "rest_days": rest, "minimum_people": 0,
    }  # fmt: skip


def problem(missions: list[dict[str, Any]], *people: dict[str, Any], **more: Any) -> Problem:
    """A seat in each mission, and these people, each of whom fits every one."""
    seats = [
        {"id": f"{m['id']}-1", "mission": m["id"], "position": "eye", "accepts": ["eye"],
         "from": m["from"], "to": m["to"], "weight": "important"}
        for m in missions
    ]  # fmt: skip
    told = [{"id": f"P{n}", "department": "H.eye", "specialty": "eye", "grade": 2} | one
            for n, one in enumerate(people)]  # fmt: skip
    home = {"id": "H", "area": "A", "departments": [{"id": "H.eye", "specialty": "eye"}]}
    return Problem.model_validate({
        "schema": PROBLEM, "horizon_from": day(0), "horizon_to": day(700), "organisations": [home],
        "people": told, "missions": missions, "seats": seats, **more,
    })  # fmt: skip


def filled(one: Problem) -> int:
    plan = solve(one)
    assert breaches(one, plan) == []
    return len(plan.assignments)


@pytest.mark.parametrize(
    ("trip_rests", "team_rests", "both"),
    [(0, 365, False), (365, 0, True), (0, 10, True), (None, 11, False), (0, None, False)],
)
def test_the_mission_to_which_one_goes_tells_how_long_one_rests_before_it(
    trip_rests: int | None, team_rests: int | None, *, both: bool
) -> None:
    """A trip, ten days at home, a team; a kind's own rest (60 days) counts for who tells none."""
    missions = [
        mission("T", "surgical", 0, 20, trip_rests),
        mission("B", "resident", 30, 90, team_rests),
    ]
    one = problem(missions, {})
    assert filled(one) == (2 if both else 1)


@pytest.mark.parametrize(("rest", "goes"), [(100, True), (101, False), (None, False)])
@pytest.mark.parametrize("known", ["last_deployment", "homecomings"])
def test_after_a_mission_elsewhere_the_mission_tells_it_too(
    rest: int | None, known: str, *, goes: bool
) -> None:
    home: Any = {"kind": "resident", "ended_on": day(50)}
    told = {known: [home] if known == "homecomings" else home}
    one = problem([mission("B", "surgical", 150, 170, rest)], told)
    assert filled(one) == goes
    if not goes:
        (said,) = rules_broken(one, (Seated(seat="B-1", person="P0"),))
        assert said.code == "still_rests"


def test_a_mission_that_begins_before_that_homecoming_is_not_kept_back_by_it() -> None:
    told = {"homecomings": [{"kind": "resident", "ended_on": day(300)}]}
    assert filled(problem([mission("B", "surgical", 150, 170, 365)], told)) == 1


def resting(seed: int) -> Problem:
    """Few people, short missions near each other, and rest told in every way."""
    r = random.Random(seed)  # noqa: S311
    missions = []
    for n in range(r.randint(2, 5)):
        begins = r.randint(0, 120)
        rest = r.choice((None, None, 0, 10, 30, 90))
        missions.append(
            mission(f"M{n}", r.choice(KINDS), begins, begins + r.choice((5, 20, 60)), rest)
        )
    people = [
        {
            "homecomings": [
                {"kind": r.choice(KINDS), "ended_on": day(r.randint(-30, 90))}
                for _n in range(r.choice((0, 0, 1, 2)))
            ],
            "rest_exempt": r.choice(([], [], r.sample(KINDS, 2))),
            "prefers": [{"mission": m["id"], "points": r.randint(0, 3)} for m in missions],
        }
        for _n in range(r.randint(1, 2))
    ]  # fmt: skip
    return problem(missions, *people, rest_days=r.choice(({}, dict.fromkeys(KINDS, 20))))


def best(one: Problem) -> float:
    """The most points of all plans that break no rule, each looked at by the checker."""
    who = [None, *(p.id for p in one.people)]
    plans = (
        tuple(Seated(seat=s.id, person=p) for s, p in zip(one.seats, held, strict=True) if p)
        for held in product(who, repeat=len(one.seats))
    )
    return max(sum(counted(one, plan)) for plan in plans if not rules_broken(one, plan))


@pytest.mark.parametrize("seed", some_always(300))
def test_no_plan_that_keeps_every_rest_is_worth_more(seed: int) -> None:
    one = resting(seed)
    plan = solve(one)
    assert breaches(one, plan) == []
    assert plan.value == pytest.approx(best(one), abs=1e-6)


@pytest.mark.parametrize("seed", some_always(300))
def test_solver_and_checker_say_the_same_of_every_two_seats(seed: int) -> None:
    one = resting(seed)
    rules = Rules(one)
    for p in one.people:
        for a in one.seats:
            alone = {said.code for said in rules_broken(one, (Seated(seat=a.id, person=p.id),))}
            assert ("still_rests" in alone) == ("has_rested" in rules.broken(p.id, a.id))
            for b in one.seats:
                both = tuple(Seated(seat=s, person=p.id) for s in (a.id, b.id))
                told = {said.code for said in rules_broken(one, both)}
                if a.id < b.id:
                    clash = bool(told & {"in_two_places", "rests_too_little"})
                    assert clash == rules.clash(p.id, a.id, b.id)


def test_missions_that_meet_within_their_rest_are_one_row() -> None:
    missions = [mission(f"M{n}", "surgical", 30 * n, 30 * n + 5, 200) for n in range(4)]
    kinds = build(Rules(problem(missions, {}))).kind
    assert kinds.count("rests_between") == 1


def test_a_file_that_tells_no_rest_of_its_missions_is_the_same_file() -> None:
    one = problem([mission("B", "surgical", 150, 170, None)], {})
    assert "rest_days" not in one.written()
    assert "homecomings" not in one.written()
