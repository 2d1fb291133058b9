"""The smallest changes that would fill an empty seat. Each is made to the problem, and the changed
problem is solved with that seat filled, near it first and then as widely as the plan's size allows:
only what fills it is told, also where what the change gives would bring more elsewhere, and only
where the independent checker lets the changed plan stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import TypeVar

from marrow.plan.rules.caps import months
from marrow.plan.rules.engine.checked import breaches_of
from marrow.plan.rules.engine.ground import Ground
from marrow.plan.rules.engine.lacking import lacking
from marrow.plan.rules.engine.near import Standing, local
from marrow.plan.rules.engine.team_changes import team_changes
from marrow.plan.rules.engine.whole import seated
from marrow.plan.rules.engine.widely import best_of_all, filling
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import (
    Cap,
    Certificate,
    Mission,
    Organisation,
    Person,
    Problem,
    Seat,
)
from marrow.plan.rules.said import Said, said
from marrow.plan.rules.teams import Handover, handovers_lost

TRIES = 12  # of one seat
FORTNIGHT, NO_TIME = timedelta(days=14), timedelta()
REMOTE = 0.4  # of the first person's worth
OF_ONE_KIND = 3  # people of whom one kind of change is tried
NOTHING = 0.005  # points
HEAVY = {"critical": 2, "important": 1, "ordinary": 0}
R = TypeVar("R", Person, Seat, Mission, Organisation)


@dataclass(frozen=True)
class Change:
    """What would be changed, and the problem with it."""

    what: Said
    problem: Problem


@dataclass(frozen=True)
class Repair:
    """A change that fills the seat with `person` (None: a remote link stands in, the seat stays
    empty). `tiers` are the points that come of it, beside the best that is found around the seat
    without it; `moves` other seats that change, `emptied` those of them in which nobody
    sits then; `lost` the handovers that are kept without it and not with it."""

    what: Said
    person: str | None
    tiers: tuple[float, ...]
    moves: tuple[str, ...]
    exact: bool
    emptied: tuple[str, ...] = ()
    lost: tuple[Handover, ...] = ()


@dataclass(frozen=True)
class Repairs:
    """`sure`: of each change that was tried and is not told no plan at all fills the seat; else
    some were looked for around the seat alone."""

    found: tuple[Repair, ...]
    tried: int
    of: int
    sure: bool = False


def repairs(standing: Standing, seat: str, tries: int = TRIES) -> Repairs:
    """The changes that fill an empty seat, the least disturbing first."""
    all_of_them = list(changes(standing, seat))
    tried = [_tried(standing, seat, c) for c in all_of_them[:tries]]
    found = tuple(one for one, _ in tried if one)
    return Repairs(found, len(tried), len(all_of_them), all(sure for _, sure in tried))


def proved(standing: Standing, seat: str, change: Change) -> Repair | None:
    """The repair, where with the change a plan fills the seat that opens none of its weight or
    more, and breaks no rule. A remote link fills no seat: it is told where it brings something."""
    return _tried(standing, seat, change)[0]


def _tried(standing: Standing, seat: str, change: Change) -> tuple[Repair | None, bool]:
    """The repair, and whether no better one can be: where there is none, that no plan fills the
    seat so."""
    ground = Ground.of(Rules(change.problem), seated(standing.model, standing.x))
    row = standing.seat_row[seat]
    if change.what.code == "remote":
        return _through_a_link(standing, row, ground, change.what), True
    looked = filling(ground, row, _as_heavy(standing, row))
    after, everywhere = looked.after, looked.before.whole
    before = best_of_all(standing) if everywhere else standing.best(ground.near([row]), row)
    if after is None or before is None or breaches_of(after):
        return None, looked.sure
    person = change.problem.people[after.holds[row]].id
    tiers, (moved, emptied) = _gained(before, after), _moved(before, after, seat)
    lost = _handovers_lost(before, after)
    return Repair(change.what, person, tiers, moved, looked.sure, emptied, lost), looked.sure


def _through_a_link(standing: Standing, row: int, ground: Ground, what: Said) -> Repair | None:
    now, found = local(ground, [row])
    before = standing.best(ground.near([row]), row)
    if found is None or before is None:
        return None
    after = now.then(found.x)
    tiers = _gained(before, after)
    if sum(tiers) <= NOTHING or _as_heavy(standing, row) - after.holds.keys():
        return None
    moved, emptied = _moved(before, after, standing.problem.seats[row].id)
    lost = _handovers_lost(before, after)
    return Repair(what, None, tiers, moved, found.exact, emptied, lost)


def _gained(before: Standing, after: Standing) -> tuple[float, ...]:
    return tuple(a - b for a, b in zip(after.tiers, before.tiers, strict=True))


def _moved(before: Standing, after: Standing, seat: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The other seats that change, and those of them that are empty then."""
    one, other = _named(before), _named(after)
    others = {s.id for s in before.problem.seats} - {seat}  # without one that the change adds
    moved = (k for k in others if one.get(k) != other.get(k))
    return tuple(sorted(moved)), tuple(sorted(one.keys() - other.keys()))


