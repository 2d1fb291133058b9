"""What hospitals and their departments can spare in each month of a plan, less those who are away
already."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from marrow.directory.models import Organisation
from marrow.people.models import Person
from marrow.plan.models import AbsenceCap, Budget, Happening
from marrow.plan.queries import budgets
from marrow.plan.queries.roster import TAKEN, Frame
from marrow.plan.rules import problem as form
from marrow.plan.rules.caps import months, name_of
from marrow.plan.rules.kinds import NO_SPECIALTY
from marrow.plan.rules.limits import Away, Taken
from marrow.teams.models import Assignment

Key = tuple[UUID, str, tuple[int, int]]
Gone = dict[tuple[UUID, tuple[int, int]], tuple[UUID, str]]


@dataclass(frozen=True, slots=True)
class Lent:
    """The units of a problem, and what was taken off their limits."""

    organisations: tuple[form.Organisation, ...]
    taken: Taken
    already: Mapping[UUID, tuple[str, ...]]  # by person, the months of which that was


def organisations_of(
    people: list[Person],
    happenings: list[Happening],
    own: list[UUID],
    frame: Frame,
    paid: list[Budget],
) -> Lent:
    """The units with what they can spare, less those who are away for other teams."""
    units = {p.unit_id: p.unit for p in people}
    limits, pressed = _limits(units, frame)
    gone = _away(units, own, frame)
    away = _counted(gone)
    for h in happenings:
        if h.kind == "CAP" and h.unit_id in units and h.people is not None:
            strained = {m for a, b in pressed[h.unit_id] for m in months(a, b)}
            for key in [k for k in limits if k[0] == h.unit_id and k[1] == ""]:
                # under pressure nobody goes beyond what the hospital itself tells
                limits[key] += min(h.people, 0) if key[2] in strained else h.people
    specialties: dict[UUID, set[str]] = defaultdict(set)
    for p in people:
        specialties[p.unit_id].add(p.specialty)

    def caps(unit: UUID, specialty: str) -> tuple[form.Cap, ...]:
        return tuple(
            form.Cap(month=f"{m[0]}-{m[1]:02}", people=max(0, n - away[unit, specialty, m]))
            for (u, s, m), n in sorted(limits.items()) if (u, s) == (unit, specialty)
        )  # fmt: skip

    taken = {
        (_home(u, s), name_of(m)): Away(n, away[u, s, m])
        for (u, s, m), n in limits.items() if away[u, s, m]
    }  # fmt: skip
    already: dict[UUID, tuple[str, ...]] = {}
    for (who, month), (unit, specialty) in sorted(gone.items(), key=str):
        if {(unit, "", month), (unit, specialty, month)} & limits.keys():
            already[who] = (*already.get(who, ()), name_of(month))
    return Lent(tuple(
        form.Organisation(
            id=str(pk), name=str(unit), area=budgets.budget_area(unit, paid),
            absence_cap=caps(pk, ""),
            under_pressure=tuple(
                form.Strain.model_validate({"from": a, "to": b}) for a, b in pressed[pk]
            ),
            departments=tuple(
                form.Department(
                    id=f"{pk}/{s or NO_SPECIALTY}", specialty=s or NO_SPECIALTY,
                    absence_cap=caps(pk, s) if s else (),
                )
                for s in sorted(specialties[pk])
            ),
        )
        for pk, unit in sorted(units.items(), key=lambda one: str(one[0]))
    ), taken, already)  # fmt: skip


def _home(unit: UUID, specialty: str) -> str:
    return f"department {unit}/{specialty}" if specialty else f"organisation {unit}"


def _limits(
    units: dict[UUID, Organisation], frame: Frame
) -> tuple[dict[Key, int], dict[UUID, list[tuple[dt.date, dt.date]]]]:
    """The lowest of the limits that hold in each month."""
    limits: dict[Key, int] = {}
    pressed: dict[UUID, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    rows = AbsenceCap.objects.filter(unit__in=units, ended_on=None)
    for row in rows.filter(from_on__lt=frame.until_on, until_on__gt=frame.from_on):
        start, end = max(row.from_on, frame.from_on), min(row.until_on, frame.until_on)
        if row.pressure and not row.specialty:
            pressed[row.unit_id].append((start, end))
        for month in months(start, end):
            key = (row.unit_id, row.specialty, month)
            limits[key] = min(row.people, limits.get(key, row.people))
    return limits, pressed


def _away(units: dict[UUID, Organisation], own: list[UUID], frame: Frame) -> Gone:
    """Who of each unit, and of which specialty, is away in a month for other teams: somebody on
    two missions in one month is one."""
    states = [state for state in TAKEN if state != Assignment.State.SERVED]
    held = Assignment.objects.filter(person__unit__in=units, state__in=states)
    held = held.exclude(seat__in=own)
    columns = (
        "person", "person__unit", "person__specialty", "started_on", "seat__from_on",
        "seat__until_on",
    )  # fmt: skip
    found: Gone = {}
    for who, unit, specialty, started, planned, until in held.values_list(*columns):
        start = max(started or planned or frame.from_on, frame.from_on)
        end = min(until or frame.until_on, frame.until_on)
        if start < end:
            found.update(((who, month), (unit, specialty)) for month in months(start, end))
    return found


def _counted(gone: Gone) -> Counter[Key]:
    """How many of each unit, and of each specialty of it, that is in a month."""
    counted: Counter[Key] = Counter()
    for (_who, month), (unit, specialty) in gone.items():
        counted[unit, "", month] += 1
        if specialty:
            counted[unit, specialty, month] += 1
    return counted


def less(
    problem: form.Problem, fixed: Mapping[str, UUID], taken: Taken
) -> tuple[form.Problem, Taken]:
    """The same limits less those who are planned round: they are away all the same. `fixed`: who
    has a seat, by its code."""
    gone = _gone(problem, fixed)
    if not gone:
        return problem, taken
    now = dict(taken)

    def caps(home: str, told: Iterable[form.Cap]) -> tuple[form.Cap, ...]:
        left = []
        for cap in told:
            away = gone[home, cap.month]
            before = taken.get((home, cap.month), Away(cap.people, 0))
            if away:
                now[home, cap.month] = Away(before.limit, before.away + away)
            left.append(form.Cap(month=cap.month, people=max(0, cap.people - away)))
        return tuple(left)

    lent = tuple(
        o.model_copy(update={
            "absence_cap": caps(f"organisation {o.id}", o.absence_cap),
            "departments": tuple(
                d.model_copy(update={"absence_cap": caps(f"department {d.id}", d.absence_cap)})
                for d in o.departments
            ),
        })
        for o in problem.organisations
    )  # fmt: skip
    return problem.model_copy(update={"organisations": lent}), now


def _gone(problem: form.Problem, fixed: Mapping[str, UUID]) -> Counter[tuple[str, str]]:
    """By home and month, how many are planned round."""
    seats = {s.id: s for s in problem.seats}
    home_of = {d.id: o.id for o in problem.organisations for d in o.departments}
    department = {p.id: p.department for p in problem.people}
    counted = {(p.id, month) for p in problem.people for month in p.away_already}
    gone: Counter[tuple[str, str]] = Counter()
    for person, month in {
        (str(person), name_of(month)) for code, person in fixed.items()
        for month in months(seats[code].start, seats[code].end)
    } - counted:  # fmt: skip
        own = department[person]
        gone[f"department {own}", month] += 1
        gone[f"organisation {home_of[own]}", month] += 1
    return gone
