"""Visits that a phone counted, on their way to the same action that the page calls."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from marrow.activity.actions import count_visits, void_visits
from marrow.activity.models import Visits
from marrow.core.viewer import Viewer
from marrow.sync.intents import Intent, Malformed, takes


@takes("visits")
def visits(intent: Intent, by: Viewer, at: dt.datetime) -> str:
    """Create or void; the same record with the same values again changes nothing."""
    if intent.kind == "void":
        reason = str(intent.data.get("reason", ""))
        void_visits(visits=intent.record, reason=reason, by=by, at=at, origin=intent.origin)
        return "NEW"
    told = _told(intent)
    if known := Visits.objects.filter(pk=intent.record).first():
        same = (known.mission_id, known.held_on, known.count)
        return "IDENTICAL" if same == told else "CONFLICT"
    mission, held_on, count = told
    count_visits(
        id=intent.record, mission=mission, held_on=held_on, count=count, by=by, at=at,
        origin=intent.origin,
    )  # fmt: skip
    return "NEW"


def _told(intent: Intent) -> tuple[UUID, dt.date, int]:
    data = intent.data
    try:
        mission = UUID(str(data["mission"]))
        held_on = dt.date.fromisoformat(str(data["held_on"]))
        count = data["count"]
    except (KeyError, ValueError) as wrong:
        raise Malformed(str(wrong)) from wrong
    if type(count) is not int:
        raise Malformed("count")
    return mission, held_on, count
