"""What the records allow, whatever a workbook tells: it lowers the limit of a hospital and shortens
the days on which somebody is free, and never the other way (R111)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from operator import attrgetter

from marrow.plan.rules.caps import Month, month_of, months, name_of
from marrow.plan.rules.problem import (
    Cap,
    LastDeployment,
    Organisation,
    Person,
    Problem,
    Seat,
    Strain,
    Window,
)


def staying(told: Problem, records: Problem, who: Collection[str]) -> Problem:
    """With whoever of these the records name and a workbook left out, and their department."""
    named, rows = {p.id for p in told.people}, {p.id: p for p in records.people}
    back = [rows[one] for one in sorted(who) if one in rows and one not in named]
    if not back:
        return told
    asked, known = {p.department for p in back}, named | {p.id for p in back}
    homes = {o.id: o for o in told.organisations}
    for own in records.organisations:
        lacks = [d for d in own.departments if d.id in asked]
        home = homes.get(own.id, own.model_copy(update={"departments": ()}))
        has = {d.id for d in home.departments}
        if more := tuple(d for d in lacks if d.id not in has):
            homes[own.id] = home.model_copy(update={"departments": (*home.departments, *more)})
    pairs = {(c.a, c.b) for c in told.couples}
    couples = [c for c in records.couples if {c.a, c.b} <= known and not {c.a, c.b} <= named]
    return told.model_copy(
        update={
            "people": (*told.people, *back),
            "organisations": tuple(homes.values()),
            "couples": (*told.couples, *(c for c in couples if (c.a, c.b) not in pairs)),
        }
    )


def within(told: Problem, records: Problem) -> Problem:
    """A problem as it was told, as far as the records allow it. Who, and which hospital, they do
    not name stays as told."""
    people = {p.id: p for p in records.people}
    homes = {o.id: o for o in records.organisations}
    return told.model_copy(
        update={
            "people": tuple(_person(p, people[p.id]) if p.id in people else p for p in told.people),
            "organisations": tuple(
                _lends(o, homes[o.id]) if o.id in homes else o for o in told.organisations
            ),
        }
    )


def as_their_teams(told: Problem, before: Problem | None = None) -> Problem:
    """A seat of a plan lasts as long as its team. With `before`: only one whose days stand as they
    were before its team was moved."""
    days = {m.id: (m.start, m.end) for m in told.missions}
    were = {m.id: (m.start, m.end) for m in before.missions} if before else {}

    def lasting(seat: Seat) -> Seat:
        team = seat.mission
        if team not in days or (before and were.get(team) != (seat.start, seat.end)):
            return seat
        return seat.model_copy(update=dict(zip(("start", "end"), days[team], strict=True)))

    return told.model_copy(update={"seats": tuple(map(lasting, told.seats))})


def _lends(told: Organisation, own: Organisation) -> Organisation:
    parts = {d.id: d.absence_cap for d in own.departments}
    pressed = _months(told.under_pressure) - _months(own.under_pressure)
    return told.model_copy(
        update={
            "under_pressure": tuple(dict.fromkeys((*told.under_pressure, *own.under_pressure))),
            "absence_cap": _lowest(told.absence_cap, own.absence_cap, pressed),
            "departments": tuple(
                d.model_copy(update={"absence_cap": _lowest(d.absence_cap, parts.get(d.id, ()))})
                for d in told.departments
            ),
        }
    )


def _months(strains: Iterable[Strain]) -> set[Month]:
    return {month for w in strains for month in months(w.start, w.end)}


def _lowest(
    told: Iterable[Cap], own: Iterable[Cap], pressed: Collection[Month] = ()
) -> tuple[Cap, ...]:
    """Of each month the lowest. In a month of pressure that was told, and no limit with it, nobody
    goes."""
    named = list(told)
    nobody = {name_of(month) for month in pressed} - {c.month for c in named}
    found: dict[str, Cap] = {}
    for c in (*named, *own, *(Cap(month=m, people=0) for m in nobody)):
        found[c.month] = min(c, found.get(c.month, c), key=attrgetter("people"))
    return tuple(found[month] for month in sorted(found, key=month_of))


def _person(told: Person, own: Person) -> Person:
    return told.model_copy(
        update={
            "department": own.department,
            "available": _both(told.available, own.available),
            "last_deployment": _later(told.last_deployment, own.last_deployment),
            "rests": tuple(dict.fromkeys((*told.rests, *own.rests))),
            "homecomings": tuple(dict.fromkeys((*told.homecomings, *own.homecomings))),
            "refuses": tuple(dict.fromkeys((*told.refuses, *own.refuses))),
            "away_already": own.away_already,
        }
    )


def _later(one: LastDeployment | None, other: LastDeployment | None) -> LastDeployment | None:
    if one is None or other is None:
        return one or other
    return other if other.ended_on > one.ended_on else one


def _both(
    told: tuple[Window, ...] | None, own: tuple[Window, ...] | None
) -> tuple[Window, ...] | None:
    """The days that are in both; None: nothing stands in the way."""
    if told is None or own is None:
        return own if told is None else told
    spans = ((max(a.start, b.start), min(a.end, b.end)) for a in told for b in own)
    return tuple(Window.model_validate({"from": a, "to": b}) for a, b in sorted(spans) if a < b)
