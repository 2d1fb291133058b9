"""The checker refuses a plan that is damaged in any one way, and names the record."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from marrow.plan.rules.checker import breaches
from marrow.plan.rules.engine.solve import solve
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import Critical, Plan, Problem
from marrow.plan.rules.reading import BadFile, plan_from
from marrow.plan.words import sentence
from tests.unit.plan.problems import day

Damage = Callable[[Problem, Plan], tuple[Problem, Plan]]


def tight() -> Problem:
    """A team of five in which every rule holds and none has room left."""
    window = {"from": day(0), "to": day(100)}
    last = day(99)

    def person(n: int, specialty: str, **more: Any) -> dict[str, Any]:
        return {
            "id": f"P{n}",
            "department": f"D-{specialty}",
            "specialty": specialty,
            "grade": 2,
            "languages": {"fr": 3},
            "certificates": [{"code": "acls", "until": last}],
            "available": [window],
            "clearance_until": last,
            "last_deployment": {"kind": "surgical", "ended_on": day(-60)},
            **more,
        }

    def seat(n: int, accepts: str, **more: Any) -> dict[str, Any]:
        return {
            "id": f"S{n}",
            "mission": "M",
            "site": "a",
            "position": accepts,
            "accepts": [accepts],
            "grade_min": 2,
            "language": {"code": "fr", "level": 3},
            "certificates": ["acls"],
            **window,
            "weight": "critical",
            "cost": 10,
            **more,
        }

    specialties = ("surgery", "anaesthesia", "infection-control", "nursing", "paediatrics")
    return Problem.model_validate(
        {
            "schema": "marrow-plan-problem/1",
            "horizon_from": day(0),
            "horizon_to": day(400),
            "trade": {"surgical": ["surgery"]},
            "organisations": [
                {
                    "id": "H",
                    "area": "A",
                    "departments": [
                        {
                            "id": f"D-{s}",
                            "specialty": s,
                            "absence_cap": [{"month": "2027-02", "people": 1}],
                        }
                        for s in specialties
                    ],
                    "absence_cap": [{"month": "2027-03", "people": 5}],
                }
            ],
            "people": [person(n, s, may_lead=n == 0) for n, s in enumerate(specialties)]
            + [person(9, "nursing", department="D-nursing")],
            "missions": [
                {
                    "id": "M",
                    "kind": "outbreak",
                    "destination": "X",
                    "sender_pool": {"areas": ["A"]},
                    "minimum_people": 5,
                    "hats": ["leader", "language"],
                    "language": "fr",
                    **window,
                }
            ],
            "seats": [seat(n, s) for n, s in enumerate(specialties)],
            "cells": [
                {"destination": "X", "specialty": "surgery", "half_year": "2027H1", "burden": 50}
            ],
            "budgets": [{"area": "A", "year": 2027, "amount": 50}],
            "couples": [{"a": "P0", "b": "P1", "rule": "together"}],
            "pins": [{"seat": "S2", "person": "P2"}],
            "published": [{"seat": "S3", "person": "P3"}],
        }
    )


def people(change: dict[str, Any], *which: str) -> Damage:
    def damage(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
        changed = tuple(
            type(p).model_validate(p.model_dump(by_alias=True) | change)
            if not which or p.id in which
            else p
            for p in problem.people
        )
        return _again(problem.model_copy(update={"people": changed}), plan)

    return damage


def seats(change: dict[str, Any], *which: str) -> Damage:
    def damage(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
        changed = tuple(
            type(s).model_validate(s.model_dump(by_alias=True) | change)
            if not which or s.id in which
            else s
            for s in problem.seats
        )
        return _again(problem.model_copy(update={"seats": changed}), plan)

    return damage


def missions(change: dict[str, Any]) -> Damage:
    def damage(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
        m = problem.missions[0]
        changed = type(m).model_validate(m.model_dump(by_alias=True) | change)
        return _again(problem.model_copy(update={"missions": (changed,)}), plan)

    return damage


def lists(**change: Any) -> Damage:
    def damage(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
        told = problem.model_dump(by_alias=True) | change
        return _again(Problem.model_validate(told), plan)

    return damage


def houses(**change: Any) -> Damage:
    def damage(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
        told = problem.organisations[0].model_dump(by_alias=True) | change
        return lists(organisations=[told])(problem, plan)

    return damage


def claims(**change: Any) -> Damage:
    return lambda problem, plan: (problem, plan.model_copy(update=change))


def seated(**by_seat: str | None) -> Damage:
    def damage(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
        held = {a.seat: a.person for a in plan.assignments} | by_seat
        kept = [{"seat": s, "person": p} for s, p in held.items() if p is not None]
        told = plan.model_dump(by_alias=True) | {"assignments": kept}
        return problem, Plan.model_validate(told)

    return damage


def _again(problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
    """The plan says that it is of the changed problem, so that only the rule can find the fault."""
    return problem, plan.model_copy(update={"problem_sha256": problem.digest()})


def _caps(month: str, count: int) -> list[dict[str, Any]]:
    return [{"month": month, "people": count}]


LATE = (tight().horizon_from + timedelta(days=98)).isoformat()
DAMAGES: dict[str, tuple[Damage, str]] = {
    "a person of another specialty": (seated(S3="P4", S4=None), "specialty paediatrics"),
    "of the hospital that receives": (missions({"receivers": ["H"]}), "which receives mission M"),
    "a grade that is not known": (people({"grade": None}, "P3"), "title is not known"),
    "a grade too low": (people({"grade": 1}, "P3"), "grade 1"),
    "a language too weak": (people({"languages": {"fr": 2}}, "P3"), "level 2"),
    "a certificate that ends": (
        people({"certificates": [{"code": "acls", "until": LATE}]}, "P3"),
        "certificate acls",
    ),
    "clearance that ends": (people({"clearance_until": LATE}, "P3"), "clearance ends"),
    "a refusal": (people({"refuses": ["X"]}, "P3"), "refuses X"),
    "a window too short": (
        people({"available": [{"from": day(0), "to": day(99)}]}, "P3"),
        "not available",
    ),
    "rest not over": (
        people({"last_deployment": {"kind": "surgical", "ended_on": day(-59)}}, "P3"),
        f"rests until {day(0)}",
    ),
    "a sender not asked": (missions({"sender_pool": {"areas": ["B"]}}), "is not asked"),
    "a team too small": (missions({"minimum_people": 6}), "of at least 6"),
    "nobody who may lead": (people({"may_lead": False}, "P0"), "nobody who may lead"),
    "nobody who is understood": (
        lambda problem, plan: people({"languages": {"fr": 2}})(
            *seats({"language": None})(problem, plan)
        ),
        "nobody who speaks fr",
    ),
    "no infection control": (
        lists(trade={"surgical": ["surgery"], "infection_control": "other"}),
        "no infection control",
    ),
    "a surgeon without anaesthetist": (
        seats({"site": "b"}, "S1"),
        "has no anaesthetist",
    ),
    "a hospital's cap": (houses(absence_cap=_caps("2027-03", 4)), "its cap is 4"),
    "a department's cap": (
        houses(
            departments=[
                {"id": f"D-{s}", "specialty": s, "absence_cap": _caps("2027-02", 0)}
                for s in ("surgery", "anaesthesia", "infection-control", "nursing", "paediatrics")
            ]
        ),
        "its cap is 0",
    ),
    "a hospital under pressure": (
        houses(under_pressure=[{"from": day(95), "to": day(96)}]),
        "away in 2027-04; its cap is 0",
    ),
    "a budget": (lists(budgets=[{"area": "A", "year": 2027, "amount": 49}]), "its budget is 49"),
    "half a couple": (
        lists(couples=[{"a": "P0", "b": "P9", "rule": "together"}]),
        "must go together",
    ),
    "a couple that is away at once": (
        lists(couples=[{"a": "P0", "b": "P3", "rule": "apart"}]),
        "must not be away at once",
    ),
    "a pin not kept": (lists(pins=[{"seat": "S3", "person": "P9"}]), "is pinned to P9"),
    "one who is selected is not kept": (
        lists(pins=[{"seat": "S3", "person": "P9", "by": "selected"}]),
        "P9 is selected for seat S3 already, and the plan has P3 there",
    ),
    "one who is asked is not kept": (
        lists(pins=[{"seat": "S3", "person": "P9", "by": "asked"}]),
        "P9 is asked for seat S3 already, and the plan has P3 there",
    ),
    "a seat pinned empty": (lists(pins=[{"seat": "S3", "person": None}]), "is pinned to –"),
    "one person twice at once": (
        lambda problem, plan: (
            seated(S4="P3")(*seats({"accepts": ["nursing"]}, "S4")(problem, plan))
        ),
        "at once",
    ),
    "a person of nobody's": (seated(S3="P77"), "Person P77 is not in the problem"),
    "a seat of nobody's": (seated(S77="P9"), "Seat S77 is not in the problem"),
    "another problem": (
        lambda problem, plan: (problem.model_copy(update={"name": "other"}), plan),
        "of another problem",
    ),
    "points that are not there": (claims(points_by_tier=(9999.0, 0, 0, 0, 0)), "Tier 1 claims"),
    "a value that is not there": (claims(value=1.0), "The plan claims 1 points"),
    "a bound below the value": (claims(bound=10.0), "above its bound"),
    "a gap that its bound belies": (claims(bound=1e9), "The plan claims a gap of 0 %"),
    "a gap below nothing": (claims(gap=-5.0), "The plan claims a gap of -500 %"),
    "a proof with room above": (
        claims(bound=1e9, gap=1.0, stopped_because="proved"), "says that it is proved",
    ),
    "more critical seats than there are": (
        claims(critical=Critical(seats=5, covered=5, at_most=99)), "99 critical seats",
    ),
}  # fmt: skip


def test_the_undamaged_plan_stands() -> None:
    problem = tight()
    plan = solve(problem)
    assert len(plan.assignments) == 5
    assert breaches(problem, plan) == []


@pytest.mark.parametrize("name", DAMAGES)
def test_a_damaged_plan_is_refused(name: str) -> None:
    damage, says = DAMAGES[name]
    problem = tight()
    found = breaches(*damage(problem, solve(problem)))
    assert any(says in sentence(x) for x in found), found


def test_critical_seats_claimed_and_not_covered_are_told() -> None:
    problem = tight()
    plan = solve(problem)
    more = plan.critical.model_copy(update={"covered": 4})
    found = breaches(problem, plan.model_copy(update={"critical": more}))
    assert any("it has 5 of 5" in sentence(x) for x in found)


@pytest.mark.parametrize("figure", ["value", "bound", "gap", "points_by_tier"])
@pytest.mark.parametrize("no_number", ["NaN", "Infinity", "-Infinity"])
def test_a_plan_of_figures_that_are_none_is_refused_by_name(figure: str, no_number: str) -> None:
    told = json.loads(solve(tight()).written())
    told[figure] = [float(no_number)] * 5 if figure == "points_by_tier" else float(no_number)
    with pytest.raises(BadFile) as refused:
        plan_from(json.dumps(told))
    assert f"{figure}" in sentence(refused.value.faults[0])
    assert "must be a number" in sentence(refused.value.faults[0])


def test_four_tiers_of_five_are_told_as_four() -> None:
    told = json.loads(solve(tight()).written()) | {"points_by_tier": [1, 2, 3, 4]}
    with pytest.raises(BadFile) as refused:
        plan_from(json.dumps(told))
    assert "points_by_tier must have 5 entries" in sentence(refused.value.faults[0])


def test_of_a_sender_not_asked_those_who_are_pinned_or_published_go_and_nobody_else() -> None:
    whole = tight()
    problem, plan = DAMAGES["a sender not asked"][0](whole, solve(whole))
    told = [one for one in breaches(problem, plan) if one.code == "not_asked"]
    passed = {a.person for a in plan.assignments} - {one.names["person"] for one in told}
    assert passed == {"P2", "P3"}
    rules = Rules(problem)
    assert {
        a.person for a in plan.assignments
        if "is_in_sender_pool" not in rules.broken(a.person, a.seat)
    } == passed  # fmt: skip
