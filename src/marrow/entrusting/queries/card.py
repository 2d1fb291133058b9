"""The target card counted from rows: what a programme's partnerships came to, each of them and all
together, and which rows. A row that two partnerships share counts in each, and once in the whole.

A hospital counts from the first day of its partnership to its last; of one whose first day nobody
told, from the first row on, and the page says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from marrow.capacity.models import Step
from marrow.catalogue.models import Item
from marrow.catalogue.queries import specialty_name
from marrow.catalogue.rules.specialties import PLATFORMS
from marrow.core.viewer import Viewer
from marrow.core.words import colon
from marrow.directory.models import Department, Organisation
from marrow.entrusting import access
from marrow.entrusting.models import Entrustment, FirstTime, Talent
from marrow.entrusting.rules.entrusting import ALONE
from marrow.programmes.models import Partnership, Programme
from marrow.programmes.queries import partnerships

SPECIALTIES, PLATFORM, PEOPLE, GRADES, FIRSTS, SYSTEMS = FIGURES = (
    "specialties", "platforms", "people", "grades", "firsts", "systems",
)  # fmt: skip
NAMED = (PEOPLE, GRADES)  # figures whose rows name somebody
MANAGEMENT = "HOSPITAL_MANAGEMENT"


@dataclass(frozen=True, slots=True)
class Counted:
    """One row behind a figure."""

    hospital: Organisation
    what: str
    on: str
    model: str
    pk: UUID
    still: bool = True  # False: it was so, and is no more


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the card; `count` is None where nobody recorded anything of its kind there."""

    code: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Spell:
    """A hospital within its partnership: days as they are told, '' is unknown or still running."""

    hospital: UUID
    start: str
    end: str

    def holds(self, day: str) -> bool:
        """Days of which only the year is told count with that year."""
        after = not self.start or day[: len(self.start)] >= self.start[: len(day)]
        return after and (not self.end or day[: len(self.end)] <= self.end[: len(day)])


@dataclass(frozen=True, slots=True)
class Card:
    """The figures of one partnership; of the whole programme where `partnership` is None."""

    partnership: Partnership | None
    figures: list[Figure]


def _partnerships(programme: Programme) -> list[Partnership]:
    rows = [row for row in partnerships(programme) if row.recipient_id]
    return sorted(rows, key=lambda row: (str(row.recipient), row.starts_on))


def _spell(row: Partnership) -> list[Spell]:
    return [Spell(row.recipient_id, row.starts_on, row.ends_on)] if row.recipient_id else []


def spells_of(programme: Programme, partnership: str = "") -> list[Spell]:
    """Of all its partnerships with a hospital, or of the one that is named."""
    rows = _partnerships(programme)
    chosen = [row for row in rows if partnership in ("", str(row.pk))]
    return [spell for row in chosen for spell in _spell(row)]


def cards_of(programme: Programme) -> list[Card]:
    """The whole first, then each partnership; [] where the programme has no partner hospital."""
    rows = _partnerships(programme)
    spells = [spell for row in rows for spell in _spell(row)]
    if not spells:
        return []
    houses = Houses(spells)
    known = _recorded(houses)
    counted = {code: READ[code](houses) for code in FIGURES}
    found = [Card(None, [_figure(code, counted[code], known[code], spells) for code in FIGURES])]
    if len(rows) > 1:
        found += [
            Card(row, [_figure(c, counted[c], known[c], _spell(row)) for c in FIGURES])
            for row in rows
        ]
    return found


def _figure(code: str, rows: list[Counted], known: set[UUID], spells: list[Spell]) -> Figure:
    if not any(s.hospital in known for s in spells):
        return Figure(code, None)
    return Figure(code, sum(_within(spells, row.hospital.pk, row.on) for row in rows))


def rows_of(
    viewer: Viewer, programme: Programme, code: str, partnership: str = ""
) -> list[Counted]:
    """The rows behind a figure; people of a hospital whose logbooks do not open for this viewer
    are counted without their name."""
    rows = READ[code](Houses(spells_of(programme, partnership)))
    if code not in NAMED:
        return rows
    houses = {row.hospital.pk for row in rows}
    seen = set(access.hospitals_read(viewer).filter(pk__in=houses).values_list("pk", flat=True))
    return [row if row.hospital.pk in seen else replace(row, what=_("a colleague")) for row in rows]


def _recorded(houses: Houses) -> dict[str, set[UUID]]:
    """The hospitals of which anything of a kind is recorded at all: of the others, unknown."""
    steps = Step.objects.filter(organisation__in=houses.ids, state=Step.State.HOLDS).order_by()
    found: dict[str, set[UUID]] = {code: set() for code in FIGURES}
    for house, of, kind in steps.values_list(
        "organisation", "item__specialty", "department__kind"
    ).distinct():
        found[SYSTEMS if of == MANAGEMENT else SPECIALTIES].add(house)
        if of in PLATFORMS or kind == Department.Kind.PLATFORM:
            found[PLATFORM].add(house)
    found[PEOPLE] = {row.organisation_id for row in houses.entrusted}
    found[GRADES] = {row.organisation_id for row in houses.graded}
    found[FIRSTS] = {row.organisation_id for row in houses.firsts}
    return found


def _within(spells: list[Spell], house: UUID, day: str) -> bool:
    return any(s.hospital == house and s.holds(day) for s in spells)


