"""What a team's page asks: seats with who is in them, who fits, how long forming took."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.viewer import Viewer
from marrow.core.words import in_tongue, listing
from marrow.missions.models import Mission
from marrow.people import access as people_access
from marrow.people.models import Person
from marrow.people.queries import (
    HOME,
    ON_POST,
    candidates,
    language_name,
    licences_until,
    licensed,
    on_record,
)
from marrow.people.rules.fitting import (
    FITS,
    NEARLY,
    Lack,
    Wanted,
    lacks,
    licence_lacks,
    verdict,
)
from marrow.teams import access
from marrow.teams.models import CAME_HOME, Assignment, Seat, StageChange
from marrow.teams.queries.resting import no_rest_before_in_words, rest_in_words
from marrow.teams.queries.turned_down import refused_in_team
from marrow.teams.rules.stages import AWAY, OVER, forming_days

MOST_FOUND = 60


@dataclass(frozen=True, slots=True)
class SeatShown:
    """A seat, who holds it, and who else is on the way into it."""

    seat: Seat
    wants: str
    holder: Assignment | None
    others: list[Assignment]


def seats_of(mission: Mission) -> list[SeatShown]:
    rows = list(
        Seat.objects.filter(mission=mission).select_related("site", "unit", "mission__programme")
    )
    by_seat: dict[UUID, list[Assignment]] = {}
    coming = Assignment.objects.filter(seat__in=rows).select_related("person__unit")
    for one in coming.order_by("selected_on", "applied_on", "asked_on", "pk"):
        by_seat.setdefault(one.seat_id, []).append(one)
    order = {role: n for n, role in enumerate(Seat.Role.values)}
    rows.sort(key=lambda s: (s.dropped_on is not None, order[s.role], s.specialty, str(s.pk)))
    return [_shown(seat, by_seat.get(seat.pk, [])) for seat in rows]


def _shown(seat: Seat, people: list[Assignment]) -> SeatShown:
    holder = next((a for a in people if a.state in Assignment.HELD), None)
    return SeatShown(seat, wants(seat), holder, [a for a in people if a is not holder])


def lacking(seats: Sequence[SeatShown], today: dt.date) -> dict[UUID, list[str]]:
    """What those on the way into a seat lack for it, by assignment: what a person must weigh.
    Of who is chosen already, only the licence, which may run out, is looked at again.
    """
    coming = [(s.seat, a) for s in seats for a in s.others if a.state in Assignment.ON_THE_WAY]
    rows = Person.objects.filter(pk__in=[a.person_id for _seat, a in coming])
    known = candidates(rows, served) if coming else {}
    found = {a.pk: lacks(known[a.person_id], wanted_of(seat, today)) for seat, a in coming}
    chosen = [(s.seat, s.holder) for s in seats if s.holder and s.holder.state == "SELECTED"]
    last = licences_until([a.person_id for _seat, a in chosen])
    for seat, one in chosen:
        who = licensed(one.person, last)
        found[one.pk] = licence_lacks(who, wanted_of(seat, today))
    return {pk: lacks_in_words(told) for pk, told in found.items() if told}


def whose_reasons(viewer: Viewer, mission: Mission, seats: Sequence[SeatShown]) -> set[UUID]:
    """Of those who came out of a seat again or never in, by assignment, whose reason this viewer
    reads: who forms or leads the team, and auditors, all of them; others of their own people."""
    told = {a.pk: a.person_id for s in seats for a in s.others if a.reason}
    if access.forms(viewer, mission) or access.leads(viewer, mission) or viewer.holds("auditor"):
        return set(told)
    seen = access.seen(viewer, told.values())
    return {pk for pk, person in told.items() if person in seen}


def wants(seat: Seat) -> str:
    """What a seat asks for, in words."""
    said = [in_tongue(SPECIALTIES[seat.specialty])] if seat.specialty else []
    if seat.grade:
        said.append(_("%s or higher") % seat.get_grade_display())
    said += [f"{language_name(code)} {level}" for code, level in sorted(seat.languages.items())]
    return listing().join(said)


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody for a seat: whether they fit, and what is missing."""

    person: Person
    verdict: str
    lacks: list[str]
    before: str  # that their unit refused another seat of the team; empty: it did not


def who_fits(viewer: Viewer, seat: Seat, today: dt.date) -> tuple[list[Found], dict[str, int]]:
    """Who fits a seat and who nearly fits, the best first; and how many lack what."""
    rows = _looked_at(viewer, seat)
    judged = _judged(rows, seat, today)
    by_name = rows.order_by("search", "id").values_list("pk", flat=True)
    known = ((pk, judged[pk]) for pk in dict.fromkeys(by_name) if pk in judged)
    near = [(pk, found) for pk, found in known if verdict(found) in (FITS, NEARLY)]
    near.sort(key=lambda one: len(one[1]))
    shown = near[:MOST_FOUND]
    people = Person.objects.select_related("unit").in_bulk([pk for pk, _found in shown])
    before = refused_in_team(seat, people)
    return [
        Found(people[pk], verdict(found), lacks_in_words(found), before.get(pk, ""))
        for pk, found in shown
    ], _missing(judged)


