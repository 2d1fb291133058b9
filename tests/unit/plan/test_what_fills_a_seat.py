"""What would fill an empty seat is looked for wherever it may lie, and no proof is claimed where it
was looked for near the seat alone."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.utils.translation import override

from marrow.people.models import Person
from marrow.plan.queries.told import fills, reasons
from marrow.plan.queries.why import deep
from marrow.plan.rules.engine import ground, near, widely
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.engine.repair import repairs
from marrow.plan.rules.engine.solve import solve
from marrow.plan.rules.problem import PROBLEM, Problem
from marrow.plan.rules.teams import Handover

TEAM = {"kind": "resident", "destination": "GN", "sender_pool": {"all": True}}
SPAN = {"from": "2027-03-01", "to": "2028-03-01"}


def short_of_money(**change: Any) -> Problem:
    """An anaesthetist whose French is one level too low, and a budget that a far team's ordinary
    seat takes; beside them so many teams that not all of a plan is near."""
    many = range(44)
    told: dict[str, Any] = {
        "schema": PROBLEM, "horizon_from": "2027-01-01", "horizon_to": "2029-01-01",
        "organisations": [{"id": "H", "area": "A", "departments": [
            {"id": "D", "specialty": "anaesthesia"}, {"id": "E", "specialty": "nursing"}]}],
        "people": [
            {"id": "Zhou", "department": "D", "specialty": "anaesthesia", "grade": 3,
             "languages": {"fr": 2}},
            {"id": "Nurse", "department": "E", "specialty": "nursing", "grade": 3},
            *({"id": f"P{n}", "department": "E", "specialty": f"s{n}", "grade": 3} for n in many),
        ],
        "missions": [{"id": m, **TEAM, **SPAN} for m in ("C", "F", *(f"T{n}" for n in many))],
        "seats": [
            {"id": "C-1", "mission": "C", "position": "anaesthesia", "accepts": ["anaesthesia"],
             "language": {"code": "fr", "level": 3}, "weight": "critical", "cost": 10, **SPAN},
            {"id": "F-1", "mission": "F", "position": "nursing", "accepts": ["nursing"],
             "weight": "ordinary", "cost": 10, **SPAN},
            *({"id": f"T{n}-1", "mission": f"T{n}", "position": "x", "accepts": [f"s{n}"],
               "weight": "critical", **SPAN} for n in many),
        ],
        "budgets": [{"area": "A", "year": 2027, "amount": 15}],
    }  # fmt: skip
    return Problem.model_validate(told | change)


def standing(problem: Problem) -> Standing:
    return Standing.of(problem, solve(problem).assignments)


def test_a_course_fills_a_seat_for_which_a_far_seat_gives_up_its_money() -> None:
    found = repairs(standing(short_of_money()), "C-1")
    course = next(one for one in found.found if one.what.code == "course")
    assert course.person == "Zhou"
    assert course.moves == ("F-1",)
    assert sum(course.tiers) == pytest.approx(1000 - 30)
    assert found.sure


def test_who_is_one_level_short_is_asked_though_many_who_are_further_off_come_before() -> None:
    """Four who speak no French sit nowhere and come first; the one who is near enough is seated."""
    rich = short_of_money(budgets=[])
    told = rich.model_dump(mode="json", by_alias=True)
    speechless = [
        {"id": f"A{n}", "department": "D", "specialty": "anaesthesia", "grade": 3} for n in range(4)
    ]
    for seat in told["seats"]:
        if seat["id"] == "F-1":
            seat["accepts"] = ["anaesthesia"]
    pins = [{"seat": "F-1", "person": "Zhou"}]
    problem = Problem.model_validate(
        told | {"people": [*speechless, *told["people"]], "pins": pins}
    )
    seated = solve(problem).assignments
    now = Standing.of(problem.model_copy(update={"pins": ()}), seated)
    course = next(one for one in repairs(now, "C-1").found if one.what.code == "course")
    assert course.person == "Zhou"


def test_what_is_tied_by_money_is_freed_also_where_not_all_of_a_plan_can_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(widely, "FEW_PAIRS", 0)
    found = repairs(standing(short_of_money()), "C-1")
    assert [one.what.code for one in found.found] == ["course"]
    assert not found.found[0].exact


def test_no_change_opens_a_seat_as_heavy_as_the_one_that_it_fills() -> None:
    heavy = [
        s | {"weight": "critical"} if s["id"] == "F-1" else s
        for s in short_of_money().model_dump(mode="json", by_alias=True)["seats"]
    ]
    found = repairs(standing(short_of_money(seats=heavy)), "C-1")
    assert found.found == ()
    assert found.tried > 0
    assert found.sure


def said_of(problem: Problem, language: str = "en") -> str:
    seat = deep(standing(problem), "C-1") | {"left": 0, "out": []}
    with override(language):
        return " ".join(reasons(NoNeed(), None, None, seat, {}))  # type: ignore[arg-type]


class NoNeed:
    need = None


def test_none_fills_it_is_said_only_where_it_is_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    poor = [{"area": "A", "year": 2027, "amount": 0}]
    nobody_else = short_of_money(budgets=poor)
    assert "4 small changes were tried: none fills it." in said_of(nobody_else)
    monkeypatch.setattr(widely, "FEW_PAIRS", 0)
    monkeypatch.setattr(ground, "FEW_SEATS", 0)
    monkeypatch.setattr(near, "FEW_SEATS", 0)
    near_only = "4 small changes were tried near this seat; none was found that fills it."
    assert near_only in said_of(nobody_else)
    assert "4 petits changements ont été essayés autour de ce poste" in said_of(nobody_else, "fr")
    assert "已在该岗位附近试过 4 项小改动" in said_of(nobody_else, "zh-hans")


def two_teams() -> Problem:
    """The surgeon of the second team is free from its tenth day on; its nurse takes over from the
    first team's, and both are on post for a fortnight."""
    first = {"from": "2027-01-01", "to": "2028-01-15"}
    second = {"from": "2028-01-01", "to": "2028-12-31"}
    seat = {"weight": "critical"}
    free = [{"from": "2028-01-10", "to": "2029-12-31"}]
    return Problem.model_validate({
        "schema": PROBLEM, "horizon_from": "2027-01-01", "horizon_to": "2029-06-01",
        "organisations": [{"id": "H", "area": "A", "departments": [
            {"id": "D", "specialty": "surgery"}, {"id": "E", "specialty": "nursing"}]}],
        "people": [
            {"id": "Zhou", "department": "D", "specialty": "surgery", "grade": 3,
             "available": free},
            {"id": "Nina", "department": "E", "specialty": "nursing", "grade": 3},
            {"id": "Nora", "department": "E", "specialty": "nursing", "grade": 3},
        ],
        "missions": [
            {"id": "GN31", **TEAM, **first}, {"id": "GN32", **TEAM, **second, "predecessor": "GN31"}
        ],
        "seats": [
            {"id": "GN31-2", "mission": "GN31", "position": "n", "accepts": ["nursing"], **seat,
             **first},
            {"id": "GN32-1", "mission": "GN32", "position": "s", "accepts": ["surgery"], **seat,
             **second},
            {"id": "GN32-2", "mission": "GN32", "position": "n", "accepts": ["nursing"], **seat,
             **second},
        ],
        "pins": [{"seat": "GN31-2", "person": "Nina"}, {"seat": "GN32-2", "person": "Nora"}],
    })  # fmt: skip


