"""Who left an area for what is listed: told by a room above, shown beside the measure."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from marrow.catalogue.models import List
from marrow.directory.models import Area

#: (areas, day, known by when) → of each area, of an item, how many patients left for it in the year
#: before; told by a room above
Left = Callable[[Collection[Area], dt.date, dt.datetime | None], Mapping[UUID, Mapping[UUID, int]]]
_LEFT: list[Left] = []


def count_left(source: Left) -> Left:
    """Hand in who counts the patients who left; of an item not in its answer nobody knows."""
    _LEFT.append(source)
    return source


def left_of(area: Area, on: dt.date, known_by: dt.datetime | None = None) -> dict[UUID, int]:
    """Of each item, how many patients left the area for it in the year before; none is unknown. As
    known by a moment, None is now."""
    return left_of_each([area], on, known_by)[area.pk]


def left_of_each(
    areas: Collection[Area], on: dt.date, known_by: dt.datetime | None = None
) -> dict[UUID, dict[UUID, int]]:
    """The same of many areas, read once for all."""
    found: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    for source in _LEFT:
        for area, told in source(areas, on, known_by).items():
            found[area] |= told
    return found


@dataclass(frozen=True, slots=True)
class Gone:
    """Of some items together: how many patients left for those of which it is known, None where it
    is known of none; of how many nobody knows."""

    patients: int | None
    unknown: int

    @classmethod
    def of(cls, items: Iterable[UUID], left: Mapping[UUID, int]) -> Gone:
        told = [left.get(item) for item in items]
        known = [n for n in told if n is not None]
        return cls(sum(known) if known else None, len(told) - len(known))


def gone_of_all(
    lists: Collection[List], items: Mapping[UUID, Iterable[str]], on: dt.date
) -> dict[UUID, Gone]:
    """Of each list, who left its own area for what it holds."""
    left = left_of_each({row.area for row in lists}, on)
    return {row.pk: Gone.of(map(UUID, items[row.pk]), left[row.area_id]) for row in lists}
