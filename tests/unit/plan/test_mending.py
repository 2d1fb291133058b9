"""Something happens to a plan that stands: the smallest change mends it."""

from __future__ import annotations

import itertools
import time

import pytest

from marrow.plan.rules.checker import counted, rules_broken
from marrow.plan.rules.engine.mend import mend
from marrow.plan.rules.engine.solve import Impossible, solve
from marrow.plan.rules.problem import Person, Pin, Problem, Seated
from tests.unit.plan.problems import small


def without(problem: Problem, *people: str) -> Problem:
    """They drop out: they are available on no day."""

    def out(p: Person) -> Person:
        return p.model_copy(update={"available": ()}) if p.id in people else p

    return problem.model_copy(update={"people": tuple(map(out, problem.people))})


def stands(problem: Problem, seated: tuple[Seated, ...]) -> bool:
    return not rules_broken(problem, seated)


@pytest.mark.parametrize("seed", range(30))
def test_a_mended_plan_keeps_every_rule_and_nothing_moves_without_need(seed: int) -> None:
    problem = small(seed, people=14)
    plan = solve(problem)
    assert mend(problem, plan.assignments).moved == ()
    for one in plan.assignments:
        now = without(problem, one.person)
        told = mend(now, plan.assignments)
        assert stands(now, told.assignments)
        assert one.seat in told.lost
        assert told.tiers == pytest.approx(counted(now, told.assignments))


@pytest.mark.parametrize("seed", range(10))
def test_no_plan_that_covers_as_much_moves_fewer(seed: int) -> None:
    problem = small(seed + 1000, people=6, seats=3)
    plan = solve(problem)
    worth = {s.id: float(getattr(problem.weights, s.weight)) for s in problem.seats}
    choices = [[None, *(p.id for p in problem.people)] for _ in problem.seats]
    before = {a.seat: a.person for a in plan.assignments}
    for gone in {a.person for a in plan.assignments}:
        now = without(problem, gone)
        told = mend(now, plan.assignments)
        covers = sum(worth[a.seat] for a in told.assignments)
        best, fewest = 0.0, len(problem.seats)
        for people in itertools.product(*choices):
            pairs = zip(problem.seats, people, strict=True)
            seated = tuple(Seated(seat=s.id, person=p) for s, p in pairs if p is not None)
            held = {a.seat: a.person for a in seated}
            cover = sum(worth[k] for k in held)
            changed = sum(before.get(s.id) != held.get(s.id) for s in problem.seats)
            if cover < covers or (cover == covers and changed >= fewest):
                continue
            if stands(now, seated):
                best = max(best, cover)
                fewest = min(fewest, changed) if cover == covers else fewest
        assert len(told.moved) == fewest or best > covers
        assert best == covers or not told.open, "more could be covered while a lost seat is empty"


def test_a_pin_on_an_empty_seat_moves_its_person_there() -> None:
    """Nobody lost a seat, yet the plan as it stands breaks the pin."""
    problem = small(11, people=40, seats=12)
    plan = solve(problem)
    one, other = plan.assignments[:2]
    stood = tuple(a for a in plan.assignments if a.seat not in (one.seat, other.seat))
    pins = (Pin(seat=one.seat, person=one.person),)
    told = mend(problem.model_copy(update={"pins": pins}), stood)
    assert {a.seat: a.person for a in told.assignments}[one.seat] == one.person


def test_pins_that_no_plan_keeps_are_named() -> None:
    problem = small(4, people=14)
    one = solve(problem).assignments[0]
    pins = small(4, people=14, pins=[{"seat": one.seat, "person": one.person}]).pins
    now = without(problem.model_copy(update={"pins": pins}), one.person)
    with pytest.raises(Impossible) as told:
        mend(now, (one,))
    assert told.value.faults[0].names["seat"] == one.seat


def test_mending_is_quick() -> None:
    problem = small(21, people=120, seats=40)
    plan = solve(problem, work=5)
    now = without(problem, plan.assignments[0].person)
    began = time.process_time()
    mend(now, plan.assignments)
    assert time.process_time() - began < 2, (
        "seconds of the processor; bench/plan.py --mend tells more"
    )
