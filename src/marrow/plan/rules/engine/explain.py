"""Why each seat of a plan is as it is, and what each part of the plan gained.

What another person costs is what the plan loses, tier by tier, when they are pinned there and it is
mended; `least` what the best plan with them loses against the best plan, where that is proved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from marrow.plan.rules.engine.beside import ENOUGH
from marrow.plan.rules.engine.kept_back import kept_back
from marrow.plan.rules.engine.lacking import lacking, told_of_team
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.engine.others import OTHERS, Asked, Estimate, Other
from marrow.plan.rules.engine.solve import first_plan
from marrow.plan.rules.engine.whole import points_by_tier, whole
from marrow.plan.rules.engine.widely import Looked, best_of_all, filling
from marrow.plan.rules.pairs import PAIR_RULES, UNCOUNTED
from marrow.plan.rules.problem import ASKED, SELECTED, Pin, Seat
from marrow.plan.rules.roster import Ints
from marrow.plan.rules.said import Named, Said, said
from marrow.plan.rules.teams import anaesthetists_for, wish_points

PEOPLE = 12  # names told of those whom one rule excludes
Hindrance = tuple[str, tuple[tuple[str, Named], ...]]  # a code and what it names


@dataclass(frozen=True)
class Excluded:
    """Whom one rule keeps from a seat, of those whom the rules before it left."""

    rule: str
    count: int
    people: tuple[str, ...]


@dataclass(frozen=True)
class Reason:
    """Why a seat is as it is."""

    seat: str
    person: str | None
    excluded: tuple[Excluded, ...]
    left: int
    why: tuple[Said, ...]
    others: tuple[Other, ...] = ()
    further: tuple[Estimate, ...] = ()


@dataclass(frozen=True)
class Gained:
    """Points of the five tiers: with nobody sent, by the plan with which the planner began (greedy,
    or any that keeps the pins), by this plan."""

    empty: tuple[float, ...]
    greedy: tuple[float, ...]
    plan: tuple[float, ...]


def gained(standing: Standing) -> Gained:
    model = standing.model
    empty = points_by_tier(model, whole(model, []))
    return Gained(empty, points_by_tier(model, first_plan(model)), standing.tiers)


def reason(standing: Standing, seat: str, others: int = OTHERS) -> Reason:
    """Why this seat is filled by whom it is, or why it is empty. Of the `others` who seem cheapest
    the cost is reckoned, of all further ones estimated."""
    row = standing.seat_row[seat]
    excluded, left = excluded_from(standing, seat)
    holder = standing.holds.get(row)
    if holder is None:
        return Reason(seat, None, excluded, len(left), tuple(_why_empty(standing, row, left)))
    person = standing.problem.people[holder].id
    asked = Asked(standing, row)
    found = asked.others(others)
    beside = () if _pin_of(standing, row) else _beside(asked, left, found)
    why = (*_merits(standing, row, holder), *beside)
    rest = asked.further({o.person for o in found})
    return Reason(seat, person, excluded, len(left), tuple(why), found, rest)


def excluded_from(standing: Standing, seat: str) -> tuple[tuple[Excluded, ...], Ints]:
    """Whom each rule excludes, in the order of the rules, and the rows of those who remain."""
    rules, people = standing.model.rules, standing.problem.people
    asked, who, told = rules.asked(seat), np.arange(rules.roster.size), []
    for rule in PAIR_RULES:
        kept = rule(asked, who)
        out = who[~kept]
        if len(out) and rule not in UNCOUNTED:
            names = tuple(people[i].id for i in out[:PEOPLE])
            told.append(Excluded(rule.__name__, len(out), names))
        who = who[kept]
    return tuple(told), who


def _merits(standing: Standing, row: int, person: int) -> Iterable[Said]:
    """What speaks for a person by itself: a pin, a wish, the published plan, a mentor's return."""
    problem, seat = standing.problem, standing.problem.seats[row]
    who = problem.people[person]
    if pin := _pin_of(standing, row):
        why = {SELECTED: "why_selected", ASKED: "why_asked"}
        yield said(why.get(pin.by, "why_pinned"))
    points = wish_points(who, standing.model.rules.mission[seat.mission])
    if points:
        yield said("why_wish", points=points)
    if any((x.seat, x.person) == (seat.id, who.id) for x in problem.published):
        yield said("why_published")
    yield from _returns(standing, row, person)


def _pin_of(standing: Standing, row: int) -> Pin | None:
    seat = standing.problem.seats[row].id
    return next((p for p in standing.problem.pins if p.seat == seat and p.person), None)


