"""Handovers as plain values, as the API tells them."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from marrow.core.models import Record
from marrow.core.viewer import Viewer
from marrow.handovers import access, queries
from marrow.handovers.models import LINES, FollowUp, Handover, Signature
from marrow.handovers.rules.following import overdue

Rows = QuerySet[Any, Any]
Told = dict[str, Any]
COLUMNS = (
    "id", "from_mission_id", "to_mission_id", "why_nobody", "none_of", "state", "version",
    "begun_on", "handed_in_on", "completed_on",
)  # fmt: skip


def handovers(viewer: Viewer, mission: UUID | None = None) -> Rows:
    """Those that this viewer sees; of one mission where that is asked."""
    rows = access.handovers_for(viewer)
    return rows.filter(from_mission=mission) if mission else rows


def handover_told(row: Handover) -> Told:
    return {c.removesuffix("_id"): getattr(row, c) for c in COLUMNS}


def handover(viewer: Viewer, handover: UUID, today: dt.date) -> Told:
    """A handover with its lines, its signatures, and the fingerprint of what is signed."""
    row = access.handover_for(viewer, handover)
    rows = queries.all_rows(row)
    done = row.state == Handover.State.COMPLETE
    known = queries.known_trainees(viewer, rows["trainee"])
    lines = {
        part: [_line(line, known, today if done else None) for line in rows[part]] for part in LINES
    }
    return {
        **handover_told(row),
        "fingerprint": queries.fingerprint_of(row, rows),
        "signatures": [signature_told(s) for s in row.signatures.all()],
        "patients": lines["patients"], "trainees": lines["trainee"], "faults": lines["fault"],
        "promises": lines["promise"],
        "follow_ups": [follow_up_told(f) for f in queries.follow_ups_of(row)],
    }  # fmt: skip


def _line(line: Any, known: set[UUID], today: dt.date | None) -> Told:
    """The columns that are signed, and how it was settled; late only once all have signed."""
    told = {c.removesuffix("_id"): getattr(line, c) for c in line.FROZEN}
    if told.get("person") not in known and "person" in told:
        told["person"] = None
    waits = today is not None and line.settled_on is None
    late = waits and today is not None and overdue(told.get("due_on"), today)
    return {
        "id": line.pk, **told, "settled_on": line.settled_on, "settled_how": line.settled_how,
        "late": late,
    }  # fmt: skip


def settled_told(row: Record) -> Told:
    told: Any = row
    return {"id": told.pk, "settled_on": told.settled_on, "settled_how": told.settled_how}


def follow_up_told(row: FollowUp) -> Told:
    return {
        "id": row.pk, "topic": row.topic, "person": row.person_id, "unit": row.unit_id,
        "due_on": row.due_on, "state": row.state, "held_on": row.held_on, "outcome": row.outcome,
    }  # fmt: skip


def signature_told(row: Signature) -> Told:
    return {
        "id": row.pk, "side": row.side, "way": row.way, "signer_name": row.signer_name,
        "signed_at": row.signed_at, "sha256": row.sha256, "version": row.version,
        "reason": row.reason, "withdrawn_at": row.withdrawn_at,
    }  # fmt: skip
