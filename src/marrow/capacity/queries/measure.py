"""Care without leaving, of any area and list, on any day, as known by any moment.

`world_of` reads what the one definition (`rules.care`) looks at. Ids are texts in there.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from marrow.capacity.models import Expected, Step, Supervision
from marrow.capacity.queries.known import Narrow, known_rows
from marrow.capacity.queries.readiness import needs_of, told_of
from marrow.capacity.rules.care import Care, Held, Pair, Spell, World, count, outcome_of
from marrow.capacity.rules.ladder import Step as Reached
from marrow.capacity.rules.readiness import too_few
from marrow.catalogue.models import Item, List, ListMember, ListVersion
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


@dataclass(frozen=True, slots=True)
class Within:
    """Which organisations are looked at: those of an area, or one. Who was merged may have gone
    on into one of them, so all who were merged are read too."""

    area: Area | None = None
    hospital: UUID | None = None

    def near(self, path: str = "") -> Narrow:
        one = f"{path}__" if path else ""

        def narrow(rows: QuerySet[Any]) -> QuerySet[Any]:
            merged = Q(**{f"{one}successor__isnull": False})
            if self.area is None:
                return rows.filter(Q(**{f"{one}pk": self.hospital}) | merged)
            return rows.filter(Q(**{f"{one}area__path__startswith": self.area.path}) | merged)

        return narrow


def world_of(asked: Question) -> World:
    """All that the measure looks at, read once for a whole list."""
    by = asked.known_by
    items = _listed(asked.list, asked.on, by)
    gathering = _Gathering(items, Within(area=asked.area), by)
    rows = known_rows(
        Expected, ["list_id", "organisation_id"], by, lambda q: q.filter(list=asked.list)
    )
    roster = {
        gathering.heirs.get(r["organisation_id"]) for r in rows if r["list_id"] == asked.list.pk
    }
    inside = gathering.inside
    return World(frozenset(items), inside, inside & {r for r in roster if r}, gathering.held())


def world_at(hospital: UUID, by: dt.datetime | None = None) -> World:
    """One hospital, and every item on which it was ever assessed."""
    rows = known_rows(
        Step, ["organisation_id", "item_id"], by, Within(hospital=hospital).near("organisation")
    )
    wanted = {r["item_id"] for r in rows}
    items = _specialties(wanted, by)
    gathering = _Gathering(items, Within(hospital=hospital), by)
    return World(frozenset(items), gathering.inside, frozenset(), gathering.held())


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
    return _specialties({m["item_id"] for m in members if m["version_id"] == version}, by)


def _specialties(items: set[UUID], by: dt.datetime | None) -> dict[str, str]:
    rows = known_rows(Item, ["specialty"], by, lambda q: q.filter(pk__in=items))
    found = {r["id"]: r["specialty"] for r in rows}
    return {str(pk): found.get(pk, "") for pk in items}


def _heir(one: UUID, successor: Mapping[UUID, UUID]) -> UUID:
    seen = {one}
    while one in successor and successor[one] not in seen:
        one = successor[one]
        seen.add(one)
    return one


class _Gathering:
    """Steps, what was missing and who stood by, gathered by hospital and item."""

    def __init__(self, items: Mapping[str, str], within: Within, by: dt.datetime | None) -> None:
        self.items, self.within, self.by = items, within, by
        self.heirs = self._inside()
        self.inside = frozenset(self.heirs.values())
        self.steps: dict[Pair, list[Reached]] = defaultdict(list)
        self.down: dict[Pair, list[Spell]] = defaultdict(list)
        self.helped: dict[Pair, list[Spell]] = defaultdict(list)

    def _inside(self) -> dict[UUID, str]:
        """Each organisation that stands inside or went on into one that does, with that one."""
        columns = ["area_id", "successor_id"]
        rows = known_rows(Organisation, columns, self.by, self.within.near())
        successor = {r["id"]: r["successor_id"] for r in rows if r["successor_id"]}
        area_of = {r["id"]: r["area_id"] for r in rows}
        wanted, heirs = self._areas(), {one: _heir(one, successor) for one in area_of}
        if wanted is None:
            return {one: str(heir) for one, heir in heirs.items() if heir == self.within.hospital}
        return {one: str(heir) for one, heir in heirs.items() if area_of.get(heir) in wanted}

    def _areas(self) -> set[UUID] | None:
        area = self.within.area
        if area is None:
            return None
        rows = known_rows(Area, ["path"], self.by, lambda q: q.filter(path__startswith=area.path))
        return {r["id"] for r in rows if r["path"].startswith(area.path)}

    def held(self) -> dict[Pair, Held]:
        self._take_steps()
        self._take_readiness()
        self._take_helpers()
        return {
            pair: Held(tuple(steps), tuple(self.down[pair]), tuple(self.helped[pair]))
            for pair, steps in self.steps.items()
        }

    def _take_steps(self) -> None:
        columns = ["organisation_id", "item_id", "level", "on", "state", "held_at"]
        near = self.within.near("organisation")
        rows = known_rows(Step, columns, self.by, lambda q: near(q.filter(state=Step.State.HOLDS)))
        held = [r for r in rows if r["state"] == Step.State.HOLDS]
        for order, row in enumerate(sorted(held, key=lambda r: r["held_at"])):
            item, hospital = str(row["item_id"]), self.heirs.get(row["organisation_id"])
            if item in self.items and hospital:
                self.steps[hospital, item].append(Reached(row["level"], row["on"], order))

    def _take_readiness(self) -> None:
        """An item is not ready while less is there than it requires. Of what a hospital told
        nothing it is taken at its word: unknown is not broken."""
        needs = needs_of(self.items, self.by)
        for hospital, told in told_of(self.heirs, self.by, self.within.near).items():
            for item, things in needs.items():
                for thing, wanted in things.items():
                    if thing in told:
                        self.down[hospital, item] += too_few(told[thing], wanted)

    def _take_helpers(self) -> None:
        items_of: dict[str, list[str]] = defaultdict(list)
        for item, specialty in self.items.items():
            items_of[specialty].append(item)
        for hospital, specialty, spell in (*self._visitors(), *self._afar()):
            for item in items_of.get(specialty, ()):
                self.helped[hospital, item].append(spell)

    def _visitors(self) -> Iterable[tuple[str, str, Spell]]:
        """Who serves where, in which specialty, from when until when."""
        at: dict[UUID, set[str]] = defaultdict(set)
        where: dict[UUID, str] = {}
        near = self.within.near("organisation")
        for row in known_rows(Site, ["mission_id", "organisation_id"], self.by, near):
            if hospital := self.heirs.get(row["organisation_id"]):
                at[row["mission_id"]].add(hospital)
                where[row["id"]] = hospital
        elsewhere = self._sites_elsewhere(set(at))
        columns = ["mission_id", "specialty", "site_id"]
        rows = known_rows(Seat, columns, self.by, lambda q: q.filter(mission__in=list(at)))
        seats = {r["id"]: r for r in rows if r["specialty"] and r["mission_id"] in at}
        for row in known_rows(
            Assignment, ["seat_id", "started_on", "ended_on"], self.by,
            lambda q: q.filter(seat__mission__in=list(at)),
        ):  # fmt: skip
            seat = seats.get(row["seat_id"])
            if seat is None or row["started_on"] is None or seat["site_id"] in elsewhere:
                continue
            site = seat["site_id"]
            places = {where[site]} if site in where else at[seat["mission_id"]]
            for place in places:
                yield place, seat["specialty"], Spell(row["started_on"], row["ended_on"])

    def _sites_elsewhere(self, missions: set[UUID]) -> set[UUID]:
        """Sites of these missions at hospitals that are not looked at: their seats are not here."""
        rows = known_rows(
            Site, ["mission_id", "organisation_id"], self.by,
            lambda q: q.filter(mission__in=list(missions)),
        )  # fmt: skip
        return {
            r["id"] for r in rows
            if r["mission_id"] in missions and r["organisation_id"]
            and r["organisation_id"] not in self.heirs
        }  # fmt: skip

    def _afar(self) -> Iterable[tuple[str, str, Spell]]:
        """Which specialty of which hospital an expert from afar stands by, signed by both."""
        columns = ["organisation_id", "specialty", "from_on", "until_on", "signed_at", "ended_on"]
        for row in known_rows(Supervision, columns, self.by, self.within.near("organisation")):
            hospital = self.heirs.get(row["organisation_id"])
            if row["signed_at"] is not None and hospital:
                end = row["ended_on"] or row["until_on"] + dt.timedelta(days=1)
                yield hospital, row["specialty"], Spell(row["from_on"], end)


def care_of(asked: Question) -> dict[str, Care]:
    """The outcome of each item of the list, by item."""
    world = world_of(asked)
    return {item: outcome_of(world, item, asked.on) for item in world.items}


def counted(asked: Question) -> Counter[Care]:
    return count(world_of(asked), asked.on)
