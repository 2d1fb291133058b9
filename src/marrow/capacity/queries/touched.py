"""Which items' answers may have turned with what was written down since.

Too many is no harm, too few would be a wrong figure: each model from which the measure reads
stands here (`MODELS`), and a test compares with what is read.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from marrow.capacity.models import Equipment, EquipmentChange, Expected, Presence, Step, Supervision
from marrow.catalogue.models import Item, List, ListMember, Requirement
from marrow.core.models import Operation, Record
from marrow.directory.models import Area, Organisation
from marrow.missions.models import Site
from marrow.teams.models import Assignment, Seat

Line = tuple[str, str, UUID, str]  # kind, model, record, changes
MOST = 2_000  # lines that a page looks through; of more it takes all to be touched
AT_ONCE = 2_000
#: of each model that the measure reads: the columns on which it rests
MODELS: dict[type[Record], tuple[str, ...]] = {
    Step: ("organisation_id", "item_id", "level", "on", "state", "held_at"),
    Item: ("specialty", "specialty_before"),
    List: ("area_id",),
    ListMember: ("item_id",),
    Requirement: ("item_id", "kind", "role", "specialty", "resource", "count", "from_on",
                  "until_on"),
    Presence: ("organisation_id", "kind", "role", "specialty", "resource", "count", "on",
               "told_at"),
    Equipment: ("organisation_id", "machine"),
    EquipmentChange: ("equipment_id", "state", "on", "told_at"),
    Supervision: ("organisation_id", "specialty", "from_on", "until_on", "signed_at", "ended_on"),
    Assignment: ("seat_id", "started_on", "ended_on"),
    Seat: ("mission_id", "specialty", "site_id"),
    Site: ("mission_id", "organisation_id", "from_on"),
    Expected: ("list_id", "organisation_id", "from_on", "until_on"),
    Organisation: ("area_id", "successor_id"),
    Area: ("path",),
}  # fmt: skip
LABELS = {model._meta.label_lower: model for model in MODELS}


@dataclass(slots=True)
class Touched:
    """Items whose answers may have turned, lists all of whose answers may, or all that there is."""

    items: set[UUID] = field(default_factory=set)
    lists: set[UUID] = field(default_factory=set)
    all: bool = False


def lines_since(feed: int, most: int | None = MOST) -> list[Line] | None:
    """What was written down after this place in the journal, numbered or not yet; None where it is
    more than `most`. By one question: one without a number may get one meanwhile."""
    rows = Operation.objects.filter(Q(feed=None) | Q(feed__gt=feed)).order_by()
    told = rows.values_list("kind", "model", "record", "changes")[:most]
    found: list[Line] = []
    for n, row in enumerate(told.iterator(AT_ONCE), 1):
        if row[1] in LABELS:
            found.append(row)
        if n == most:
            return None
    return found


class _Told:
    """What lines say of one model: its records, and what their columns held before and after."""

    def __init__(self, model: type[Record]) -> None:
        self.model = model
        self.records: set[UUID] = set()
        self.held: dict[str, set[str]] = defaultdict(set)

    def take(self, record: UUID, changes: dict[str, list[Any]]) -> None:
        self.records.add(record)
        for column, both in changes.items():
            self.held[column].update(str(one) for one in both if one not in (None, ""))

    def all_of(self, column: str) -> set[str]:
        """What this column held, and holds now, of these records."""
        rows = self.model._base_manager.filter(pk__in=list(self.records))
        now = rows.order_by().values_list(column, flat=True)
        return self.held[column] | {str(one) for one in now if one not in (None, "")}


def touched_by(lines: Iterable[Line]) -> Touched:
    told: dict[type[Record], _Told] = {}
    found = Touched()
    for kind, label, record, text in lines:
        model, changes = LABELS[label], json.loads(text)
        new_place = kind == Operation.CREATE and model in (Organisation, Area)
        if changes.keys() & set(MODELS[model]) and not new_place:  # nothing stands on it yet
            told.setdefault(model, _Told(model)).take(record, changes)
    for model, some in told.items():
        _TAKE[model](found, some)
    return found


def _by_item(found: Touched, told: _Told) -> None:
    found.items |= {UUID(one) for one in told.all_of("item_id")}


def _item(found: Touched, told: _Told) -> None:
    found.items |= told.records


def _list(found: Touched, told: _Told) -> None:
    found.lists |= told.records


def _by_list(found: Touched, told: _Told) -> None:
    found.lists |= {UUID(one) for one in told.all_of("list_id")}


def _by_presence(found: Touched, told: _Told) -> None:
    staff = Q(role__in=told.all_of("role"), specialty__in=told.all_of("specialty") | {""})
    _need(found, staff | Q(resource__in=told.all_of("resource")))


def _by_machine(found: Touched, told: _Told) -> None:
    _need(found, Q(resource__in=told.all_of("machine")))


def _by_change(found: Touched, told: _Told) -> None:
    rows = Equipment.objects.filter(pk__in=told.all_of("equipment_id"))
    _need(found, Q(resource__in=set(rows.values_list("machine", flat=True))))


def _need(found: Touched, asked: Q) -> None:
    found.items |= set(Requirement.objects.filter(asked).values_list("item_id", flat=True))


def _by_specialty(found: Touched, told: _Told) -> None:
    _of(found, told.all_of("specialty"))


def _by_assignment(found: Touched, told: _Told) -> None:
    _of_seats(found, Seat.objects.filter(pk__in=told.all_of("seat_id")))


def _by_site(found: Touched, told: _Told) -> None:
    _of_seats(found, Seat.objects.filter(mission__in=map(UUID, told.all_of("mission_id"))))


def _of_seats(found: Touched, seats: QuerySet[Seat]) -> None:
    _of(found, set(seats.order_by().values_list("specialty", flat=True)))


def _of(found: Touched, specialties: set[str]) -> None:
    """Who serves in a specialty stands beside all its items."""
    moved = Q(specialty_before__isnull=False)  # few: what they were before is not looked at
    rows = Item.objects.filter(Q(specialty__in=specialties - {""}) | moved).order_by()
    found.items |= set(rows.values_list("pk", flat=True))


def _by_hospital(found: Touched, told: _Told) -> None:
    """One that nothing was ever told of may move: directories move thousands."""
    if told.held["successor_id"]:
        found.all = True
        return
    moved = {"organisation__in": list(told.records)}
    found.all |= (
        Step.objects.filter(**moved).exists()
        or Expected.objects.filter(**moved).exists()
        or Organisation.objects.filter(successor__in=list(told.records)).exists()
    )


def _by_area(found: Touched, _told: _Told) -> None:
    found.all = True


_TAKE: dict[type[Record], Callable[[Touched, _Told], None]] = {
    Step: _by_item, ListMember: _by_item, Requirement: _by_item, Item: _item,
    Presence: _by_presence, Equipment: _by_machine, EquipmentChange: _by_change,
    Supervision: _by_specialty, Seat: _by_specialty, Assignment: _by_assignment, Site: _by_site,
    Expected: _by_list, List: _list, Organisation: _by_hospital, Area: _by_area,
}  # fmt: skip
