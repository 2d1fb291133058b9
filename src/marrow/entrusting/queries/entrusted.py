"""Who works alone at what, on a day: asked for one item, or counted for many hospitals at once."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from marrow.entrusting.models import Entrustment
from marrow.entrusting.rules.entrusting import ALONE, Level, level_on
from marrow.people.models import Person

Held = dict[tuple[UUID, UUID, UUID], int]  # (hospital, item, person) → the level of the day


def entrusted(hospital: UUID, item: UUID, on: dt.date) -> list[Person]:
    """Those of the hospital who do it alone, or supervise others, on that day."""
    rows = Entrustment.objects.filter(organisation=hospital, item=item)
    who = [person for (_h, _i, person), level in _held(rows, on).items() if level >= ALONE]
    return list(Person.objects.filter(pk__in=who).order_by("search", "id"))


def entrusted_counts(hospitals: Iterable[UUID], on: dt.date) -> dict[UUID, dict[UUID, int]]:
    """By hospital and item, how many do it alone on that day; what has no row has nobody who was
    entrusted, which does not say that nobody does it."""
    rows = Entrustment.objects.filter(organisation__in=list(hospitals))
    found: dict[UUID, Counter[UUID]] = defaultdict(Counter)
    for (hospital, item, _person), level in _held(rows, on).items():
        if level >= ALONE:
            found[hospital][item] += 1
    return {hospital: dict(counts) for hospital, counts in found.items()}


def still_there(on: dt.date, path: str = "person__") -> Q:
    """People who had not left by that day; one who left "in 2026" is gone from its first day on,
    for what rests on them cannot be counted on. A partial date sorts before its own days."""
    return Q(**{f"{path}left_on": ""}) | Q(**{f"{path}left_on__gt": on.isoformat()})


def _held(rows: QuerySet[Entrustment], on: dt.date) -> Held:
    """The level of each that holds on the day, of people who are there."""
    told = rows.filter(still_there(on), on__lte=on).order_by("on", "signed_at")
    found: dict[tuple[UUID, UUID, UUID], list[Level]] = defaultdict(list)
    columns = ("organisation_id", "item_id", "person_id", "level", "on")
    for order, (hospital, item, person, level, day) in enumerate(told.values_list(*columns)):
        found[hospital, item, person].append(Level(level, day, order))
    return {key: level_on(levels, on) or 0 for key, levels in found.items()}
