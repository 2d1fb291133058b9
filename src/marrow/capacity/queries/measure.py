"""Care without leaving, of any area and list, on any day, as known by any moment.

`world_of` reads what the one definition (`rules.care`) looks at. Ids are texts in there.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import itemgetter, or_
from uuid import UUID

from django.db.models import Q, QuerySet

from marrow.capacity.models import Expected, Step, Supervision
from marrow.capacity.queries.known import Narrow, known_rows
from marrow.capacity.queries.readiness import needs_of, told_of
from marrow.capacity.rules.care import (
    Care,
    Held,
    Pair,
    Spell,
    World,
    count,
    outcome_of,
    outcomes_on,
)
from marrow.capacity.rules.ladder import Step as Reached
from marrow.capacity.rules.readiness import suspended
from marrow.catalogue.models import Item, List, ListMember, ListVersion
from marrow.core.gathering import gathering
from marrow.core.remembering import remembered
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
    """Which organisations are looked at: those of areas, or one; of areas perhaps only those that
    can stand somewhere for one item of a list. Who was merged may have gone on into one of them,
    so all who were merged are read too."""

    paths: tuple[str, ...] = ()
    hospital: UUID | None = None
    item: tuple[UUID, UUID] | None = None  # the list and its item

    def organisations(self) -> QuerySet[Organisation]:
        merged = Organisation.objects.filter(successor__isnull=False).order_by()
        if self.hospital is not None:
            return Organisation.objects.filter(
                Q(pk=self.hospital) | Q(pk__in=merged.values("pk"))
            ).order_by()
        wanted = reduce(or_, (Q(area__path__startswith=top) for top in self.paths), Q(pk__in=[]))
        if self.item is not None:
            listing, item = self.item
            holds = Step.objects.filter(item=item, state=Step.State.HOLDS).order_by()
            wanted &= (
                Q(pk__in=holds.values("organisation"))
                | Q(pk__in=merged.values("successor"))
                | Q(pk__in=Expected.objects.filter(list=listing).values("organisation"))
            )
        return Organisation.objects.filter(wanted | Q(pk__in=merged.values("pk"))).order_by()

    def near(self, path: str) -> Narrow:
        """Records that belong to one of them, by the path that leads to it: a query of its own, so
        that the index of the hospital is used."""
        return lambda rows: rows.filter(**{f"{path}__in": self.organisations().values("pk")})


def within(areas: Iterable[Area], item: tuple[UUID, UUID] | None = None) -> Within:
    """Of areas that lie in each other the outer ones say it all."""
    paths = sorted({a.path for a in areas})
    outer = (p for p in paths if not any(p != o and p.startswith(o) for o in paths))
    return Within(tuple(outer), item=item)


@remembered
def world_of(asked: Question, only: Item | None = None) -> World:
    """All that the measure looks at, read once for a whole list, or for one item of it alone."""
    by = asked.known_by
    items = _listed([asked.list], asked.on, by)[asked.list.pk]
    if only is not None:
        items &= {only.pk}
    alone = (asked.list.pk, only.pk) if only else None
    facts = _Gathering(_specialties(items, by), within([asked.area], alone), by)
    roster = _rosters([asked.list], by)[asked.list.pk]
    inside = facts.inside
    named = {facts.heirs.get(one, "") for one in roster}
    return World(frozenset(map(str, items)), inside, inside & named, facts.held())


def worlds_of(lists: Collection[List], on: dt.date) -> dict[UUID, World]:
    """The same of many lists, each in its own area, as it is known today: read once for all."""
    if not lists:
        return {}
    listed, rosters = _listed(lists, on, None), _rosters(lists, None)
    items = _specialties({item for some in listed.values() for item in some}, None)
    facts = _Gathering(items, within(row.area for row in lists), None)
    held, found = facts.held(), {}
    for row in lists:
        inside = facts.inside_of(row.area)
        named = {facts.heirs.get(one, "") for one in rosters[row.pk]}
        own = frozenset(map(str, listed[row.pk]))
        found[row.pk] = World(own, inside, inside & named, held)
    return found


def world_at(hospital: UUID, by: dt.datetime | None = None) -> World:
    """One hospital, and every item on which it was ever assessed."""
    rows = known_rows(
        Step, ["organisation_id", "item_id"], by, Within(hospital=hospital).near("organisation")
    )
    wanted = {r["item_id"] for r in rows}
    items = _specialties(wanted, by)
    facts = _Gathering(items, Within(hospital=hospital), by)
    return World(frozenset(items), facts.inside, frozenset(), facts.held())


def _listed(lists: Collection[List], on: dt.date, by: dt.datetime | None) -> dict[UUID, set[UUID]]:
    """Of each list the items of the version that held on that day."""
    of: dict[UUID, tuple[dt.date, int, UUID]] = {}
    for row in known_rows(ListVersion, ["list_id", "number", "valid_from"], by):
        told = (row["valid_from"], row["number"], row["id"])
        if row["valid_from"] <= on:
            of[row["list_id"]] = max(told, of.get(row["list_id"], told))
    versions = {of[one.pk][2]: one.pk for one in lists if one.pk in of}
    members = known_rows(
        ListMember, ["version_id", "item_id"], by, lambda q: q.filter(version__in=list(versions))
    )
    found: dict[UUID, set[UUID]] = {one.pk: set() for one in lists}
    for row in members:
        if listing := versions.get(row["version_id"]):
            found[listing].add(row["item_id"])
    return found


def _rosters(lists: Collection[List], by: dt.datetime | None) -> dict[UUID, set[UUID]]:
    """Of each list the hospitals that should have what it holds."""
    found: dict[UUID, set[UUID]] = {one.pk: set() for one in lists}
    rows = known_rows(
        Expected, ["list_id", "organisation_id"], by, lambda q: q.filter(list__in=list(found))
    )
    for row in rows:
        if row["list_id"] in found:
            found[row["list_id"]].add(row["organisation_id"])
    return found


def _specialties(items: Collection[UUID], by: dt.datetime | None) -> dict[str, str]:
    rows = known_rows(Item, ["specialty"], by, lambda q: q.filter(pk__in=items))
    found = {r["id"]: r["specialty"] for r in rows}
    return {str(pk): found.get(pk, "") for pk in items}


def _heir(one: UUID, successor: Mapping[UUID, UUID]) -> UUID:
    seen = {one}
    while one in successor and successor[one] not in seen:
        one = successor[one]
        seen.add(one)
    return one


def gone_on_into(hospitals: Collection[UUID]) -> dict[UUID, UUID]:
    """Each of these, and whoever was merged into one of them, with the one that goes on: what they
    reached counts as its own."""
    merged = Organisation.objects.filter(successor__isnull=False).order_by()
    successor = {one: other for one, other in merged.values_list("pk", "successor") if other}
    heirs = {one: _heir(one, successor) for one in successor}
    return {one: one for one in hospitals} | {
        one: heir for one, heir in heirs.items() if heir in hospitals
    }


class _Gathering:
    """Steps, what was missing and who stood by, gathered by hospital and item."""

    def __init__(self, items: Mapping[str, str], within: Within, by: dt.datetime | None) -> None:
        self.items, self.within, self.by = items, within, by
        self.paths: dict[str, str] = {}  # of each that is looked at, its area's
        self.heirs = self._inside()
        self.inside = frozenset(self.heirs.values())
        self.steps: dict[Pair, list[Reached]] = defaultdict(list)

    def inside_of(self, area: Area) -> frozenset[str]:
        return frozenset(o for o, path in self.paths.items() if path.startswith(area.path))

    def _inside(self) -> dict[UUID, str]:
        """Each organisation that stands inside or went on into one that does, with that one."""
        columns = ["area_id", "successor_id"]
        rows = known_rows(
            Organisation, columns, self.by,
            lambda q: q.filter(pk__in=self.within.organisations().values("pk")),
        )  # fmt: skip
        successor = {r["id"]: r["successor_id"] for r in rows if r["successor_id"]}
        area_of = {r["id"]: r["area_id"] for r in rows}
        heirs = {one: _heir(one, successor) for one in area_of}
        if self.within.hospital is not None:
            return {one: str(heir) for one, heir in heirs.items() if heir == self.within.hospital}
        areas, found = self._areas(), {}
        for one, heir in heirs.items():
            if path := areas.get(area_of.get(heir)):
                found[one] = str(heir)
                self.paths[str(heir)] = path
        return found

    def _areas(self) -> dict[UUID | None, str]:
        """The areas that are looked at, each with its path."""
        tops = self.within.paths
        wanted = reduce(or_, (Q(path__startswith=top) for top in tops), Q(pk__in=[]))
        rows = known_rows(Area, ["path"], self.by, lambda q: q.filter(wanted))
        return {r["id"]: r["path"] for r in rows if r["path"].startswith(tops)}

    def held(self) -> dict[Pair, Held]:
        with gathering():
            return self._gathered()

    def _gathered(self) -> dict[Pair, Held]:
        self._take_steps()
        down, helped = self._down(), self._helped()
        return {
            pair: Held(
                tuple(steps), down.get(pair, ()), helped.get((pair[0], self.items[pair[1]]), ())
            )
            for pair, steps in self.steps.items()
        }

    def _take_steps(self) -> None:
        texts = {UUID(item): item for item in self.items}  # one text for all steps of an item
        rows = self._steps_now() if self.by is None else self._steps_then()
        for order, (one, asked, level, on) in enumerate(rows):
            item, hospital = texts.get(asked), self.heirs.get(one)
            if item and hospital:
                self.steps[hospital, item].append(Reached(level, on, order))

    def _steps_now(self) -> Iterable[tuple[UUID, UUID, int, dt.date]]:
        """Hospital, item, level and day of each that holds, the first signed first: put in order
        by the database, for of a whole region there are hundreds of thousands."""
        rows = Step.objects.filter(state=Step.State.HOLDS, item__in=list(self.items))
        told = self.within.near("organisation")(rows).order_by("held_at")
        return told.values_list("organisation_id", "item_id", "level", "on")

    def _steps_then(self) -> Iterable[tuple[UUID, UUID, int, dt.date]]:
        """The same as they were known by that moment."""
        columns = ["organisation_id", "item_id", "level", "on", "state", "held_at"]
        rows = known_rows(Step, columns, self.by)
        held = [r for r in rows if r["state"] == Step.State.HOLDS]
        for r in sorted(held, key=itemgetter("held_at")):
            yield r["organisation_id"], r["item_id"], r["level"], r["on"]

    def _down(self) -> dict[Pair, tuple[Spell, ...]]:
        """An item is not ready while less is there than it requires. Of what a hospital told
        nothing it is taken at its word: unknown is not broken."""
        needs = needs_of(self.items, self.by)
        things = {thing for some in needs.values() for thing in some}
        told = told_of(self.heirs, self.by, self.within.near, things) if things else {}
        return suspended(self.steps, needs, told)

    def _helped(self) -> dict[tuple[str, str], tuple[Spell, ...]]:
        """Of a hospital and a specialty, when somebody of it stood there or stood by."""
        found: dict[tuple[str, str], list[Spell]] = defaultdict(list)
        for hospital, specialty, spell in (*self._visitors(), *self._afar()):
            found[hospital, specialty].append(spell)
        return {key: tuple(spells) for key, spells in found.items()}

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
        some = set(self.items.values()) - {""}
        rows = known_rows(
            Seat, columns, self.by, lambda q: q.filter(mission__in=list(at), specialty__in=some)
        )
        seats = {r["id"]: r for r in rows if r["specialty"] in some and r["mission_id"] in at}
        for row in known_rows(
            Assignment, ["seat_id", "started_on", "ended_on"], self.by,
            lambda q: q.filter(seat__in=list(seats)),
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
    return outcomes_on(world_of(asked), asked.on)


def care_of_one(asked: Question, item: Item) -> Care:
    """The outcome of one item, without asking after the rest of the list."""
    world = world_of(asked, item)
    return outcome_of(world, str(item.pk), asked.on) if world.items else Care.NOT_ASSESSED


def counted_all(lists: Collection[List], on: dt.date) -> dict[UUID, Counter[Care]]:
    """Of each list how many items have which outcome, in its own area."""
    return {pk: count(world, on) for pk, world in worlds_of(lists, on).items()}


def counted(asked: Question) -> Counter[Care]:
    return count(world_of(asked), asked.on)
