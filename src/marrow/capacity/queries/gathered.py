"""What the measure looks at, gathered by hospital and item; as known by any moment."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from uuid import UUID

from django.db.models import Q

from marrow.capacity.models import Step, Supervision
from marrow.capacity.queries.house import (
    HANDFUL,
    SERVED,
    At,
    Served,
    service_at,
    supervisions_at,
    things_at,
)
from marrow.capacity.queries.known import Row, known_rows
from marrow.capacity.queries.listed import expected_on
from marrow.capacity.queries.readiness import at, told_of, wants_of
from marrow.capacity.queries.within import Within
from marrow.capacity.rules.care import Held, Pair, Spell, asks_for_readiness
from marrow.capacity.rules.care import within as inside
from marrow.capacity.rules.ladder import Step as Reached
from marrow.capacity.rules.readiness import suspended
from marrow.catalogue.models import List
from marrow.catalogue.rules.since import Period
from marrow.core.gathering import gathering
from marrow.core.words import in_tongue
from marrow.directory.models import Area, Organisation
from marrow.directory.queries import gone_on_into, heir_in, heirs
from marrow.missions.models import Site
from marrow.teams.models import Assignment, Seat


def merged_between(first: dt.datetime | None, last: dt.datetime | None) -> dict[str, str]:
    """Who counts as another at the second moment than at the first, with the one it then is."""
    was, now = (
        {r["id"]: r["successor_id"] for r in known_rows(Organisation, ["successor_id"], by)}
        for by in (first, last)
    )
    before, after = ({a: b for a, b in told.items() if b} for told in (was, now))
    return {
        str(one): str(heir) for one in now
        if (heir := heir_in(one, after)) != heir_in(one, before)
    }  # fmt: skip


def standing_for(area: Area, listing: List, items: Collection[UUID], on: dt.date) -> list[UUID]:
    """The hospitals of an area that stand somewhere for one of the items, or should have on a day
    what is listed; by name in the reader's language. As they are known today."""
    steps = Step.objects.filter(item__in=list(items), state=Step.State.HOLDS).order_by()
    expected = expected_on(on, listing).values("organisation")
    some = Q(pk__in=steps.values("organisation")) | Q(pk__in=expected)
    gone_on = heirs()
    merged = Organisation.objects.filter(some, pk__in=list(gone_on)).values_list("pk", flat=True)
    some = (some & ~Q(pk__in=list(gone_on))) | Q(pk__in=[gone_on[one] for one in merged])
    rows = Organisation.objects.filter(some, area__path__startswith=area.path).order_by()
    names = dict(rows.values_list("pk", "names"))
    return sorted(names, key=lambda pk: in_tongue(names[pk]))


Found = tuple[UUID, UUID | None, str]  # an organisation, into which it went on, its area's path


def _organisations(looked: Within, by: dt.datetime | None) -> list[Found]:
    """Those that may count; "" of one that stands nowhere."""
    if by is None:
        found = looked.organisations().order_by()
        told = found.values_list("pk", "successor", "area__path")
        return [(pk, successor, path or "") for pk, successor, path in told]
    rows = known_rows(Organisation, ["area_id", "successor_id"], by)
    paths = {r["id"]: r["path"] for r in known_rows(Area, ["path"], by)}
    return [(r["id"], r["successor_id"], paths.get(r["area_id"], "")) for r in rows]


Signed = tuple[UUID, UUID, int, dt.date]  # hospital, item, level, day
Place = tuple[str, dt.date]  # a hospital, and since when a team works there
Coming = Mapping[tuple[UUID, str], Collection[Spell]]  # by hospital and specialty, who would come


