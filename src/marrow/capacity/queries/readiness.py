"""What items require, and what hospitals told that they have of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Q

from marrow.capacity.models import Equipment, EquipmentChange, Presence
from marrow.capacity.queries.house import changes_at, presences_at
from marrow.capacity.queries.known import Narrow, Row, in_order, known_rows
from marrow.capacity.rules.readiness import Running, Thing, Told, Want, running_on, working
from marrow.catalogue.models import Requirement
from marrow.core.remembering import remembered
from marrow.core.words import in_tongue

Needs = dict[str, dict[Thing, int]]
Kind = Requirement.Kind
FEW = 500  # hospitals
COLUMNS = ("kind", "role", "specialty", "resource", "count")
DATED = (*COLUMNS, "from_on", "until_on")


def thing_of(row: Row) -> Thing:
    return _thing(row["kind"], row["role"], row["specialty"], row["resource"])


def _thing(kind: str, role: str, specialty: str, resource: str) -> Thing:
    return kind, f"{role}:{specialty}" if kind == Kind.STAFF else resource


def wants_of(
    items: Iterable[str], by: dt.datetime | None = None, named: frozenset[str] = frozenset()
) -> dict[str, list[Want]]:
    """Of each item what must be there, how many (one where no number is told; of a supply, that it
    is there at all), from when until when. `named` are things whose names are asked for too."""
    wanted = frozenset(items)
    found: dict[str, list[Want]] = defaultdict(list)
    for row in _required(wanted, by, named):
        if str(row["item_id"]) in wanted:
            many = 1 if row["kind"] == Kind.SUPPLY else row["count"] or 1
            want = Want(thing_of(row), many, row["from_on"], row["until_on"])
            found[str(row["item_id"])].append(want)
    return found


@remembered
def _required(
    items: frozenset[str], by: dt.datetime | None, named: frozenset[str]
) -> list[Row]:  # fmt: skip
    asked = Q(item__in=list(items)) | Q(resource__in=list(named))
    columns = ["item_id", "names", *DATED]
    return known_rows(Requirement, columns, by, lambda q: q.filter(asked))


def named_of(items: Iterable[str], named: frozenset[str] = frozenset()) -> dict[Thing, str]:
    """Of the machines and supplies that these items require, and of those in `named`, each by its
    name in the reader's language."""
    rows = sorted(_required(frozenset(items), None, named), key=itemgetter("resource"))
    return {thing_of(row): in_tongue(row["names"]) for row in rows if row["kind"] != Kind.STAFF}


def needs_of(
    items: Iterable[str], on: dt.date, named: frozenset[str] = frozenset()
) -> Needs:  # fmt: skip
    """Item → thing → how many must be there on a day."""
    return {
        item: {want.thing: want.many for want in wants if want.holds(on)}
        for item, wants in wants_of(items, None, named).items()
    }


House = frozenset[UUID] | None  # a handful of hospitals, all of which are read whole


def told_of(
    heirs: Mapping[UUID, str], by: dt.datetime | None,
    things: Collection[Thing], house: House = None,
) -> dict[str, dict[Thing, Told]]:  # fmt: skip
    """Hospital → thing → from which day on how many were there. `heirs` says of which hospitals,
    and as which one each counts; `things` which are asked about; `house` of whom all is read for
    other parts of the page too."""
    found: dict[str, dict[Thing, Told]] = defaultdict(dict)
    machines = {name for kind, name in things if kind == Kind.EQUIPMENT}
    for (hospital, machine), changes in _machines(heirs, by, machines, house).items():
        found[hospital][Kind.EQUIPMENT, machine] = working(changes)
    said: dict[tuple[str, Thing], list[tuple[dt.date, int]]] = defaultdict(list)
    for one, on, *names, count in _presences(heirs, by, things, house):
        heir, thing = heirs.get(one), _thing(*names)
        if heir and thing in things:
            said[heir, thing].append((on, count))
    for (hospital, thing), told in said.items():
        found[hospital][thing] = told
    return found


