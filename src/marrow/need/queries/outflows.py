"""Who left: what was told, settled by the one rule, for pages and for the measure's matrix."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from marrow.capacity.models import Step
from marrow.capacity.queries.known import known_rows
from marrow.capacity.rules.ladder import ALONE
from marrow.catalogue.models import Item
from marrow.core.remembering import remembered
from marrow.directory.models import Area, Organisation
from marrow.directory.queries import heirs
from marrow.need.models import Outflow
from marrow.need.rules.burden import Left, Telling, of_last_year, of_year, years_told
from marrow.need.rules.saving import Saved, saved

Tellings = dict[UUID, list[Telling]]


def _standing() -> QuerySet[Outflow]:
    rows = Outflow.objects.filter(current=True)
    return rows.select_related("area", "organisation", "item", "to_area", "to_organisation__area")


def rows_of(rows: Iterable[Outflow], area: Area) -> list[Outflow]:
    """Of these, whoever left an area: as it was told of the whole, but for those who are known to
    have gone to a place within it; and of its parts where it is known that they went out of it. A
    county's patients who found care in its region did not leave the region."""
    return [row for row in rows if _left(row, area)]


def stayed_in(rows: Iterable[Outflow], area: Area) -> list[Outflow]:
    """Of these, whoever went to another place of the same area: they did not leave it."""
    return [row for row in rows if any(p.lies_in(area) for p in _where_to(row))]


def _near(areas: Iterable[Area]) -> Q:
    return reduce(or_, (Q(area__path__startswith=a.path) for a in areas), Q(pk__in=[]))


def _left(row: Outflow, area: Area) -> bool:
    there = _where_to(row)
    if any(p.lies_in(area) for p in there):
        return False
    if row.area_id == area.pk and row.organisation_id is None:
        return True  # also where nobody knows, or only words say, where they went
    return bool(there) and row.area.lies_in(area)


def _where_to(row: Outflow) -> list[Area]:
    hospital = row.to_organisation
    return [p for p in (row.to_area, hospital.area if hospital else None) if p]


def telling(row: Outflow) -> Telling:
    path = (
        row.area.path if row.organisation_id is None else f"{row.area.path}{row.organisation_id}/"
    )
    return Telling(
        path, row.grain, row.from_on, row.patients, row.kilometres, row.cost_each, row.currency
    )


def _by_item(rows: Iterable[Outflow]) -> Tellings:
    found: Tellings = defaultdict(list)
    for row in rows:
        found[row.item_id].append(telling(row))
    return found


COLUMNS = (
    "area_id", "organisation_id", "item_id", "grain", "from_on", "patients", "cost", "currency",
    "cost_of", "kilometres", "to_area_id", "to_organisation_id", "to_words", "current",
)  # fmt: skip


def _stood(by: dt.datetime) -> list[Outflow]:
    """What stood as it was known by a moment; not to be written. Which area a hospital is in is as
    it is known today."""
    told = [r for r in known_rows(Outflow, COLUMNS, by) if r["current"]]
    places = {r[c] for r in told for c in ("area_id", "to_area_id")}
    houses = {r[c] for r in told for c in ("organisation_id", "to_organisation_id")}
    areas = Area.objects.in_bulk(places - {None})
    hospitals = Organisation.objects.select_related("area").in_bulk(houses - {None})
    rows = [Outflow(**r) for r in told if r["area_id"] in areas]
    for row in rows:
        row.area = areas[row.area_id]
        row.to_area = areas.get(row.to_area_id) if row.to_area_id else None
        to = row.to_organisation_id
        row.to_organisation = hospitals.get(to) if to else None
    return rows


@remembered
def left_of_area(area: Area, on: dt.date, known_by: dt.datetime | None = None) -> dict[UUID, Left]:
    """Of each item, who left the area in the last twelve months; of the others nobody knows. As
    known by a moment, None is now."""
    return left_of_areas([area], on, known_by)[area.pk]


def left_of_areas(
    areas: Collection[Area], on: dt.date, known_by: dt.datetime | None = None
) -> dict[UUID, dict[UUID, Left]]:
    """The same of many areas, read once for all."""
    rows = _stood(known_by) if known_by else list(_standing().filter(_near(areas)))
    found = {}
    for area in areas:
        told = _by_item(row for row in rows if _left(row, area))
        lefts = {item: of_last_year(some, on, area.path) for item, some in told.items()}
        found[area.pk] = {item: left for item, left in lefts.items() if left is not None}
    return found


def people_left(area: Area, on: dt.date, known_by: dt.datetime | None = None) -> dict[UUID, int]:
    """The same as numbers."""
    return {item: left.patients for item, left in left_of_area(area, on, known_by).items()}


def people_left_each(
    areas: Collection[Area], on: dt.date, known_by: dt.datetime | None = None
) -> dict[UUID, dict[UUID, int]]:
    """Of many areas, as numbers, to stand beside the measure."""
    if len(areas) == 1:  # read once in a page
        return {area.pk: people_left(area, on, known_by) for area in areas}
    return {
        area: {item: left.patients for item, left in told.items()}
        for area, told in left_of_areas(areas, on, known_by).items()
    }


@dataclass(frozen=True, slots=True)
class Year:
    year: int
    left: Left | None
    after: bool  # the capability had come before this year began


