"""The people of a plan, from their records: skills, languages, papers, absences, rest."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q, QuerySet

from marrow.core.viewer import Viewer
from marrow.people.access import people_for
from marrow.people.models import Couple, Credential, LanguageSkill, Person, Unavailability
from marrow.people.queries import NEEDS_LICENCE
from marrow.people.rules.fitting import LEVELS, home_by
from marrow.plan.models import Happening
from marrow.plan.queries.wishes import apart_from
from marrow.plan.rules import problem as form
from marrow.plan.rules.kinds import KINDS, NO_SPECIALTY, grade_number, level_number
from marrow.teams.models import CAME_HOME, Assignment

FAR = dt.date(2200, 1, 1)
LICENCE = "LICENCE"
DAY = dt.timedelta(days=1)
Span = tuple[dt.date, dt.date]
#: who is asked for a seat, or has it, is not free for another one in its time
TAKEN = (Assignment.State.INVITED, Assignment.State.AGREED, *Assignment.HELD)


@dataclass(slots=True)
class Known:
    """What is on record of somebody beyond their own row."""

    spoken: dict[str, str] = field(default_factory=dict)
    papers: list[tuple[str, dt.date]] = field(default_factory=list)
    away: list[Span] = field(default_factory=list)
    served: list[Span] = field(default_factory=list)  # of `away`: in seats elsewhere
    passports: list[dt.date] = field(default_factory=list)
    #: the day, the kind of mission, and when it began or is to begin
    homecomings: list[tuple[dt.date, form.Kind, dt.date | None]] = field(default_factory=list)
    #: when a mission elsewhere begins, and the months of rest that its programme asks for before it
    departures: list[tuple[dt.date, int | None]] = field(default_factory=list)


def roster(viewer: Viewer, specialties: Collection[str], also: Collection[UUID]) -> list[Person]:
    """Whom this viewer's office may send: of these specialties, still of their unit, not unwilling;
    and those who are named already."""
    rows = people_for(viewer).filter(left_on="").exclude(willing=False)
    rows = rows.filter(specialty__in=[*specialties, ""] if "" in specialties else specialties)
    found = {p.pk: p for p in rows.select_related("unit__area")}
    named = Person.objects.filter(pk__in=set(also) - found.keys()).select_related("unit__area")
    found |= {p.pk: p for p in named}
    return [found[pk] for pk in sorted(found, key=str)]


def known_of(people: QuerySet[Person], without: Collection[UUID]) -> dict[UUID, Known]:
    """What is on record of these people; seats `without` are those that the plan itself fills.
    A paper of which nobody told when it ends keeps nobody from a plan; the seat says so."""
    found: dict[UUID, Known] = defaultdict(Known)
    for who, code, level in LanguageSkill.objects.filter(person__in=people).values_list(
        "person", "language", "level"
    ):
        found[who].spoken[code] = level
    for who, kind, title, until in Credential.objects.filter(person__in=people).values_list(
        "person", "kind", "title", "expires_on"
    ):
        found[who].papers.append((LICENCE if kind == "LICENCE" else title or kind, until or FAR))
        if kind == "PASSPORT":
            found[who].passports.append(until or FAR)
    for who, start, end in Unavailability.objects.filter(person__in=people).values_list(
        "person", "from_on", "until_on"
    ):
        found[who].away.append((start, end or FAR))
    _service(people, without, found)
    return found


def known_with_couples(
    people: Collection[Person], couples: Iterable[Couple], without: Collection[UUID]
) -> dict[UUID, Known]:
    """The same of these people; whoever is never away while another is, is not free while that one
    serves elsewhere."""
    apart = apart_from(couples)
    ids = {p.pk for p in people} | apart.keys()
    found = known_of(Person.objects.filter(pk__in=ids), without)
    for who, others in apart.items():
        for other in others:
            if other in found:
                found[who].away.extend(found[other].served)
    return found


def _service(people: QuerySet[Person], without: Collection[UUID], found: dict[UUID, Known]) -> None:
    """Seats that somebody holds elsewhere, or is asked for: away until then, and home on that
    day. Who was asked may say yes."""
    held = Assignment.objects.filter(Q(state__in=TAKEN) | CAME_HOME, person__in=people)
    held = held.exclude(seat__in=without)
    columns = (
        "person", "started_on", "ended_on", "seat__from_on", "seat__until_on",
        "seat__mission__kind", "seat__mission__programme__rest_months",
    )  # fmt: skip
    for who, started, ended, planned, until, kind, months in held.values_list(*columns):
        start, end = started or planned, ended or until
        if start and (end is None or start < end):
            found[who].away.append((start, end or FAR))
            found[who].served.append((start, end or FAR))
            found[who].departures.append((start, months))
        if end:
            found[who].homecomings.append((end, KINDS.get(kind, "resident"), start))


@dataclass(frozen=True, slots=True)
class Frame:
    """The time that is planned, and what happened to whom."""

    from_on: dt.date
    until_on: dt.date
    out: frozenset[UUID]
    late: Mapping[UUID, dt.date]


def frame_of(
    from_on: dt.date, until_on: dt.date, happenings: Iterable[Happening]
) -> Frame:  # fmt: skip
    told = list(happenings)
    return Frame(
        from_on, until_on,
        frozenset(h.person_id for h in told if h.kind == "OUT" and h.person_id),
        {h.person_id: h.from_on for h in told if h.kind == "LATE" and h.person_id and h.from_on},
    )  # fmt: skip


def as_person(row: Person, known: Known, frame: Frame) -> form.Person:
    """Somebody as the planner's format tells them."""
    papers = [(code, until) for code, until in known.papers]
    if row.kind not in NEEDS_LICENCE:
        papers.append((LICENCE, FAR))
    papers += [
        (f"{language} {asked}", FAR)
        for language, level in known.spoken.items()
        for asked in LEVELS[: LEVELS.index(level) + 1]
    ]
    latest: dict[str, dt.date] = {}
    for code, until in papers:
        latest[code] = max(until, latest.get(code, until))
    return form.Person(
        id=str(row.pk), department=department_of(row.unit_id, row.specialty),
        specialty=row.specialty or NO_SPECIALTY, grade=grade_number(row.grade),
        languages={code: level_number(level) for code, level in known.spoken.items()},
        certificates=tuple(form.Certificate(code=c, until=u) for c, u in sorted(latest.items())),
        available=tuple(
            window(a, b) for a, b in _free(row.pk, known, frame)
        ),
        last_deployment=_last(known, frame), rests=_rests(known, frame),
        homecomings=_homecomings(known, frame),
        clearance_until=max(known.passports) if known.passports else None,
        may_lead=(grade_number(row.grade) or 0) > 1,
    )  # fmt: skip


