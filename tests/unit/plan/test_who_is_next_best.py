"""What is said of who would be next best on a seat is so when the plan is solved with them."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils.translation import override

from marrow.people.models import Person
from marrow.plan.queries.told import _cost, further
from marrow.plan.queries.why import deep
from marrow.plan.rules.engine import beside, ground, near
from marrow.plan.rules.engine.explain import reason
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.engine.solve import solve
from marrow.plan.rules.problem import PROBLEM, Problem
from marrow.plan.rules.said import Said
from marrow.plan.words import sentence
from tests.unit.plan.problems import small
from tests.unit.plan.test_reasons import with_person

SPAN = {"from": "2027-03-01", "to": "2027-06-01"}


@pytest.mark.parametrize("seed", range(6))
def test_who_is_called_next_best_is_so_and_at_that_cost(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a plan of which a neighbourhood alone is mended."""
    monkeypatch.setattr(ground, "FEW_SEATS", 0)
    monkeypatch.setattr(near, "FEW_SEATS", 0)
    problem = small(seed, people=16)
    plan = solve(problem)
    standing = Standing.of(problem, plan.assignments)
    for one in plan.assignments:
        told = reason(standing, one.seat)
        losses = {
            p.id: plan.value - best
            for p in problem.people
            if p.id != one.person and (best := with_person(problem, one.seat, p.id)) is not None
        }
        for word in told.why:
            holds(word, losses)
        for other in told.others:
            known = -1.0 if other.known is None else other.known
            assert known == pytest.approx(losses.get(other.person, -1.0), abs=0.01)
        dearer = [e.about for e in told.further if e.about is not None]
        assert all(about > min(losses.values()) - 0.01 for about in dearer)


def holds(told: Said, losses: dict[str, float]) -> None:
    """Whether it is so, by what is lost with each of the others."""
    least = min(losses.values(), default=0.0)
    good = {p for p, loss in losses.items() if loss < least + 0.005}
    assert told.code != "why_at_most"
    if told.code in ("why_best", "why_as_good"):
        assert good == {told.names["person"]}
    elif told.code == "why_all_as_good":
        assert len(good) == len(losses) == told.names["count"]
    elif told.code in ("why_best_of_many", "why_some_as_good"):
        assert set(told.names["people"]) == good  # type: ignore[arg-type]
    elif told.code in ("why_only_one", "why_others_kept_back"):
        assert not losses
    assert told.names.get("cost", least) == pytest.approx(least, abs=0.01)


def nurses(*wishes: float) -> Problem:
    """One seat, and nurses who wish for it so much."""
    told: dict[str, Any] = {
        "schema": PROBLEM, "horizon_from": "2027-01-01", "horizon_to": "2029-01-01",
        "organisations": [{"id": "H", "area": "A", "departments": [
            {"id": "D", "specialty": "nursing"}]}],
        "people": [{"id": f"N{n}", "department": "D", "specialty": "nursing", "grade": 2,
                    "prefers": [{"area": "Z", "points": w}]} for n, w in enumerate(wishes)],
        "missions": [{"id": "M", "kind": "surgical", "destination": "Z",
                      "sender_pool": {"all": True}, **SPAN}],
        "seats": [{"id": "M-1", "mission": "M", "position": "nursing", "accepts": ["nursing"],
                   "weight": "critical", **SPAN}],
    }  # fmt: skip
    return Problem.model_validate(told)


def said_of(problem: Problem) -> str:
    standing = Standing.of(problem, solve(problem).assignments)
    return sentence(reason(standing, "M-1").why[-1])


def test_others_who_would_do_as_well_are_said_to_cost_nothing() -> None:
    assert said_of(nurses(2, 2, 2, 2)) == (
        "Any of the 3 others would do as well: it costs nothing."
    )
    assert said_of(nurses(2, 2, 1, 2)) == "As good (2), at no cost: N1, N3."
    assert said_of(nurses(2, 2, 1)) == "N1 would do as well."
    with override("fr"):
        assert "N’importe laquelle des 3 autres personnes" in said_of(nurses(2, 2, 2, 2))
    with override("zh-hans"):
        assert "其余 3 人中任何一人都同样合适" in said_of(nurses(2, 2, 2, 2))


def test_several_who_are_next_best_are_all_named_with_what_each_costs() -> None:
    assert said_of(nurses(3, 1, 2, 2)) == "The next best (2) would cost 1 point each: N2, N3."
    assert said_of(nurses(3, 1, 2)) == "The next best, N2, would cost 1 point."


def test_where_nothing_is_proved_a_cost_is_told_as_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside, "FEW_PAIRS", 0)
    assert said_of(nurses(3, 1, 2)) == "N2 would cost at most 1 point; another may cost less."
    with override("fr"):
        assert "au plus 1 point " in said_of(nurses(3, 1, 2))


def test_the_list_tells_what_solving_again_costs_and_what_mending_does() -> None:
    assert _cost([1.25, False, [], 0.0]) == (
        "costs nothing when the plan is solved again; 1.25 points when it is mended"
    )
    assert _cost([2.5, False, ["B"], 1.0]) == (
        "costs 1 point when the plan is solved again; 2.5 points when it is mended; then change: B"
    )
    assert _cost([None, False, [], 1.0]) == "costs 1 point when the plan is solved again"
    assert _cost([1.0, True, [], 1.0]) == "costs 1 point"
    assert _cost([2.5, False, []]) == "costs at most 2.5 points", "as it was kept before"


def test_who_is_selected_for_another_seat_sits_there_and_costs_nothing_that_is_told() -> None:
    """Somebody who is pinned or selected elsewhere cannot be had, at whatever cost."""
    told = nurses(3, 2, 2, 2, 2, 2, 2, 2).model_dump(mode="json", by_alias=True)
    other = {**told["seats"][0], "id": "M-2"}
    pins = [{"seat": "M-2", "person": "N3", "by": "selected"}]
    problem = Problem.model_validate(told | {"seats": [*told["seats"], other], "pins": pins})
    seat = deep(Standing.of(problem, solve(problem).assignments), "M-1")
    (row,) = [one for one in seat["further"] if one[0] == "N3"]
    key = str(uuid4())
    shown = further({"further": [[key, *row[1:]]]}, {UUID(key): Person(id=UUID(key))})[0]
    assert (shown.cost, shown.where) == ("sits in M-2 then", "")
    assert all(one[2] is not None for one in seat["further"] if one[0] != "N3")