def _returns(standing: Standing, row: int, person: int) -> Iterable[Said]:
    column = standing.column[row, person]
    for gain, one, two in standing.model.follows.both:
        if column in (one, two) and standing.x[gain] > 0.5:
            mate = two if column == one else one
            yield said("why_mentor", seat=standing.problem.seats[standing.model.seat[mate]].id)


def _beside(asked: Asked, left: Ints, others: tuple[Other, ...]) -> Iterable[Said]:
    """How the person stands beside the others who could: by what is proved of these, else by what
    was found."""
    proved = asked.beside
    if len(left) == 1:
        yield said("why_only_one")
    elif proved.least:
        yield _next_best(asked, len(left) - 1)
    elif proved.sure:
        yield said("why_others_kept_back", count=len(left) - 1)
    elif possible := [o for o in others if o.cost is not None]:
        best = min(possible, key=lambda o: o.cost or 0.0)
        cost = best.cost or 0.0
        code = "why_at_most" if cost > ENOUGH else "why_as_good"
        yield said(code, person=best.person, cost=cost)
    elif others:
        yield said("why_tried_kept_back", count=len(others))


def _next_best(asked: Asked, count: int) -> Said:
    """Those who cost the least, and how much: `count` could in all."""
    people, good = asked.standing.problem.people, asked.beside.as_good
    names, cost = tuple(people[p].id for p in good), min(asked.beside.least.values())
    if len(good) == 1:
        code = "why_best" if cost > ENOUGH else "why_as_good"
        return said(code, person=names[0], cost=cost)
    if cost > ENOUGH:
        return said("why_best_of_many", count=len(good), cost=cost, people=names)
    if len(good) == count:
        return said("why_all_as_good", count=count)
    return said("why_some_as_good", count=len(good), people=names)


def _why_empty(standing: Standing, row: int, left: Ints) -> Iterable[Said]:
    problem = standing.problem
    seat: Seat = problem.seats[row]
    if any(p.seat == seat.id and p.person is None for p in problem.pins):
        yield said("empty_pinned")
        return
    if not len(left):
        yield said("empty_nobody")
        return
    yield from _kept_back(standing, row, left)
    if _lacks_anaesthetist(standing, seat):
        yield said("empty_alone")
    looked = filling(standing.ground, row, at_once=True)
    goes = any(problem.seats[k].mission == seat.mission for k in standing.holds)
    lacks: tuple[str, ...] = ()
    if not goes and looked.after is None:
        lacks = lacking(looked, row)
        yield from told_of_team(looked, row, lacks)
    if not goes and not lacks:
        yield said("empty_team_stays", mission=seat.mission)
    if looked.after is None and not lacks:
        yield said("empty_no_plan" if looked.sure else "empty_none_found")
    if looked.after is not None:
        yield from _costs(standing, row, looked, looked.after)


def _costs(standing: Standing, row: int, looked: Looked, after: Standing) -> Iterable[Said]:
    """What filling a seat would cost elsewhere, and which seats are empty then."""
    near = standing.solved(standing.around([row])) if not looked.before.whole else None
    best = best_of_all(standing) if near is None else standing.then(near.x)
    if best is None or (cost := best.value - after.value) <= ENOUGH:
        return
    lost = sorted(best.holds.keys() - after.holds.keys())
    seats = tuple(standing.problem.seats[k].id for k in lost)
    yield said("empty_costs" if looked.sure else "empty_costs_at_most", cost=cost, seats=seats)


def _kept_back(standing: Standing, row: int, left: Ints) -> Iterable[Said]:
    """What keeps back those whom no rule excludes alone, and whom: the seat in which they sit, the
    home that is at its limit and in which month, another rule of several seats. Whoever has more
    than one thing against them is told of with each."""
    people, found = standing.problem.people, defaultdict[Hindrance, list[str]](list)
    for p in left.tolist():
        for told in kept_back(standing, row, p):
            seat = str(told.names["seat"]) if "seat" in told.names else ""
            same = tuple((k, v) for k, v in told.names.items() if k != "seat")
            who = f"{people[p].id} ({seat})" if seat else people[p].id
            found[told.code.replace("kept", "empty", 1), same].append(who)
    for (code, names), whom in sorted(found.items(), key=lambda one: (-len(one[1]), str(one[0]))):
        yield said(code, count=len(whom), people=tuple(whom[:PEOPLE]), **dict(names))


def _lacks_anaesthetist(standing: Standing, seat: Seat) -> bool:
    for surgeon, near in anaesthetists_for(standing.problem):
        if surgeon.id == seat.id and surgeon not in near:
            return not any(standing.seat_row[a.id] in standing.holds for a in near)
    return False
