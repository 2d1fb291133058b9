"""What pages ask about people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import BooleanField, DateField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from marrow.catalogue.queries.specialties import specialty_name
from marrow.core.viewer import Viewer
from marrow.core.words import in_tongue, listing
from marrow.directory.rules import folded
from marrow.people import access
from marrow.people.models import (
    CareerStep,
    Couple,
    Credential,
    LanguageSkill,
    Person,
    Unavailability,
    Wish,
)
from marrow.people.rules.fitting import Candidate, Departure
from marrow.people.rules.languages import LANGUAGES
from marrow.sources.models import Fact

PAGE = 50
NEEDS_LICENCE = ("DOCTOR", "NURSE", "TECHNICIAN", "PHARMACIST")
Service = tuple[dt.date, dt.date | None]
#: what a higher room knows: the people who served in a team and came home
FORMER: list[Callable[[], Q]] = []


def language_name(code: str) -> str:
    return in_tongue(LANGUAGES.get(code, {})) or code


def language_choices() -> list[tuple[str, str]]:
    return [(code, in_tongue(names)) for code, names in LANGUAGES.items()]


@dataclass(frozen=True, slots=True)
class Sought:
    """What a list of people is narrowed by; '' is anything."""

    typed: str = ""
    specialty: str = ""
    language: str = ""
    kind: str = ""


def people(viewer: Viewer, sought: Sought) -> QuerySet[Person]:
    """The people whom this viewer may see and who answer what is sought, by name."""
    rows = access.people_for(viewer).filter(left_on="")
    for word in folded(sought.typed).split():
        rows = rows.filter(search__contains=word)
    if sought.specialty:
        rows = rows.filter(specialty=sought.specialty)
    if sought.kind:
        rows = rows.filter(kind=sought.kind)
    if sought.language:
        rows = rows.filter(languages__language=sought.language)
    return rows.order_by("search", "id")


def people_page(viewer: Viewer, sought: Sought, page: int) -> tuple[list[Person], int]:
    """One page, and how many there are in all."""
    rows = people(viewer, sought)
    shown = rows.select_related("unit").prefetch_related("languages", "credentials")
    return list(shown[(page - 1) * PAGE : page * PAGE]), rows.count()


def people_rows(viewer: Viewer, sought: Sought) -> Iterator[list[str | int | None]]:
    """The list as rows of a table."""
    rows = people(viewer, sought).select_related("unit").prefetch_related("languages")
    for p in rows.iterator(chunk_size=500):
        spoken = listing().join(f"{language_name(s.language)} {s.level}" for s in p.languages.all())
        yield [
            str(p), p.names.get("zh", ""), p.get_kind_display(), specialty_name(p.specialty),
            p.get_grade_display(), p.birth_year, str(p.unit), spoken,
        ]  # fmt: skip


def service_record(person: Person) -> dict[str, object]:
    """What stands on a person's page: everything that a promotion board asks for."""
    credentials = list(person.credentials.order_by("kind", "issued_on"))
    benefits = list(person.benefits.order_by("granted_on"))
    policies = _papers([b.pk for b in benefits])
    return {
        "credentials": credentials,
        "spoken": [(language_name(s.language), s) for s in person.languages.all()],
        "away": list(person.unavailabilities.order_by("-from_on")[:20]),
        "benefits": [(b, policies.get(b.pk)) for b in benefits],
        "distinctions": list(person.distinctions.order_by("given_on")),
        "career": list(person.career.order_by("since_on")),
        "learnings": list(person.learnings.order_by("learned_on")),
    }


def _papers(about: Iterable[UUID]) -> dict[UUID, Fact]:
    """The fact that names the paper behind each of these records."""
    told = Fact.objects.filter(about__in=list(about), standing="SHOWN")
    return {fact.about: fact for fact in told.select_related("quote__document")}


#: what a line tells of a credential that ends
ENDING = ("kind", "title", "tongues", "expires_on", "person__names")


def expiring(viewer: Viewer, until: dt.date, limit: int = 50) -> list[Credential]:
    """Credentials of people kept by this viewer that end by a day, the first first: as many as are
    counted."""
    return list(_expiring(viewer, until).select_related("person").only(*ENDING)[:limit])


def expiring_with_unit(viewer: Viewer, until: dt.date, limit: int) -> list[Credential]:
    """The first of them, each with the unit of its person."""
    return list(_expiring(viewer, until).select_related("person__unit")[:limit])


