"""Histories and undo as plain values, as the API tells them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from marrow.accounts.queries import names_of
from marrow.core.journal.history import Change, Line, lines_of
from marrow.core.models import Operation
from marrow.core.viewer import Viewer
from marrow.desk.queries import UndoShown, lines_for

Told = dict[str, Any]


def operations_of(label: str, record: UUID) -> Any:
    """The operations of one record, to be read page by page."""
    return Operation.objects.filter(model=label, record=record)


def history_told(viewer: Viewer, rows: list[Operation]) -> list[Told]:
    lines = lines_for(viewer, list(zip(rows, lines_of(rows), strict=True)))
    who = names_of(line.by for line in lines if line.by)
    return [_line(line, who.get(line.by, "") if line.by else "") for line in lines]


def _line(line: Line, who: str) -> Told:
    return {
        "act": line.act, "number": line.feed, "action": line.action, "kind": line.kind,
        "by": line.by, "who": who, "at": line.at, "via": line.via, "note": line.note,
        "changes": [_change(change) for change in line.changes],
        "undone": line.undone, "can_undo": line.can_undo,
    }  # fmt: skip


def _change(change: Change) -> Told:
    """In words; what is sealed is only told to have changed."""
    before, after = (None, None) if change.sealed else (change.before, change.after)
    return {
        "column": change.column, "before": _said(before), "after": _said(after),
        "sealed": change.sealed,
    }  # fmt: skip


def _said(value: object) -> str | None:
    return None if value is None else str(value)


def undo_told(shown: UndoShown) -> Told:
    plan = shown.plan
    return {
        "act": plan.act, "possible": plan.possible, "refusal": plan.refusal,
        "reverts": [
            {**_change(change), "record": change.record,
             "name": shown.names[change.record].name if change.record in shown.names else ""}
            for change in shown.reverts
        ],
        "removes": [{"model": model, "id": record} for model, record in plan.removes],
        "restores": [{"model": model, "id": record} for model, record in plan.restores],
        "blockers": [
            {"act": told.line.act, "action": told.line.action, "who": told.who, "at": told.line.at}
            for told in shown.blockers
        ],
    }  # fmt: skip
