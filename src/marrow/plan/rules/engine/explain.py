"""Why each seat of a plan is as it is, and what each part of the plan gained.

A cost is the value of this plan less that of the best plan in which the other person sits there,
tier by tier. `exact` tells whether that is the best of all plans, or (where a plan is large) the
best of those in which only the neighbourhood changes: then the true cost is at most the one told.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from marrow.plan.rules.engine.greedy import greedy
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.engine.program import Floats
from marrow.plan.rules.engine.whole import pairs_of, points_by_tier, whole
from marrow.plan.rules.pairs import PAIR_RULES
from marrow.plan.rules.problem import Seat
from marrow.plan.rules.roster import Ints
from marrow.plan.rules.said import Said, said
from marrow.plan.rules.teams import anaesthetists_for, wish_points

OTHERS = 5  # who else could, of which the cost is reckoned
PEOPLE = 12  # names told of those whom one rule excludes
ENOUGH = 0.005  # points: what is less is no difference


@dataclass(frozen=True)
class Other:
    """Somebody else who may take a filled seat. `cost` in points, None where no plan has them
    there; `tiers` what each tier loses; `moves` other seats that then change their person."""

    person: str
    sits: tuple[str, ...]
    cost: float | None
    tiers: tuple[float, ...] = ()
    moves: tuple[str, ...] = ()
    exact: bool = False
    kept_back: tuple[str, ...] = ()


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


@dataclass(frozen=True)
class Gained:
    """Points of the five tiers: with nobody sent, by greedy, by this plan."""

    empty: tuple[float, ...]
    greedy: tuple[float, ...]
    plan: tuple[float, ...]


def gained(standing: Standing) -> Gained:
    model = standing.model
    empty = points_by_tier(model, whole(model, []))
    return Gained(empty, points_by_tier(model, greedy(model)), standing.tiers)


def reason(standing: Standing, seat: str, others: int = OTHERS) -> Reason:
    """Why this seat is filled by whom it is, or why it is empty."""
    row = standing.seat_row[seat]
    excluded, left = excluded_from(standing, seat)
    holder = standing.holds.get(row)
    if holder is None:
        return Reason(seat, None, excluded, len(left), tuple(_why_empty(standing, row, left)))
    person = standing.problem.people[holder].id
    found = who_else(standing, row, others)
    why = (*_merits(standing, row, holder), *_beside(left, found))
    return Reason(seat, person, excluded, len(left), tuple(why), found)


def excluded_from(standing: Standing, seat: str) -> tuple[tuple[Excluded, ...], Ints]:
    """Whom each rule excludes, in the order of the rules, and the rows of those who remain."""
    rules, people = standing.model.rules, standing.problem.people
    asked, who, told = rules.asked(seat), np.arange(rules.roster.size), []
    for rule in PAIR_RULES:
        kept = rule(asked, who)
        out = who[~kept]
        if len(out):
            names = tuple(people[i].id for i in out[:PEOPLE])
            told.append(Excluded(rule.__name__, len(out), names))
        who = who[kept]
    return tuple(told), who


def who_else(standing: Standing, row: int, most: int = OTHERS) -> tuple[Other, ...]:
    """The others who may take a filled seat with what that costs, the cheapest first."""
    holder = standing.holds.get(row)
    rest = [p for p in standing.candidates(row) if p != holder]
    rest.sort(key=lambda p: (p in standing.held, -standing.model.points[standing.column[row, p]]))
    told = [other(standing, row, p) for p in rest[:most]]
    told.sort(key=lambda o: (o.cost is None, o.cost or 0.0, o.person))
    return tuple(told)


def other(standing: Standing, row: int, person: int) -> Other:
    """The best plan with this person in this seat, beside the plan as it stands."""
    model, problem = standing.model, standing.problem
    column = standing.column[row, person]
    sits = tuple(problem.seats[k].id for k in standing.held.get(person, ()))
    free = standing.around([row], standing.held.get(person, ()))
    found = None if model.most[column] < 1 else standing.solved(free, force=column)
    name = problem.people[person].id
    if found is None:
        return Other(name, sits, None, kept_back=tuple(standing.kept_back(column)))
    tiers = tuple(
        a - b for a, b in zip(standing.tiers, points_by_tier(model, found.x), strict=True)
    )
    moved = moves(standing, found.x)
    own = problem.seats[row].id
    return Other(name, sits, sum(tiers), tiers, tuple(m for m in moved if m != own), found.exact)


def moves(standing: Standing, x: Floats) -> list[str]:
    """The seats that another plan fills otherwise."""
    model = standing.model
    then = {int(model.seat[c]): int(model.person[c]) for c in pairs_of(model, x)}
    rows = sorted({k for k, _ in standing.holds.items() ^ then.items()})
    return [standing.problem.seats[k].id for k in rows]


def _merits(standing: Standing, row: int, person: int) -> Iterable[Said]:
    """What speaks for a person by itself: a pin, a wish, the published plan, a mentor's return."""
    problem, seat = standing.problem, standing.problem.seats[row]
    who = problem.people[person]
    if any(p.seat == seat.id and p.person for p in problem.pins):
        yield said("why_pinned")
    points = wish_points(who, standing.model.rules.mission[seat.mission])
    if points:
        yield said("why_wish", points=points)
    if any((x.seat, x.person) == (seat.id, who.id) for x in problem.published):
        yield said("why_published")
    yield from _returns(standing, row, person)