def _expiring(viewer: Viewer, until: dt.date) -> QuerySet[Credential]:
    rows = Credential.objects.filter(expires_on__lte=until, person__left_on="")
    longer = Q(expires_on__gt=OuterRef("expires_on"))  # an end that is not told renews nothing
    renewed = Credential.objects.filter(longer, kind="LICENCE", person=OuterRef("person"))
    rows = rows.exclude(Exists(renewed), kind=Credential.Kind.LICENCE)
    if not (viewer.holds("auditor") or viewer.holds_everywhere(*access.KEEPERS)):
        theirs = Person.objects.filter(access.kept_by(viewer, *access.KEEPERS))
        rows = rows.filter(Exists(theirs.filter(pk=OuterRef("person"))))  # walks by the day
    return rows.order_by("expires_on", "id")


#: what a row of `_on_record` tells of
PERSON, SPEAKS, AWAY, ON_POST, HOME = "person", "speaks", "away", "post", "home"
#: of these people, by `on_record`, the posts (ON_POST) that they have and came home from (HOME):
#: who knows it is above this room
Served = Callable[[QuerySet[Any]], QuerySet[Any, Any]]


def candidates(rows: QuerySet[Person], served: Served) -> dict[UUID, Candidate]:
    """What the rules of fitting need of each, by one question."""
    found: dict[UUID, tuple[str, str, str, bool | None, Lasts | None]] = {}
    spoken: dict[UUID, dict[str, str]] = {}
    away: dict[UUID, list[Service]] = {}
    posts: dict[UUID, list[Service]] = {}
    home: dict[UUID, list[dt.date]] = {}
    leaving: dict[UUID, list[Departure]] = {}
    for who, what, one, two, kind, willing, start, end, untold in _on_record(rows, served):
        if what == PERSON:
            licence = Lasts(end, bool(untold)) if end or untold else None
            found[who] = (one, two, kind, willing, licence)
        elif what == SPEAKS:
            spoken.setdefault(who, {})[one] = two
        elif what == AWAY:
            away.setdefault(who, []).append((start, end))
        elif what == ON_POST and start:
            posts.setdefault(who, []).append((start, end))
            leaving.setdefault(who, []).append(Departure(start, int(one) if one else None))
        if end and (what == HOME or (what == ON_POST and start)):
            home.setdefault(who, []).append(end)
    return {
        who: Candidate(
            specialty=specialty, grade=grade, languages=spoken.get(who, {}),
            **_of_licence(licence), needs_licence=kind in NEEDS_LICENCE, willing=willing,
            away=(*away.get(who, ()), *posts.get(who, ())), homecomings=tuple(home.get(who, ())),
            departures=tuple(leaving.get(who, ())),
        )
        for who, (specialty, grade, kind, willing, licence) in found.items()
    }  # fmt: skip


def _on_record(people: QuerySet[Person], served: Served) -> Iterator[tuple[Any, ...]]:
    """The people themselves with how long their licences last, their languages, absences and
    posts: a whole nation may be read, so nothing but what the rules look at is."""
    those = people.order_by().values("pk")
    held = Credential.objects.filter(person=OuterRef("pk"), kind=Credential.Kind.LICENCE)
    last = held.exclude(expires_on=None).order_by("-expires_on").values("expires_on")[:1]
    known = ("pk", "specialty", "grade", "kind", "willing")
    spoken = LanguageSkill.objects.filter(person__in=those)
    absent = Unavailability.objects.filter(person__in=those)
    return (
        on_record(people, PERSON, known, None, Subquery(last), Exists(held.filter(expires_on=None)))
        .union(
            on_record(spoken, SPEAKS, ("person", "language", "level")),
            on_record(absent, AWAY, ("person",), "from_on", "until_on"),
            served(those), all=True,
        )
        .iterator()
    )  # fmt: skip


def on_record(
    rows: QuerySet[Any],
    what: Any,
    columns: tuple[Any, ...],
    start: Any = None,
    end: Any = None,
    untold: Any = None,
) -> QuerySet[Any, Any]:
    """Rows of one kind as `candidates` reads them: person, what it tells of, two codes (of a
    post the first is its programme's months of rest), kind,
    whether willing, first day, first free or last day, whether of a licence no end is told."""
    no_day, nothing, unknown = (
        Cast(Value(None), DateField()), Value(""), Cast(Value(None), BooleanField()),
    )  # fmt: skip
    blank = (nothing, nothing, nothing, unknown)
    who, *told = columns
    what = Value(what) if isinstance(what, str) else what
    return rows.order_by().values_list(
        who, what, *told, *blank[len(told) :], start or no_day, end or no_day, untold or unknown
    )


