"""The target card counted from rows: what a programme's partnerships came to, and which rows.

A hospital counts from the first day of its partnership to its last; of one whose first day nobody
told, from the first row on, and the page says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from marrow.capacity.models import Step
from marrow.catalogue.models import Item
from marrow.catalogue.queries import specialty_name
from marrow.core.viewer import Viewer
from marrow.directory.models import Organisation
from marrow.entrusting import access
from marrow.entrusting.models import Entrustment, FirstTime
from marrow.entrusting.rules.entrusting import ALONE
from marrow.programmes.models import Partnership, Programme

SPECIALTIES, PEOPLE, FIRSTS, SYSTEMS = FIGURES = ("specialties", "people", "firsts", "systems")
MANAGEMENT = "HOSPITAL_MANAGEMENT"


@dataclass(frozen=True, slots=True)
class Counted:
    """One row behind a figure."""

    hospital: Organisation
    what: str
    on: str
    model: str
    pk: UUID


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


def spells_of(programme: Programme) -> list[Spell]:
    rows = Partnership.objects.filter(programme=programme).exclude(recipient=None)
    columns = rows.values_list("recipient", "starts_on", "ends_on")
    return [Spell(hospital, start, end) for hospital, start, end in columns if hospital]


def card_of(programme: Programme) -> list[Figure]:
    """The four figures; [] where the programme has no partner hospital."""
    spells = spells_of(programme)
    if not spells:
        return []
    return [Figure(code, _count(code, spells)) for code in FIGURES]


def rows_of(viewer: Viewer, programme: Programme, code: str) -> list[Counted]:
    """The rows behind a figure; people of a hospital whose logbooks do not open for this viewer
    are counted without their name."""
    rows = READ[code](spells_of(programme))
    if code != PEOPLE:
        return rows
    houses = {row.hospital.pk for row in rows}
    seen = set(access.hospitals_read(viewer).filter(pk__in=houses).values_list("pk", flat=True))
    return [row if row.hospital.pk in seen else replace(row, what=_("a colleague")) for row in rows]


def _count(code: str, spells: list[Spell]) -> int | None:
    houses = [s.hospital for s in spells]
    known = {
        SPECIALTIES: Step.objects.filter(organisation__in=houses, state=Step.State.HOLDS),
        SYSTEMS: Step.objects.filter(
            organisation__in=houses, state=Step.State.HOLDS, item__specialty=MANAGEMENT
        ),
        PEOPLE: Entrustment.objects.filter(organisation__in=houses),
        FIRSTS: FirstTime.objects.filter(organisation__in=houses),
    }
    rows: Any = known[code]
    return len(READ[code](spells)) if rows.exists() else None


def _within(spells: list[Spell], house: UUID, day: str) -> bool:
    return any(s.hospital == house and s.holds(day) for s in spells)


def _risen(spells: list[Spell], only: Q) -> list[Step]:
    """The first steps to "done alone" of each hospital and item, that fall into the partnership."""
    rows = Step.objects.filter(
        only, state=Step.State.HOLDS, level__gte=ALONE,
        organisation__in=[s.hospital for s in spells],
    )  # fmt: skip
    found: dict[tuple[UUID, UUID], Step] = {}
    for row in rows.select_related("organisation__area", "item").order_by("on", "held_at"):
        found.setdefault((row.organisation_id, row.item_id), row)
    return list(found.values())


def _specialties(spells: list[Spell]) -> list[Counted]:
    """A specialty is built in a hospital with its first item that is done alone there."""
    first: dict[tuple[UUID, str], Step] = {}
    for row in _risen(spells, ~Q(item__specialty=MANAGEMENT)):
        first.setdefault((row.organisation_id, row.item.specialty), row)
    return [
        _step(row, f"{specialty_name(row.item.specialty)}: {row.item}")
        for row in first.values()
        if _within(spells, row.organisation_id, row.on.isoformat())
    ]


def _systems(spells: list[Spell]) -> list[Counted]:
    rows = _risen(spells, Q(item__specialty=MANAGEMENT, item__kind=Item.Kind.SERVICE))
    return [
        _step(row, str(row.item))
        for row in rows
        if _within(spells, row.organisation_id, row.on.isoformat())
    ]


def _step(row: Step, what: str) -> Counted:
    return Counted(row.organisation, what, row.on.isoformat(), "capacity.step", row.pk)


def _people(spells: list[Spell]) -> list[Counted]:
    """Each person once, by the day on which they first came to work alone at something."""
    rows = Entrustment.objects.filter(
        organisation__in=[s.hospital for s in spells], level__gte=ALONE
    ).select_related("organisation__area", "person", "item")
    first: dict[UUID, Entrustment] = {}
    for row in rows.order_by("on", "signed_at"):
        first.setdefault(row.person_id, row)
    return [
        Counted(row.organisation, f"{row.person}: {row.item}", row.on.isoformat(),
                "entrusting.entrustment", row.pk)
        for row in first.values()
        if _within(spells, row.organisation_id, row.on.isoformat())
    ]  # fmt: skip


def _firsts(spells: list[Spell]) -> list[Counted]:
    rows = FirstTime.objects.filter(
        organisation__in=[s.hospital for s in spells], state=FirstTime.State.CONFIRMED,
        side=FirstTime.Side.LOCAL,
    ).select_related("organisation__area", "item")  # fmt: skip
    return [
        Counted(row.organisation, str(row.item), row.happened_on, "entrusting.firsttime", row.pk)
        for row in rows
        if row.happened_on and _within(spells, row.organisation_id, row.happened_on)
    ]


READ: dict[str, Callable[[list[Spell]], list[Counted]]] = {
    SPECIALTIES: _specialties, PEOPLE: _people, FIRSTS: _firsts, SYSTEMS: _systems,
}  # fmt: skip
