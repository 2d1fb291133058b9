"""Records of a team as its phones read them: each other's, the office's, as they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from marrow.accounts.queries import held_by
from marrow.activity.actions.levels import REVISE
from marrow.activity.models import Count, Deed, Picture, Report, Visits, Voice
from marrow.activity.sync.records import here_of
from marrow.activity.sync.voices import TEXTS
from marrow.core.models import Operation
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
    rows = Deed.objects.in_bulk(list(ids))
    by, gone = _writers("activity.deed", rows), _voided("activity.deed", rows)
    return {
        pk: {
            name: _plain(value)
            for name, value in here_of(row).items()
            if value not in ("", None, [])
        }
        | gone.get(pk, {})
        | by.get(pk, {})
        for pk, row in rows.items()
    }


@tells("activity.visits", "visits")
def visits(ids: Iterable[UUID]) -> Rows:
    rows = Visits.objects.in_bulk(list(ids))
    by, gone = _writers("activity.visits", rows), _voided("activity.visits", rows)
    return {
        pk: {"mission": str(row.mission_id), "held_on": str(row.held_on), "count": row.count}
        | gone.get(pk, {})
        | by.get(pk, {})
        for pk, row in rows.items()
    }


@tells("activity.voice", "message")
def voices(ids: Iterable[UUID]) -> Rows:
    """Somebody's own words as the phone wrote them down; who records for the team hears them."""
    rows = Voice.objects.in_bulk(list(ids))
    by, gone = _writers("activity.voice", rows), _voided("activity.voice", rows)
    return {
        pk: {"of": "voice", "mission": str(row.mission_id), "held_on": str(row.held_on)}
        | {name: told for name in TEXTS if (told := getattr(row, name))}
        | ({"may_be_quoted": True} if row.may_be_quoted else {})
        | gone.get(pk, {})
        | by.get(pk, {})
        for pk, row in rows.items()
    }


@tells("activity.picture", "picture", else_gone=False)
def pictures(ids: Iterable[UUID]) -> Rows:
    """Photographs that were taken out of their records, with who did and why: the phone that has
    one keeps it no longer. Of the others there is nothing to tell."""
    rows = Picture.objects.exclude(void_reason="").in_bulk(list(ids))
    gone = _voided("activity.picture", rows)
    return {
        pk: {"record": str(row.deed_id), "sha256": row.sha256} | gone[pk]
        for pk, row in rows.items()
    }


@tells("activity.count", "cell")
def cells(ids: Iterable[UUID]) -> Rows:
    """A whole of a month's report as its last version has it, which is the one that phones write
    in; parts of it are the office's."""
    later = Report.objects.filter(
        organisation=OuterRef("report__organisation"), mission=OuterRef("report__mission"),
        month=OuterRef("report__month"), department=None, version__gt=OuterRef("report__version"),
    )  # fmt: skip
    rows = Count.objects.select_related("report", "indicator").filter(pk__in=list(ids))
    rows = rows.filter(basis="REPORTED", specialty="", group="", report__department=None)
    last = list(rows.filter(~Exists(later)))
    offices = _put_by_an_office(row.pk for row in last)
    return {
        row.pk: {
            "mission": str(row.report.mission_id), "organisation": str(row.report.organisation_id),
            "month": f"{row.report.month:%Y-%m}", "kind": row.indicator.words,
            "value": float(row.value), "version": row.report.version,
        } | ({"contested": True} if row.contested else {})
        | ({"office": True} if row.pk in offices else {})
        for row in last
    }  # fmt: skip


def _put_by_an_office(ids: Iterable[UUID]) -> set[UUID]:
    """The counts whose value an office wrote last, and no phone; who only began a new version of
    a report has put nothing."""
    wrote = Operation.objects.filter(model="activity.count", record__in=list(ids))
    wrote = wrote.filter(changes__contains='"value"').exclude(kind=Operation.DELETE)
    told = wrote.order_by("id").values_list("record", "by", "via", "action")
    last = {record: (by, via, act) for record, by, via, act in told}
    at_pages = {
        record: by
        for record, (by, via, act) in last.items() if via != "phone" and act != REVISE.name
    }  # fmt: skip
    offices = {by for by in set(at_pages.values()) if by and "office" in held_by(by)}
    return {record for record, by in at_pages.items() if by in offices}


def _writers(model: str, ids: Iterable[UUID]) -> dict[UUID, dict[str, str]]:
    """Whose account wrote each of these records first."""
    made = Operation.objects.filter(model=model, record__in=list(ids), kind=Operation.CREATE)
    told = made.exclude(by=None).values_list("record", "by")
    return {record: {"by": str(account)} for record, account in told}


def _voided(
    model: str,
    rows: Mapping[UUID, Deed]
    | Mapping[UUID, Visits]
    | Mapping[UUID, Voice]
    | Mapping[UUID, Picture],
) -> dict[UUID, dict[str, Any]]:
    """Of each record that was a mistake: why, and whose account said so."""
    why = {pk: row.void_reason for pk, row in rows.items() if row.void_reason}
    done = Operation.objects.filter(model=model, record__in=why, kind=Operation.SET)
    voiding = done.filter(changes__contains='"void_reason"').exclude(by=None).order_by("id")
    by = dict(voiding.values_list("record", "by"))
    return {
        pk: {"void": reason} | ({"void_by": str(by[pk])} if pk in by else {})
        for pk, reason in why.items()
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, (int, str, list)) else str(value)