@dataclass
class Houses:
    """The hospitals of a card within their partnerships; what is told of them is read once."""

    spells: list[Spell]

    @property
    def ids(self) -> list[UUID]:
        return [s.hospital for s in self.spells]

    def had(self, house: UUID, day: str) -> bool:
        return _within(self.spells, house, day)

    @cached_property
    def _alone_once(self) -> list[Any]:
        """Steps to "done alone", the first first, each with the level that is held there `now`."""
        held = Step.objects.filter(state=Step.State.HOLDS)
        last = held.filter(organisation=OuterRef("organisation"), item=OuterRef("item"))
        rows = held.filter(level__gte=ALONE, organisation__in=self.ids).annotate(
            now=Subquery(last.order_by("-on", "-held_at").values("level")[:1])
        )
        rows = rows.select_related("organisation__area", "item", "department")
        return list(rows.order_by("on", "held_at"))

    @cached_property
    def risen(self) -> list[Step]:
        """The first step to "done alone" of each hospital and item."""
        found: dict[tuple[UUID, UUID], Step] = {}
        for row in self._alone_once:
            found.setdefault((row.organisation_id, row.item_id), row)
        return list(found.values())

    @cached_property
    def alone(self) -> set[tuple[UUID, UUID]]:
        """Of what they rose to, the hospitals and items that are done alone today."""
        return {(r.organisation_id, r.item_id) for r in self._alone_once if r.now >= ALONE}

    @cached_property
    def entrusted(self) -> list[Entrustment]:
        rows = Entrustment.objects.filter(organisation__in=self.ids).order_by("on", "signed_at")
        return list(rows.select_related("organisation__area", "person", "item"))

    @cached_property
    def graded(self) -> list[Talent]:
        rows = Talent.objects.filter(organisation__in=self.ids).order_by("since", "id")
        return list(rows.select_related("organisation__area", "person"))

    @cached_property
    def firsts(self) -> list[FirstTime]:
        rows = FirstTime.objects.filter(organisation__in=self.ids)
        return list(rows.select_related("organisation__area", "item"))

    def still(self, row: Step) -> bool:
        return (row.organisation_id, row.item_id) in self.alone


def _specialties(houses: Houses) -> list[Counted]:
    return _built(houses, [r for r in houses.risen if r.item.specialty != MANAGEMENT])


def _platforms(houses: Houses) -> list[Counted]:
    """Of the specialties built those that others stand on, and what a platform department does."""
    return _built(houses, [r for r in houses.risen if _of_platform(r)])


def _of_platform(row: Step) -> bool:
    house = row.department
    platform = house is not None and house.kind == Department.Kind.PLATFORM
    return row.item.specialty != MANAGEMENT and (platform or row.item.specialty in PLATFORMS)


def _built(houses: Houses, risen: list[Step]) -> list[Counted]:
    """A specialty is built in a hospital with its first item that is done alone there; it still
    stands while any of its items is."""
    first: dict[tuple[UUID, str], Step] = {}
    for row in risen:
        first.setdefault((row.organisation_id, row.item.specialty), row)
    stand = {(r.organisation_id, r.item.specialty) for r in risen if houses.still(r)}
    return [
        _step(row, f"{specialty_name(row.item.specialty)}{colon()}{row.item}", still=pair in stand)
        for pair, row in first.items()
        if houses.had(row.organisation_id, row.on.isoformat())
    ]


def _systems(houses: Houses) -> list[Counted]:
    rows = [r for r in houses.risen if r.item.specialty == MANAGEMENT]
    return [
        _step(row, str(row.item), still=houses.still(row))
        for row in rows
        if row.item.kind == Item.Kind.SERVICE
        and houses.had(row.organisation_id, row.on.isoformat())
    ]


def _step(row: Step, what: str, *, still: bool) -> Counted:
    day = row.on.isoformat()
    return Counted(row.organisation, what, day, "capacity.step", row.pk, still=still)


def _people(houses: Houses) -> list[Counted]:
    """Each person once, by the day on which they first came to work alone at something."""
    first: dict[UUID, Entrustment] = {}
    last: dict[tuple[UUID, UUID], Entrustment] = {}
    for row in houses.entrusted:
        last[row.person_id, row.item_id] = row
        if row.level >= ALONE:
            first.setdefault(row.person_id, row)
    alone = {person for (person, _item), row in last.items() if row.level >= ALONE}
    return [
        Counted(row.organisation, f"{row.person}{colon()}{row.item}", row.on.isoformat(),
                "entrusting.entrustment", row.pk, still=row.person_id in alone)
        for row in first.values()
        if houses.had(row.organisation_id, row.on.isoformat())
    ]  # fmt: skip


def _grades(houses: Houses) -> list[Counted]:
    """Each person once, by the first grade that they came to; one of unknown day counts nowhere."""
    first: dict[UUID, Talent] = {}
    for row in houses.graded:
        if row.since:
            first.setdefault(row.person_id, row)
    return [
        Counted(row.organisation, f"{row.person}{colon()}{row.get_grade_display()}", row.since,
                "entrusting.talent", row.pk)
        for row in first.values()
        if houses.had(row.organisation_id, row.since)
    ]  # fmt: skip


def _firsts(houses: Houses) -> list[Counted]:
    own = [
        row for row in houses.firsts
        if row.state == FirstTime.State.CONFIRMED and row.side == FirstTime.Side.LOCAL
    ]  # fmt: skip
    return [
        Counted(row.organisation, str(row.item), row.happened_on, "entrusting.firsttime", row.pk)
        for row in own
        if row.happened_on and houses.had(row.organisation_id, row.happened_on)
    ]


READ: dict[str, Callable[[Houses], list[Counted]]] = {
    SPECIALTIES: _specialties, PLATFORM: _platforms, PEOPLE: _people, GRADES: _grades,
    FIRSTS: _firsts, SYSTEMS: _systems,
}  # fmt: skip