def how_many_fit(viewer: Viewer, seat: Seat, today: dt.date) -> tuple[int, dict[str, int]]:
    """How many fit a seat, and how many lack what."""
    judged = _judged(_looked_at(viewer, seat), seat, today)
    return sum(1 for found in judged.values() if not found), _missing(judged)


def _missing(judged: Mapping[UUID, list[Lack]]) -> dict[str, int]:
    """How many lack what, by its code."""
    return dict(Counter(lack.code for found in judged.values() for lack in found))


def _looked_at(viewer: Viewer, seat: Seat) -> QuerySet[Person]:
    """Those of the seat's specialty, and of its unit, who are not on the way into it."""
    rows = people_access.people_for(viewer).filter(left_on="")
    if seat.specialty:
        rows = rows.filter(specialty=seat.specialty)
    if seat.unit_id:
        rows = rows.filter(unit=seat.unit_id)
    on_the_way = Assignment.objects.filter(seat=seat).exclude(state="RELEASED").values("person")
    return rows.exclude(pk__in=on_the_way)


def _judged(rows: QuerySet[Person], seat: Seat, today: dt.date) -> dict[UUID, list[Lack]]:
    """What each of these people lacks for a seat."""
    wanted = wanted_of(seat, today)
    return {pk: lacks(who, wanted) for pk, who in candidates(rows, served).items()}


def wanted_of(seat: Seat, today: dt.date) -> Wanted:
    """What a seat asks for; into a team that is away nobody comes before today."""
    from_on = seat.from_on
    if seat.mission.status in AWAY:
        from_on = max(today, from_on or today)
    return Wanted(
        specialty=seat.specialty, grade=seat.grade, languages=seat.languages,
        from_on=from_on, until_on=seat.until_on,
        rest_months=seat.mission.programme.rest_months,
    )  # fmt: skip


def served(people: QuerySet[Any]) -> QuerySet[Any, Any]:
    """The missions that people are in or came home from, as `candidates` reads them."""
    rows = Assignment.objects.filter(Q(state__in=Assignment.HELD) | CAME_HOME, person__in=people)
    what = Case(When(ended_on=None, then=Value(ON_POST)), default=Value(HOME))
    start, end = Coalesce("started_on", "seat__from_on"), Coalesce("ended_on", "seat__until_on")
    rule = Coalesce(Cast("seat__mission__programme__rest_months", CharField()), Value(""))
    return on_record(rows, what, ("person", rule), start, end)


def lacks_in_words(found: Iterable[Lack]) -> list[str]:
    return [_lack(lack.code, dict(lack.params)) for lack in found]


def _lack(code: str, told: dict[str, str]) -> str:
    if "language" in told:
        told = {**told, "language": language_name(told["language"])}
    if "grade" in told:
        told = {**told, "grade": str(dict(Person.Grade.choices).get(told["grade"], ""))}
    rests = rest_in_words(told.get("months"), own=bool(told.get("rule")))
    words = {
        "SPECIALTY": _("another specialty"),
        "UNWILLING": _("does not wish to be sent"),
        "AWAY": _("away until %(until)s"),
        "REST": rests,
        "REST_BEFORE": no_rest_before_in_words(told.get("months")),
        "NO_LICENCE": _("no licence is entered"),
        "LICENCE_ENDS": _("licence ends on %(day)s"),
        "LICENCE_UNTOLD": _("end of the licence not told"),
        "GRADE": _("title below %(grade)s"),
        "LANGUAGE": _("%(language)s %(has)s, needs %(level)s"),
    }
    return words[code] % told


def stages_of(mission: Mission) -> list[StageChange]:
    return list(StageChange.objects.filter(mission=mission).order_by("step"))


def formed_in(stages: Iterable[StageChange]) -> int | None:
    """Days from the call to the departure; None while that is open or unknown."""
    return forming_days((s.stage, s.on) for s in stages)


def service_of(person: Person) -> list[Assignment]:
    """Every seat that a person held, the latest first; also one that they went home from, or gave
    to another."""
    held = Q(state__in=(*Assignment.HELD, "REPLACED")) | CAME_HOME
    rows = Assignment.objects.filter(held, person=person)
    rows = rows.select_related("seat__mission__series", "seat__site")
    return sorted(rows, key=lambda a: str(a.started_on or a.selected_on or ""), reverse=True)


@dataclass(frozen=True, slots=True)
class Deployments:
    """Persons and person-deployments: two different counts."""

    persons: int
    deployments: int


