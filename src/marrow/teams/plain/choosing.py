"""Calls, panels and trainings as plain values."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from marrow.core.viewer import Viewer
from marrow.missions.models import Mission
from marrow.teams import access, queries
from marrow.teams.models import Attendance, Call, Judgement, Panel, TrainingSession

Told = dict[str, Any]


def _call(row: Call, stands: str) -> Told:
    return {
        "id": row.pk, "mission": row.mission_id, "names": row.mission.names, "text": row.text,
        "translations": row.translations,
        "opens_on": row.opens_on, "closes_on": row.closes_on, "public": row.public,
        "stands": stands,
    }  # fmt: skip


def public_calls(today: dt.date) -> list[Told]:
    return [_call(c.call, c.stands) for c in queries.public_calls(today)]


def calls_to(viewer: Viewer, today: dt.date) -> list[Told]:
    return [_call(c.call, c.stands) for c in queries.calls_to(viewer, today)]


def calls_of(viewer: Viewer, mission: UUID, today: dt.date) -> list[Told]:
    """The calls of a team, of those that this viewer may read."""
    row = access.team_mission_for(viewer, mission)
    shown = [_call(c.call, c.stands) for c in queries.calls_of(row, today)]
    if access.forms(viewer, row) or viewer.holds("auditor"):
        return shown
    mine = set(access.calls_for(viewer).filter(mission=row).values_list("pk", flat=True))
    return [told for told in shown if told["public"] or told["id"] in mine]


def call(viewer: Viewer, call: UUID, today: dt.date) -> Told:
    """A call, and what those who are asked answered: of others, only who keeps it is told."""
    row = access.call_for(viewer, call)
    all_of_it = access.forms(viewer, row.mission) or viewer.holds("auditor")
    answers = queries.unit_answers(viewer, row)
    asked = [
        {
            "id": a.asked.pk, "unit": a.asked.unit_id, "nobody_on": a.asked.nobody_on,
            "reason": a.asked.reason, "people": a.people,
        }
        for a in answers
        if all_of_it or a.mine
    ]  # fmt: skip
    units = [a.asked.unit_id for a in answers]
    return {**_call(row, queries.stands(row, today)), "units": units, "asked": asked}


def panels(viewer: Viewer, mission: UUID) -> list[Told]:
    row = access.mission_to_select(viewer, mission)
    found = Panel.objects.filter(mission=row).prefetch_related("members", "judgements")
    return [panel_told(one) for one in found]


def panel(viewer: Viewer, panel: UUID) -> Told:
    return panel_told(access.panel_to_keep(viewer, panel))


def panel_told(row: Panel) -> Told:
    sitting = sorted(row.members.all(), key=lambda m: (m.name, m.pk))
    said = sorted(row.judgements.all(), key=lambda j: j.pk)
    return {
        "id": row.pk, "mission": row.mission_id, "meets_on": row.meets_on, "place": row.place,
        "members": [{"name": m.name, "post": m.post} for m in sitting],
        "judgements": [_judgement(row.pk, j.assignment_id, j) for j in said],
    }  # fmt: skip


def judgement(viewer: Viewer, panel: UUID, assignment: UUID) -> Told:
    """What a panel says of somebody; a decision of '' where it said nothing yet."""
    sitting = access.panel_to_keep(viewer, panel)
    row = access.assignment_to_form(viewer, assignment)
    said = Judgement.objects.filter(panel=sitting, assignment=row).first()
    return _judgement(sitting.pk, row.pk, said)


def _judgement(panel: UUID, assignment: UUID, said: Judgement | None) -> Told:
    return {
        "panel": panel, "assignment": assignment, "decision": said.decision if said else "",
        "score": said.score if said else None, "remark": said.remark if said else "",
        "decided_on": said.decided_on if said else None,
    }  # fmt: skip


def training_told(row: TrainingSession) -> Told:
    columns = ("id", "held_on", "topic", "required")
    return {**{c: getattr(row, c) for c in columns}, "mission": row.mission_id}


def training(viewer: Viewer, training: UUID) -> Told:
    return training_told(access.session_to_mark(viewer, training))


def trainings(viewer: Viewer, mission: UUID) -> list[Told]:
    return _attended(viewer, access.team_mission_for(viewer, mission))


def attendance(viewer: Viewer, training: UUID) -> Told:
    row = access.session_to_mark(viewer, training)
    return next(told for told in _attended(viewer, row.mission) if told["id"] == row.pk)


def _attended(viewer: Viewer, mission: Mission) -> list[Told]:
    """Each session with those whom this viewer sees; a state of '' is not marked."""
    rows = Attendance.objects.filter(session__mission=mission)
    states = {(a.session_id, a.assignment_id): a.state for a in rows}
    return [
        {
            **training_told(shown.session),
            "marks": [
                {"assignment": one.pk, "state": states.get((shown.session.pk, one.pk), "")}
                for one, _word in shown.marks
            ],
        }
        for shown in queries.trainings_of(viewer, mission)
    ]
