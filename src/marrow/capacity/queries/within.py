"""Which organisations a reading of the measure looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from marrow.capacity.models import Expected, Step
from marrow.directory.models import Area, Organisation

MOST_ITEMS = 50  # of more nearly every hospital stands somewhere for one


@dataclass(frozen=True, slots=True)
class Within:
    """Which organisations are looked at: those of areas, perhaps only those that can stand
    somewhere for some items of lists. Who was merged may have gone on into one of them, so all who
    were merged are read too."""

    paths: tuple[str, ...]
    items: tuple[frozenset[UUID], frozenset[UUID]] | None = None  # of which lists, which

    def organisations(self) -> QuerySet[Organisation]:
        merged = Organisation.objects.filter(successor__isnull=False).order_by()
        inside = reduce(or_, (Q(area__path__startswith=p) for p in self.paths), Q(pk__in=[]))
        wanted = Organisation.objects.filter(inside | Q(successor__isnull=False)).order_by()
        if self.items is None:
            return wanted
        lists, items = self.items
        holds = Step.objects.filter(item__in=list(items), state=Step.State.HOLDS).order_by()
        expected = Expected.objects.filter(list__in=list(lists)).order_by()
        return wanted.filter(  # by their ids, so that the index leads to them
            Q(pk__in=holds.values("organisation"))
            | Q(pk__in=merged.values("successor"))
            | Q(pk__in=expected.values("organisation"))
            | Q(pk__in=merged.values("pk"))
        )


def within(
    areas: Iterable[Area], items: tuple[frozenset[UUID], frozenset[UUID]] | None = None
) -> Within:
    """Of areas that lie in each other the outer ones say it all."""
    paths = sorted({a.path for a in areas})
    outer = (p for p in paths if not any(p != o and p.startswith(o) for o in paths))
    few = items if items is not None and len(items[1]) <= MOST_ITEMS else None
    return Within(tuple(outer), items=few)