class Gathering:
    """Steps, what was missing and who stood by, gathered by hospital and item.

    `items` has the specialties of each over time; `heirs` is of each organisation that is looked
    at the one as which it counts; `paths` are the areas in which those that count stand."""

    def __init__(
        self, items: Mapping[str, Sequence[Period]], heirs: Mapping[UUID, str],
        by: dt.datetime | None, paths: Mapping[str, str] | None = None,
        coming: Coming | None = None, reached: Iterable[Signed] | None = None,
    ) -> None:  # fmt: skip
        self.items, self.by, self.heirs, self.paths = items, by, heirs, paths or {}
        self.coming, self.reached = coming, reached
        few = by is None and len(heirs) <= HANDFUL
        self.house = frozenset(heirs) if few else None  # read once for other parts of a page too
        self.named = frozenset[str]()
        if self.house and reached is not None:  # the page of a hospital names its things too
            self.named = things_at(self.house)
        self.inside = frozenset(heirs.values())
        self.steps: dict[Pair, list[Reached]] = defaultdict(list)

    @classmethod
    def within(
        cls, items: Mapping[str, Sequence[Period]], looked: Within, by: dt.datetime | None,
        coming: Coming | None = None,
    ) -> Gathering:  # fmt: skip
        """Each organisation that stands inside or went on into one that does."""
        rows = _organisations(looked, by)
        successor = {one: into for one, into, _path in rows if into}
        path_of = {one: path for one, _into, path in rows}
        heirs, paths = {}, {}
        for one in path_of:
            heir = heir_in(one, successor)
            path = path_of.get(heir, "")
            if path and path.startswith(looked.paths):
                heirs[one] = str(heir)
                paths[str(heir)] = path
        return cls(items, heirs, by, paths, coming)

    @classmethod
    def at(
        cls, items: Mapping[str, Sequence[Period]], hospitals: Collection[UUID],
        reached: Iterable[Signed] | None = None,
    ) -> Gathering:  # fmt: skip
        """These, and whoever went on into one of them, as they are today; `reached` is what they
        reached, the first signed first, where that is read already."""
        gone_on = gone_on_into(hospitals)
        heirs = {one: str(heir) for one, heir in gone_on.items()}
        return cls(items, heirs, None, reached=reached)

    def inside_of(self, area: Area) -> frozenset[str]:
        return frozenset(o for o, path in self.paths.items() if path.startswith(area.path))

    def held(self, *, bare: bool = False) -> dict[Pair, Held]:
        """By hospital and item; `bare` leaves out what was missing where no answer rests on it."""
        with gathering():
            return self._gathered(bare)

    def _gathered(self, bare: bool) -> dict[Pair, Held]:
        self._take_steps()
        helped = self._helped()
        found = {pair: self._beside(pair, helped) for pair in self.steps}
        down = self._down([
            pair for pair, steps in self.steps.items()
            if not bare or asks_for_readiness(steps, found[pair])
        ])  # fmt: skip
        return {
            pair: Held(tuple(steps), down.get(pair, ()), found[pair])
            for pair, steps in self.steps.items()
        }

    def _beside(
        self, pair: Pair, helped: Mapping[tuple[str, str], tuple[Spell, ...]]
    ) -> tuple[Spell, ...]:
        """When somebody of the specialty that the item had then stood beside it."""
        hospital, item = pair
        if len(self.items[item]) == 1:
            return helped.get((hospital, self.items[item][0][0]), ())
        return tuple(
            spell
            for code, start, end in self.items[item]
            for spell in inside(helped.get((hospital, code), ()), start, end)
        )

    def _take_steps(self) -> None:
        texts = {UUID(item): item for item in self.items}  # one text for all steps of an item
        rows = self._steps_now() if self.by is None else self._steps_then()
        rows = rows if self.reached is None else self.reached
        for order, (one, asked, level, on) in enumerate(rows):
            item, hospital = texts.get(asked), self.heirs.get(one)
            if item and hospital:
                self.steps[hospital, item].append(Reached(level, on, order))

    def _steps_now(self) -> Iterable[Signed]:
        """Hospital, item, level and day of each that holds, the first signed first: put in order
        by the database, for of a whole region there are hundreds of thousands."""
        rows = Step.objects.filter(state=Step.State.HOLDS, item__in=list(self.items))
        told = at(self.heirs)(rows).order_by("held_at")
        return told.values_list("organisation_id", "item_id", "level", "on")

    def _steps_then(self) -> Iterable[Signed]:
        """The same as they were known by that moment."""
        columns = ["organisation_id", "item_id", "level", "on", "state", "held_at"]
        rows = known_rows(Step, columns, self.by)
        held = [r for r in rows if r["state"] == Step.State.HOLDS]
        for r in sorted(held, key=itemgetter("held_at")):
            yield r["organisation_id"], r["item_id"], r["level"], r["on"]

    def _down(self, pairs: Collection[Pair]) -> dict[Pair, tuple[Spell, ...]]:
        """An item is not ready while less is there than it requires. Of what a hospital told
        nothing it is taken at its word: unknown is not broken."""
        needs = wants_of(self.items, self.by, self.named)
        things = {want.thing for some in needs.values() for want in some}
        here = {hospital for hospital, _item in pairs}
        heirs = {one: heir for one, heir in self.heirs.items() if heir in here}
        told = told_of(heirs, self.by, things, self.house) if things and heirs else {}
        return suspended(pairs, needs, told)

    def _helped(self) -> dict[tuple[str, str], tuple[Spell, ...]]:
        """Of a hospital and a specialty, when somebody of it stood there or stood by."""
        found: dict[tuple[str, str], list[Spell]] = defaultdict(list)
        for hospital, specialty, spell in (*self._visitors(), *self._afar(), *self._planned()):
            found[hospital, specialty].append(spell)
        return {key: tuple(spells) for key, spells in found.items()}

    def _planned(self) -> Iterable[tuple[str, str, Spell]]:
        """Who would come, in which specialty, from when until when."""
        for (one, specialty), spells in (self.coming or {}).items():
            if hospital := self.heirs.get(one):
                for spell in spells:
                    yield hospital, specialty, spell

    def _visitors(self) -> Iterable[tuple[str, str, Spell]]:
        """Who serves where, in which specialty, from when until when."""
        at, where, elsewhere = self._sites()
        some = {code for told in self.items.values() for code, _from, _until in told} - {""}
        rows = self._served(at, some)
        for mission, specialty, site, until, start, end in rows:
            if start is None or mission not in at or specialty not in some or site in elsewhere:
                continue
            places = dict([where[site]]) if site in where else at[mission]
            gone = until if end is None and self.coming is not None else end
            for place, begun in places.items():
                begin = max(start, begun)
                if gone is None or begin < gone:
                    yield place, specialty, Spell(begin, gone)

    def _served(
        self, missions: Collection[UUID], specialties: Collection[str]
    ) -> Iterable[Served]:  # fmt: skip
        if self.house is not None:
            return service_at(self.house).served
        return _served_then(self.by) if self.by else _served_now(missions, specialties)

    def _sites(self) -> tuple[dict[UUID, dict[str, dt.date]], dict[UUID, Place], set[UUID]]:
        """Of each mission with a site that is looked at, its hospitals, each with the day since
        which it works there; of each of those sites the same; and the sites of these missions at
        other hospitals: their seats are not here."""
        rows = self._site_rows()
        at: dict[UUID, dict[str, dt.date]] = defaultdict(dict)
        where: dict[UUID, Place] = {}
        for site, mission, one, from_on in rows:
            if hospital := self.heirs.get(one) if one else None:
                begun = from_on or dt.date.min
                there = at[mission]
                there[hospital] = min(begun, there.get(hospital, begun))
                where[site] = hospital, begun
        elsewhere = {
            site for site, mission, one, _from_on in rows
            if mission in at and one and site not in where
        }  # fmt: skip
        return at, where, elsewhere

    def _site_rows(self) -> list[At]:
        """Site, mission, hospital and since when, of all missions with a site that is looked at."""
        if self.house is not None:
            return service_at(self.house).sites
        here = at(self.heirs)(Site.objects.order_by()).values("mission")
        told = ["mission_id", "organisation_id", "from_on"]
        rows = known_rows(Site, told, self.by, lambda q: q.filter(mission__in=here))
        return [(r["id"], r["mission_id"], r["organisation_id"], r["from_on"]) for r in rows]

    def _afar(self) -> Iterable[tuple[str, str, Spell]]:
        """Which specialty of which hospital an expert from afar stands by, signed by both."""
        for row in self._supervisions():
            hospital = self.heirs.get(row["organisation_id"])
            if row["signed_at"] is not None and hospital:
                end = row["ended_on"] or row["until_on"] + dt.timedelta(days=1)
                yield hospital, row["specialty"], Spell(row["from_on"], end)

    def _supervisions(self) -> list[Row]:
        columns = ["organisation_id", "specialty", "from_on", "until_on", "signed_at", "ended_on"]
        if self.house is not None:
            rows = supervisions_at(self.house)
            return [{name: getattr(row, name) for name in columns} for row in rows]
        return known_rows(Supervision, columns, self.by, at(self.heirs))


def _served_now(missions: Collection[UUID], specialties: Collection[str]) -> Iterable[Served]:
    """Who serves in these missions in these specialties."""
    rows = Assignment.objects.order_by().filter(
        seat__mission__in=list(missions), seat__specialty__in=list(specialties)
    )
    return rows.values_list(*SERVED)


def _served_then(by: dt.datetime) -> Iterable[Served]:
    """All who served, as it was known by that moment."""
    columns = ["mission_id", "specialty", "site_id", "until_on"]
    seats = {r["id"]: r for r in known_rows(Seat, columns, by)}
    for row in known_rows(Assignment, ["seat_id", "started_on", "ended_on"], by):
        if seat := seats.get(row["seat_id"]):
            told = (seat[name] for name in columns)
            yield *told, row["started_on"], row["ended_on"]
