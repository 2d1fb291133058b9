"""How a hospital grew: on named dimensions, by department, and what was new there."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from marrow.accounts.queries import as_signed
from marrow.capacity.models import Appraisal, Step
from marrow.capacity.queries.house import steps_at
from marrow.capacity.rules.ladder import ALONE
from marrow.catalogue.models import Item
from marrow.catalogue.queries import specialty_name
from marrow.core.words import listing
from marrow.directory.models import Department, Organisation
from marrow.directory.queries import counted_as_one_with, heirs

MOST_NEW, MOST_OF_SHEET = 50, 5000  # lines


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension: the first that was told of it, and the last of another time; None where all
    is of one. `apart` is what was told otherwise of one month, each with the others of it."""

    before: Appraisal
    after: Appraisal | None
    apart: list[list[Appraisal]]


def dimensions_of(hospital: Organisation) -> list[Dimension]:
    rows = Appraisal.objects.filter(organisation=hospital)
    by = groupby(rows, key=lambda row: row.dimension)
    return [_dimension(list(told)) for _code, told in by]


def _dimension(told: list[Appraisal]) -> Dimension:
    first, last = told[0], told[-1]
    times = groupby(told, key=lambda row: row.measured.time)
    of_one = [list({row.measured.said: row for row in rows}.values()) for _time, rows in times]
    apart = [rows for rows in of_one if len(rows) > 1]
    grew = last.measured.time != first.measured.time
    return Dimension(first, last if grew else None, apart)


@dataclass(frozen=True, slots=True)
class Grown:
    """A department (None: steps that name none): what it does alone now, and a year before."""

    department: Department | None
    assessed: int
    alone: int
    before: int


YEAR = dt.timedelta(days=365)


def departments_of(hospital: Organisation, on: dt.date) -> list[Grown]:
    """Every department of the house, those of which nothing was assessed too."""
    one = counted_as_one_with(hospital.pk)
    items: dict[UUID | None, dict[UUID, list[Step]]] = defaultdict(lambda: defaultdict(list))
    last: dict[UUID, Step] = {}
    steps = steps_at(hospital.pk).held_as_one(on)
    for row in steps:
        last[row.item_id] = row
    for row in steps:
        items[last[row.item_id].department_id][row.item_id].append(row)
    houses = sorted(Department.objects.filter(organisation__in=one), key=str)
    found = [_grown(house, items.get(house.pk, {}), on) for house in houses]
    if houses and None in items:
        found.append(_grown(None, items[None], on))
    return found


def _grown(house: Department | None, items: dict[UUID, list[Step]], on: dt.date) -> Grown:
    def alone(day: dt.date) -> int:
        begun = ([s for s in steps if s.on <= day] for steps in items.values())
        return sum(bool(steps and steps[-1].level >= ALONE) for steps in begun)

    return Grown(house, len(items), alone(on), alone(on - YEAR))


@dataclass(frozen=True, slots=True)
class Family:
    """The techniques of one specialty that the catalogue names: how many were assessed in a
    hospital, and how many locals do alone there."""

    specialty: str
    techniques: int
    assessed: int
    alone: int

    @property
    def whole(self) -> bool:
        return self.alone == self.techniques

    @property
    def unknown(self) -> int:
        return self.techniques - self.assessed


def families_of(hospital: Organisation, on: dt.date) -> list[Family]:
    """Of each specialty of which some technique was assessed there; those done whole first."""
    last = {
        step.item_id: (step.item.specialty, step.level)
        for step in steps_at(hospital.pk).held_as_one(on)
        if step.item.kind == Item.Kind.TECHNIQUE and step.item.retired_on is None
    }
    if not last:
        return []
    named = Item.objects.filter(
        kind=Item.Kind.TECHNIQUE, retired_on=None, specialty__in={s for s, _level in last.values()}
    )
    all_of = Counter(named.values_list("specialty", flat=True))
    assessed = Counter(specialty for specialty, _level in last.values())
    alone = Counter(specialty for specialty, level in last.values() if level >= ALONE)
    found = [
        Family(specialty_name(code), all_of[code], assessed[code], alone[code]) for code in assessed
    ]
    return sorted(found, key=lambda f: (not f.whole, -f.alone, f.specialty))


@dataclass(frozen=True, slots=True)
class New:
    """An item that a hospital had not done before: the step, the hospital as which it counts, and
    the experts who signed it."""

    step: Step
    hospital: Organisation
    specialty: str
    experts: str


@dataclass(frozen=True, slots=True)
class Introduced:
    """What came to hospitals, the latest first, and how many in all: techniques and services that
    are done, and conditions that are treated, are counted apart."""

    rows: list[New]
    done: int
    treated: int

    @property
    def count(self) -> int:
        return self.done + self.treated


def introduced(specialty: str = "", year: str = "", most: int = MOST_NEW) -> Introduced:
    rows = _first_steps()
    if specialty:
        rows = rows.filter(item__specialty=specialty)
    if year.isdecimal() and len(year) == 4:
        rows = rows.filter(on__year=int(year))
    full = rows.select_related("item", "organisation__area", "mission").prefetch_related(
        "signatures"
    )
    shown = list(full.order_by("-on", "-held_at")[:most])
    names = as_signed(pair for row in shown for pair in _experts(row))
    gone = heirs()
    last = Organisation.objects.select_related("area").in_bulk(
        {gone[row.organisation_id] for row in shown if row.organisation_id in gone}
    )
    new = [
        New(
            row, last.get(gone.get(row.organisation_id, row.organisation_id), row.organisation),
            specialty_name(row.item.specialty), listing().join(names[e] for e in _experts(row)),
        )
        for row in shown
    ]  # fmt: skip
    treated = rows.filter(item__kind=Item.Kind.CONDITION).count()
    return Introduced(new, rows.count() - treated, treated)


def _experts(row: Step) -> list[tuple[UUID, str]]:
    sides = ("VISITOR", "REMOTE")
    return [(s.signer, s.signer_name) for s in row.signatures.all() if s.side in sides]


def _first_steps() -> QuerySet[Step]:
    """Steps with which a hospital began to do an item at all, with visitors or alone. What one
    that counts as the same since a merge did before is not new."""
    held = Step.objects.filter(state=Step.State.HOLDS, level__gte=1)
    sooner = Q(on__lt=OuterRef("on")) | Q(on=OuterRef("on"), held_at__lt=OuterRef("held_at"))
    earlier = held.filter(sooner, organisation=OuterRef("organisation"), item=OuterRef("item"))
    firsts = held.exclude(Exists(earlier))
    merged = Organisation.objects.filter(successor__isnull=False)
    near = Q(organisation__in=merged.values("pk")) | Q(organisation__in=merged.values("successor"))
    gone, seen, again = heirs(), set[tuple[UUID, UUID]](), list[UUID]()
    told = firsts.filter(near).order_by("on", "held_at")
    for pk, one, item in told.values_list("pk", "organisation_id", "item_id"):
        key = gone.get(one, one), item
        if key in seen:
            again.append(pk)
        seen.add(key)
    return firsts.exclude(pk__in=again)


def years_of_new() -> list[int]:
    return sorted({day.year for day in _first_steps().dates("on", "year")}, reverse=True)
