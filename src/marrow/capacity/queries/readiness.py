"""What items require, and what hospitals told that they have of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from uuid import UUID

from django.db.models import Q

from marrow.capacity.models import Equipment, EquipmentChange, Presence
from marrow.capacity.queries.known import Narrow, Row, known_rows
from marrow.capacity.rules.readiness import Running, Thing, Told, running_on, working
from marrow.catalogue.models import Requirement

Needs = dict[str, dict[Thing, int]]
Kind = Requirement.Kind
COLUMNS = ("kind", "role", "specialty", "resource", "count")


def thing_of(row: Row) -> Thing:
    if row["kind"] == Kind.STAFF:
        return row["kind"], f"{row['role']}:{row['specialty']}"
    return row["kind"], row["resource"]


def needs_of(items: Iterable[str], by: dt.datetime | None = None) -> Needs:
    """Item → thing → how many must be there (one where no number is told; of a supply, that it
    is there at all)."""
    wanted = set(items)
    rows = known_rows(
        Requirement, ["item_id", *COLUMNS], by, lambda q: q.filter(item__in=list(wanted))
    )
    found: Needs = defaultdict(dict)
    for row in rows:
        if str(row["item_id"]) in wanted:
            many = 1 if row["kind"] == Kind.SUPPLY else row["count"] or 1
            found[str(row["item_id"])][thing_of(row)] = many
    return found


Near = Callable[[str], Narrow]  # path to the organisation → what spares reading others


def told_of(
    heirs: Mapping[UUID, str], by: dt.datetime | None, near: Near,
    things: Collection[Thing] | None = None,
) -> dict[str, dict[Thing, Told]]:  # fmt: skip
    """Hospital → thing → from which day on how many were there. `heirs` says of which hospitals,
    and as which one each counts; `things` which are asked about, None is all."""
    found: dict[str, dict[Thing, Told]] = defaultdict(dict)
    machines = None if things is None else {name for kind, name in things if kind == Kind.EQUIPMENT}
    for (hospital, machine), changes in _machines(heirs, by, near, machines).items():
        found[hospital][Kind.EQUIPMENT, machine] = working(changes)
    said: dict[tuple[str, Thing], list[Row]] = defaultdict(list)
    columns = ["organisation_id", *COLUMNS, "on", "told_at"]
    asked = Q() if things is None else _any_of(things)
    for row in known_rows(Presence, columns, by, lambda q: near("organisation")(q.filter(asked))):
        heir, thing = heirs.get(row["organisation_id"]), thing_of(row)
        if heir and (things is None or thing in things):
            said[heir, thing].append(row)
    for (hospital, thing), rows in said.items():
        rows.sort(key=lambda r: (r["on"], r["told_at"]))
        found[hospital][thing] = [(r["on"], r["count"]) for r in rows]
    return found


def _any_of(things: Collection[Thing]) -> Q:
    staff = [name.split(":") for kind, name in things if kind == Kind.STAFF]
    supplies = [name for kind, name in things if kind == Kind.SUPPLY]
    return Q(kind=Kind.SUPPLY, resource__in=supplies) | Q(
        kind=Kind.STAFF, role__in=[one[0] for one in staff], specialty__in=[o[1] for o in staff]
    )


def told_at(hospitals: Iterable[UUID]) -> dict[str, dict[Thing, Told]]:
    """The same of these hospitals as they are, today."""
    wanted = list(hospitals)

    def near(path: str) -> Narrow:
        return lambda rows: rows.filter(**{f"{path}__in": wanted})

    return told_of({pk: str(pk) for pk in wanted}, None, near)


def running_at(hospitals: Iterable[UUID], on: dt.date) -> dict[tuple[str, str], Running]:
    """Hospital and machine's code → how many of them work on the day, of how many."""
    wanted = list(hospitals)

    def near(path: str) -> Narrow:
        return lambda rows: rows.filter(**{f"{path}__in": wanted})

    told = _machines({pk: str(pk) for pk in wanted}, None, near, None)
    counts = {key: running_on(changes, on) for key, changes in told.items()}
    return {key: count for key, count in counts.items() if count}


Changes = list[tuple[dt.date, str]]


def _machines(
    heirs: Mapping[UUID, str], by: dt.datetime | None, near: Near,
    machines: Collection[str] | None,
) -> dict[tuple[str, str], list[Changes]]:  # fmt: skip
    """Hospital and machine's code → of each such machine, its changes in order."""

    def asked(path: str = "") -> Narrow:
        only = {} if machines is None else {f"{path}machine__in": list(machines)}
        return lambda q: near(f"{path}organisation")(q.filter(**only))

    told: dict[UUID, list[Row]] = defaultdict(list)
    columns = ["equipment_id", "state", "on", "told_at"]
    for row in known_rows(EquipmentChange, columns, by, asked("equipment__")):
        told[row["equipment_id"]].append(row)
    found: dict[tuple[str, str], list[Changes]] = defaultdict(list)
    for machine in known_rows(Equipment, ["organisation_id", "machine"], by, asked()):
        rows = sorted(told[machine["id"]], key=lambda r: (r["on"], r["told_at"]))
        hospital = heirs.get(machine["organisation_id"])
        wanted = machines is None or machine["machine"] in machines
        if rows and hospital and wanted:
            found[hospital, machine["machine"]].append([(r["on"], r["state"]) for r in rows])
    return found
