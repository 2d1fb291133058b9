"""Care without leaving, of any area and list, on any day, as known by any moment.

`world_of` reads what the one definition (`rules.care`) looks at. Ids are texts in there.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from marrow.capacity.models import Equipment, EquipmentChange, Expected, Step
from marrow.capacity.queries.known import Row, known_rows
from marrow.capacity.rules.care import Care, Held, Pair, Spell, World, count, outcome_of
from marrow.capacity.rules.ladder import Step as Reached
from marrow.catalogue.models import Item, List, ListMember, ListVersion, Requirement
from marrow.directory.models import Area, Organisation
from marrow.missions.models import Site
from marrow.teams.models import Assignment, Seat


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: which area, which list, on which day, and as known by when (None is now)."""

    area: Area
    list: List
    on: dt.date
    known_by: dt.datetime | None = None


def world_of(asked: Question) -> World:
    """All that the measure looks at, read once for a whole list."""
    by = asked.known_by
    items = _listed(asked.list, asked.on, by)
    heirs, inside = _hospitals(asked.area, by)
    held = _Gathering(items, heirs)
    held.take_steps(by)
    held.take_machines(by)
    held.take_visitors(by)
    rows = known_rows(Expected, ["list_id", "organisation_id"], by)
    roster = {heirs[r["organisation_id"]] for r in rows if r["list_id"] == asked.list.pk}
    return World(frozenset(items), frozenset(inside), frozenset(roster & inside), held.found())


def _listed(of: List, on: dt.date, by: dt.datetime | None) -> dict[str, str]:
    """The items of the version that held on that day, each with its specialty."""
    versions = known_rows(ListVersion, ["list_id", "number", "valid_from"], by)
    begun = [v for v in versions if v["list_id"] == of.pk and v["valid_from"] <= on]
    if not begun:
        return {}
    version = max(begun, key=lambda v: (v["valid_from"], v["number"]))["id"]
    members = known_rows(
        ListMember, ["version_id", "item_id"], by, lambda rows: rows.filter(version=version)
    )
    wanted = [m["item_id"] for m in members if m["version_id"] == version]
    specialties = dict(Item.objects.filter(pk__in=wanted).values_list("pk", "specialty"))
    return {str(pk): specialties.get(pk, "") for pk in wanted}


def _hospitals(area: Area, by: dt.datetime | None) -> tuple[Mapping[UUID, str], set[str]]:
    """Where each organisation went on, if it was merged; and those inside the area."""
    rows = known_rows(Organisation, ["area_id", "successor_id"], by)
    successor = {r["id"]: r["successor_id"] for r in rows if r["successor_id"]}
    within = set(Area.objects.filter(path__startswith=area.path).values_list("pk", flat=True))
    heirs = {r["id"]: str(_heir(r["id"], successor)) for r in rows}
    inside = {str(r["id"]) for r in rows if r["area_id"] in within and r["id"] not in successor}
    return heirs, inside


def _heir(one: UUID, successor: Mapping[UUID, UUID]) -> UUID:
    seen = {one}
    while one in successor and successor[one] not in seen:
        one = successor[one]
        seen.add(one)
    return one


class _Gathering:
    """Steps, machines and visitors, gathered by hospital and item."""

    def __init__(self, items: Mapping[str, str], heirs: Mapping[UUID, str]) -> None:
        self.items, self.heirs = items, heirs
        self.steps: dict[Pair, list[Reached]] = defaultdict(list)
        self.down: dict[Pair, list[Spell]] = defaultdict(list)
        self.helped: dict[Pair, list[Spell]] = defaultdict(list)

    def take_steps(self, by: dt.datetime | None) -> None:
        columns = ["organisation_id", "item_id", "level", "on", "state", "held_at"]
        rows = known_rows(Step, columns, by, lambda q: q.filter(state=Step.State.HOLDS))
        held = [r for r in rows if r["state"] == Step.State.HOLDS]
        for order, row in enumerate(sorted(held, key=lambda r: r["held_at"])):
            item = str(row["item_id"])
            if item in self.items:
                pair = (self.heirs[row["organisation_id"]], item)
                self.steps[pair].append(Reached(row["level"], row["on"], order))

    def take_machines(self, by: dt.datetime | None) -> None:
        """An item is not ready while fewer machines work than it requires. A hospital of whose
        machines nothing was told is taken at its word: unknown is not broken."""
        needs = _needed_things(self.items)
        for hospital, machines in _machines(self.heirs, by).items():
            for item, things in needs.items():
                for thing, wanted in things.items():
                    if told := machines.get(thing):
                        self.down[hospital, item] += _too_few(told, wanted)

    def take_visitors(self, by: dt.datetime | None) -> None:
        items_of: dict[str, list[str]] = defaultdict(list)
        for item, specialty in self.items.items():
            items_of[specialty].append(item)
        for hospital, specialty, spell in _visitors(self.heirs, by):
            for item in items_of.get(specialty, ()):
                self.helped[hospital, item].append(spell)

    def found(self) -> dict[Pair, Held]:
        return {
            pair: Held(tuple(steps), tuple(self.down[pair]), tuple(self.helped[pair]))
            for pair, steps in self.steps.items()
        }


