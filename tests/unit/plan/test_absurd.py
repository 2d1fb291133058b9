"""What cannot be planned is told with the records that are wrong: never a trace, and never an
empty plan without a word."""

from __future__ import annotations

import json
from typing import Any

import pytest

from marrow.plan.rules.engine.solve import Impossible, solve
from marrow.plan.rules.reading import BadFile, problem_from
from marrow.plan.rules.sense import sense_of
from marrow.plan.words import sentence
from tests.unit.plan.problems import day, small


def told(**change: Any) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(small(1, people=14).written())
    return read | change


def refused(problem: dict[str, Any]) -> str:
    with pytest.raises((BadFile, Impossible)) as found:
        solve(problem_from(json.dumps(problem)))
    assert isinstance(found.value, BadFile | Impossible)
    return "\n".join(sentence(f) for f in found.value.faults)


def test_a_leader_pinned_to_two_teams_at_once_is_named_with_both_seats() -> None:
    team = {"kind": "surgical", "destination": "X", "sender_pool": {"all": True},
            "from": day(0), "to": day(60), "hats": ["leader"]}  # fmt: skip
    seat = {"position": "surgery", "accepts": ["paediatrics"], "from": day(0), "to": day(60)}
    leader = {"id": "P0", "department": "H0.paediatrics", "specialty": "paediatrics", "grade": 4,
              "may_lead": True}  # fmt: skip
    problem = told(
        people=[leader], couples=[], budgets=[], published=[],
        missions=[team | {"id": "GN31"}, team | {"id": "ML12"}],
        seats=[seat | {"id": "GN31-01", "mission": "GN31"},
               seat | {"id": "ML12-01", "mission": "ML12"}],
        pins=[{"seat": "GN31-01", "person": "P0"}, {"seat": "ML12-01", "person": "P0"}],
    )  # fmt: skip
    says = refused(problem)
    assert "Person P0 is pinned to seat GN31-01 and seat ML12-01" in says
    assert "overlap from 2027-01-01 to 2027-03-02" in says


@pytest.mark.parametrize(
    ("records", "name", "says"),
    [
        ("people", "available", "Person P0, availability 1: ends 2027-01-10 before it starts"),
        ("organisations", "under_pressure", "Organisation H0, time under pressure 1: ends"),
    ],
)
def test_a_window_that_ends_before_it_begins_is_named(records: str, name: str, says: str) -> None:
    problem = told()
    problem[records][0][name] = [{"from": "2027-06-01", "to": "2027-01-10"}]
    assert says in refused(problem)


@pytest.mark.parametrize("records", ["missions", "seats"])
def test_a_record_that_ends_before_it_begins_is_named(records: str) -> None:
    problem = told()
    problem[records][0] |= {"from": "2027-06-01", "to": "2027-01-10"}
    assert f"{problem[records][0]['id']} ends 2027-01-10" in refused(problem)


def test_a_thousand_people_with_no_skill_that_is_asked_for_are_counted() -> None:
    nobody = {"department": "H0.surgery", "specialty": "NONE", "grade": 1}
    people = [nobody | {"id": f"P{n}"} for n in range(1000)]
    says = refused(told(people=people, couples=[], published=[]))
    assert "none of the 1000 people has a specialty that a seat accepts" in says
    assert "First: P0, P1, P2" in says


def test_a_plan_that_must_stay_empty_says_which_rule_leaves_nobody() -> None:
    problem = told(couples=[])
    for p in problem["people"]:
        p["available"] = []
    problem["seats"] = [s | {"language": None, "certificates": []} for s in problem["seats"]]
    asked = problem_from(json.dumps(problem))
    says = [sentence(w) for w in sense_of(asked).warnings]
    assert solve(asked).assignments == ()
    assert any("Nobody can take any of the 6 seats" in x for x in says)


def test_a_plan_in_which_somebody_can_go_has_no_such_warning() -> None:
    codes = {w.code for w in sense_of(small(1, people=14)).warnings}
    assert "nobody_fits" not in codes


def test_no_seats_names_the_missions_without() -> None:
    assert "0 seats: nothing to plan. Missions without seats: M0" in refused(told(seats=[]))


@pytest.mark.parametrize("weight", [-1, float("nan"), float("inf"), 2_000_000, "much"])
def test_a_weight_that_is_none_is_named(weight: Any) -> None:
    assert "weights, critical" in refused(told(weights={"critical": weight}))


@pytest.mark.parametrize("records", ["people", "seats", "missions", "organisations"])
def test_a_record_that_stands_twice_is_named(records: str) -> None:
    problem = told()
    problem[records].append(problem[records][0])
    says = refused(problem)
    assert f"{problem[records][0]['id']} stands 2 times" in says


def test_a_team_that_can_never_be_large_enough_is_named() -> None:
    problem = told()
    problem["missions"][0]["minimum_people"] = 99
    assert "Mission M0 goes with at least 99 people" in refused(problem)
