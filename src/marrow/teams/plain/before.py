"""What must be done before a departure, and the templates of letters, as plain values."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from marrow.core.viewer import Viewer
from marrow.programmes.access import programme_for
from marrow.teams import access, queries
from marrow.teams.models import ChecklistItem, LetterTemplate
from marrow.teams.queries.checklists import ItemShown

Told = dict[str, Any]
ITEM = ("id", "step", "owner", "required", "due_on", "done_on", "waived_on", "reason", "note")
TEMPLATE = ("id", "kind", "language", "ending", "file", "sha256", "dropped_on")


def programme_list(programme: str) -> Told:
    row = programme_for(programme)
    asked = sorted(queries.listed(row).values(), key=lambda one: (-one.days_before, one.step))
    steps = [
        {"step": s.step, "owner": s.owner, "days_before": s.days_before, "required": s.required}
        for s in asked
    ]
    return {"programme": row.key, "steps": steps}


def checklists(viewer: Viewer, mission: UUID, today: dt.date) -> list[Told]:
    """The items of those whom this viewer sees, person by person."""
    board = queries.board(viewer, access.team_mission_for(viewer, mission), today)
    return [
        _item(shown, line.assignment.person_id)
        for line in board.lines
        for _head, shown in line.cells
        if shown
    ]


def item_told(row: ChecklistItem, today: dt.date) -> Told:
    return _item(queries.shown_item(row, today), row.assignment.person_id)


def _item(shown: ItemShown, person: UUID) -> Told:
    row = shown.item
    told = {c: getattr(row, c) for c in ITEM}
    more = {"assignment": row.assignment_id, "evidence": row.evidence_id, "person": person}
    return {**told, **more, "state": shown.state}


def templates(programme: str) -> list[Told]:
    rows = LetterTemplate.objects.filter(programme__key=programme, dropped_on=None)
    rows = rows.select_related("programme").order_by("kind", "language", "ending")
    return [template_told(row) for row in rows]


def template_told(row: LetterTemplate) -> Told:
    return {**{c: getattr(row, c) for c in TEMPLATE}, "programme": row.programme.key}