def _needed_things(items: Iterable[str]) -> dict[str, dict[str, int]]:
    """Item → machine → how many must work (one where no number is told)."""
    rows = Requirement.objects.filter(item__in=list(items), kind=Requirement.Kind.EQUIPMENT)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for item, thing, wanted in rows.values_list("item", "resource", "count"):
        found[str(item)][thing] = wanted or 1
    return found


Changes = list[tuple[dt.date, str]]


def _machines(
    heirs: Mapping[UUID, str], by: dt.datetime | None
) -> dict[str, dict[str, list[Changes]]]:
    """Hospital → machine's code → of each such machine, its changes in order."""
    told: dict[UUID, list[Row]] = defaultdict(list)
    for row in known_rows(EquipmentChange, ["equipment_id", "state", "on", "told_at"], by):
        told[row["equipment_id"]].append(row)
    found: dict[str, dict[str, list[Changes]]] = defaultdict(lambda: defaultdict(list))
    for machine in known_rows(Equipment, ["organisation_id", "machine"], by):
        rows = sorted(told[machine["id"]], key=lambda r: (r["on"], r["told_at"]))
        if rows:
            hospital = heirs[machine["organisation_id"]]
            found[hospital][machine["machine"]].append([(r["on"], r["state"]) for r in rows])
    return found


def _too_few(machines: list[Changes], wanted: int) -> list[Spell]:
    """When fewer than `wanted` of these machines worked, from the first word of any on."""
    days = sorted({day for changes in machines for day, _state in changes})
    spells: list[Spell] = []
    for n, day in enumerate(days):
        working = sum(_state_on(changes, day) == "WORKS" for changes in machines)
        if working < wanted:
            spells.append(Spell(day, days[n + 1] if n + 1 < len(days) else None))
    return spells


def _state_on(changes: Changes, day: dt.date) -> str:
    begun = [state for on, state in changes if on <= day]
    return begun[-1] if begun else ""


def _visitors(
    heirs: Mapping[UUID, str], by: dt.datetime | None
) -> Iterable[tuple[str, str, Spell]]:
    """Who serves where, in which specialty, from when until when."""
    seats = {
        r["id"]: r for r in known_rows(Seat, ["mission_id", "specialty", "site_id"], by)
        if r["specialty"]
    }  # fmt: skip
    at: dict[UUID, set[UUID]] = defaultdict(set)
    where: dict[UUID, UUID] = {}
    for row in known_rows(Site, ["mission_id", "organisation_id"], by):
        if row["organisation_id"]:
            at[row["mission_id"]].add(row["organisation_id"])
            where[row["id"]] = row["organisation_id"]
    for row in known_rows(Assignment, ["seat_id", "started_on", "ended_on"], by):
        seat = seats.get(row["seat_id"])
        if seat is None or row["started_on"] is None:
            continue
        places = {where[seat["site_id"]]} if seat["site_id"] in where else at[seat["mission_id"]]
        for place in places:
            spell = Spell(row["started_on"], row["ended_on"])
            yield heirs[place], seat["specialty"], spell


def care_of(asked: Question) -> dict[str, Care]:
    """The outcome of each item of the list, by item."""
    world = world_of(asked)
    return {item: outcome_of(world, item, asked.on) for item in world.items}


def counted(asked: Question) -> Counter[Care]:
    return count(world_of(asked), asked.on)