def test_dates_moved_two_weeks_tell_which_handovers_they_cost() -> None:
    now = standing(two_teams())
    found = repairs(now, "GN32-1").found
    later = next(one for one in found if one.what.code == "dates")
    assert later.person == "Zhou"
    assert later.lost == (Handover("GN31-2", "Nina", "GN32-2", "Nora"),)
    assert later.tiers[2] == pytest.approx(-now.problem.weights.link * len(later.lost))
    told = deep(now, "GN32-1")
    zhou, nina, nora = (a_person(name) for name in ("Zhou Test", "Nina Test", "Nora Test"))
    names = {"Zhou": zhou, "Nina": nina, "Nora": nora}
    for name, person in names.items():
        told = json.loads(json.dumps(told).replace(f'"{name}"', f'"{person.pk}"'))
    for language, words in (
        ("en", "1 handover is lost: GN31-2 Nina Test → GN32-2 Nora Test"),
        ("zh-hans", "失去 1 次交接：GN31-2 Nina Test → GN32-2 Nora Test"),
        ("fr", "1 passation est perdue : GN31-2 Nina Test → GN32-2 Nora Test"),
    ):
        with override(language):
            assert words in " ".join(fills(told, {p.pk: p for p in names.values()})), language


def a_person(name: str) -> Person:
    return Person(id=uuid4(), names={"en": name})
