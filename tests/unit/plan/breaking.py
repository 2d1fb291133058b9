"""Ways in which a good plan is broken: each returns problem and plan in which one thing is wrong,
or None where the problem has nothing of the kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from marrow.plan.rules.problem import Plan, Problem, Seat, Seated

Broken = tuple[Problem, Plan] | None
Way = Callable[[Problem, Plan], Broken]


def _changed(problem: Problem, plan: Plan, **told: Any) -> tuple[Problem, Plan]:
    """The problem with other records; the plan says that it is a plan of it."""
    now = Problem.model_validate(problem.model_dump(by_alias=True) | told)
    return now, plan.model_copy(update={"problem_sha256": now.digest()})


def _first(problem: Problem, plan: Plan) -> tuple[Seat, dict[str, Any], dict[str, Any]]:
    """The first seat that is held, with its holder and its mission."""
    held = plan.assignments[0]
    seat = next(s for s in problem.seats if s.id == held.seat)
    person = next(p for p in problem.people if p.id == held.person)
    mission = next(m for m in problem.missions if m.id == seat.mission)
    return seat, person.model_dump(by_alias=True), mission.model_dump(by_alias=True)


def person(change: Callable[[Seat, dict[str, Any]], dict[str, Any]]) -> Way:
    def way(problem: Problem, plan: Plan) -> Broken:
        if not plan.assignments:
            return None
        seat, who, _ = _first(problem, plan)
        told = [
            p.model_dump(by_alias=True) | (change(seat, who) if p.id == who["id"] else {})
            for p in problem.people
        ]
        return _changed(problem, plan, people=told)

    return way


def seat(**change: Any) -> Way:
    def way(problem: Problem, plan: Plan) -> Broken:
        if not plan.assignments:
            return None
        one, _, _ = _first(problem, plan)
        told = [
            s.model_dump(by_alias=True) | (change if s.id == one.id else {}) for s in problem.seats
        ]
        return _changed(problem, plan, seats=told)

    return way


def mission(change: Callable[[Problem, dict[str, Any]], dict[str, Any]]) -> Way:
    def way(problem: Problem, plan: Plan) -> Broken:
        if not plan.assignments:
            return None
        _, _, one = _first(problem, plan)
        told = [
            m.model_dump(by_alias=True) | (change(problem, one) if m.id == one["id"] else {})
            for m in problem.missions
        ]
        return _changed(problem, plan, missions=told)

    return way


def house(of: str) -> Way:
    """The department, or the hospital, of the first who goes lends nobody in the first month."""

    def way(problem: Problem, plan: Plan) -> Broken:
        if not plan.assignments:
            return None
        one, who, _ = _first(problem, plan)
        none = [{"month": f"{one.start:%Y-%m}", "people": 0}]
        told = [o.model_dump(by_alias=True) for o in problem.organisations]
        for o in told:
            for d in o["departments"]:
                if d["id"] == who["department"]:
                    (d if of == "department" else o)["absence_cap"] = none
        return _changed(problem, plan, organisations=told)

    return way


def pressed(problem: Problem, plan: Plan) -> Broken:
    if not plan.assignments:
        return None
    one, who, _ = _first(problem, plan)
    told = [o.model_dump(by_alias=True) for o in problem.organisations]
    for o in told:
        if any(d["id"] == who["department"] for d in o["departments"]):
            o["absence_cap"], o["under_pressure"] = [], [{"from": one.start, "to": one.end}]
    return _changed(problem, plan, organisations=told)


def received(problem: Problem, plan: Plan) -> Broken:
    """The hospital of the first who goes is the one to which they go."""
    if not plan.assignments:
        return None
    department = _first(problem, plan)[1]["department"]
    own = [o.id for o in problem.organisations if any(d.id == department for d in o.departments)]
    return mission(lambda _, m: {"receivers": own})(problem, plan)


def not_asked(problem: Problem, plan: Plan) -> Broken:
    """Of those who go by no pin and stand in no published plan."""
    named = {p.person for p in problem.pins} | {p.person for p in problem.published}
    if not plan.assignments or _first(problem, plan)[1]["id"] in named:
        return None
    return mission(lambda _, m: {"sender_pool": {"areas": ["none"]}})(problem, plan)


def refused(problem: Problem, plan: Plan) -> Broken:
    if not plan.assignments:
        return None
    to = _first(problem, plan)[2]["destination"]
    return person(lambda s, p: {"refuses": [to]})(problem, plan)


def nobody_leads(problem: Problem, plan: Plan) -> Broken:
    told = mission(lambda _, m: {"hats": ["leader"]})(problem, plan)
    if told is None:
        return None
    people = [p.model_dump(by_alias=True) | {"may_lead": False} for p in told[0].people]
    return _changed(*told, people=people)


def nobody_understands(problem: Problem, plan: Plan) -> Broken:
    told = mission(lambda _, m: {"hats": ["language"], "language": "xx"})(problem, plan)
    if told is None:
        return None
    trade = problem.trade.model_dump() | {"interpreter": "nobody's"}
    return _changed(*told, trade=trade)


def twice(problem: Problem, plan: Plan) -> Broken:
    """The holder of one seat takes another of the same mission as well."""
    one, *_ = _first(problem, plan) if plan.assignments else (None,)
    others = [s for s in problem.seats if one and s.mission == one.mission and s.id != one.id]
    if not others:
        return None
    kept = tuple(a for a in plan.assignments if a.seat != others[0].id)
    more = Seated(seat=others[0].id, person=plan.assignments[0].person)
    return problem, plan.model_copy(update={"assignments": (*kept, more)})


def two_in_a_seat(problem: Problem, plan: Plan) -> Broken:
    free = {p.id for p in problem.people} - {a.person for a in plan.assignments}
    if not plan.assignments or not free:
        return None
    more = Seated(seat=plan.assignments[0].seat, person=min(free))
    return problem, plan.model_copy(update={"assignments": (*plan.assignments, more)})


def another_names(**change: str) -> Way:
    def way(problem: Problem, plan: Plan) -> Broken:
        if not plan.assignments:
            return None
        first = plan.assignments[0].model_copy(update=change)
        return problem, plan.model_copy(update={"assignments": (first, *plan.assignments[1:])})

    return way


def pinned(problem: Problem, plan: Plan) -> Broken:
    if not plan.assignments:
        return None
    return _changed(problem, plan, pins=[{"seat": plan.assignments[0].seat, "person": None}])


def pinned_to_another(problem: Problem, plan: Plan) -> Broken:
    if not plan.assignments or len(problem.people) == 1:
        return None
    one = plan.assignments[0]
    other = next(p.id for p in problem.people if p.id != one.person)
    return _changed(problem, plan, pins=[{"seat": one.seat, "person": other}])


def parted(problem: Problem, plan: Plan) -> Broken:
    free = {p.id for p in problem.people} - {a.person for a in plan.assignments}
    if not plan.assignments or not free:
        return None
    both = {"a": plan.assignments[0].person, "b": min(free), "rule": "together"}
    return _changed(problem, plan, couples=[both])


def too_dear(problem: Problem, plan: Plan) -> Broken:
    if (told := seat(cost=5)(problem, plan)) is None:
        return None
    one, who, _ = _first(*told)
    area = next(
        o.area
        for o in problem.organisations
        if any(d.id == who["department"] for d in o.departments)
    )
    return _changed(*told, budgets=[{"area": area, "year": one.start.year, "amount": 4}])


def claims(change: Callable[[Plan], dict[str, Any]]) -> Way:
    return lambda problem, plan: (problem, plan.model_copy(update=change(plan)))


def _late(one: Seat) -> Any:
    return one.end - timedelta(days=2)


WAYS: dict[str, Way] = {
    "the specialty is not accepted": seat(accepts=["none"]),
    "a certificate is not held": seat(certificates=["never"]),
    "the grade is too low": lambda problem, plan: (
        None if plan.assignments and _first(problem, plan)[1]["grade"] == 4
        else seat(grade_min=4)(problem, plan)
    ),
    "the language is not spoken": seat(language={"code": "xx", "level": 1}),
    "never available": person(lambda s, p: {"available": []}),
    "a day too short": person(lambda s, p: {
        "available": [{"from": s.start, "to": s.end - timedelta(days=1)}]
    }),
    "refused": refused,
    "clearance ends": person(lambda s, p: {"clearance_until": _late(s)}),
    "still rests": person(lambda s, p: {
        "rest_exempt": [], "last_deployment": {"kind": "teaching", "ended_on": s.start},
    }),
    "rests before another mission": person(lambda s, p: {
        "rest_exempt": [],
        "rests": [{"from": s.end - timedelta(days=1), "to": s.end + timedelta(days=90)}],
    }),
    "nobody was asked": not_asked,
    "of the hospital that receives": received,
    "a grade that is not known": lambda problem, plan: (
        broken if (broken := seat(grade_min=2)(problem, plan)) is None
        else person(lambda s, p: {"grade": None})(*broken)
    ),
    "too few": mission(lambda problem, m: {"minimum_people": len(problem.seats) + 1}),
    "nobody leads": nobody_leads,
    "nobody understands": nobody_understands,
    "a department's cap": house("department"),
    "a hospital's cap": house("organisation"),
    "a hospital under pressure": pressed,
    "one person twice": twice,
    "two people in a seat": two_in_a_seat,
    "a person who is not there": another_names(person="nobody"),
    "a seat that is not there": another_names(seat="nowhere"),
    "a seat pinned empty": pinned,
    "a seat pinned to another": pinned_to_another,
    "a couple parted": parted,
    "beyond the budget": too_dear,
    "of another problem": lambda problem, plan: (
        problem.model_copy(update={"name": "other"}), plan
    ),
    "more points than there are": claims(lambda plan: {"value": plan.value + 1}),
    "a tier with more points": claims(lambda plan: {
        "points_by_tier": (plan.points_by_tier[0] + 1, *plan.points_by_tier[1:])
    }),
    "a bound below": claims(lambda plan: {"bound": plan.value - 1}),
    "more critical seats": claims(lambda plan: {
        "critical": plan.critical.model_copy(update={"covered": plan.critical.covered + 1})
    }),
}  # fmt: skip