def _presences(
    heirs: Mapping[UUID, str],
    by: dt.datetime | None,
    things: Collection[Thing],
    house: House,
) -> Iterable[tuple[Any, ...]]:
    """Hospital, day, what of the thing, how many: in the order in which they hold."""
    columns = ["organisation_id", "on", *COLUMNS]
    if by is None and house is not None:
        rows = presences_at(house)
        return [tuple(getattr(row, name) for name in columns) for row in rows]
    some = _any_of(things, len(heirs))
    return in_order(Presence, columns, by, lambda q: at(heirs)(q.filter(some)))


def _any_of(things: Collection[Thing], hospitals: int) -> Q:
    """Of few hospitals nothing is said of the kind: so the database goes by the hospital, not by
    the thing, of which it would read those of all hospitals."""
    staff = [name.split(":") for kind, name in things if kind == Kind.STAFF]
    supplies = Q(resource__in=[name for kind, name in things if kind == Kind.SUPPLY])
    roles = Q(role__in={one[0] for one in staff}, specialty__in={one[1] for one in staff})
    if hospitals <= FEW:
        return supplies | roles
    return (supplies & Q(kind=Kind.SUPPLY)) | (roles & Q(kind=Kind.STAFF))


def told_at(
    hospitals: Iterable[UUID], things: Collection[Thing], house: House = None
) -> dict[str, dict[Thing, Told]]:
    """The same of these hospitals as they are, today."""
    wanted = list(hospitals)
    return told_of({pk: str(pk) for pk in wanted}, None, things, house)


def at(hospitals: Iterable[UUID], path: str = "organisation") -> Narrow:
    """Only what belongs to these, by the path that leads to them."""
    some = frozenset(hospitals)
    return lambda rows: rows.filter(**{f"{path}__pk__among": some})


def running_at(
    hospitals: Iterable[UUID], machines: Collection[str], on: dt.date, house: House = None
) -> dict[tuple[str, str], Running]:
    """Hospital and machine's code → how many of them work on the day, of how many; of the machines
    that are asked for."""
    wanted = list(hospitals)
    told = _machines({pk: str(pk) for pk in wanted}, None, machines, house)
    counts = {key: running_on(changes, on) for key, changes in told.items()}
    return {key: count for key, count in counts.items() if count}


Changes = list[tuple[dt.date, str]]


def _machines(
    heirs: Mapping[UUID, str], by: dt.datetime | None,
    machines: Collection[str], house: House,
) -> dict[tuple[str, str], list[Changes]]:  # fmt: skip
    """Hospital and machine's code → of each such machine, its changes in order."""

    rows = _changes_then(by) if by else _changes_now(heirs, machines, house)
    of: dict[tuple[str, str], dict[UUID, Changes]] = defaultdict(lambda: defaultdict(list))
    for one, name, machine, on, state in rows:
        if (hospital := heirs.get(one)) and name in machines:
            of[hospital, name][machine].append((on, state))
    return {key: list(told.values()) for key, told in of.items()}


Change = tuple[UUID, str, UUID, dt.date, str]  # hospital, machine's code, machine, day, state


def _changes_now(
    hospitals: Iterable[UUID], machines: Collection[str], house: House
) -> Iterable[Change]:
    """In the order in which they hold."""
    if house is not None:
        told = ((one.equipment, one) for one in changes_at(house))
        return [(r.organisation_id, r.machine, r.pk, one.on, one.state) for r, one in told]
    rows = EquipmentChange.objects.filter(equipment__machine__in=list(machines))
    rows = at(hospitals, "equipment__organisation")(rows).order_by("on", "told_at")
    return rows.values_list(
        "equipment__organisation", "equipment__machine", "equipment", "on", "state"
    )


def _changes_then(by: dt.datetime) -> Iterable[Change]:
    """The same as they were known by that moment."""
    rows = known_rows(Equipment, ["organisation_id", "machine"], by)
    of = {r["id"]: (r["organisation_id"], r["machine"]) for r in rows}
    columns = ["equipment_id", "on", "state"]
    for machine, on, state in in_order(EquipmentChange, columns, by, lambda q: q):
        if machine in of:
            yield *of[machine], machine, on, state