def window(start: dt.date, end: dt.date) -> form.Window:
    return form.Window.model_validate({"from": start, "to": end})


def department_of(unit: UUID, specialty: str) -> str:
    return f"{unit}/{specialty or NO_SPECIALTY}"


def _free(who: UUID, known: Known, frame: Frame) -> list[Span]:
    """The days within the plan on which somebody can be away."""
    if who in frame.out:
        return []
    begins = max(frame.from_on, frame.late.get(who, frame.from_on))
    free, at = [], begins
    for start, end in sorted(known.away):
        if start > at:
            free.append((at, min(start, frame.until_on)))
        at = max(at, end)
        if at >= frame.until_on:
            break
    if at < frame.until_on:
        free.append((at, frame.until_on))
    return [(a, b) for a, b in free if a < b]


def _last(known: Known, frame: Frame) -> form.LastDeployment | None:
    """The latest homecoming from what began before anything of the plan does: whatever the plan
    asks of them comes after it."""
    begun = [
        (end, kind) for end, kind, start in known.homecomings
        if (start is None or start <= frame.from_on) and end < frame.until_on
    ]  # fmt: skip
    if not begun:
        return None
    day, kind = max(begun)
    return form.LastDeployment(kind=kind, ended_on=day)


def _rests(known: Known, frame: Frame) -> tuple[form.Window, ...]:
    """The days of rest before each mission elsewhere that begins later than the plan, by the rule
    of its own programme; after it, the mission that follows says how long."""
    spans = {
        (home_by(start, months), start) for start, months in known.departures
        if start > frame.from_on
    }  # fmt: skip
    return tuple(window(a, b) for a, b in sorted(spans) if a < min(b, frame.until_on))


def _homecomings(known: Known, frame: Frame) -> tuple[form.Homecoming, ...]:
    """The ends of missions elsewhere that begin later than the plan."""
    ends = {
        (end, kind) for end, kind, start in known.homecomings
        if start is not None and start > frame.from_on and end < frame.until_on
    }  # fmt: skip
    return tuple(form.Homecoming(kind=kind, ended_on=end) for end, kind in sorted(ends))
