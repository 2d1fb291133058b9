"""The machines of a hospital, its staff and supplies, and who stands by it from afar."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from marrow.accounts.queries import as_signed
from marrow.capacity.models import Equipment, EquipmentChange, Presence, Supervision
from marrow.capacity.queries.house import (
    changes_at,
    house_of,
    presences_at,
    signers_at,
    steps_at,
    supervisions_at,
    things_at,
)
from marrow.capacity.queries.readiness import Kind, named_of
from marrow.capacity.rules.readiness import Thing
from marrow.catalogue.models import Requirement
from marrow.catalogue.queries import specialty_name
from marrow.core.remembering import remembered
from marrow.core.words import in_order, in_tongue
from marrow.directory.models import Organisation

State = EquipmentChange.State


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine, its last word, and since when that holds."""

    row: Equipment
    named: str  # what it is, in the reader's language
    last: EquipmentChange | None


def machines_of(hospital: Organisation, on: dt.date) -> list[Machine]:
    """The machines that were there on a day, each as it was on that day."""
    rows, found = _with_changes(hospital), []
    named = names_there(hospital, on, {(Kind.EQUIPMENT.value, row.machine) for row, _told in rows})
    for row, told in rows:
        days = [*(d for d in (row.received_on, row.installed_on) if d), *(c.on for c in told)]
        if not days or min(days) <= on:
            begun = [c for c in told if c.on <= on]
            found.append(
                Machine(
                    row,
                    named.get((Kind.EQUIPMENT, row.machine), row.machine),
                    begun[-1] if begun else None,
                )
            )
    return [m for m in found if m.last is None or m.last.state != State.GONE]


def machines_down(
    hospitals: Collection[UUID] | QuerySet[Any, Any],
) -> QuerySet[EquipmentChange]:
    """Of machines of these hospitals that do not work today the last word, the longest first."""
    last = EquipmentChange.objects.filter(equipment=OuterRef("equipment"))
    rows = EquipmentChange.objects.filter(
        equipment__organisation__in=hospitals, state=State.DOWN,
        pk=Subquery(last.order_by("-on", "-told_at").values("pk")[:1]),
    )  # fmt: skip
    return rows.select_related("equipment__organisation").order_by("on", "equipment__label")


def _with_changes(hospital: Organisation) -> list[tuple[Equipment, list[EquipmentChange]]]:
    """Each machine with all that was told of it, in order."""
    told: dict[UUID, list[EquipmentChange]] = defaultdict(list)
    for one in changes_at(house_of({hospital.pk})):
        told[one.equipment_id].append(one)
    rows = Equipment.objects.filter(organisation=hospital).order_by("machine", "label")
    return [(row, told[row.pk]) for row in rows]


def things_to_choose(kind: str = Kind.EQUIPMENT) -> list[tuple[str, str]]:
    """The machines (or supplies) that some item of the catalogue requires, with their names, by
    these in the reader's language."""
    return sorted(_things()[kind].items(), key=lambda one: in_order(one[1]))


def names_there(
    hospital: Organisation, on: dt.date, things: Collection[Thing]
) -> Mapping[Thing, str]:  # fmt: skip
    """Of the machines and supplies of a hospital, each by its name: with what it was assessed on
    they are read already; of a machine of which nothing was told yet the catalogue is asked."""
    assessed = {str(step.item_id) for step in steps_at(hospital.pk).held() if step.on <= on}
    told = things_at(house_of({hospital.pk}))
    named = named_of(assessed, told) if things else {}
    if {code for _kind, code in things} <= told | {""}:
        return named
    return {(kind, code): name for kind, of in _things().items() for code, name in of.items()}


@remembered
def _things() -> dict[str, dict[str, str]]:
    """Of machines and of supplies, of each its name in the reader's language."""
    found: dict[str, dict[str, str]] = {Kind.EQUIPMENT: {}, Kind.SUPPLY: {}}
    rows = Requirement.objects.filter(kind__in=list(found)).order_by("resource")
    for kind, thing, words in rows.values_list("kind", "resource", "names"):
        found[kind][thing] = in_tongue(words)
    return found


@dataclass(frozen=True, slots=True)
class There:
    """The last word of how many of its staff, or of a supply, a hospital has."""

    row: Presence
    named: str


def presences_of(hospital: Organisation, on: dt.date) -> list[There]:
    rows = presences_at(house_of({hospital.pk}))
    last = {
        (r.kind, r.role, r.specialty, r.resource): r
        for r in rows if r.organisation_id == hospital.pk and r.on <= on
    }  # fmt: skip
    named = names_there(hospital, on, {(kind, code) for kind, _r, _s, code in last if code})
    found = [There(row, _named(row, named)) for row in last.values()]
    return sorted(found, key=lambda one: (one.row.kind, one.named))


def _named(row: Presence, named: Mapping[Thing, str]) -> str:
    if row.kind == Kind.STAFF:
        return f"{row.get_role_display()} · {specialty_name(row.specialty)}"
    return named.get((row.kind, row.resource), row.resource)


@dataclass(frozen=True, slots=True)
class StandsBy:
    row: Supervision
    specialty: str  # in the reader's language


def supervisions_of(hospital: Organisation, on: dt.date) -> list[StandsBy]:
    """Those that run, or wait for the head's signature."""
    rows = (r for r in supervisions_at(house_of({hospital.pk})) if r.organisation_id == hospital.pk)
    return _told(
        [r for r in rows if r.until_on >= on and (r.ended_on is None or r.ended_on > on)],
        signers_at(hospital.pk),
    )  # fmt: skip


def offered_to(hospitals: Collection[Organisation], today: dt.date) -> list[StandsBy]:
    """Offers that wait for a head's signature."""
    rows = Supervision.objects.filter(
        organisation__in=hospitals, signed_at=None, ended_on=None, until_on__gte=today
    )
    return _told(rows.order_by("offered_at"))


def _told(rows: Iterable[Supervision], among: Iterable[UUID] = ()) -> list[StandsBy]:
    """With the expert's name in the reader's language, where the account has it in several."""
    found = list(rows)
    names = as_signed(((row.expert, row.expert_name) for row in found), among)
    for row in found:
        row.expert_name = names[row.expert, row.expert_name]
    return [StandsBy(row, specialty_name(row.specialty)) for row in found]
