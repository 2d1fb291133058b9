"""A logbook, a hospital's table of persons and techniques, and what waits for a sign-off."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from marrow.accounts.queries import as_signed
from marrow.capacity.models import Step
from marrow.catalogue.models import Item
from marrow.catalogue.queries import specialty_name
from marrow.core.viewer import Viewer
from marrow.core.words import in_order
from marrow.directory.models import Organisation
from marrow.entrusting import access
from marrow.entrusting.models import Entrustment, LogCase
from marrow.entrusting.queries.entrusted import still_there
from marrow.entrusting.rules.entrusting import ALONE, Level, level_on
from marrow.missions.models import Site
from marrow.people.models import Person
from marrow.teams.models import Assignment
from marrow.teams.rules.stages import AWAY

State = LogCase.State
MOST_CASES = 300  # of one logbook, the latest
MOST_TO_CONFIRM = 100
MOST_PEOPLE, MOST_ITEMS = 60, 24  # of a hospital's table


def confirmed(person: Person, item: UUID, by: dt.date) -> list[LogCase]:
    """The confirmed cases of somebody, of one item, until a day."""
    rows = LogCase.objects.filter(person=person, item=item, on__lte=by, state=State.CONFIRMED)
    return list(rows)


def level_held(person: Person, item: UUID, day: dt.date) -> int | None:
    rows = Entrustment.objects.filter(person=person, item=item, on__lte=day)
    last = rows.filter(organisation=person.unit_id).order_by("-on", "-signed_at").first()
    return last.level if last else None


def levels() -> list[tuple[int, str]]:
    return [(int(code), str(words)) for code, words in Entrustment.Level.choices]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One item of a logbook: the level that holds, how it was reached, and the cases."""

    item: Item
    now: Entrustment | None
    levels: list[Entrustment]
    counts: list[tuple[str, int]]  # confirmed cases by what was done
    waiting: int
    cases: list[LogCase]


def logbook_of(person: Person, on: dt.date) -> list[Chapter]:
    """By item, the specialty's own first; levels of this hospital alone."""
    cases: dict[UUID, list[LogCase]] = defaultdict(list)
    rows = LogCase.objects.filter(person=person, on__lte=on).select_related("supervisor")
    for row in rows[:MOST_CASES]:
        cases[row.item_id].append(row)
    signed: dict[UUID, list[Entrustment]] = defaultdict(list)
    for level in _levels_of(person, on):
        signed[level.item_id].append(level)
    items = Item.objects.filter(pk__in={*cases, *signed}).order_by("specialty", "search")
    return [_chapter(person, item, signed[item.pk], cases[item.pk]) for item in items]


def _levels_of(person: Person, on: dt.date) -> list[Entrustment]:
    """Each with its signer's name in the reader's language, where the account has it in several."""
    rows = list(Entrustment.objects.filter(person=person, on__lte=on).order_by("on", "signed_at"))
    names = as_signed((row.signer, row.signer_name) for row in rows)
    for row in rows:
        row.signer_name = names[row.signer, row.signer_name]
    return rows


def _chapter(
    person: Person, item: Item, levels: list[Entrustment], cases: list[LogCase]
) -> Chapter:
    here = [one for one in levels if one.organisation_id == person.unit_id]
    counts: Counter[str] = Counter()
    for row in cases:
        if row.state == State.CONFIRMED:
            counts[row.role] += row.count
    told = [(str(words), counts[code]) for code, words in LogCase.Role.choices if counts[code]]
    waiting = sum(row.count for row in cases if row.state == State.WAITING)
    return Chapter(item, here[-1] if here else None, levels, told, waiting, cases)


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the table: a level an item, None where none was signed."""

    person: Person
    specialty: str
    levels: list[int | None]


@dataclass(frozen=True, slots=True)
class Alone:
    """Of one profession: how many work alone at something, each at how many techniques."""

    profession: str
    persons: int
    fewest: int
    most: int


@dataclass(frozen=True, slots=True)
class Table:
    """Persons against techniques; `hidden` techniques did not fit, `others` have no level yet."""

    items: list[tuple[Item, int]]  # each with how many do it alone
    rows: list[Row]
    others: list[Person]
    hidden: int
    specialties: list[tuple[str, str]]
    alone: list[Alone]  # of all specialties


def table_of(hospital: Organisation, on: dt.date, specialty: str = "") -> Table:
    """Who may do what on that day, of those who are there; of one specialty where it is named."""
    held = _levels_at(hospital, on)
    every = list(Item.objects.filter(pk__in={i for _p, i in held}).order_by("specialty", "search"))
    wanted = [item for item in every if specialty in ("", item.specialty)]
    items = wanted[:MOST_ITEMS]
    people = list(colleagues(hospital, on))
    having = {person for person, _item in held}
    rows = [
        Row(p, specialty_name(p.specialty), [held.get((p.pk, i.pk)) for i in items])
        for p in people
        if any((p.pk, i.pk) in held for i in wanted)
    ]
    alone = Counter(item for (_p, item), level in held.items() if level >= ALONE)
    return Table(
        [(i, alone[i.pk]) for i in items], rows, [p for p in people if p.pk not in having],
        len(wanted) - len(items),
        sorted(
            {(i.specialty, specialty_name(i.specialty)) for i in every},
            key=lambda s: in_order(s[1]),
        ),
        _alone(held, people),
    )  # fmt: skip


def _alone(held: dict[tuple[UUID, UUID], int], people: list[Person]) -> list[Alone]:
    """By profession, the most first."""
    each = Counter(person for (person, _item), level in held.items() if level >= ALONE)
    counts: dict[str, list[int]] = defaultdict(list)
    for one in people:
        if each[one.pk]:
            counts[str(one.get_kind_display())].append(each[one.pk])
    found = [Alone(kind, len(n), min(n), max(n)) for kind, n in counts.items()]
    return sorted(found, key=lambda one: (-one.persons, one.profession))


def count_with_level(hospital: Organisation, on: dt.date) -> int:
    """Of those who are there on that day, how many have a level that was signed there."""
    signed = Entrustment.objects.filter(organisation=hospital, on__lte=on)
    rows = Person.objects.filter(still_there(on, ""), unit=hospital)
    return rows.filter(pk__in=signed.values("person")).count()


def _levels_at(hospital: Organisation, on: dt.date) -> dict[tuple[UUID, UUID], int]:
    """The level of each person and item that holds on the day."""
    told = Entrustment.objects.filter(still_there(on), organisation=hospital, on__lte=on)
    found: dict[tuple[UUID, UUID], list[Level]] = defaultdict(list)
    columns = told.order_by("on", "signed_at").values_list("person_id", "item_id", "level", "on")
    for order, (person, item, level, day) in enumerate(columns):
        found[person, item].append(Level(level, day, order))
    return {key: level_on(levels, on) or 0 for key, levels in found.items()}


def colleagues(hospital: Organisation, on: dt.date) -> Iterable[Person]:
    rows = Person.objects.filter(still_there(on, ""), unit=hospital)
    return rows.order_by("search", "id")[:MOST_PEOPLE]


def cases_to_confirm(viewer: Viewer) -> list[LogCase]:
    """Cases that wait for this viewer's sign-off, the oldest first."""
    return access.confirmable(viewer)[:MOST_TO_CONFIRM]


