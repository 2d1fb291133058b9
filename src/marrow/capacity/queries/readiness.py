"""What items require, and what hospitals told that they have of it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from uuid import UUID

from marrow.capacity.models import Equipment, EquipmentChange, Presence
from marrow.capacity.queries.known import Narrow, Row, known_rows
from marrow.capacity.rules.readiness import Running, Told, running_on, working
from marrow.catalogue.models import Requirement

#: a kind of Requirement and what distinguishes one of it: the machine, the supply, role:specialty
Thing = tuple[str, str]
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
    heirs: Mapping[UUID, str], by: dt.datetime | None, near: Near
) -> dict[str, dict[Thing, Told]]:
    """Hospital → thing → from which day on how many were there. `heirs` says of which hospitals,
    and as which one each counts."""
    found: dict[str, dict[Thing, Told]] = defaultdict(dict)
    for (hospital, machine), changes in _machines(heirs, by, near).items():
        found[hospital][Kind.EQUIPMENT, machine] = working(changes)
    said: dict[tuple[str, Thing], list[Row]] = defaultdict(list)
    columns = ["organisation_id", *COLUMNS, "on", "told_at"]
    for row in known_rows(Presence, columns, by, near("organisation")):
        if heir := heirs.get(row["organisation_id"]):
            said[heir, thing_of(row)].append(row)
    for (hospital, thing), rows in said.items():
        rows.sort(key=lambda r: (r["on"], r["told_at"]))
        found[hospital][thing] = [(r["on"], r["count"]) for r in rows]
    return found


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

    told = _machines({pk: str(pk) for pk in wanted}, None, near)
    counts = {key: running_on(changes, on) for key, changes in told.items()}
    return {key: count for key, count in counts.items() if count}


Changes = list[tuple[dt.date, str]]


def _machines(
    heirs: Mapping[UUID, str], by: dt.datetime | None, near: Near
) -> dict[tuple[str, str], list[Changes]]:
    """Hospital and machine's code → of each such machine, its changes in order."""
    told: dict[UUID, list[Row]] = defaultdict(list)
    columns = ["equipment_id", "state", "on", "told_at"]
    for row in known_rows(EquipmentChange, columns, by, near("equipment__organisation")):
        told[row["equipment_id"]].append(row)
    found: dict[tuple[str, str], list[Changes]] = defaultdict(list)
    for machine in known_rows(Equipment, ["organisation_id", "machine"], by, near("organisation")):
        rows = sorted(told[machine["id"]], key=lambda r: (r["on"], r["told_at"]))
        hospital = heirs.get(machine["organisation_id"])
        if rows and hospital:
            found[hospital, machine["machine"]].append([(r["on"], r["state"]) for r in rows])
    return found
