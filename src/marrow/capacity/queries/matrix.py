"""What the pages of a list show: items against hospitals, the rows behind each answer."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any
from uuid import UUID

from marrow.capacity.models import Expected, Step, SustainedCheck
from marrow.capacity.queries.answers import care_of, care_of_all, is_kept, turns_about
from marrow.capacity.queries.fragile import RestsOn, rests_on
from marrow.capacity.queries.gathered import standing_for
from marrow.capacity.queries.known import known_rows
from marrow.capacity.queries.lacking import Lack, lacks_of
from marrow.capacity.queries.ladder import year_of
from marrow.capacity.queries.leaving import Gone, left_of
from marrow.capacity.queries.listed import FEW, expected_on, items_whole, rosters
from marrow.capacity.queries.measure import Part, Question, world_at, world_of, worlds_about
from marrow.capacity.queries.sustained import said_no_longer
from marrow.capacity.rules.care import (
    Care,
    Held,
    World,
    is_ready,
    outcomes_on,
    stairs,
    stands,
)
from marrow.capacity.rules.ladder import ALONE, VISITOR_DOES, level_on
from marrow.catalogue.models import Item, List
from marrow.catalogue.queries import specialty_name
from marrow.core.words import in_order
from marrow.directory.models import Area, Organisation
from marrow.directory.queries import gone_on_into

MOST_HOSPITALS = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """One hospital and item: its level, whether it counts that day, on what it rests."""

    hospital: UUID
    level: int | None
    care: Care
    rests: RestsOn | None = None
    ready: bool = True

    @property
    def suspended(self) -> bool:
        """It is done here, yet not today: something that it needs is missing."""
        return bool(self.level) and not self.ready

    @property
    def fragile(self) -> bool:
        return bool(self.rests and self.rests.why_fragile)


@dataclass(frozen=True, slots=True)
class Line:
    item: Item
    care: Care
    cells: list[Cell]
    left: int | None  # patients who left in the year before; None is unknown


@dataclass(frozen=True, slots=True)
class Matrix:
    """A list in its area: each item's outcome, and where each hospital stands."""

    counts: Counter[Care]
    gone: Gone  # of the whole list
    listed: int
    hospitals: list[Organisation]
    hidden: int  # hospitals that are not shown for want of room
    groups: list[tuple[str, list[Line]]]  # specialty, its items
    specialties: list[tuple[str, str]]  # of the whole list
    severities: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of a list is shown: '' is all."""

    specialty: str = ""
    care: str = ""
    severity: str = ""

    def takes(self, specialty: str, severity: str, care: Care) -> bool:
        """Whether an item of these is shown."""
        return (
            self.specialty in ("", specialty)
            and self.care in ("", care)
            and self.severity in ("", severity)
        )


def matrix_of(asked: Question, chosen: Chosen | None = None) -> Matrix:
    """The list's items against the hospitals that stand somewhere for it. Where nothing is chosen,
    the first specialty: a page that opens at once."""
    outcomes = care_of(asked)
    listed = Item.objects.filter(pk__in=list(outcomes)).order_by("specialty", "search")
    few = items_whole(frozenset(map(UUID, outcomes))) if len(outcomes) <= FEW else []
    plain = [(i.pk, i.specialty, i.severity) for i in few] or list(
        listed.values_list("pk", "specialty", "severity")
    )
    specialties = _specialties(code for _pk, code, _severity in plain)
    chosen = chosen or Chosen(specialties[0][0] if specialties else "")
    some = [pk for pk, code, severity in plain if chosen.takes(code, severity, outcomes[str(pk)])]
    shown = [i for i in few if i.pk in set(some)] if few else list(listed.filter(pk__in=some))
    hospitals, count, world = _standing(asked, some)
    left = left_of(asked.area, asked.on, asked.known_by)
    lines = _lines(asked, world, shown, hospitals, outcomes, left)
    by = groupby(lines, key=lambda line: line.item.specialty)
    groups = [(specialty_name(code), list(found)) for code, found in by]
    return Matrix(
        Counter(outcomes.values()), Gone.of((pk for pk, *_told in plain), left), len(plain),
        hospitals, count - len(hospitals), groups,
        specialties, [(code, str(words)) for code, words in Item.Severity.choices],
    )  # fmt: skip


def _standing(asked: Question, items: list[UUID]) -> tuple[list[Organisation], int, World]:
    """The hospitals that stand somewhere for these items or should, those that are shown; how many
    there are; and a reading of how the shown ones stand."""
    if is_kept(asked):
        named = standing_for(asked.area, asked.list, items, asked.on)
        shown = _hospitals(map(str, named[:MOST_HOSPITALS]))
        return shown, len(named), world_at([h.pk for h in shown], items)
    world, keys = world_of(asked), set(map(str, items))
    standing = {one for one, item in world.held if item in keys}
    found = _hospitals(standing | world.expected(asked.on))
    return found[:MOST_HOSPITALS], len(found), world


def _specialties(codes: Iterable[str]) -> list[tuple[str, str]]:
    named = ((code, specialty_name(code)) for code in set(codes))
    return sorted(named, key=lambda one: in_order(one[1]))


def _lines(
    asked: Question, world: World, items: list[Item], hospitals: list[Organisation],
    outcomes: Mapping[str, Care], left: Mapping[UUID, int],
) -> list[Line]:  # fmt: skip
    on, held = asked.on, world.held
    there = [[(h.pk, i.pk, held.get((str(h.pk), str(i.pk)))) for h in hospitals] for i in items]
    alone = [
        (one, item) for cells in there for one, item, found in cells
        if found and (level_on(found.steps, on) or 0) >= ALONE
    ]  # fmt: skip
    rests = rests_on(alone, on, world if asked.known_by is None else None)
    return [
        Line(item, outcomes[str(item.pk)],
             [_cell(one, found, on, rests.get((one, item.pk))) for one, _item, found in cells],
             left.get(item.pk))
        for item, cells in zip(items, there, strict=True)
    ]  # fmt: skip


def _cell(hospital: UUID, held: Held | None, on: dt.date, rests: RestsOn | None) -> Cell:
    if held is None:
        return Cell(hospital, None, Care.NOT_ASSESSED)
    return Cell(hospital, level_on(held.steps, on), stands(held, on), rests, is_ready(held, on))


def _hospitals(wanted: Iterable[str]) -> list[Organisation]:
    rows = Organisation.objects.filter(pk__in=list(wanted)).select_related("area")
    return sorted(rows, key=str)


@dataclass(frozen=True, slots=True)
class Row:
    """One hospital behind an answer: its level, since which step, and what is so that day."""

    hospital: Organisation
    step: Step | None
    level: int | None
    care: Care
    ready: bool
    helped: bool
    expected: bool
    lacks: list[Lack] = field(default_factory=list)  # what it requires and is not there
    doubted: SustainedCheck | None = None  # said to be no longer done, and no step says so yet

    @property
    def why(self) -> str:
        """What decides that day. What is referred away is so whoever stands by and whatever is
        there."""
        if self.level is None:
            return "UNKNOWN"
        if self.level < VISITOR_DOES:
            return "REFERRED_AWAY"
        if not self.ready:
            return "NOT_READY"
        if self.level >= ALONE:
            return "ALONE"
        return "HELPED" if self.helped else "NOBODY"


def rows_of(asked: Question, item: Item) -> tuple[Care | None, list[Row], int]:
    """The answer for one item, the hospitals that it rests on, the best first, and how many more
    there are than a page shows. None is an item that is not on the list that day: then these are
    the hospitals that stand somewhere for it."""
    world, key, order = world_of(asked, item), str(item.pk), list(Care)
    is_listed = key in world.items
    if not is_listed:
        part = Part(asked.area, asked.list, frozenset({item.pk}))
        world = replace(worlds_about([part], asked.known_by)[0], roster=frozenset())
    known = {one: held for (one, other), held in world.held.items() if other == key}
    known |= {one: Held() for one in world.expected(asked.on) if one not in known}
    ranked = sorted(
        (order.index(stands(held, asked.on)), -(level_on(held.steps, asked.on) or 0), one)
        for one, held in known.items()
    )
    some = {one: (care, level) for care, level, one in ranked[:MOST_HOSPITALS]}
    steps = _last_steps(item, some, asked)
    rows = [_row(world, h, known[str(h.pk)], asked.on, steps.get(h.pk)) for h in _hospitals(some)]
    rows = _explained(rows, asked, item, world)
    rows.sort(key=lambda r: some[str(r.hospital.pk)])
    answer = outcomes_on(world, asked.on).get(key, Care.NOT_ASSESSED) if is_listed else None
    return answer, rows, len(known) - len(rows)


def _explained(rows: list[Row], asked: Question, item: Item, world: World) -> list[Row]:
    """With what is missing there, and what was said of it by that day. What was missing by another
    moment's knowledge is not told by name."""
    short = [(r.hospital.pk, item.pk) for r in rows if not r.ready and asked.known_by is None]
    lacks = lacks_of(short, asked.on, world)
    said = said_no_longer([r.hospital.pk for r in rows], item, asked.known_by)
    doubts = {c.organisation_id: c for c in said if c.answered_on <= asked.on}
    return [
        replace(r, lacks=lacks.get((r.hospital.pk, item.pk), []), doubted=doubts.get(r.hospital.pk))
        for r in rows
    ]