def _returns(standing: Standing, row: int, person: int) -> Iterable[Said]:
    column = standing.column[row, person]
    for gain, one, two in standing.model.follows.both:
        if column in (one, two) and standing.x[gain] > 0.5:
            mate = two if column == one else one
            yield said("why_mentor", seat=standing.problem.seats[standing.model.seat[mate]].id)


def _beside(left: Ints, others: tuple[Other, ...]) -> Iterable[Said]:
    """How the person stands beside the others who could."""
    possible = [o for o in others if o.cost is not None]
    if len(left) == 1:
        yield said("why_only_one")
    elif not possible and others:
        yield said("why_others_kept_back", count=len(others))
    elif possible:
        best = possible[0]
        cost = best.cost or 0.0
        code = "why_best" if cost > ENOUGH else "why_as_good"
        yield said(code, person=best.person, cost=cost)


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
    goes = any(problem.seats[k].mission == seat.mission for k in standing.holds)
    if not goes:
        yield said("empty_team_stays", mission=seat.mission)
    found = standing.solved(standing.around([row]), fill=row)
    if found is None:
        yield said("empty_no_plan")
        return
    cost = standing.value - float(standing.model.points @ found.x)
    if cost > ENOUGH:
        lost = [
            s for s in moves(standing, found.x)
            if s != seat.id and found.x[standing.model.filled + standing.seat_row[s]] < 0.5
        ]  # fmt: skip
        yield said("empty_costs", cost=cost, seats=tuple(lost))


def _kept_back(standing: Standing, row: int, left: Ints) -> Iterable[Said]:
    """Of those whom no rule excludes alone, how many which rule of several seats keeps back."""
    kept: dict[str, list[str]] = {}
    closed = 0
    for p in left.tolist():
        column = standing.column.get((row, p))
        if column is None:
            closed += 1
            continue
        name = standing.problem.people[p].id
        for rule in standing.kept_back(column)[:1]:
            kept.setdefault(rule, []).append(name)
    if closed:
        yield said("empty_closed", count=closed)
    for rule, people in sorted(kept.items(), key=lambda one: -len(one[1])):
        yield said("empty_kept_back", rule=rule, count=len(people), people=tuple(people[:PEOPLE]))


def _lacks_anaesthetist(standing: Standing, seat: Seat) -> bool:
    for surgeon, near in anaesthetists_for(standing.problem):
        if surgeon.id == seat.id and surgeon not in near:
            return not any(standing.seat_row[a.id] in standing.holds for a in near)
    return False
