"""What happens to a published plan: an outbreak takes six people at once, a visa comes late, a new
team arrives. Each time the change is the smallest of all, found by trying every plan."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from marrow.plan.rules.engine.mend import Mended, mend
from marrow.plan.rules.engine.solve import solve
from marrow.plan.rules.problem import PROBLEM, Person, Problem, Seated, SenderPool, Window, Wish
from tests.unit.plan.every_plan import cover, stands, truth
from tests.unit.plan.problems import START, small

Seats = tuple[Seated, ...]


def rich(seed: int, people: int, seats: int) -> Problem:
    """A small problem in which several people can take each seat, so that there is a choice."""
    problem = small(seed, people=people, seats=seats)
    asked = {"grade_min": 1, "language": None, "certificates": ()}
    everyone = SenderPool(all=True)
    return problem.model_copy(update={
        "seats": tuple(s.model_copy(update=asked) for s in problem.seats),
        "missions": tuple(
            m.model_copy(update={"sender_pool": everyone}) for m in problem.missions
        ),
        "people": tuple(p.model_copy(update={"refuses": ()}) for p in problem.people),
    })  # fmt: skip


def published(problem: Problem, plan: Seats) -> Problem:
    """The plan is published; and to tempt whoever mends it, others are wanted on other seats since:
    each person now wishes to go with another team, which outweighs that a seat is kept."""
    teams = [m.id for m in problem.missions]
    wishing = tuple(
        p.model_copy(update={"prefers": (Wish(mission=teams[n % len(teams)], points=3),)})
        for n, p in enumerate(problem.people)
    )
    weights = problem.weights.model_copy(update={"preference": 4.0})
    return problem.model_copy(update={"published": plan, "people": wishing, "weights": weights})


def is_smallest(now: Problem, before: Seats, told: Mended) -> None:
    """It keeps every rule; no plan that covers as much changes fewer seats; and while a seat that
    was filled, or came since, is empty, no plan covers more."""
    held = {a.seat: a.person for a in told.assignments}
    assert stands(now, held)
    covers = cover(now, held)
    empty = {a.seat for a in before} | set(told.lost)
    best = truth(now, before, covers, most=bool(empty - held.keys()))
    assert len(told.moved) == best.changes
    if empty - held.keys():
        assert covers == best.covers


def only_from(problem: Problem, person: str, day: date) -> Problem:
    """Their visa comes on this day: until then they cannot go."""

    def later(p: Person) -> Person:
        if p.id != person:
            return p
        free = p.available if p.available is not None else (
            Window.model_validate({"from": START, "to": START + timedelta(days=3000)}),
        )  # fmt: skip
        kept = [w.model_copy(update={"start": max(w.start, day)}) for w in free if w.end > day]
        return p.model_copy(update={"available": tuple(kept)})

    return problem.model_copy(update={"people": tuple(map(later, problem.people))})


def without(problem: Problem, *people: str) -> Problem:
    return problem.model_copy(update={"people": tuple(
        p.model_copy(update={"available": ()}) if p.id in people else p for p in problem.people
    )})  # fmt: skip


def taken(seed: int) -> tuple[Problem, Seats, set[str]] | None:
    """A published plan and six of its people, or None where it has fewer."""
    problem = rich(seed, people=13, seats=7)
    plan = solve(problem).assignments
    six = dict.fromkeys(a.person for a in plan)
    if len(six) < 6:
        return None
    return published(problem, plan), plan, set(list(six)[:6])


SIX = range(300, 420)


def test_an_outbreak_takes_six_people_at_once_and_the_smallest_change_mends_it() -> None:
    tried = refilled = 0
    for seed in SIX:
        if tried == 4:
            break
        if (found := taken(seed)) is None:
            continue
        problem, plan, six = found
        now = without(problem, *six)
        told = mend(now, plan)
        assert not {a.person for a in told.assignments} & six
        assert {a.seat for a in plan if a.person in six} <= set(told.lost)
        is_smallest(now, plan, told)
        tried += 1
        refilled += len(told.lost) - len(told.open)
    assert tried == 4
    assert refilled


@pytest.mark.parametrize("seed", range(10))
def test_a_late_visa_moves_only_whom_it_must(seed: int) -> None:
    problem = rich(seed + 700, people=12, seats=5)
    plan = solve(problem).assignments
    starts = {s.id: s.start for s in problem.seats}
    for one in plan:
        day = starts[one.seat] + timedelta(days=21)
        now = only_from(published(problem, plan), one.person, day)
        told = mend(now, plan)
        assert one.seat in told.lost
        is_smallest(now, plan, told)
        early = only_from(published(problem, plan), one.person, min(starts.values()))
        assert mend(early, plan).moved == (), "a visa that comes in time changes nothing"


def of_two_teams(seed: int) -> bool:
    return len({s.mission for s in rich(seed + 900, people=12, seats=5).seats}) > 1


@pytest.mark.parametrize("seed", [n for n in range(24) if of_two_teams(n)])
def test_a_new_team_in_a_published_plan_moves_only_whom_it_must(seed: int) -> None:
    whole = rich(seed + 900, people=12, seats=5)
    last = whole.missions[-1].id
    came = {s.id for s in whole.seats if s.mission == last}
    before = whole.model_copy(update={
        "missions": whole.missions[:-1],
        "seats": tuple(s for s in whole.seats if s.id not in came),
        "published": (),
    })  # fmt: skip
    plan = solve(before).assignments
    now = published(whole, plan)
    told = mend(now, plan, came)
    assert came == set(told.lost) & came
    is_smallest(now, plan, told)


def in_a_chain() -> Problem:
    """A can be taken by P1, or P2; P2 holds B, which P3 can take; P3 holds C, which P4 can take.
    Beside them are many seats that nobody can take, so that not all of it is looked at."""
    trades = {"P1": "a", "P2": "ab", "P3": "bc", "P4": "c"}
    rows = [("A", "M1", "a"), ("B", "M2", "b"), ("C", "M3", "c")]
    rows += [(f"F{n}", "M4", "f") for n in range(45)]
    when = {"from": "2027-02-01", "to": "2027-05-01"}
    told = {
        "schema": PROBLEM, "horizon_from": "2027-01-01", "horizon_to": "2028-01-01",
        "organisations": [
            {"id": "H", "area": "A", "departments": [{"id": "D", "specialty": "a"}]}
        ],
        "people": [
            {"id": p, "department": "D", "specialty": t[0], "second_specialty": t[-1], "grade": 2}
            for p, t in trades.items()
        ],
        "missions": [
            {"id": f"M{n}", "kind": "group", "destination": "X", "sender_pool": {"all": True},
             **when} for n in (1, 2, 3, 4)
        ],
        "seats": [
            {"id": k, "mission": m, "position": t, "accepts": [t], "weight": "critical", **when}
            for k, m, t in rows
        ],
    }  # fmt: skip
    return Problem.model_validate(told)


def test_who_looks_wider_fills_a_seat_for_which_more_people_have_to_move() -> None:
    problem = in_a_chain()
    plan = tuple(Seated(seat=k, person=p) for k, p in zip("ABC", ("P1", "P2", "P3"), strict=True))
    now = without(problem, "P1")
    near, wide = mend(now, plan), mend(now, plan, wider=True)
    assert near.open == ("A",)
    assert not near.moved[1:]
    assert not near.widest
    assert wide.widest
    assert wide.open == ()
    assert {m.seat: m.after for m in wide.moved} == {"A": "P2", "B": "P3", "C": "P4"}