def _handovers_lost(before: Standing, after: Standing) -> tuple[Handover, ...]:
    return handovers_lost(before.problem, _named(before), after.problem, _named(after))


def _named(s: Standing) -> dict[str, str]:
    """The person of each filled seat."""
    return {s.problem.seats[k].id: s.problem.people[p].id for k, p in s.holds.items()}


def _as_heavy(standing: Standing, row: int) -> set[int]:
    """The seats that are filled and weigh as much as this one, or more: none of them is opened."""
    asked, seats = HEAVY[standing.problem.seats[row].weight], standing.problem.seats
    return {k for k in standing.holds if HEAVY[seats[k].weight] >= asked}


def changes(standing: Standing, name: str) -> Iterator[Change]:
    """Every small change that may fill a seat, the least disturbing first."""
    seat = standing.problem.seats[standing.seat_row[name]]
    for move in (_dates, _team, _caps, _papers, _pools, _budgets, _remote):
        yield from move(standing, seat)


def _dates(standing: Standing, seat: Seat) -> Iterator[Change]:
    """The whole team leaves two weeks later, or earlier."""
    problem = standing.problem
    mission = standing.model.rules.mission[seat.mission]
    for days in (FORTNIGHT, -FORTNIGHT):
        start, end = mission.start + days, mission.end + days
        if start < problem.horizon_from or end > problem.horizon_to:
            continue
        moved = {s.id for s in problem.seats if s.mission == mission.id}

        def later(s: Seat, days: timedelta = days) -> Seat:
            return _with(s, start=s.start + days, end=s.end + days)

        changed = _each(
            problem, "missions", {mission.id}, lambda m, a=start, b=end: _with(m, start=a, end=b)
        )
        changed = _each(changed, "seats", moved, later)
        code = "dates" if days > NO_TIME else "dates_earlier"
        yield Change(said(code, mission=mission.id, days=abs(days.days)), changed)


def _team(standing: Standing, seat: Seat) -> Iterator[Change]:
    """What a team that stays at home lacks is changed."""
    row = standing.seat_row[seat.id]
    if any(standing.problem.seats[k].mission == seat.mission for k in standing.holds):
        return
    looked = filling(standing.ground, row, at_once=True)
    lacks = lacking(looked, row) if looked.after is None else ()
    for what, problem in team_changes(standing, seat, lacks):
        yield Change(what, problem)


def _caps(standing: Standing, seat: Seat) -> Iterator[Change]:
    """A department's or hospital's cap raised by one in the months of the seat."""
    problem, rules = standing.problem, standing.model.rules
    homes = {d.id: o for o in problem.organisations for d in o.departments}
    seen: set[str] = set()
    for p in rules.eligible(seat.id).tolist():
        person = problem.people[p]
        hospital = homes[person.department]
        full = _full(standing, seat, p)
        for kind, name in (("organisation", hospital.id), ("department", person.department)):
            if kind in full and name not in seen:
                seen.add(name)
                raised = _raised(problem, kind, name, full[kind])
                yield Change(said(f"cap_of_{kind}", name=name, months=tuple(full[kind])), raised)
        if len(seen) >= OF_ONE_KIND:
            return


def _full(standing: Standing, seat: Seat, person: int) -> dict[str, list[str]]:
    """The months of a seat in which a person's department, or hospital, lends nobody more."""
    caps, problem = standing.model.rules.caps, standing.problem
    pairs = [
        (problem.people[p].id, problem.seats[k].id) for k, p in standing.holds.items()
    ] + [(problem.people[person].id, seat.id)]  # fmt: skip
    found: dict[str, list[str]] = {}
    own = set(caps.home[problem.people[person].id])
    spans = {f"{y}-{m:02}" for y, m in months(seat.start, seat.end)}
    for home, month, _count, _cap in caps.over(pairs):
        if home in own and month in spans:
            found.setdefault(home.split(" ", 1)[0], []).append(month)
    return found


def _raised(problem: Problem, kind: str, name: str, which: list[str]) -> Problem:
    def more(caps: tuple[Cap, ...]) -> tuple[Cap, ...]:
        stated = {c.month for c in caps}
        raised = [c.model_copy(update={"people": c.people + (c.month in which)}) for c in caps]
        return (*raised, *(Cap(month=m, people=1) for m in which if m not in stated))

    def hospital(o: Organisation) -> Organisation:
        if kind == "organisation":
            return _with(o, absence_cap=more(o.absence_cap))
        departments = tuple(
            d.model_copy(update={"absence_cap": more(d.absence_cap)}) if d.id == name else d
            for d in o.departments
        )
        return _with(o, departments=departments)

    of = {
        o.id for o in problem.organisations
        if (o.id == name if kind == "organisation" else any(d.id == name for d in o.departments))
    }  # fmt: skip
    return _each(problem, "organisations", of, hospital)


