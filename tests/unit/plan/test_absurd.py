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
    assert "overlap from 2027-01-01 to 2027-03-01" in says


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


def one(n: int, specialty: str, **more: Any) -> dict[str, Any]:
    return {"id": f"P{n}", "department": f"H0.{specialty}", "specialty": specialty,
            "grade": 4} | more  # fmt: skip


def a_team(**change: Any) -> dict[str, Any]:
    """A surgeon's and an anaesthetist's seat at one site, and who can take them."""
    team = {"id": "GN31", "kind": "resident", "destination": "X", "sender_pool": {"all": True},
            "from": day(0), "to": day(60)}  # fmt: skip
    seat = {"mission": "GN31", "site": "a", "from": day(0), "to": day(60), "weight": "critical"}
    lists = {
        "people": [one(0, "surgery"), one(1, "anaesthesia"), one(2, "surgery")],
        "missions": [team],
        "seats": [
            seat | {"id": "GN31-01", "position": "surgery", "accepts": ["surgery"]},
            seat | {"id": "GN31-02", "position": "anaesthesia", "accepts": ["anaesthesia"]},
        ],
        "couples": [], "budgets": [], "published": [], "cells": [],
        "organisations": [{"id": "H0", "area": "A", "departments": [
            {"id": f"H0.{s}", "specialty": s} for s in ("surgery", "anaesthesia")
        ]}],
    }  # fmt: skip
    return told(**lists) | change


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"budgets": [{"area": "A", "year": 2027, "amount": 1e308}]},
         "budgets 1, amount must be at most 1000000000"),
        ({"cells": [{"destination": "X", "specialty": "surgery", "half_year": "0000H1",
                     "burden": 1}]}, "cells 1, half_year has not the form that is asked"),
        ({"cells": [{"destination": "X", "specialty": "surgery", "half_year": "9999H2",
                     "burden": 1}]}, "cells 1, half_year has not the form that is asked"),
        ({"horizon_to": "9999-12-31"}, "horizon_to must be at most 2200-12-31"),
        ({"horizon_from": "0001-01-01"}, "horizon_from must be at least 1900-01-01"),
        ({"seed": -5}, "seed must be at least 0 (found -5)"),
        ({"weights": {"critical": True}}, "weights, critical cannot be true"),
    ],
)  # fmt: skip
def test_a_figure_or_year_beyond_all_bounds_is_named(change: dict[str, Any], says: str) -> None:
    assert says in refused(told(**change))


def test_a_seat_to_the_end_of_all_days_is_named_with_the_last_day_that_can_be() -> None:
    problem = a_team()
    problem["seats"][0]["to"] = "9999-12-31"
    assert "seats 1 (GN31-01), to must be at most 2200-12-31" in refused(problem)


def test_a_paper_may_hold_for_ever() -> None:
    problem = a_team()
    problem["people"][0]["clearance_until"] = "9999-12-31"
    problem["people"][0]["available"] = [{"from": day(0), "to": "9999-12-31"}]
    assert len(solve(problem_from(json.dumps(problem))).assignments) == 2


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"available": []}, "Free for the whole period"),
        ({"clearance_until": "2026-12-31"}, "Passport, visa and health clearance last to the end"),
        ({"refuses": ["X"]}, "Has not refused this destination"),
    ],
)
def test_an_empty_plan_names_the_rule_that_takes_the_last_who_could(
    change: dict[str, Any], rule: str
) -> None:
    problem = a_team(people=[one(0, "surgery") | change, one(1, "anaesthesia") | change,
                             *(one(n, "paediatrics") for n in range(5, 9))])  # fmt: skip
    problem["organisations"][0]["departments"].append(
        {"id": "H0.paediatrics", "specialty": "paediatrics"}
    )
    assert f"the last who could (1) are left out by the rule “{rule}”" in warned(problem)


def test_hospitals_that_lend_nobody_are_named_where_they_keep_all_at_home() -> None:
    problem = a_team()
    problem["organisations"][0]["under_pressure"] = [{"from": day(0), "to": day(60)}]
    says = warned(problem)
    assert "the last who could (2) are left out by the rule “Hospital absences" in says
    problem = a_team(people=[one(0, "surgery")])
    problem["organisations"][0]["departments"][0]["absence_cap"] = [
        {"month": "2027-01", "people": 0}
    ]
    assert "are left out by the rule “Department absences" in warned(problem)


def warned(problem: dict[str, Any]) -> str:
    return "\n".join(sentence(w) for w in sense_of(problem_from(json.dumps(problem))).warnings)