def _row(world: World, hospital: Organisation, held: Held, on: dt.date, step: Step | None) -> Row:
    return Row(
        hospital, step, level_on(held.steps, on), stands(held, on),
        ready=is_ready(held, on),
        helped=any(s.covers(on) for s in held.helped),
        expected=str(hospital.pk) in world.expected(on),
    )  # fmt: skip


def _last_steps(item: Item, hospitals: Iterable[str], asked: Question) -> dict[UUID, Step]:
    """Of each hospital the step on which it stands, or on which one that was merged into it did.
    As known by a moment, one that was taken back since still held."""
    heirs = gone_on_into({UUID(one) for one in hospitals})
    rows = Step.objects.filter(item=item, on__lte=asked.on, organisation__in=list(heirs))
    told = known_rows(Step, ["item_id", "state"], asked.known_by, lambda q: q.filter(item=item))
    held = {r["id"] for r in told if (r["item_id"], r["state"]) == (item.pk, Step.State.HOLDS)}
    found = (r for r in rows.order_by("on", "held_at") if r.pk in held)
    return {heirs[r.organisation_id]: r for r in found}


@dataclass(frozen=True, slots=True)
class AreaCurve:
    """On each day how many of the listed items locals did alone, how many with visitors."""

    days: list[dt.date]
    locals: list[int]
    visitors: list[int]


