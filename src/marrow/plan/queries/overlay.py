"""What a workbook told of a plan, laid over the problem that the records make."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable

from marrow.plan.models import Happening
from marrow.plan.queries.roster import Frame
from marrow.plan.rules.facts import Facts, overlaid
from marrow.plan.rules.problem import Cap, Organisation, Person, Problem, Window
from marrow.plan.rules.within import as_their_teams, staying, within


def laid_over(
    problem: Problem, facts: Facts, happenings: Iterable[Happening], frame: Frame,
    stay: Collection[str],
) -> Problem:  # fmt: skip
    """The problem with these facts, as far as the records allow them; what happened since holds all
    the same, and who is to `stay` is not left out. Pins are rows of the plan, so those of the facts
    are left out."""
    if not facts:
        return problem
    told = _housed(overlaid(problem, facts, but=("pins",)), problem)
    told = told.model_copy(update={"organisations": _lent(told.organisations, facts, happenings)})
    told = as_their_teams(within(staying(told, problem, stay), problem))
    missions, known = {m.id for m in told.missions}, {p.id for p in told.people}
    return told.model_copy(
        update={
            "people": tuple(_person(p, frame) for p in told.people),
            "on_post": tuple(o for o in told.on_post if o.mission in missions),
            "published": tuple(s for s in told.published if s.person in known),
        }
    )


def _housed(told: Problem, records: Problem) -> Problem:
    """People of whom a workbook said nothing come and go with the seats of a plan: their department
    is there, and nobody comes of a hospital that the workbook left out."""
    asked = {p.department for p in told.people}
    named = {o.id: {d.id for d in o.departments} for o in told.organisations}
    lacks = {
        o.id: tuple(d for d in o.departments if d.id in asked - named[o.id])
        for o in records.organisations if o.id in named
    }  # fmt: skip
    organisations = tuple(
        o.model_copy(update={"departments": (*o.departments, *lacks.get(o.id, ()))})
        for o in told.organisations
    )
    homes = {d.id for o in organisations for d in o.departments}
    of_records = {p.id for p in records.people}
    people = tuple(p for p in told.people if p.department in homes and p.id in of_records)
    known = {p.id for p in people}
    couples = tuple(c for c in told.couples if c.a in known and c.b in known)
    return told.model_copy(
        update={"organisations": organisations, "people": people, "couples": couples}
    )


def _person(person: Person, frame: Frame) -> Person:
    out = {str(pk) for pk in frame.out}
    late = {str(pk): day for pk, day in frame.late.items()}
    if person.id in out:
        return person.model_copy(update={"available": ()})
    if person.id in late:
        return person.model_copy(update={"available": _after(person, late[person.id], frame)})
    return person


def _after(person: Person, day: dt.date, frame: Frame) -> tuple[Window, ...]:
    windows = person.available
    spans = [(w.start, w.end) for w in windows] if windows is not None else [
        (frame.from_on, frame.until_on)
    ]  # fmt: skip
    return tuple(
        Window.model_validate({"from": max(a, day), "to": b}) for a, b in spans if b > max(a, day)
    )


def _lent(
    organisations: Iterable[Organisation], facts: Facts, happenings: Iterable[Happening]
) -> tuple[Organisation, ...]:
    """A hospital whose limits the workbook told spares more or fewer than those, by what was said
    of it since (`spared`: how many more had been said then)."""
    more = spared_more(happenings)
    more.subtract(facts.get("spared", {}))
    told = facts.get("organisations", {})
    named = {key for key, fields in told.get("changed", {}).items() if "absence_cap" in fields}
    named |= {one["id"] for one in told.get("new", ())}
    return tuple(
        o.model_copy(update={"absence_cap": tuple(
            Cap(month=c.month, people=max(0, c.people + more[o.id])) for c in o.absence_cap
        )})
        if more[o.id] and o.id in named else o
        for o in organisations
    )  # fmt: skip


def spared_more(happenings: Iterable[Happening]) -> Counter[str]:
    """By hospital how many more it spares in a plan than it says; fewer: below 0."""
    more: Counter[str] = Counter()
    for h in happenings:
        if h.kind == Happening.Kind.CAP and h.people is not None:
            more[str(h.unit_id)] += h.people
    return more