def test_pins_at_odds_are_told_as_the_fewest_that_contradict_and_the_rule() -> None:
    """The seat that is kept empty is told with the surgeon who may not stand there alone; a pin
    that has no part in it is not."""
    other = a_team()["missions"][0] | {"id": "GN32"}
    free = a_team()["seats"][1] | {"id": "GN32-01", "mission": "GN32"}
    problem = a_team()
    problem["people"].append(one(3, "anaesthesia"))
    problem["missions"].append(other)
    problem["seats"].append(free)
    problem["pins"] = [
        {"seat": "GN32-01", "person": "P3"},
        {"seat": "GN31-02", "person": None},
        {"seat": "GN31-01", "person": "P0"},
    ]
    says = refused(problem)
    assert "These pins cannot all be kept: GN31-02 → –, GN31-01 → P0." in says
    assert "against them: “No surgeon at a site without an anaesthetist”" in says
    assert "GN32-01" not in says


def test_a_team_whose_pins_leave_no_leader_names_that_rule() -> None:
    problem = a_team(people=[one(0, "surgery"), one(1, "anaesthesia"),
                             one(2, "surgery", may_lead=True)])  # fmt: skip
    problem["missions"][0]["hats"] = ["leader"]
    problem["pins"] = [{"seat": "GN31-01", "person": "P0"}]
    says = refused(problem)
    assert "cannot all be kept: GN31-01 → P0. " in says
    assert "“A team that goes has someone able to lead”" in says


def test_a_couple_kept_apart_and_pinned_to_one_team_names_that_rule() -> None:
    problem = a_team(couples=[{"a": "P0", "b": "P1", "rule": "apart"}])
    problem["people"].append(one(3, "anaesthesia"))
    problem["pins"] = [{"seat": "GN31-01", "person": "P0"}, {"seat": "GN31-02", "person": "P1"}]
    says = refused(problem)
    assert "GN31-01 → P0, GN31-02 → P1" in says
    assert "“Never away at the same time”" in says


def test_who_is_selected_already_is_told_apart_from_the_pins_of_the_office() -> None:
    problem = a_team(pins=[
        {"seat": "GN31-01", "person": "P0", "by": "selected"}, {"seat": "GN31-02", "person": None},
    ])  # fmt: skip
    says = refused(problem)
    assert "cannot all be kept: GN31-02 → –. Selected already" in says
    assert "not to be removed here: GN31-01 → P0." in says


def of_the_hospital_that_receives(by: str) -> dict[str, Any]:
    """P0 holds a seat of a team that goes to their own hospital."""
    problem = a_team(pins=[{"seat": "GN31-01", "person": "P0", "by": by}])
    home = {d["id"]: o["id"] for o in problem["organisations"] for d in o["departments"]}
    person = next(p for p in problem["people"] if p["id"] == "P0")
    problem["missions"][0]["receivers"] = [home[person["department"]]]
    return problem


@pytest.mark.parametrize(
    ("by", "says"),
    [
        ("selected", "P0 is selected for seat GN31-01 already, against a rule: Nobody of the"),
        ("asked", "P0 is asked for seat GN31-01 already, against a rule: Nobody of the hospital"),
        ("", "The pin GN31-01 → P0 breaks a rule: Nobody of the hospital that receives a team"),
    ],
)
def test_who_is_selected_of_the_hospital_that_receives_is_not_called_a_pin(
    by: str, says: str
) -> None:
    told = refused(of_the_hospital_that_receives(by))
    assert says in told
    assert ("pin" in told.lower()) == (not by)


def test_who_is_selected_and_pinned_at_once_is_told_by_which_seat_is_which() -> None:
    problem = a_team(pins=[
        {"seat": "GN31-01", "person": "P0", "by": "selected"}, {"seat": "GN31-02", "person": "P0"},
    ])  # fmt: skip
    for seat in problem["seats"]:
        seat["accepts"] = ["surgery", "anaesthesia"]
    told = refused(problem)
    assert "GN31-01 (selected already) and GN31-02 (pinned). Leave one of them." in told
    problem["pins"][1] |= {"by": "asked"}
    assert "GN31-02 (asked already)" in refused(problem)


def test_a_budget_that_is_below_those_who_are_selected_speaks_of_no_pins() -> None:
    problem = a_team(budgets=[{"area": "A", "year": 2027, "amount": 1}])
    for seat in problem["seats"]:
        seat["cost"] = 5
    problem["budgets"][0]["area"] = problem["organisations"][0]["area"]
    problem["pins"] = [{"seat": "GN31-01", "person": "P0", "by": "selected"}]
    told = refused(problem)
    assert "who are selected or asked already cost 5 in 2027; the budget is 1." in told
    assert "pin" not in told.lower()
    problem["pins"] += [{"seat": "GN31-02", "person": "P1"}]
    told = refused(problem)
    assert "cost 10 in 2027, and 5 of it those who are selected or asked already" in told