def curve_of(asked: Question) -> AreaCurve | None:
    """The list as it holds on the day that is asked about, over all the years before it: every day
    on which a count changed; None where no step was ever taken."""
    turns = turns_about(asked).values()
    first = dt.date.fromordinal(min((some[0][0] for some in turns if some), default=1))
    if first >= asked.on or first == dt.date.min:
        return None
    days, alone, helped = stairs(turns, year_of(first), asked.on)
    return AreaCurve(days, alone, helped)


def lists_shown() -> list[List]:
    return list(List.objects.select_related("area", "programme").order_by("area__path", "key"))


def lists_about(area: Area) -> tuple[list[List], list[List]]:
    """The lists of an area, and those of the areas in which it lies."""
    rows = [row for row in lists_shown() if area.path.startswith(row.area.path)]
    return (
        [row for row in rows if row.area_id == area.pk],
        [row for row in rows if row.area_id != area.pk],
    )


def expected_of(asked: Question) -> list[Organisation]:
    """The hospitals that should have on that day what a list holds; those of the place that is
    asked about."""
    named: Any = expected_on(asked.on, asked.list).values("organisation")
    if asked.known_by is not None:
        told = rosters([asked.list], asked.known_by)[asked.list.pk]
        named = [one for one, some in told.items() if any(s.covers(asked.on) for s in some)]
    rows = Organisation.objects.filter(pk__in=named)
    if asked.area != asked.list.area:
        rows = rows.filter(area__path__startswith=asked.area.path)
    return sorted(rows.select_related("area"), key=str)


def is_expected(listing: List, on: dt.date) -> bool:
    """Whether any hospital should have on that day what a list holds; as known today."""
    told = rosters([listing], None)[listing.pk].values()
    return any(spell.covers(on) for spells in told for spell in spells)


def namings_of(listing: List) -> list[Expected]:
    """From when to when each hospital was named as one that should have what a list holds, as known
    today; by name."""
    rows = Expected.objects.filter(list=listing).select_related("organisation")
    return sorted(rows, key=lambda row: (str(row.organisation), row.from_on or dt.date.min))


def treated_in(areas: Iterable[UUID], on: dt.date) -> dict[UUID, tuple[int, int]]:
    """Of each area that has a list with items: how many of them locals treat alone, of how many.
    An item that stands on several lists of one area is one item."""
    lists = list(List.objects.filter(area__in=list(areas)).select_related("area"))
    told = care_of_all(lists, on)
    listed, alone = defaultdict[UUID, set[str]](set), defaultdict[UUID, set[str]](set)
    for row in lists:
        found = told[row.pk]
        listed[row.area_id] |= found.keys()
        alone[row.area_id] |= {item for item, care in found.items() if care is Care.BY_LOCALS}
    return {area: (len(alone[area]), len(items)) for area, items in listed.items() if items}
