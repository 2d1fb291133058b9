"""What makes no sense in a problem that is well formed: each fault names its records and says
what to do. A problem with faults is not planned; warnings are told and planned round."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches

from marrow.plan.rules import pairs
from marrow.plan.rules.problem import Pin, Problem, Seat


@dataclass
class Sense:
    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def sense_of(problem: Problem) -> Sense:
    """All faults and warnings of one problem."""
    faults = [*_twice(problem), *_references(problem), *_reversed(problem), *_circles(problem)]
    if not faults:
        faults = [*_nothing_to_plan(problem), *_pins(problem), *_couples_at_odds(problem)]
        faults += [*_pinned_beyond_caps(problem), *_minimums(problem)]
    return Sense(faults, [] if faults else [*_couples_apart_by_seats(problem)])


def _twice(problem: Problem) -> Iterator[str]:
    lists = {
        "organisation": [x.id for x in problem.organisations],
        "department": [d.id for o in problem.organisations for d in o.departments],
        "person": [x.id for x in problem.people],
        "mission": [x.id for x in problem.missions],
        "seat": [x.id for x in problem.seats],
        "pin of seat": [x.seat for x in problem.pins],
        "published seat": [x.seat for x in problem.published],
    }
    for kind, ids in lists.items():
        for name, times in Counter(ids).items():
            if times > 1:
                yield f"The {kind} {name} stands {times} times. Keep one."


def _references(problem: Problem) -> Iterator[str]:
    departments = {d.id for o in problem.organisations for d in o.departments}
    missions, people = {m.id for m in problem.missions}, {p.id for p in problem.people}
    seats = {s.id for s in problem.seats}
    for p in problem.people:
        yield from _known(f"Person {p.id}", "department", p.department, departments)
    for s in problem.seats:
        yield from _known(f"Seat {s.id}", "mission", s.mission, missions)
    for m in problem.missions:
        if m.predecessor:
            yield from _known(f"Mission {m.id}", "predecessor", m.predecessor, missions)
    for c in problem.couples:
        for name in (c.a, c.b):
            yield from _known(f"The couple {c.a} and {c.b}", "person", name, people)
    for pin in problem.pins:
        yield from _known("A pin", "seat", pin.seat, seats)
        if pin.person is not None:
            yield from _known(f"The pin of seat {pin.seat}", "person", pin.person, people)
    yield from _specialties(problem)


def _specialties(problem: Problem) -> Iterator[str]:
    if not (known := set(problem.specialties)):
        return
    for s in problem.seats:
        for code in s.accepts:
            yield from _known(f"Seat {s.id}", "specialty", code, known)
    for p in problem.people:
        for code in filter(None, (p.specialty, p.second_specialty)):
            yield from _known(f"Person {p.id}", "specialty", code, known)


def _known(who: str, what: str, name: str, known: set[str]) -> Iterator[str]:
    if name not in known:
        near = get_close_matches(name, known, 1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        yield f"{who} names the {what} '{name}', which is not in the list.{hint}"


def _reversed(problem: Problem) -> Iterator[str]:
    if problem.horizon_to <= problem.horizon_from:
        yield from _window("The horizon", problem.horizon_from, problem.horizon_to)
    for m in problem.missions:
        yield from _window(f"Mission {m.id}", m.start, m.end)
    for s in problem.seats:
        yield from _window(f"Seat {s.id}", s.start, s.end)
    for p in problem.people:
        for n, w in enumerate(p.available or (), 1):
            yield from _window(f"Person {p.id}, availability {n}", w.start, w.end)
    for o in problem.organisations:
        for n, w in enumerate(o.under_pressure, 1):
            yield from _window(f"Organisation {o.id}, time under pressure {n}", w.start, w.end)


def _window(what: str, start: date, end: date) -> Iterator[str]:
    if end <= start:
        yield f"{what}: ends {end} before it starts {start}, or lasts no day."


def _circles(problem: Problem) -> Iterator[str]:
    before = {m.id: m.predecessor for m in problem.missions if m.predecessor}
    told: set[str] = set()
    for start in before:
        way, at = [start], before.get(start)
        while at is not None and at not in way:
            way.append(at)
            at = before.get(at)
        if at == start and not told & set(way):
            told |= set(way)
            yield " follows ".join([way[0], *(f"{x}, which" for x in way[1:]), start]) + "."


def _nothing_to_plan(problem: Problem) -> Iterator[str]:
    if not problem.seats:
        names = ", ".join(m.id for m in problem.missions[:10]) or "none"
        yield f"The problem has 0 seats: nothing to plan. Missions without seats: {names}."
    elif not problem.people:
        yield f"The problem has 0 people for its {len(problem.seats)} seats. Add the roster."
    else:
        asked = {code for s in problem.seats for code in s.accepts}
        if not any({p.specialty, p.second_specialty} & asked for p in problem.people):
            first = ", ".join(p.id for p in problem.people[:5])
            yield (
                f"No person can take any of the {len(problem.seats)} seats: none of the"
                f" {len(problem.people)} people has a specialty that a seat accepts. First: {first}."
            )


def _pins(problem: Problem) -> Iterator[str]:
    seats, held = {s.id: s for s in problem.seats}, defaultdict[str, list[Seat]](list)
    rules = pairs.Rules(problem)
    for pin in problem.pins:
        if pin.person is None:
            continue
        seat = seats[pin.seat]
        yield from _broken_pin(rules, seat, pin)
        for other in held[pin.person]:
            yield from _both_pinned(rules, pin.person, seat, other)
        held[pin.person].append(seat)


def _broken_pin(rules: pairs.Rules, seat: Seat, pin: Pin) -> Iterator[str]:
    broken = [why for why in rules.broken(pin.person or "", seat.id)]
    if broken:
        yield (
            f"The pin {seat.id} → {pin.person} breaks a rule: {', '.join(broken)}."
            " Remove the pin, or record an exception in the roster."
        )


def _both_pinned(rules: pairs.Rules, person: str, a: Seat, b: Seat) -> Iterator[str]:
    if rules.clash(person, a.id, b.id):
        start, end = max(a.start, b.start), min(a.end, b.end)
        how = f"which overlap from {start} to {end}" if start < end else "with too little rest"
        yield f"Person {person} is pinned to seat {b.id} and seat {a.id}, {how}. Remove one pin."


def _couples_at_odds(problem: Problem) -> Iterator[str]:
    said: dict[frozenset[str], str] = {}
    for c in problem.couples:
        both = frozenset((c.a, c.b))
        if len(both) == 1:
            yield f"Person {c.a} cannot be a couple with itself."
        elif said.setdefault(both, c.rule) != c.rule:
            yield f"{c.a} and {c.b} must go both together and apart. Keep one."


def _pinned_beyond_caps(problem: Problem) -> Iterator[str]:
    rules = pairs.Rules(problem)
    pinned = [(p.person, p.seat) for p in problem.pins if p.person is not None]
    for what, month, count, cap in rules.caps.over(pinned):
        yield f"{count} people of {what} are pinned away in {month}; its cap is {cap}."
    seats = {s.id: s for s in problem.seats}
    spent: Counter[tuple[str, int]] = Counter()
    for person, name in pinned:
        spent[rules.area_of[person], seats[name].start.year] += round(seats[name].cost * 1000)
    for b in problem.budgets:
        if spent[b.area, b.year] > round(b.amount * 1000):
            cost = spent[b.area, b.year] / 1000
            yield f"Pins of {b.area} in {b.year} cost {cost:g}; the budget is {b.amount:g}."


def _minimums(problem: Problem) -> Iterator[str]:
    seats = Counter(s.mission for s in problem.seats)
    for m in problem.missions:
        if seats[m.id] and m.minimum_people > seats[m.id]:
            yield (
                f"Mission {m.id} goes with at least {m.minimum_people} people and has"
                f" {seats[m.id]} seats: it can never go. Lower the minimum or add seats."
            )


def _couples_apart_by_seats(problem: Problem) -> Iterator[str]:
    rules, by_mission = pairs.Rules(problem), defaultdict[str, list[str]](list)
    for s in problem.seats:
        by_mission[s.mission].append(s.id)
    for c in problem.couples:
        if c.rule == "together" and not any(
            _seats_both(rules, c.a, c.b, names) for names in by_mission.values()
        ):
            yield (
                f"{c.a} and {c.b} must go together, but no mission has seats for both:"
                " neither will be seated."
            )


def _seats_both(rules: pairs.Rules, a: str, b: str, names: list[str]) -> bool:
    fits_a = {n for n in names if not rules.broken(a, n)}
    fits_b = {n for n in names if not rules.broken(b, n)}
    return bool(fits_a) and bool(fits_b) and len(fits_a | fits_b) > 1
