"""The north star: how much of its lists an area treats without anybody leaving, and since when."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from marrow.capacity.queries.answers import counted_on
from marrow.capacity.rules.care import Care
from marrow.catalogue.models import List
from marrow.core.viewer import Viewer
from marrow.directory.models import Area
from marrow.teams.access import hospitals_served


@dataclass(frozen=True, slots=True)
class Star:
    """Of a list as it stands today: how many items it holds, how many of them locals treat alone,
    and how many are done with visitors (`visited`). Of the list as it stood a year before: the same
    two (`listed_before`, `before`), so that the change is the one that opens behind it."""

    list: List
    listed: int
    alone: int
    visited: int
    listed_before: int
    before: int

    @property
    def change(self) -> int:
        return self.alone - self.before


def lists_of_office(viewer: Viewer) -> list[List]:
    """The lists that hold for the hospitals which this viewer's office serves."""
    if not viewer.holds("office"):
        return []
    served = hospitals_served(viewer).order_by().values("area")
    paths = list(Area.objects.filter(pk__in=served).values_list("path", flat=True))
    rows = List.objects.select_related("area").order_by("area__path", "key")
    return [row for row in rows if any(path.startswith(row.area.path) for path in paths)]


def stars(lists: Sequence[List], today: dt.date) -> list[Star]:
    """One line a list; of a list that holds nothing yet there is none."""
    was, now = counted_on(lists, [a_year_before(today), today])
    return [_star(row, was[row.pk], now[row.pk]) for row in lists if now[row.pk]]


def _star(row: List, was: Counter[Care], now: Counter[Care]) -> Star:
    alone, visited = now[Care.BY_LOCALS], now[Care.WITH_VISITORS]
    return Star(row, now.total(), alone, visited, was.total(), was[Care.BY_LOCALS])


def a_year_before(day: dt.date) -> dt.date:
    """The same day of the year before; the 28th of a February that has no 29th."""
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)
