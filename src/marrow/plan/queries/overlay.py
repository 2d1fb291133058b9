"""What a workbook told of a plan, laid over the problem that the records make."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from operator import attrgetter

from marrow.plan.models import Happening
from marrow.plan.queries.roster import Frame
from marrow.plan.rules.caps import Month, month_of, months
from marrow.plan.rules.facts import Facts, overlaid
from marrow.plan.rules.problem import Cap, Organisation, Person, Problem, Window


def laid_over(
    problem: Problem, facts: Facts, happenings: Iterable[Happening], frame: Frame
) -> Problem:
    """The problem with these facts; what happened since holds all the same. Pins are rows of the
    plan, so those of the facts are left out."""
    if not facts:
        return problem
    told = _housed(overlaid(problem, facts, but=("pins",)), problem)
    missions = {m.id for m in told.missions}
    return told.model_copy(
        update={
            "people": tuple(_person(p, frame) for p in told.people),
            "organisations": _pressed(
                _lent(told.organisations, facts, happenings), problem.organisations
            ),
            "on_post": tuple(o for o in told.on_post if o.mission in missions),
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
    people = tuple(p for p in told.people if p.department in homes or p.id not in of_records)
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
    """A hospital whose limits the workbook told spares more or fewer than those."""
    more: Counter[str] = Counter()
    for h in happenings:
        if h.kind == Happening.Kind.CAP and h.people is not None:
            more[str(h.unit_id)] += h.people
    changed = facts.get("organisations", {}).get("changed", {})
    return tuple(
        o.model_copy(update={"absence_cap": tuple(
            Cap(month=c.month, people=max(0, c.people + more[o.id])) for c in o.absence_cap
        )})
        if more[o.id] and "absence_cap" in changed.get(o.id, {}) else o
        for o in organisations
    )  # fmt: skip


def _pressed(
    told: Iterable[Organisation], records: Iterable[Organisation]
) -> tuple[Organisation, ...]:
    """No workbook raises the limit of a month in which a hospital is under pressure by its own
    word, be it told later (R111)."""
    own = {o.id: o for o in records if o.under_pressure}
    return tuple(_as_pressed(o, own[o.id]) if o.id in own else o for o in told)


def _as_pressed(told: Organisation, own: Organisation) -> Organisation:
    pressed = {month for w in own.under_pressure for month in months(w.start, w.end)}
    parts = {d.id: d.absence_cap for d in own.departments}
    return told.model_copy(
        update={
            "under_pressure": tuple(dict.fromkeys((*told.under_pressure, *own.under_pressure))),
            "absence_cap": _lowest(told.absence_cap, own.absence_cap, pressed),
            "departments": tuple(
                d.model_copy(
                    update={"absence_cap": _lowest(d.absence_cap, parts.get(d.id, ()), pressed)}
                )
                for d in told.departments
            ),
        }
    )


def _lowest(told: Iterable[Cap], own: Iterable[Cap], pressed: Collection[Month]) -> tuple[Cap, ...]:
    """What was told, in months of pressure with the hospital's own limits where these are lower."""
    found = {c.month: c for c in told}
    for c in own:
        if month_of(c.month) in pressed:
            found[c.month] = min(c, found.get(c.month, c), key=attrgetter("people"))
    return tuple(found[month] for month in sorted(found))
