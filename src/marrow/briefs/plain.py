"""Briefs, the daily report and operating lists as plain values, as the API tells them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from marrow.briefs import access
from marrow.briefs.models import Brief, Screened
from marrow.briefs.queries.briefing import chosen
from marrow.briefs.queries.daily import Sheet
from marrow.briefs.queries.figures import figures_of
from marrow.core.viewer import Viewer
from marrow.missions.models import Mission

Rows = QuerySet[Any, Any]
Told = dict[str, Any]
LINE = (
    "id", "mission_id", "organisation_id", "number", "screened_on", "verdict", "item_id", "sex",
    "age", "operation_id", "day1_on", "day1_outcome", "week6_on", "week6_outcome", "void_reason",
)  # fmt: skip


def briefs(viewer: Viewer, mission: Mission) -> Rows:
    """Those of a team that this viewer reads: drafts for those who write them."""
    rows = Brief.objects.filter(mission=mission)
    return rows if access.writes(viewer, mission) else rows.filter(state=Brief.State.SENT)


def brief_told(row: Brief) -> Told:
    return {
        "id": row.pk, "mission": row.mission_id, "month": f"{row.month:%Y-%m}", "state": row.state,
        "texts": row.texts, "begun_at": row.begun_at, "sent_at": row.sent_at,
    }  # fmt: skip


def brief(row: Brief) -> Told:
    """With its figures, those of its day once it is sent, and the photographs that it shows."""
    now = row.figures if row.is_sent else [f.kept() for f in figures_of(row.mission, row.month)]
    return {**brief_told(row), "figures": now, "pictures": [p.pk for p in chosen(row)]}


def lines(mission: Mission) -> Rows:
    return Screened.objects.filter(mission=mission)


def line_told(row: Screened) -> Told:
    return {column.removesuffix("_id"): getattr(row, column) for column in LINE}


def sheet(found: Sheet) -> Told:
    """The items of which something is known; what goes by a restricted pathway is not in it."""
    told = [
        {"item": r.code, "under5": r.told.under5, "from5": r.told.from5, "total": r.told.total}
        for _group, rows in found.by_group(public=True)
        for r in rows
        if r.told.total is not None
    ]
    return {
        "mission": found.mission.pk, "organisation": found.place.pk if found.place else None,
        "day": found.day, "consultations": found.consultations, "items": told,
    }  # fmt: skip