def _papers(standing: Standing, seat: Seat) -> Iterator[Change]:
    """One course, one certificate, one clearance, one grade or one refusal less: of somebody whom
    nothing else keeps."""
    rules, problem = standing.model.rules, standing.problem
    fits = set(rules.eligible(seat.id).tolist())
    ways: tuple[tuple[str, Callable[[Person, Seat], tuple[Said, Person] | None]], ...] = (
        ("speaks_language", _course), ("holds_certificate", _certificate),
        ("has_clearance", _clearance), ("has_grade", _grade),
    )  # fmt: skip
    near = [
        (p, broken[0]) for p in range(rules.roster.size)
        if p not in fits and _of_trade(problem.people[p], seat)
        and len(broken := rules.broken(problem.people[p].id, seat.id)) == 1
    ]  # fmt: skip
    for rule, way in ways:
        who = [p for p, broken in near if broken == rule]
        who.sort(key=lambda p: (p in standing.held, p))
        enough = (told for p in who if (told := way(problem.people[p], seat)))
        for what, person in islice(enough, OF_ONE_KIND):
            yield Change(what, _each(problem, "people", {person.id}, lambda _, q=person: q))


def _of_trade(person: Person, seat: Seat) -> bool:
    return person.specialty in seat.accepts or person.second_specialty in seat.accepts


def _course(person: Person, seat: Seat) -> tuple[Said, Person] | None:
    asked = seat.language
    level = person.languages.get(asked.code, 0) if asked else 0
    if asked is None or level + 1 < asked.level:
        return None
    spoken = {**person.languages, asked.code: asked.level}
    what = said("course", person=person.id, language=asked.code, level=level, asked=asked.level)
    return what, _with(person, languages=spoken)


def _certificate(person: Person, seat: Seat) -> tuple[Said, Person] | None:
    last = seat.end - timedelta(days=1)
    lacks = [
        code for code in seat.certificates
        if not any(c.code == code and c.until >= last for c in person.certificates)
    ]  # fmt: skip
    if len(lacks) != 1:
        return None
    held = (*person.certificates, Certificate(code=lacks[0], until=last))
    what = said("certificate", person=person.id, certificate=lacks[0], until=last)
    return what, _with(person, certificates=held)


def _clearance(person: Person, seat: Seat) -> tuple[Said, Person] | None:
    last: date = seat.end - timedelta(days=1)
    return said("clearance", person=person.id, until=last), _with(person, clearance_until=last)


def _grade(person: Person, seat: Seat) -> tuple[Said, Person] | None:
    if person.grade is None or person.grade + 1 < seat.grade_min:
        return None
    what = said("grade", person=person.id, grade=person.grade, asked=seat.grade_min)
    return what, _with(person, grade=seat.grade_min)


def _pools(standing: Standing, seat: Seat) -> Iterator[Change]:
    """One hospital more is asked."""
    rules, problem = standing.model.rules, standing.problem
    mission = standing.model.rules.mission[seat.mission]
    homes = {d.id: o.id for o in problem.organisations for d in o.departments}
    seen: dict[str, None] = {}
    for person in problem.people:
        if _of_trade(person, seat) and rules.broken(person.id, seat.id) == ["is_in_sender_pool"]:
            seen.setdefault(homes[person.department])
    for name in islice(seen, OF_ONE_KIND):
        pool = mission.sender_pool
        wider = pool.model_copy(update={"organisations": (*pool.organisations, name)})
        changed = _each(
            problem, "missions", {mission.id}, lambda m, w=wider: _with(m, sender_pool=w)
        )
        yield Change(said("pool", mission=mission.id, organisation=name), changed)


def _budgets(standing: Standing, seat: Seat) -> Iterator[Change]:
    """A budget raised by the cost of the seat."""
    problem = standing.problem
    for budget in problem.budgets:
        if budget.year != seat.start.year or not seat.cost:
            continue
        raised = tuple(
            b.model_copy(update={"amount": b.amount + seat.cost}) if b == budget else b
            for b in problem.budgets
        )
        what = said("budget", area=budget.area, year=budget.year, by=seat.cost)
        yield Change(what, problem.model_copy(update={"budgets": raised}))


def _remote(standing: Standing, seat: Seat) -> Iterator[Change]:
    """An expert stands by through a link in place of a person on post."""
    problem = standing.problem
    mission = standing.model.rules.mission[seat.mission]

    def meant(c: object) -> bool:
        return (
            getattr(c, "destination", None) == mission.destination
            and getattr(c, "specialty", None) == seat.accepts[0]
            and getattr(c, "remote", 1) < REMOTE
        )

    if any(meant(c) for c in problem.cells):
        cells = tuple(
            c.model_copy(update={"remote": REMOTE}) if meant(c) else c for c in problem.cells
        )
        what = said("remote", destination=mission.destination, specialty=seat.accepts[0])
        yield Change(what, problem.model_copy(update={"cells": cells}))


def _with(record: R, **changed: object) -> R:
    return record.model_copy(update=changed)


def _each(problem: Problem, of: str, ids: set[str], change: Callable[..., object]) -> Problem:
    """The problem with these records of one list changed."""
    rows = tuple(change(r) if r.id in ids else r for r in getattr(problem, of))
    return problem.model_copy(update={of: rows})
