"""Seats and who comes into them, as plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any
from uuid import UUID

from marrow.core.viewer import Viewer
from marrow.teams import access, queries
from marrow.teams.models import Assignment, Seat, StageChange

Told = dict[str, Any]


def teams(viewer: Viewer) -> list[Told]:
    """The living teams that concern this viewer."""
    return [
        {
            "mission": line.mission.pk, "names": line.mission.names,
            "stage": line.mission.status, "seats": line.seats, "held": line.held,
        }
        for line in queries.teams_of(viewer)
    ]  # fmt: skip


def team(viewer: Viewer, mission: UUID) -> Told:
    row = access.team_mission_for(viewer, mission)
    seats = queries.seats_of(row)
    reasons = queries.whose_reasons(viewer, row, seats)
    return {
        "mission": row.pk, "names": row.names, "stage": row.status,
        "formed_in": queries.formed_in(queries.stages_of(row)),
        "stages": [_stage(s) for s in queries.stages_of(row)],
        "seats": [_seat(s.seat, s.holder, s.others, reasons) for s in seats],
    }  # fmt: skip


def _stage(row: StageChange) -> Told:
    return {"stage": row.stage, "on": row.on, "reason": row.reason}


def _seat(
    row: Seat, holder: Assignment | None, others: list[Assignment], reasons: Collection[UUID]
) -> Told:
    """`reasons`: of which others the reason is told."""
    return {
        "id": row.pk, "role": row.role, "specialty": row.specialty, "grade": row.grade,
        "languages": row.languages, "from_on": row.from_on, "until_on": row.until_on,
        "unit": row.unit_id, "dropped_on": row.dropped_on,
        "holder": assignment_told(holder) if holder else None,
        "others": [
            assignment_told(one) | ({} if one.pk in reasons else {"reason": ""}) for one in others
        ],
    }  # fmt: skip


def seat(viewer: Viewer, seat: UUID) -> Told:
    """One seat, who holds it and who is on the way into it."""
    row = access.seat_to_fill(viewer, seat)
    coming = list(row.assignments.order_by("selected_on", "applied_on", "asked_on", "pk"))
    holder = next((a for a in coming if a.state in Assignment.HELD), None)
    others = [a for a in coming if a is not holder]
    return _seat(row, holder, others, [a.pk for a in others])


def assignment_told(row: Assignment) -> Told:
    return {
        "id": row.pk, "person": row.person_id, "state": row.state, "asked_on": row.asked_on,
        "applied_on": row.applied_on, "unit_answered_on": row.unit_answered_on,
        "selected_on": row.selected_on, "started_on": row.started_on, "ended_on": row.ended_on,
        "unit_answered_by": row.unit_answered_by, "reason": row.reason,
    }  # fmt: skip


def candidates(viewer: Viewer, seat: UUID, today: dt.date) -> Told:
    """Who fits a seat, who nearly fits, and how many lack what."""
    found, missing = queries.who_fits(viewer, access.seat_to_fill(viewer, seat), today)
    people = [{"person": f.person.pk, "verdict": f.verdict, "lacks": f.lacks} for f in found]
    return {"people": people, "missing": missing}
