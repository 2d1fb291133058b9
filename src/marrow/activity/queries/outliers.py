"""Counts that stand out of their own series, as doubts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from statistics import median
from typing import Any
from uuid import UUID

from marrow.activity.models import Count, Indicator
from marrow.activity.rules.kinds import KINDS
from marrow.activity.rules.outliers import standing_out
from marrow.core.book import same_id
from marrow.core.words import Names
from marrow.directory.models import Organisation
from marrow.sources.models import Finding

CODE = "ACTIVITY_OUTLIER"
SERIES = (
    "report__organisation", "report__department", "report__mission", "indicator", "specialty",
    "group",
)  # fmt: skip


def doubts_of(
    organisation: UUID | None, at: dt.datetime, month: dt.date | None = None
) -> list[Finding]:
    """A doubt for each count, as reported, that stands out; of one hospital, or of all.

    `month` keeps those of this month alone; the others are there to be compared with.
    """
    rows = Count.objects.filter(basis="REPORTED", report__state__in=_COUNTING)
    if organisation:
        rows = rows.filter(report__organisation=organisation)
    told = rows.order_by(*SERIES, "report__month", "report__version").values_list(
        *SERIES, "report__month", "value", "pk"
    )
    names = _Names()
    words = {i.pk: KINDS.get(i.words, i.words) for i in Indicator.objects.all()}
    found = []
    for key, series in groupby(told.iterator(chunk_size=5000), key=lambda row: row[: len(SERIES)]):
        for when, value, pk, usual in _of_series([row[len(SERIES) :] for row in series]):
            if month is None or when == month:
                params = {
                    "place": names.of(key[0]), "what": words[key[3]], "month": f"{when:%Y-%m}",
                    "value": f"{value:f}", "usual": f"{usual:f}",
                }  # fmt: skip
                found.append(_doubt(pk, params, at))
    return found


_COUNTING = ("SUBMITTED", "REVIEWED", "APPROVED")


def _of_series(rows: list[Any]) -> Iterator[tuple[dt.date, Any, UUID, Any]]:
    """What stands out among a series' months; of two versions of a month, the later."""
    last = {when: (when, value.normalize(), pk) for when, value, pk in rows}
    series = list(last.values())
    usual = median(value for _when, value, _pk in series)
    for place in standing_out([float(value) for _when, value, _pk in series]):
        yield *series[place], usual


def _doubt(pk: UUID, params: dict[str, Any], at: dt.datetime) -> Finding:
    key = f"outlier:{pk}:{params['value']}"[:80]
    return Finding(
        id=same_id("finding", key), key=key, code=CODE, about_model="activity.count", about=pk,
        field="value", params=params, raised_at=at,
    )  # fmt: skip


class _Names:
    """Names of hospitals, asked once each."""

    def __init__(self) -> None:
        self.known: dict[UUID, Names] = {}

    def of(self, organisation: UUID) -> Names:
        if organisation not in self.known:
            self.known[organisation] = Organisation.objects.get(pk=organisation).names
        return self.known[organisation]
