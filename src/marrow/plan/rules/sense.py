"""What makes no sense in a problem that is well formed: each fault names its records and says
what to do. A problem with faults is not planned; warnings are told and planned round."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches

from marrow.plan.rules import limits, pairs
from marrow.plan.rules.limits import NOBODY, Taken
from marrow.plan.rules.problem import KEPT, Pin, Problem, Seat
from marrow.plan.rules.said import Named, Said, said

DAY = timedelta(days=1)  # ends are the first day after; sentences tell the last


@dataclass
class Sense:
    faults: list[Said] = field(default_factory=list)
    warnings: list[Said] = field(default_factory=list)


def sense_of(problem: Problem, taken: Taken = NOBODY) -> Sense:
    """All faults and warnings of one problem. `taken`: what was taken off its caps already."""
    faults = faults_of(problem, taken)
    if faults:
        return Sense(faults)
    warnings = [
        *_says_nothing(problem),
        *_beyond_missions(problem),
        *_nobody_fits(problem),
        *_couples_apart_by_seats(problem),
    ]
    return Sense(faults, [*warnings, *limits.held_beyond(problem, taken)])


def at_odds_within(problem: Problem) -> list[Said]:
    """Records that stand twice, name what is not there, or end before they begin: of such a problem
    not even a plan can be checked."""
    return [*_twice(problem), *_references(problem), *_reversed(problem), *_circles(problem)]


def faults_of(problem: Problem, taken: Taken = NOBODY) -> list[Said]:
    """What keeps a problem from being planned; without the warnings, which take longer."""
    faults = at_odds_within(problem)
    if not faults:
        faults = [*_nothing_to_plan(problem), *_pins(problem, taken), *_couples_at_odds(problem)]
        faults += [*_minimums(problem)]
    return faults


def _twice(problem: Problem) -> Iterator[Said]:
    lists = {
        "organisation": [x.id for x in problem.organisations],
        "department": [d.id for o in problem.organisations for d in o.departments],
        "person": [x.id for x in problem.people],
        "mission": [x.id for x in problem.missions],
        "seat": [x.id for x in problem.seats],
        "pin of seat": [x.seat for x in problem.pins],
        "published seat": [x.seat for x in problem.published],
        "person on post": [
            *(x.id for x in problem.on_post),
            *({s.id for s in problem.seats} & {x.id for x in problem.on_post}),
        ],
        "budget": [f"{x.area} {x.year}" for x in problem.budgets],
    }
    for kind, ids in lists.items():
        for name, times in Counter(ids).items():
            if times > 1:
                yield said("twice", kind=kind, name=name, times=times)
    cells = Counter((c.destination, c.specialty, c.half_year) for c in problem.cells)
    for (destination, specialty, half_year), times in cells.items():
        if times > 1:
            yield said(
                "cell_twice", destination=destination, specialty=specialty, half_year=half_year,
                times=times,
            )  # fmt: skip


def _references(problem: Problem) -> Iterator[Said]:
    departments = {d.id for o in problem.organisations for d in o.departments}
    missions, people = {m.id for m in problem.missions}, {p.id for p in problem.people}
    seats = {s.id for s in problem.seats}
    for p in problem.people:
        yield from _known("person", p.id, "department", p.department, departments)
    for s in problem.seats:
        yield from _known("seat", s.id, "mission", s.mission, missions)
    for m in problem.missions:
        if m.predecessor:
            yield from _known("mission", m.id, "mission", m.predecessor, missions)
    for c in problem.couples:
        for name in (c.a, c.b):
            yield from _known("couple", f"{c.a}, {c.b}", "person", name, people)
    for pin in problem.pins:
        yield from _known(_by(pin), pin.seat, "seat", pin.seat, seats)
        if pin.person is not None:
            yield from _known(_by(pin), pin.seat, "person", pin.person, people)
    for x in problem.published if problem.seats else ():
        yield from _known("published seat", x.seat, "seat", x.seat, seats)
        yield from _known("published seat", x.seat, "person", x.person, people)
    yield from _on_post(problem, missions)
    yield from _specialties(problem)


def _on_post(problem: Problem, missions: set[str]) -> Iterator[Said]:
    for one in problem.on_post:
        yield from _known("person on post", one.id, "mission", one.mission, missions)


def _specialties(problem: Problem) -> Iterator[Said]:
    if not (known := set(problem.specialties)):
        return
    for s in problem.seats:
        for code in s.accepts:
            yield from _known("seat", s.id, "specialty", code, known)
    for p in problem.people:
        for code in filter(None, (p.specialty, p.second_specialty)):
            yield from _known("person", p.id, "specialty", code, known)


def _known(
    who: str, name: str, what: str, asked: str, known: set[str], code: str = "unknown"
) -> Iterator[Said]:
    if asked not in known:
        told: dict[str, Named] = {"who": who, "name": name, "what": what, "asked": asked}
        if near := get_close_matches(asked, known, 1):
            yield said(f"{code}_but_near", near=near[0], **told)
        else:
            yield said(code, **told)


def _says_nothing(problem: Problem) -> Iterator[Said]:
    """What names nobody and nothing of the problem. It may be right (the roster holds none of an
    area's people today), so the plan is made, but not without a word."""
    areas = {o.area for o in problem.organisations}
    organisations, missions = (
        {o.id for o in problem.organisations},
        {m.id for m in problem.missions},
    )
    for b in problem.budgets:
        yield from _known("budget", f"{b.area} {b.year}", "area", b.area, areas, "means_nobody")
    for m in problem.missions:
        for area in m.sender_pool.areas:
            yield from _known("mission", m.id, "area", area, areas, "means_nobody")
        for o in m.sender_pool.organisations:
            yield from _known("mission", m.id, "organisation", o, organisations, "means_nobody")
        for o in m.receivers:
            yield from _known("mission", m.id, "organisation", o, organisations, "means_nobody")
    for p in problem.people:
        for asked in (w.mission for w in p.prefers if w.mission):
            yield from _known("person", p.id, "mission", asked, missions, "means_nobody")
    for m in problem.missions:
        if m.end <= problem.horizon_from or m.start >= problem.horizon_to:
            yield said("mission_outside", mission=m.id, start=m.start, end=m.end - DAY)


def _reversed(problem: Problem) -> Iterator[Said]:
    yield from _window("horizon", "", 1, problem.horizon_from, problem.horizon_to)
    for m in problem.missions:
        yield from _window("mission", m.id, 1, m.start, m.end)
    for s in problem.seats:
        yield from _window("seat", s.id, 1, s.start, s.end)
    yield from _outside(problem)
    for p in problem.people:
        for n, w in enumerate(p.available or (), 1):
            yield from _window("available", p.id, n, w.start, w.end)
        for n, w in enumerate(p.rests, 1):
            yield from _window("rests", p.id, n, w.start, w.end)
        last = p.last_deployment
        if last and last.rested_on and last.rested_on < last.ended_on:
            yield said("rested_early", name=p.id, start=last.ended_on, end=last.rested_on)
    for one in problem.on_post:
        yield from _window("on_post", one.id, 1, one.start, one.end)
    for o in problem.organisations:
        for n, w in enumerate(o.under_pressure, 1):
            yield from _window("under_pressure", o.id, n, w.start, w.end)


def _outside(problem: Problem) -> Iterator[Said]:
    """Seats that are on no day of their mission."""
    missions = {m.id: m for m in problem.missions}
    for s in problem.seats:
        m = missions.get(s.mission)
        if m and s.start < s.end and m.start < m.end and (s.end <= m.start or s.start >= m.end):
            yield said("seat_outside", seat=s.id, start=s.start, end=s.end - DAY, mission=m.id)


def _beyond_missions(problem: Problem) -> Iterator[Said]:
    """Seats that begin before their mission, or end after it. A later member comes later."""
    missions = {m.id: m for m in problem.missions}
    for s in problem.seats:
        m = missions[s.mission]
        if s.start < m.start or s.end > m.end:
            yield said(
                "seat_beyond", seat=s.id, start=s.start, end=s.end - DAY, mission=m.id,
                mission_start=m.start, mission_end=m.end - DAY,
            )  # fmt: skip


def _window(what: str, name: str, n: int, start: date, end: date) -> Iterator[Said]:
    """`n` counts the windows of one record from one."""
    if end <= start:
        yield said(f"reversed_{what}", name=name, n=n, start=start, end=end)


def _circles(problem: Problem) -> Iterator[Said]:
    before = {m.id: m.predecessor for m in problem.missions if m.predecessor}
    told: set[str] = set()
    for start in before:
        way, at = [start], before.get(start)
        while at is not None and at not in way:
            way.append(at)
            at = before.get(at)
        if at == start and not told & set(way):
            told |= set(way)
            yield said("circle", missions=(*way, start))


def _nothing_to_plan(problem: Problem) -> Iterator[Said]:
    if not problem.seats:
        yield said("no_seats", missions=tuple(m.id for m in problem.missions[:10]))
    elif not problem.people:
        yield said("no_people", seats=len(problem.seats))
    else:
        asked = {code for s in problem.seats for code in s.accepts}
        if not any({p.specialty, p.second_specialty} & asked for p in problem.people):
            yield said(
                "no_skills",
                seats=len(problem.seats),
                people=len(problem.people),
                first=tuple(p.id for p in problem.people[:5]),
            )


def _pins(problem: Problem, taken: Taken) -> Iterator[Said]:
    pinned = [p for p in problem.pins if p.person is not None]
    if pinned:
        rules = pairs.Rules(problem)
        yield from _pins_at_odds(rules, pinned)
        yield from limits.pinned_beyond(rules.caps, pinned, taken)
        yield from _pinned_beyond_budgets(rules, pinned)


def _by(pin: Pin) -> str:
    """How somebody has a seat: `pin`, or by the records `selected` or `asked`."""
    return pin.by if pin.by in KEPT else "pin"


def _pins_at_odds(rules: pairs.Rules, pinned: Iterable[Pin]) -> Iterator[Said]:
    held = defaultdict[str, list[Pin]](list)
    for pin in pinned:
        if pin.person is not None:
            yield from _broken_pin(rules, pin.person, pin)
            for other in held[pin.person]:
                yield from _both_pinned(rules, pin.person, pin, other)
            held[pin.person].append(pin)


def _broken_pin(rules: pairs.Rules, person: str, pin: Pin) -> Iterator[Said]:
    if broken := rules.broken(person, pin.seat):
        code = f"{_by(pin)}_breaks_rules"
        yield said(code, seat=pin.seat, person=person, rules=tuple(broken))


def _both_pinned(rules: pairs.Rules, person: str, later: Pin, first: Pin) -> Iterator[Said]:
    """One person in two seats that clash: each told as pinned, or as held by the records."""
    if not rules.clash(person, later.seat, first.seat):
        return
    names: dict[str, Named] = {"person": person, "one": first.seat, "other": later.seat}
    how = "pinned"
    if {first.by, later.by} & {*KEPT}:
        how, names = "held", {**names, "one_by": _by(first), "other_by": _by(later)}
    a, b = rules.seat[later.seat], rules.seat[first.seat]
    start, last = max(a.start, b.start), min(a.end, b.end) - DAY
    if start <= last:
        yield said(f"{how}_twice", start=start, end=last, **names)
    else:
        yield said(f"{how}_unrested", **names)


def _couples_at_odds(problem: Problem) -> Iterator[Said]:
    asked: dict[frozenset[str], str] = {}
    for c in problem.couples:
        both = frozenset((c.a, c.b))
        if len(both) == 1:
            yield said("couple_with_itself", person=c.a)
        elif asked.setdefault(both, c.rule) != c.rule:
            yield said("couple_at_odds", one=c.a, other=c.b)


def _pinned_beyond_budgets(rules: pairs.Rules, pins: Iterable[Pin]) -> Iterator[Said]:
    pinned, held = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    for pin in (p for p in pins if p.person is not None):
        seat = rules.seat[pin.seat]
        spent = held if pin.by in KEPT else pinned
        spent[rules.area_of[str(pin.person)], seat.start.year] += round(seat.cost * 1000)
    for b in rules.problem.budgets:
        of = b.area, b.year
        if pinned[of] + held[of] > round(b.amount * 1000):
            cost = (pinned[of] + held[of]) / 1000
            code = "held" if not pinned[of] else "held_and_pinned" if held[of] else "pinned"
            told: dict[str, Named] = {"held": held[of] / 1000} if pinned[of] and held[of] else {}
            yield said(
                f"{code}_beyond_budget", area=b.area, year=b.year, cost=cost, amount=b.amount,
                **told,
            )  # fmt: skip


def _minimums(problem: Problem) -> Iterator[Said]:
    seats = Counter(s.mission for s in problem.seats)
    for m in problem.missions:
        if seats[m.id] and m.minimum_people > seats[m.id]:
            yield said("never_goes", mission=m.id, minimum=m.minimum_people, seats=seats[m.id])


def _nobody_fits(problem: Problem) -> Iterator[Said]:
    """A plan that must stay empty says so, and which rule takes the last who could: of the heaviest
    seats, the one that had candidates for longest."""
    rules = pairs.Rules(problem)
    if any(rules.lent(s, who).any() for s in problem.seats if len(who := rules.eligible(s.id))):
        return
    weight = problem.weights
    heaviest = max(float(getattr(weight, s.weight)) for s in problem.seats)
    first = [s for s in problem.seats if float(getattr(weight, s.weight)) == heaviest]
    told = [(*_last_rule(rules, s), s.id) for s in first[:MOST_ASKED]]
    _, rule, count, seat = max(told, key=lambda one: one[0])
    yield said("nobody_fits", seats=len(problem.seats), seat=seat, people=count, rule=rule)


MOST_ASKED = 200  # seats of one weight that are looked at for the rule to be told


def _last_rule(rules: pairs.Rules, seat: Seat) -> tuple[int, str, int]:
    """How late in the order of the rules a seat loses its last candidates, by which rule, and how
    many they were."""
    counts, left = rules.excluded(seat.id)
    if len(left):
        departments, _hospitals = rules.limits
        closed = departments.closed(seat.start, seat.end)[rules.roster.homes[0].row[left]]
        by = "department_keeps_enough" if closed.all() else "hospital_keeps_enough"
        return len(counts), by, len(left)
    last = max((n for n, (_, count) in enumerate(counts) if count), default=0)
    return last, *counts[last]


def _couples_apart_by_seats(problem: Problem) -> Iterator[Said]:
    rules, by_mission = pairs.Rules(problem), defaultdict[str, list[str]](list)
    for s in problem.seats:
        by_mission[s.mission].append(s.id)
    for c in problem.couples:
        if c.rule == "together" and not any(
            _seats_both(rules, c.a, c.b, names) for names in by_mission.values()
        ):
            yield said("couple_stays", one=c.a, other=c.b)


def _seats_both(rules: pairs.Rules, a: str, b: str, names: list[str]) -> bool:
    fits_a = {n for n in names if not rules.broken(a, n)}
    fits_b = {n for n in names if not rules.broken(b, n)}
    return bool(fits_a) and bool(fits_b) and len(fits_a | fits_b) > 1