class Lasts(NamedTuple):
    """Of somebody's licences: the last day that is told, and whether of one nobody told an end."""

    until: dt.date | None
    untold: bool


def licences_until(people: Any) -> dict[UUID, Lasts]:
    """How long the licences of these people last, by person; who has none is left out."""
    found: dict[UUID, list[dt.date | None]] = {}
    rows = Credential.objects.filter(person__in=people, kind=Credential.Kind.LICENCE)
    for who, ends in rows.values_list("person", "expires_on"):
        found.setdefault(who, []).append(ends)
    return {who: _longest(ends) for who, ends in found.items()}


def _longest(ends: list[dt.date | None]) -> Lasts:
    return Lasts(max((e for e in ends if e), default=None), None in ends)


def _of_licence(lasts: Lasts | None) -> dict[str, Any]:
    if lasts is None:
        return {"has_licence": False}
    return {"has_licence": True, "licence_until": lasts.until, "end_untold": lasts.untold}


def licensed(person: Person, last: Mapping[UUID, Lasts]) -> Candidate:
    """What is known of somebody's licence, and nothing else."""
    return Candidate(**_of_licence(last.get(person.pk)), needs_licence=person.kind in NEEDS_LICENCE)


def in_leading_posts(viewer: Viewer) -> int:
    """How many former members of teams whom this viewer may see came into a leading post."""
    steps = CareerStep.objects.filter(kind=CareerStep.Kind.LEADING_POST)
    came_home = Q(pk__in=[])
    for served in FORMER:
        came_home |= served()
    rows = steps.filter(person__in=access.people_for(viewer).filter(came_home))
    return rows.values("person").distinct().count()


def kind_choices() -> list[tuple[str, str]]:
    return [(str(code), str(label)) for code, label in Person.Kind.choices]


def soon(today: dt.date) -> dt.date:
    """Until when an ending credential is worth a line: papers take a quarter of a year."""
    return today + dt.timedelta(days=92)


def who_is(viewer: Viewer) -> Person | None:
    """The person who this viewer is, where one has been named."""
    return Person.objects.filter(account=viewer.person).first() if viewer.signed_in else None


def taken_for(viewer: Viewer) -> list[Person]:
    """Whom offices take this viewer for, who has not answered yet; nobody who holds an office."""
    if not viewer.signed_in or viewer.holds(*access.OFFICES):
        return []
    rows = Person.objects.filter(asked_account=viewer.person).select_related("unit")
    return list(rows.order_by("search", "id"))


def cared_for(viewer: Viewer, person: Person) -> dict[str, object]:
    """Whom to call; and how they say they are, for those alone whom that concerns."""
    knows = access.may_see_wellbeing(viewer, person)
    said = list(person.wellbeing.order_by("-said_on", "-pk")[:24]) if knows else []
    return {
        "contacts": list(person.contacts.order_by("pk")), "wellbeing": said, "may_know": knows,
    }  # fmt: skip


def wishes_of(viewer: Viewer, person: Person) -> dict[str, object]:
    """Wishes, refusals, and with whom somebody is a couple: for those alone whom that concerns."""
    knows = access.knows_wishes(viewer, person)
    wishes = Wish.objects.filter(person=person, ended_on=None).select_related("area", "series")
    both = Couple.objects.filter(Q(one=person) | Q(other=person), ended_on=None)
    couples = both.select_related("one__unit", "other__unit")
    return {
        "may_wish": knows,
        "wishes": list(wishes.order_by("kind", "pk")) if knows else [],
        "couples": [(c, c.other if c.one_id == person.pk else c.one) for c in couples]
        if knows else [],
    }  # fmt: skip


MOST_MEANT = 6  # people proposed where a name is not plain


def meant_by(viewer: Viewer, typed: str) -> list[Person]:
    """Those of this name whom the viewer may see: the one who is called just so, or all near."""
    near = list(people(viewer, Sought(typed=typed)).select_related("unit")[:MOST_MEANT])
    same = [p for p in near if folded(typed) in {folded(n) for n in p.names.values()}]
    return same or near


MOST_UNITS = 40  # from which a drop-down helps nobody


def unit_names(viewer: Viewer) -> list[str]:
    """The units whose roster this viewer takes in, to choose from; [] where they are too many."""
    units = access.units_of(viewer, *access.KEEPERS).order_by("pk")[: MOST_UNITS + 1]
    found = [str(unit) for unit in units]
    return sorted(found) if len(found) <= MOST_UNITS else []