def told_for_others(viewer: Viewer) -> list[LogCase]:
    """Cases of colleagues that this viewer entered and that wait for somebody else, the oldest
    first."""
    if viewer.person is None:
        return []
    rows = LogCase.objects.filter(told_by=viewer.person, state=State.WAITING)
    rows = rows.exclude(person__account=viewer.person).order_by("told_at")
    rows = rows.select_related("person", "item", "organisation", "supervisor")
    found = [row for row in rows[:MOST_TO_CONFIRM] if access.only_told_by(viewer, row)]
    read = set(
        access.colleagues_for(viewer)
        .filter(pk__in={r.person_id for r in found})
        .values_list("pk", flat=True)
    )
    return [row for row in found if row.person_id in read]


def hospitals_shown(viewer: Viewer) -> list[Organisation]:
    """Hospitals whose logbooks this viewer reads: for an auditor those that have any."""
    rows = access.hospitals_read(viewer).select_related("area")
    if viewer.holds("auditor") or viewer.holds_everywhere("office"):
        rows = rows.filter(Q(log_cases__isnull=False) | Q(entrustments__isnull=False)).distinct()
    return sorted(rows[:100], key=str)


def who_i_am(viewer: Viewer) -> Person | None:
    return Person.objects.filter(account=viewer.person).first() if viewer.signed_in else None


def visitors_at(hospital: Organisation) -> list[Person]:
    """The people of teams who serve there now."""
    sites = Site.objects.filter(organisation=hospital, mission__status__in=AWAY)
    seated = Assignment.objects.filter(
        seat__mission__in=sites.values("mission"), state=Assignment.State.SERVING
    )
    return list(Person.objects.filter(pk__in=seated.values("person")).order_by("search", "id"))


def supervisors_for(person: Person, on: dt.date) -> list[tuple[str, str]]:
    """Who may have watched: visitors on post, then colleagues who do something alone."""
    able = Entrustment.objects.filter(organisation=person.unit_id, level__gte=ALONE)
    locals_ = Person.objects.filter(still_there(on, ""), pk__in=able.values("person"))
    visitors = visitors_at(person.unit)
    seen = {v.pk for v in visitors} | {person.pk}
    others = [p for p in locals_.order_by("search", "id")[:MOST_PEOPLE] if p.pk not in seen]
    return [(str(p.pk), str(p)) for p in (*visitors, *others)]


def last_case(person: Person) -> LogCase | None:
    """What they entered last: the next is often like it."""
    return LogCase.objects.filter(person=person).order_by("-told_at").first()


def items_for(person: Person, *, every: bool = False) -> list[tuple[str, str]]:
    """What a case may be of: what they logged, their specialty, what the hospital climbs for; or
    everything of the catalogue that is done, not suffered."""
    done = Item.objects.exclude(kind=Item.Kind.CONDITION).filter(retired_on=None)
    logged = Q(pk__in=LogCase.objects.filter(person=person).values("item"))
    if not every:
        near = Q(pk__in=Step.objects.filter(organisation=person.unit_id).values("item"))
        done = done.filter(near | Q(specialty=person.specialty) | logged)
    mine = set(LogCase.objects.filter(person=person).values_list("item", flat=True))
    rows = sorted(done.order_by("search"), key=lambda i: (i.pk not in mine, str(i)))
    return [(row.key, str(row)) for row in rows]
