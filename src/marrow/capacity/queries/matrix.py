"""What the pages of a list show: items against hospitals, the rows behind each answer."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from uuid import UUID

from marrow.capacity.models import Expected, Step, SustainedCheck
from marrow.capacity.queries.fragile import RestsOn, rests_on
from marrow.capacity.queries.lacking import Lack, lacks_of
from marrow.capacity.queries.ladder import steady_days
from marrow.capacity.queries.measure import (
    Question,
    gone_on_into,
    world_of,
    worlds_of,
)
from marrow.capacity.queries.sustained import said_no_longer
from marrow.capacity.rules.care import Care, Held, World, curve, is_ready, outcomes_on, stands
from marrow.capacity.rules.ladder import ALONE, level_on
from marrow.catalogue.models import Item, List
from marrow.catalogue.queries import specialty_name
from marrow.directory.models import Area, Organisation

MOST_HOSPITALS = 100
#: (area, day) → of an item, how many patients left for it in the year before; told by a room above
Left = Callable[[Area, dt.date], Mapping[UUID, int]]
_LEFT: list[Left] = []


def count_left(source: Left) -> Left:
    """Hand in who counts the patients who left; of an item not in its answer nobody knows."""
    _LEFT.append(source)
    return source


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

    def takes(self, item: Item, care: Care) -> bool:
        return (
            self.specialty in ("", item.specialty)
            and self.care in ("", care)
            and self.severity in ("", item.severity)
        )


def matrix_of(asked: Question, chosen: Chosen | None = None) -> Matrix:
    """The list's items against the hospitals that stand somewhere for it. Where nothing is chosen,
    the first specialty: a page that opens at once."""
    world = world_of(asked)
    outcomes = outcomes_on(world, asked.on)
    items = list(Item.objects.filter(pk__in=list(world.items)).order_by("specialty", "search"))
    specialties = _specialties(items)
    chosen = chosen or Chosen(specialties[0][0] if specialties else "")
    shown = [i for i in items if chosen.takes(i, outcomes[str(i.pk)])]
    keys = {str(i.pk) for i in shown}
    known = {one for one, item in world.held if item in keys}
    hospitals = _hospitals(known | world.roster)
    some = hospitals[:MOST_HOSPITALS]
    lines = _lines(asked, world, shown, some, outcomes)
    by = groupby(lines, key=lambda line: line.item.specialty)
    groups = [(specialty_name(code), list(found)) for code, found in by]
    return Matrix(
        Counter(outcomes.values()), len(items), some, len(hospitals) - len(some), groups,
        specialties, [(code, str(words)) for code, words in Item.Severity.choices],
    )  # fmt: skip


def _specialties(items: Iterable[Item]) -> list[tuple[str, str]]:
    codes = {item.specialty for item in items}
    return sorted(((code, specialty_name(code)) for code in codes), key=lambda one: one[1])


def _lines(
    asked: Question, world: World, items: list[Item], hospitals: list[Organisation],
    outcomes: Mapping[str, Care],
) -> list[Line]:  # fmt: skip
    left = left_of(asked.area, asked.on)
    pairs = [(h.pk, i.pk) for i in items for h in hospitals]
    alone = [
        (one, item) for one, item in pairs
        if (held := world.held.get((str(one), str(item))))
        and (level_on(held.steps, asked.on) or 0) >= ALONE
    ]  # fmt: skip
    rests = rests_on(alone, asked.on)
    return [
        Line(item, outcomes[str(item.pk)],
             [_cell(world, item, h, asked.on, rests) for h in hospitals], left.get(item.pk))
        for item in items
    ]  # fmt: skip


def _cell(
    world: World, item: Item, hospital: Organisation, on: dt.date,
    rests: Mapping[tuple[UUID, UUID], RestsOn],
) -> Cell:  # fmt: skip
    held = world.held.get((str(hospital.pk), str(item.pk)))
    if held is None:
        return Cell(hospital.pk, None, Care.NOT_ASSESSED)
    level, rest = level_on(held.steps, on), rests.get((hospital.pk, item.pk))
    return Cell(hospital.pk, level, stands(held, on), rest, is_ready(held, on))


def left_of(area: Area, on: dt.date) -> dict[UUID, int]:
    """Of each item, how many patients left the area for it in the year before; none is unknown."""
    found: dict[UUID, int] = {}
    for source in _LEFT:
        found |= source(area, on)
    return found


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


def rows_of(asked: Question, item: Item) -> tuple[Care, list[Row], int]:
    """The answer for one item, the hospitals that it rests on, the best first, and how many more
    there are than a page shows."""
    world, key, order = world_of(asked, item), str(item.pk), list(Care)
    known = {one: held for (one, other), held in world.held.items() if other == key}
    known |= {one: Held() for one in world.roster if one not in known}
    ranked = sorted(
        (order.index(stands(held, asked.on)), -(level_on(held.steps, asked.on) or 0), one)
        for one, held in known.items()
    )
    some = {one: (care, level) for care, level, one in ranked[:MOST_HOSPITALS]}
    steps = _last_steps(item, some, asked.on)
    rows = [_row(world, h, known[str(h.pk)], asked.on, steps.get(h.pk)) for h in _hospitals(some)]
    lacks = lacks_of([(r.hospital.pk, item.pk) for r in rows if not r.ready], asked.on)
    doubts = {c.organisation_id: c for c in said_no_longer([r.hospital.pk for r in rows], item)}
    rows = [
        replace(r, lacks=lacks.get((r.hospital.pk, item.pk), []), doubted=doubts.get(r.hospital.pk))
        for r in rows
    ]
    rows.sort(key=lambda r: some[str(r.hospital.pk)])
    answer = outcomes_on(world, asked.on).get(key, Care.NOT_ASSESSED)
    return answer, rows, len(known) - len(rows)


def _row(world: World, hospital: Organisation, held: Held, on: dt.date, step: Step | None) -> Row:
    return Row(
        hospital, step, level_on(held.steps, on), stands(held, on),
        ready=is_ready(held, on),
        helped=any(s.covers(on) for s in held.helped),
        expected=str(hospital.pk) in world.roster,
    )  # fmt: skip


def _last_steps(item: Item, hospitals: Iterable[str], on: dt.date) -> dict[UUID, Step]:
    """Of each hospital the step on which it stands, or on which one that was merged into it did."""
    heirs = gone_on_into({UUID(one) for one in hospitals})
    rows = Step.objects.filter(item=item, state=Step.State.HOLDS, on__lte=on)
    rows = rows.filter(organisation__in=list(heirs))
    return {heirs[r.organisation_id]: r for r in rows.order_by("on", "held_at")}


@dataclass(frozen=True, slots=True)
class AreaCurve:
    """On each day how many of the listed items locals did alone, how many with visitors."""

    days: list[dt.date]
    locals: list[int]
    visitors: list[int]


def curve_of(asked: Question) -> AreaCurve | None:
    """The list as it holds today over all the years; None where no step was ever taken."""
    world = world_of(asked)
    first = min((s.on for held in world.held.values() for s in held.steps), default=None)
    if first is None or first >= asked.on:
        return None
    days = steady_days(first, asked.on)
    counts = curve(world, days)
    return AreaCurve(
        days, [c[Care.BY_LOCALS] for c in counts], [c[Care.WITH_VISITORS] for c in counts]
    )


def lists_shown() -> list[List]:
    return list(List.objects.select_related("area", "programme").order_by("area__path", "key"))


def lists_about(area: Area) -> tuple[list[List], list[List]]:
    """The lists of an area, and those of the areas in which it lies."""
    rows = [row for row in lists_shown() if area.path.startswith(row.area.path)]
    return (
        [row for row in rows if row.area_id == area.pk],
        [row for row in rows if row.area_id != area.pk],
    )


def expected_of(listing: List, area: Area | None = None) -> list[Organisation]:
    """The hospitals that should have what a list holds; those of one place, where it is told."""
    rows = Expected.objects.filter(list=listing).select_related("organisation__area")
    if area is not None and area != listing.area:
        rows = rows.filter(organisation__area__path__startswith=area.path)
    return sorted((r.organisation for r in rows), key=str)


def treated_in(areas: Iterable[UUID], on: dt.date) -> dict[UUID, tuple[int, int]]:
    """Of each area that has a list with items: how many of them locals treat alone, of how many.
    An item that stands on several lists of one area is one item."""
    lists = list(List.objects.filter(area__in=list(areas)).select_related("area"))
    worlds = worlds_of(lists, on)
    listed, alone = defaultdict[UUID, set[str]](set), defaultdict[UUID, set[str]](set)
    for row in lists:
        found = outcomes_on(worlds[row.pk], on)
        listed[row.area_id] |= found.keys()
        alone[row.area_id] |= {item for item, care in found.items() if care is Care.BY_LOCALS}
    return {area: (len(alone[area]), len(items)) for area, items in listed.items() if items}
