"""A team that cannot go says what it lacks, and what small change would let it go."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from marrow.plan.rules.engine import ground, near, widely
from marrow.plan.rules.engine.explain import reason
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.engine.repair import changes, repairs
from marrow.plan.rules.engine.solve import solve
from marrow.plan.rules.problem import PROBLEM, Problem
from marrow.plan.words import sentence

SPAN = {"from": "2027-03-01", "to": "2027-06-01"}


def team(mission: dict[str, Any] | None = None, **change: Any) -> Problem:
    """Two nurses' seats of one team, three nurses, and one of infection control and one interpreter
    for whom it has no seat."""
    people = (
        ("N1", "nursing", 2), ("N2", "nursing", 3), ("N3", "nursing", 2),
        ("IC", "infection-control", 2), ("IN", "interpreter", 2),
    )  # fmt: skip
    told: dict[str, Any] = {
        "schema": PROBLEM, "horizon_from": "2027-01-01", "horizon_to": "2029-01-01",
        "organisations": [{"id": "H", "area": "A", "departments": [
            {"id": s, "specialty": s} for s in ("nursing", "infection-control", "interpreter")]}],
        "people": [{"id": p, "department": s, "specialty": s, "grade": g,
                    "languages": {"sw": 2} if p == "N3" else {}} for p, s, g in people],
        "missions": [{"id": "T4", "kind": "surgical", "destination": "Z",
                      "sender_pool": {"all": True}, **SPAN, **(mission or {})}],
        "seats": [{"id": f"T4-{n}", "mission": "T4", "position": "nursing", "cost": 10,
                   "accepts": ["nursing"], "weight": "critical", **SPAN} for n in (1, 2)],
    }  # fmt: skip
    return Problem.model_validate(told | change)


def said_of(problem: Problem) -> str:
    standing = Standing.of(problem, solve(problem).assignments)
    return " ".join(sentence(w) for w in reason(standing, "T4-1").why)


def found(problem: Problem) -> dict[str, float]:
    """Each change that fills a seat, with what it gains."""
    standing = Standing.of(problem, solve(problem).assignments)
    by_words = {str(c.what): c.problem for c in changes(standing, "T4-1")}
    told = repairs(standing, "T4-1").found
    for one in told:
        again = solve(by_words[str(one.what)])
        assert "T4-1" in {a.seat for a in again.assignments}, "as it is solved anew"
        assert {s.id for s in problem.seats} >= set(one.moves), "a seat more is no other seat"
        assert again.value - solve(problem).value == pytest.approx(sum(one.tiers))
    return {sentence(one.what): sum(one.tiers) for one in told}


def test_an_outbreak_team_without_infection_control_says_so_and_a_seat_more_lets_it_go() -> None:
    outbreak = team({"kind": "outbreak"})
    said = said_of(outbreak)
    assert "The team T4 cannot go: nobody of infection control can come" in said
    assert "No plan fills it" not in said
    assert found(outbreak) == {
        "One seat more in team T4: infection-control": pytest.approx(2000 + 30)
    }
    with override("fr"):
        assert "aucun hygiéniste ne peut venir" in said_of(outbreak)
    with override("zh-hans"):
        assert "没有感控人员可以参加" in said_of(outbreak)


def test_no_seat_more_is_told_of_where_there_is_nobody_for_it() -> None:
    people = [p for p in team().model_dump(mode="json")["people"] if p["id"] != "IC"]
    assert found(team({"kind": "outbreak"}, people=people)) == {}


def test_a_team_that_nobody_may_lead_says_so_and_whom_to_let_lead() -> None:
    led = team({"hats": ["leader"]})
    assert "The team T4 cannot go: nobody who may lead it can come." in said_of(led)
    assert list(found(led)) == [f"{n} is let lead team T4" for n in ("N2", "N1", "N3")]


def test_a_team_without_its_language_says_so_and_a_course_or_an_interpreter_lets_it_go() -> None:
    relief = team({"hats": ["language"], "language": "sw"})
    assert "nobody can come who interprets or speaks sw fluently" in said_of(relief)
    assert list(found(relief)) == [
        "A course: N3 reaches level 3 in sw (now 2)", "One seat more in team T4: interpreter",
    ]  # fmt: skip


def test_a_team_below_its_minimum_says_how_many_can_come_and_may_go_smaller() -> None:
    people = [p for p in team().model_dump(mode="json")["people"] if p["id"] not in ("N1", "N3")]
    small = team({"minimum_people": 2}, people=people)
    assert "it goes with 2 at least, and no more than 1 can come" in said_of(small)
    assert found(small) == {"Team T4 may go with 1": pytest.approx(1000)}


def test_a_team_too_small_that_lacks_infection_control_too_says_how_many_can_come() -> None:
    """The one lack does not make that nobody can come of the other."""
    people = [p for p in team().model_dump(mode="json")["people"] if p["id"] in ("N2", "IN")]
    said = said_of(team({"kind": "outbreak", "minimum_people": 2}, people=people))
    assert "nobody of infection control can come" in said
    assert "it goes with 2 at least, and no more than 1 can come" in said


def test_a_team_for_which_money_is_short_says_so() -> None:
    poor = team({"minimum_people": 2}, budgets=[{"area": "A", "year": 2027, "amount": 10}])
    assert "The team T4 cannot go. This keeps it back: “Cost stays within" in said_of(poor)
    assert list(found(poor)) == [
        "Team T4 may go with 1", "The budget of A in 2027 rises by 10",
    ]  # fmt: skip


def test_a_team_that_could_go_lacks_nothing() -> None:
    """It stays because it is not worth what is lost elsewhere, and that is told instead."""
    problem = team()
    said = " ".join(sentence(w) for w in reason(Standing.of(problem, ()), "T4-1").why)
    assert said == "The team T4 does not go."


def test_in_a_large_plan_what_was_looked_for_near_the_seat_is_no_proof(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module, name in ((widely, "FEW_PAIRS"), (ground, "FEW_SEATS"), (near, "FEW_SEATS")):
        monkeypatch.setattr(module, name, 0)
    assert "nobody of infection control can come" in said_of(team({"kind": "outbreak"}))
    poor = team({"minimum_people": 2}, budgets=[{"area": "A", "year": 2027, "amount": 10}])
    said = said_of(poor)
    assert said.endswith("The team T4 does not go. No plan that fills it was found near this seat.")