@pytest.mark.parametrize(("by", "who"), [("selected", "selection"), ("asked", "invitation")])
def test_who_is_selected_and_not_on_the_roster_is_not_called_a_pin(by: str, who: str) -> None:
    told = refused(a_team(pins=[{"seat": "GN31-01", "person": "Q77", "by": by}]))
    assert f"In the {who} GN31-01: the person “Q77” is not in the list" in told


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"published": [{"seat": "GN31-09", "person": "P0"}]},
         "In the published seat GN31-09: the seat “GN31-09” is not in the list. Did you mean"),
        ({"published": [{"seat": "GN31-01", "person": "Q77"}]},
         "In the published seat GN31-01: the person “Q77” is not in the list"),
        ({"cells": [{"destination": "X", "specialty": "surgery", "half_year": "2027H1",
                     "burden": 1}] * 2},
         "The worth of surgery at X in 2027H1 stands 2 times"),
    ],
)  # fmt: skip
def test_what_points_nowhere_or_counts_twice_is_refused(change: dict[str, Any], says: str) -> None:
    assert says in refused(a_team(**change))


def test_a_seat_on_no_day_of_its_mission_is_refused() -> None:
    problem = a_team()
    problem["seats"][0] |= {"from": "2020-01-01", "to": "2020-03-01"}
    assert "Seat GN31-01 is from 2020-01-01 to 2020-02-29, on no day of its mission GN31" in (
        refused(problem)
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"budgets": [{"area": "Z", "year": 2027, "amount": 5}]},
         "In the budget Z 2027: the area “Z” is not in the list, so it changes nothing."),
        ({"horizon_from": "2030-01-01", "horizon_to": "2031-01-01"},
         "Mission GN31 is from 2027-01-01 to 2027-03-01, on no day of the horizon."),
        ({"people": [one(0, "surgery", prefers=[{"mission": "GN3", "points": 1}])]},
         "In the person P0: the mission “GN3” is not in the list, so it changes nothing. Did"),
    ],
)  # fmt: skip
def test_what_means_nothing_in_this_problem_is_told_and_planned_round(
    change: dict[str, Any], says: str
) -> None:
    assert says in warned(a_team(**change))


def test_a_sender_that_is_asked_and_has_nobody_is_told() -> None:
    problem = a_team()
    problem["missions"][0]["sender_pool"] = {"areas": ["A", "Guangdong"], "organisations": ["H9"]}
    says = warned(problem)
    assert "In the mission GN31: the area “Guangdong” is not in the list" in says
    assert "In the mission GN31: the organisation “H9” is not in the list" in says


def test_a_field_that_stands_twice_is_refused() -> None:
    text = json.dumps(a_team())[:-1] + ', "seats": []}'
    with pytest.raises(BadFile) as found:
        problem_from(text)
    assert "The field seats stands twice" in sentence(found.value.faults[0])


def test_of_very_many_faults_the_rest_is_counted_and_a_long_id_is_cut() -> None:
    people = [one(n, "surgery", grade=9) for n in range(1000)]
    says = refused(a_team(people=people))
    assert says.endswith("And 950 more faults. Mend these first.")
    says = refused(a_team(people=[one(0, "surgery", id="x" * 100_000)]))
    assert len(says) < 400


def test_a_rest_that_ends_before_the_homecoming_is_named_with_both_days() -> None:
    problem = told()
    last = {"kind": "surgical", "ended_on": "2027-10-12", "rested_on": "2027-05-12"}
    problem["people"][0]["last_deployment"] = last
    assert "ends 2027-05-12, before they came home 2027-10-12" in refused(problem)


@pytest.mark.parametrize(("field", "moved"), [("from", -10), ("to", 70)])
def test_a_seat_beyond_its_mission_is_not_taken_without_a_word(field: str, moved: int) -> None:
    problem = a_team()
    problem["seats"][1][field] = day(moved)
    problem["horizon_from"] = day(-30)
    says = warned(problem)
    assert "Seat GN31-02 is from " in says
    assert "beyond its mission GN31, which is from" in says
    problem["seats"][1] |= {"from": day(20), "to": day(60)}  # who comes later
    assert "beyond its mission" not in warned(problem)
