"""The machines of a hospital, its staff and supplies, and who stands by it from afar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from marrow.capacity.models import Equipment, EquipmentChange, Presence, Supervision
from marrow.capacity.queries.readiness import Kind
from marrow.catalogue.models import Requirement
from marrow.catalogue.queries import specialty_name
from marrow.core.words import in_tongue
from marrow.directory.models import Organisation


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine, its last word, and since when that holds."""

    row: Equipment
    named: str  # what it is, in the reader's language
    last: EquipmentChange | None


def machines_of(hospital: Organisation) -> list[Machine]:
    rows = Equipment.objects.filter(organisation=hospital).prefetch_related("changes")
    named = dict(things_to_choose())
    found = [
        Machine(row, named.get(row.machine, row.machine), _last(row))
        for row in rows.order_by("machine", "label")
    ]
    return [m for m in found if m.last is None or m.last.state != EquipmentChange.State.GONE]


def _last(row: Equipment) -> EquipmentChange | None:
    changes = list(row.changes.all())
    return changes[-1] if changes else None


def things_to_choose(kind: str = Kind.EQUIPMENT) -> list[tuple[str, str]]:
    """The machines (or supplies) that some item of the catalogue requires, with their names."""
    rows = Requirement.objects.filter(kind=kind).order_by("resource")
    named = {thing: in_tongue(words) for thing, words in rows.values_list("resource", "names")}
    return sorted(named.items(), key=lambda one: one[1])


@dataclass(frozen=True, slots=True)
class There:
    """The last word of how many of its staff, or of a supply, a hospital has."""

    row: Presence
    named: str


def presences_of(hospital: Organisation, on: dt.date) -> list[There]:
    rows = Presence.objects.filter(organisation=hospital, on__lte=on).order_by("on", "told_at")
    last = {(r.kind, r.role, r.specialty, r.resource): r for r in rows}
    supplies = dict(things_to_choose(Kind.SUPPLY)) if last else {}
    found = [There(row, _named(row, supplies)) for row in last.values()]
    return sorted(found, key=lambda one: (one.row.kind, one.named))


def _named(row: Presence, supplies: dict[str, str]) -> str:
    if row.kind == Kind.STAFF:
        return f"{row.get_role_display()} · {specialty_name(row.specialty)}"
    return supplies.get(row.resource, row.resource)


@dataclass(frozen=True, slots=True)
class StandsBy:
    row: Supervision
    specialty: str  # in the reader's language


def supervisions_of(hospital: Organisation, on: dt.date) -> list[StandsBy]:
    """Those that run, or wait for the head's signature."""
    rows = Supervision.objects.filter(organisation=hospital, until_on__gte=on)
    rows = rows.filter(Q(ended_on=None) | Q(ended_on__gt=on)).order_by("from_on")
    return [StandsBy(row, specialty_name(row.specialty)) for row in rows]


def offered_to(hospitals: Collection[Organisation], today: dt.date) -> list[StandsBy]:
    """Offers that wait for a head's signature."""
    rows = Supervision.objects.filter(
        organisation__in=hospitals, signed_at=None, ended_on=None, until_on__gte=today
    )
    return [StandsBy(row, specialty_name(row.specialty)) for row in rows.order_by("offered_at")]
