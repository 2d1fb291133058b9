"""Records of a team as its phones read them: each other's, the office's, as they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q

from marrow.activity.models import Count, Deed, Visits
from marrow.activity.sync.records import here_of
from marrow.core.viewer import Viewer
from marrow.missions.queries import present_missions
from marrow.sync.feeds import reads, tells

Rows = Mapping[UUID, Mapping[str, Any]]


@reads
def missions(viewer: Viewer, _at: dt.datetime) -> list[str]:
    """The missions that are away and for which this person records."""
    return [f"mission:{row.pk}" for row in present_missions(viewer)]


@tells("activity.deed", "record")
def deeds(ids: Iterable[UUID]) -> Rows:
    return {
        pk: {
            name: _plain(value)
            for name, value in here_of(row).items()
            if value not in ("", None, [])
        }
        | ({"void": row.void_reason} if row.void_reason else {})
        for pk, row in Deed.objects.in_bulk(list(ids)).items()
    }


@tells("activity.visits", "visits")
def visits(ids: Iterable[UUID]) -> Rows:
    return {
        pk: {"mission": str(row.mission_id), "held_on": str(row.held_on), "count": row.count}
        | ({"void": row.void_reason} if row.void_reason else {})
        for pk, row in Visits.objects.in_bulk(list(ids)).items()
    }


@tells("activity.count", "cell")
def cells(ids: Iterable[UUID]) -> Rows:
    """A whole of a month's report that stands or is being written; parts of it are the office's."""
    now = Q(report__stands=True) | Q(report__state="DRAFT")
    rows = Count.objects.select_related("report", "indicator").filter(pk__in=list(ids))
    return {
        row.pk: {
            "mission": str(row.report.mission_id), "organisation": str(row.report.organisation_id),
            "month": f"{row.report.month:%Y-%m}", "kind": row.indicator.words,
            "value": float(row.value),
        } | ({"contested": True} if row.contested else {})
        for row in rows.filter(now, basis="REPORTED", specialty="", group="")
    }  # fmt: skip


def _plain(value: Any) -> Any:
    return value if isinstance(value, (int, str, list)) else str(value)
