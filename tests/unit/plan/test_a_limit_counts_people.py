"""A limit counts people, not stays: somebody with two short missions in one month is one person
away, for the solver, for the checker, and for whoever explains or mends a plan."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from marrow.plan.rules.checker import breaches, counted, rules_broken
from marrow.plan.rules.engine import solve as solving
from marrow.plan.rules.engine.greedy import greedy
from marrow.plan.rules.engine.kept_back import kept_back
from marrow.plan.rules.engine.mend import mend
from marrow.plan.rules.engine.model import Model, build
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.engine.solve import Impossible, solve
from marrow.plan.rules.engine.whole import broken_rules, pairs_in, value, whole
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import PROBLEM, Pin, Problem, Seated
from tests.unit.plan.every_plan import FOR_GOOD, changed, cover, truth
from tests.unit.plan.problems import short_trips
from tests.unit.plan.test_many_problems import some_always

PROBLEMS = 260


def eye_trips(*people: str, dates: tuple[tuple[str, str], ...], cap: int = 1) -> Problem:
    """Trips for one eye doctor each, and a department that lends so many in April."""
    month = [{"month": "2027-04", "people": cap}]
    department = {"id": "H1.eye", "specialty": "eye", "absence_cap": month}
    missions, seats = list[dict[str, Any]](), list[dict[str, Any]]()
    for n, (start, end) in enumerate(dates, 1):
        told = {"from": f"2027-04-{start}", "to": f"2027-04-{end}"}
        missions.append({"id": f"T{n}", "kind": "surgical", "destination": "X", **told,
                         "sender_pool": {"all": True}})  # fmt: skip
        seats.append({"id": f"T{n}-1", "mission": f"T{n}", "position": "eye", "accepts": ["eye"],
                      "weight": "critical", **told})  # fmt: skip
    return Problem.model_validate({
        "schema": PROBLEM, "horizon_from": "2027-01-01", "horizon_to": "2028-01-01",
        "rest_days": {"surgical": 0}, "missions": missions, "seats": seats,
        "organisations": [{"id": "H1", "area": "A", "departments": [department]}],
        "people": [
            {"id": p, "department": "H1.eye", "specialty": "eye", "grade": 3} for p in people
        ],
    })  # fmt: skip


APART = (("01", "08"), ("20", "27"))


def test_one_doctor_goes_twice_in_a_month_though_only_one_may_be_away() -> None:
    problem = eye_trips("P1", dates=APART)
    plan = solve(problem)
    assert {a.seat: a.person for a in plan.assignments} == {"T1-1": "P1", "T2-1": "P1"}
    assert (plan.stopped_because, breaches(problem, plan)) == ("proved", [])


def test_of_two_doctors_one_goes_twice_and_the_other_stays() -> None:
    problem = eye_trips("P1", "P2", dates=APART)
    plan = solve(problem)
    assert breaches(problem, plan) == []
    assert len({a.person for a in plan.assignments}) == 1
    assert len(plan.assignments) == 2
    told = rules_broken(problem, (Seated(seat="T1-1", person="P1"),
                                  Seated(seat="T2-1", person="P2")))  # fmt: skip
    assert [(b.code, b.names["count"]) for b in told] == [("beyond_cap", 2)]


def test_two_trips_at_once_are_two_people_and_one_of_them_stays_empty() -> None:
    problem = eye_trips("P1", "P2", dates=(("01", "08"), ("05", "12")))
    plan = solve(problem)
    assert (len(plan.assignments), breaches(problem, plan)) == (1, [])


def test_two_trips_of_one_pinned_doctor_are_kept() -> None:
    problem = eye_trips("P1", "P2", dates=APART)
    pins = tuple(Pin(seat=f"T{n}-1", person="P2") for n in (1, 2))
    plan = solve(problem.model_copy(update={"pins": pins}))
    assert {a.person for a in plan.assignments} == {"P2"}
    pins = (Pin(seat="T1-1", person="P1"), Pin(seat="T2-1", person="P2"))
    with pytest.raises(Impossible) as e:
        solve(problem.model_copy(update={"pins": pins}))
    assert [(f.code, f.names["count"]) for f in e.value.faults] == [
        ("pinned_beyond_department", 2)
    ]  # fmt: skip


def test_who_is_away_already_is_asked_again_where_somebody_drops_out() -> None:
    problem = eye_trips("P1", "P2", dates=(*APART, ("09", "15")), cap=2)
    before = tuple(Seated(seat=f"T{n}-1", person=p) for n, p in ((1, "P1"), (2, "P2"), (3, "P1")))
    out = problem.people[1].model_copy(update={"available": ()})
    now = problem.model_copy(update={"people": (problem.people[0], out)})
    mended = mend(now, before)
    assert {a.person for a in mended.assignments} == {"P1"}
    assert [(m.seat, m.after) for m in mended.moved] == [("T2-1", "P1")]


def test_who_is_away_in_that_month_already_may_go_again_where_nobody_else_is_spared() -> None:
    problem = eye_trips("P1", "P2", dates=APART[1:], cap=0)
    assert solve(problem).assignments == ()
    away = problem.people[1].model_copy(update={"away_already": ("2027-04",)})
    now = problem.model_copy(update={"people": (problem.people[0], away)})
    plan = solve(now)
    assert [a.person for a in plan.assignments] == ["P2"]
    assert breaches(now, plan) == []
    told = rules_broken(now, (Seated(seat="T1-1", person="P1"),))
    assert [b.code for b in told] == ["beyond_cap"]


def test_a_doctor_who_goes_twice_is_kept_back_by_no_limit_and_another_is() -> None:
    problem = eye_trips("P1", "P2", dates=APART)
    standing = Standing.of(problem, [Seated(seat="T1-1", person="P1")])
    assert list(kept_back(standing, 1, 0)) == []
    assert [t.code for t in kept_back(standing, 1, 1)] == ["kept_by_department"]


@pytest.mark.parametrize("seed", some_always(PROBLEMS))
def test_solver_and_checker_let_the_same_plans_stand_and_the_best_is_found(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = short_trips(seed)
    model, best = build(Rules(problem)), 0.0
    for held in every_plan(problem):
        seated = tuple(Seated(seat=s, person=p) for s, p in held.items())
        told, pairs = rules_broken(problem, seated), pairs_in(model, seated)
        stands = len(pairs) == len(seated) and not broken_rules(model, whole(model, pairs))
        assert stands == (not told), (held, told)
        if stands:
            best = max(best, sum(counted(problem, seated)))
    plan = solve(problem, seed=seed)
    assert breaches(problem, plan) == []
    assert plan.value == pytest.approx(best)
    assert plan.stopped_because == "proved"
    assert plan.bound == pytest.approx(best, rel=1e-5)
    first = greedy(model)
    assert broken_rules(model, first) in ([], ["pin_is_kept"])
    monkeypatch.setattr(solving, "FEW", 0)
    in_blocks = solve(problem, seed=seed)
    assert breaches(problem, in_blocks) == []
    assert in_blocks.value <= best + 1e-6 <= in_blocks.bound + 2e-6
    assert value(model, first) - 1e-6 <= in_blocks.value


@pytest.mark.parametrize("seed", some_always(PROBLEMS // 2))
def test_a_plan_is_mended_with_as_few_moves_as_any_that_covers_as_much(seed: int) -> None:
    problem = short_trips(seed + 4000, trips=3)
    plan = solve(problem)
    if not plan.assignments:
        return
    free = {p.person for p in problem.pins}
    gone = next((a.person for a in plan.assignments if a.person not in free), "")
    people = tuple(
        p.model_copy(update={"available": ()}) if p.id == gone else p for p in problem.people
    )
    now = problem.model_copy(update={"people": people})
    mended = mend(now, plan.assignments)
    held = {a.seat: a.person for a in mended.assignments}
    assert rules_broken(now, mended.assignments) == []
    best = truth(now, plan.assignments, cover(now, held), most=True)
    assert cover(now, held) == pytest.approx(best.covers)
    stood = {a.seat: a.person for a in plan.assignments}
    fewest = truth(now, plan.assignments, cover(now, held), most=False)
    assert changed(now, stood, held) == fewest.changes


@pytest.mark.parametrize("seed", some_always(PROBLEMS // 2))
def test_who_is_kept_back_by_a_limit_would_be_one_too_many(seed: int) -> None:
    problem = short_trips(seed + 8000)
    plan = solve(problem)
    standing = Standing.of(problem, plan.assignments)
    for row, seat in enumerate(problem.seats):
        for p in standing.candidates(row):
            person = problem.people[p].id
            told = list(kept_back(standing, row, p))
            clashing = {t.names["seat"] for t in told if "seat" in t.names}
            with_them = [a for a in plan.assignments if a.seat not in {seat.id, *clashing}]
            with_them.append(Seated(seat=seat.id, person=person))
            broken = {b.code for b in rules_broken(problem, tuple(with_them))}
            by_home = {t.code for t in told} & {"kept_by_department", "kept_by_organisation"}
            assert bool(by_home) == ("beyond_cap" in broken), (seat.id, person)


def test_somebody_may_go_twice_in_many_of_these_problems() -> None:
    models = [build(Rules(short_trips(seed))) for seed in range(0, PROBLEMS, 13)]
    assert sum(bool(_twice(model)) for model in models) > len(models) // 3


def _twice(model: Model) -> dict[tuple[int, ...], int]:
    return model.follows.away_by


def every_plan(problem: Problem) -> Iterator[dict[str, str]]:
    """Every plan that may still stand, and some that may not, so that both are compared."""
    rules, draw = Rules(problem), random.Random(1)  # noqa: S311
    who = [[problem.people[p].id for p in rules.eligible(s.id)] for s in problem.seats]

    def rest(n: int, held: dict[str, str]) -> Iterator[dict[str, str]]:
        if n == len(who):
            yield held
            return
        yield from rest(n + 1, held)
        for person in who[n]:
            wider = {**held, problem.seats[n].id: person}
            told = rules_broken(problem, tuple(Seated(seat=k, person=p) for k, p in wider.items()))
            if not {b.code for b in told} & FOR_GOOD:
                yield from rest(n + 1, wider)
            elif draw.random() < 0.1:
                yield wider

    return rest(0, {})