@dataclass(frozen=True, slots=True)
class Story:
    """An item in an area over the years: who left, when locals could, what that saved."""

    rows: list[Outflow]
    years: list[Year]
    last: Left | None
    came: Step | None  # with which the time began in which locals of the area do or did it alone
    fell: Step | None  # the step since which nobody of the area does it alone any more
    holds: Step | None  # of who does it alone today the longest: the step since which that is so
    saved: Saved | None
    beside: list[Outflow]  # from hospitals of the area, to no place that is known: not counted
    stayed: list[Outflow]  # went to another place of the area: not counted


def story_of(area: Area, item: Item, on: dt.date) -> Story:
    return stories_of(area, [item], on)[item.pk]


def stories_of(area: Area, items: Collection[Item], on: dt.date) -> dict[UUID, Story]:
    """The same of several items, read once for all."""
    told: dict[UUID, list[Outflow]] = defaultdict(list)
    near = _standing().filter(_near([area]), item__in=[item.pk for item in items])
    for row in near.order_by("-from_on", "-patients"):
        told[row.item_id].append(row)
    steps: dict[UUID, list[Reached]] = defaultdict(list)
    for one, step in _steps_in(area, items, on):
        steps[step.item_id].append((one, step))
    return {item.pk: _story(area, told[item.pk], steps[item.pk], on) for item in items}


def _story(
    area: Area, told: Sequence[Outflow], steps: Iterable[Reached], on: dt.date
) -> Story:  # fmt: skip
    rows = rows_of(told, area)
    nowhere = (row for row in told if not (row.to_area_id or row.to_organisation_id))
    beside = [row for row in nowhere if row.organisation_id]
    tellings = [telling(r) for r in rows]
    years = {y: of_year(tellings, y, area.path) for y in years_told(tellings)}
    came, fell, holds = _alone(steps)
    shown = [
        Year(y, years.get(y), after=bool(came and y > came.on.year)) for y in _span(years, came, on)
    ]
    since = saved(years, came.on.year) if came and not fell else None
    last, stayed = (
        of_last_year(tellings, on, area.path),
        stayed_in(told, area),
    )
    return Story(rows, shown, last, came, fell, holds, since, beside, stayed)


MOST_SAVED = 40


def savings_of(area: Area, on: dt.date) -> list[tuple[Item, Story]]:
    """Of what was told of an area: the items that locals came to do alone, with what that saved;
    those first of which the most fewer left."""
    told = _standing().filter(area=area, organisation=None)
    able = Step.objects.filter(
        state=Step.State.HOLDS, level__gte=ALONE, on__lte=on,
        organisation__area__path__startswith=area.path,
    )  # fmt: skip
    items = Item.objects.filter(pk__in=told.values("item")).filter(pk__in=able.values("item"))
    shown = list(items[:MOST_SAVED])
    stories = stories_of(area, shown, on)
    told_of = ((item, stories[item.pk]) for item in shown)
    known = [(story.saved.fewer, item, story) for item, story in told_of if story.saved]
    return [(item, story) for _f, item, story in sorted(known, key=lambda one: -one[0])]


def _span(years: Iterable[int], came: Step | None, on: dt.date) -> list[int]:
    """Every year from the first that was told to this one: the gaps between are unknown."""
    told = [*years, *([came.on.year] if came else [])]
    return list(range(min(told), on.year + 1)) if told else []


def _alone(steps: Iterable[Reached]) -> tuple[Step | None, Step | None, Step | None]:
    """Of the last time in which a hospital of the area did it alone: the step with which it began;
    the one with which it ended, if it did; else the step since which the hospital does it that has
    done so the longest of those that do it today."""
    came, fell = None, None
    able: dict[UUID, Step] = {}
    for one, row in steps:
        if row.level >= ALONE:
            if came is None or (fell and fell.on < row.on):
                came = row
            fell = None
            able.setdefault(one, row)
        elif able.pop(one, None) and not able:
            fell = row
    return came, fell, next(iter(able.values()), None)


Reached = tuple[UUID, Step]  # a step, with the hospital as which it counts since a merge


def _steps_in(area: Area, items: Collection[Item], on: dt.date) -> Iterator[Reached]:
    """The steps of items in an area, each with the hospital as which it counts since a merge."""
    gone, merged = heirs(), Organisation.objects.filter(successor__isnull=False).values("pk")
    near = Q(organisation__area__path__startswith=area.path) | Q(organisation__in=merged)
    keys = [item.pk for item in items]
    rows = Step.objects.filter(near, item__in=keys, state=Step.State.HOLDS, on__lte=on)
    rows = rows.select_related("organisation__area").order_by("on", "held_at")
    counts = {gone[row.organisation_id] for row in rows if row.organisation_id in gone}
    last = Organisation.objects.select_related("area").in_bulk(counts)
    for row in rows:
        one = last.get(gone.get(row.organisation_id, row.organisation_id), row.organisation)
        if one.area and one.area.path.startswith(area.path):
            yield one.pk, row


def told_before(row: Outflow) -> list[Outflow]:
    """What was told before of the same, the newest first."""
    found: list[Outflow] = []
    before = row.supersedes
    while before is not None and before not in found:
        found.append(before)
        before = before.supersedes
    return found


MOST_ROWS = 60


def referred_by(hospital: Organisation) -> list[Outflow]:
    rows = _standing().filter(organisation=hospital).order_by("-from_on", "item__search")
    return list(rows[:MOST_ROWS])


def told_of_area(area: Area) -> list[Outflow]:
    """What was told of the whole area, also of those who went to another place of it."""
    rows = _standing().filter(area=area, organisation=None).order_by("-from_on", "item__search")
    return list(rows[:MOST_ROWS])