def deployments(missions: Iterable[Mission]) -> Deployments:
    """Who served in these missions: each person once, and each time that one was sent."""
    rows = Assignment.objects.filter(
        Q(state="SERVING") | CAME_HOME, seat__mission__in=list(missions)
    ).exclude(started_on=None)
    counted = rows.aggregate(persons=Count("person", distinct=True), times=Count("pk"))
    return Deployments(counted["persons"], counted["times"])


def missing_in_words(missing: dict[str, int]) -> list[tuple[str, int]]:
    """How many of those of the specialty lack what, the most frequent first."""
    words = {
        "SPECIALTY": _("another specialty"), "UNWILLING": _("does not wish to be sent"),
        "AWAY": _("away at that time"), "REST": _("inside the rest period"),
        "REST_BEFORE": _("too little rest before their next mission"),
        "NO_LICENCE": _("no licence is entered"), "LICENCE_ENDS": _("licence ends before"),
        "LICENCE_UNTOLD": _("end of the licence not told"),
        "GRADE": _("title too low"), "LANGUAGE": _("language too low"),
    }  # fmt: skip
    told = ((words[code], missing[code]) for code in words if code in missing)
    return sorted(told, key=lambda one: -one[1])


def released_when_called_off(mission: Mission) -> list[Assignment]:
    """Who is on the way into a seat of a mission or selected for one, by name."""
    states = (*Assignment.ON_THE_WAY, Assignment.State.SELECTED)
    rows = Assignment.objects.filter(seat__mission=mission, state__in=states)
    return list(rows.select_related("person", "seat").order_by("person__search", "pk"))


def asked_of(viewer: Viewer, mission: Mission) -> list[Assignment]:
    """People of this viewer's units about whom the unit has not answered yet."""
    if not viewer.holds("unit"):
        return []
    waiting = Assignment.objects.filter(
        seat__mission=mission, state__in=("APPLIED", "INVITED"),
        person__unit__in=people_access.units_of(viewer, "unit"),
    )  # fmt: skip
    return list(waiting.select_related("person", "seat"))


def on_paper(waiting: Iterable[Assignment]) -> set[UUID]:
    """The units without an account of those about whom nobody has answered yet."""
    asked = {a.person.unit_id for a in waiting if a.state in ("APPLIED", "INVITED")}
    return asked - people_access.units_with_account(asked) if asked else set()


def may_apply(viewer: Viewer, mission: Mission) -> Person | None:
    """The person who this viewer is, where the mission takes applications."""
    if mission.status not in ("PLANNED", "RECRUITING"):
        return None
    return Person.objects.filter(account=viewer.person).first() if viewer.signed_in else None


def name_list(mission: Mission) -> Iterator[list[str | None]]:
    """Role, what it asks for, and who is in it; an empty seat says so."""
    for shown in seats_of(mission):
        if shown.seat.dropped_on:
            continue
        held = shown.holder
        who = held.person if held else None
        yield [
            shown.seat.get_role_display(), shown.wants, str(who) if who else _("empty"),
            who.names.get("zh", "") if who else "", str(who.unit) if who else "",
            held.get_state_display() if held else "",
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team as a list shows it."""

    mission: Mission
    seats: int
    held: int


def on_my_way(viewer: Viewer) -> list[Assignment]:
    """Seats for which this person applied, or was asked, and nobody has chosen yet."""
    if not viewer.signed_in:
        return []
    rows = Assignment.objects.filter(
        person__account=viewer.person, state__in=Assignment.ON_THE_WAY
    ).exclude(seat__mission__status__in=OVER)
    return list(rows.select_related("seat__mission__series").order_by("seat__from_on", "pk"))


def period_of(mission: Mission) -> dict[str, dt.date | None]:
    """From when until when most seats are open: what a form begins from."""
    seat = mission.seats.filter(dropped_on=None).order_by("from_on").first()
    return {"from_on": seat.from_on, "until_on": seat.until_on} if seat else {}


def teams_of(viewer: Viewer) -> list[TeamLine]:
    """Living missions that this viewer forms, serves in, or is asked to give people to."""
    rows = Mission.objects.filter(seats__isnull=False).exclude(status__in=OVER)
    seen = Q(pk__in=access.missions_of(viewer))
    if viewer.holds("auditor"):
        seen = Q()
    elif viewer.holds("office"):
        seen |= Q(pk__in=access.formed_by(viewer).values("pk"))
    if viewer.holds("unit"):
        units = people_access.units_of(viewer, "unit")
        seen |= Q(seats__unit__in=units) | Q(seats__assignments__person__unit__in=units)
    found = list(rows.filter(seen).distinct().order_by("departed_on", "key"))
    opened = Count("seats", filter=Q(seats__dropped_on=None), distinct=True)
    held = Count(
        "seats__assignments", filter=Q(seats__assignments__state__in=Assignment.HELD), distinct=True
    )
    counted = Mission.objects.filter(pk__in=[m.pk for m in found])
    by_id = {m.pk: m for m in counted.annotate(opened=opened, held=held)}
    return [TeamLine(m, by_id[m.pk].opened, by_id[m.pk].held) for m in found]
