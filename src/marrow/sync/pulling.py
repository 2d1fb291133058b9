"""What is new for a phone, in the answer to its push: by scope, from where it read to last.

A cursor is the number of an operation and the beginning of its act, "4712.9f3ab2c1": a server that
was set back and numbered anew knows that this place is not its own, and tells the scope whole. A
record is told as it stands now, once for all its operations of the page.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from marrow.core.journal.sequencer import sequence
from marrow.core.models import Operation
from marrow.core.viewer import Viewer
from marrow.sync.feeds import TELLERS, scopes_of
from marrow.sync.rules import Batch
from marrow.sync.shelves import reference_news

AT_ONCE = 500  # operations that one page looks at
Line = dict[str, Any]


@dataclass(slots=True)
class Sheet:
    """The lines of an answer, and how many bytes of it are left."""

    room: int
    lines: list[str] = field(default_factory=list)

    def add(self, told: Mapping[str, Any]) -> None:
        line = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        self.room -= len(line.encode()) + 1
        self.lines.append(line)

    @property
    def full(self) -> bool:
        return self.room <= 0


def news(viewer: Viewer, batch: Batch, at: dt.datetime) -> list[str]:
    """What this phone has not read: records of its scopes first, lists last."""
    sequence()
    cursors, sheet = batch.cursors or {}, Sheet(batch.most)
    scopes = scopes_of(viewer, at)
    for scope in cursors:
        if scope.startswith(("mission:", "person:")) and scope not in scopes:
            sheet.add({"sc": scope, "left": True})
    for scope in scopes:
        if sheet.full:
            sheet.add({"sc": scope, "more": True})
            continue
        _scope_news(sheet, scope, cursors.get(scope, ""))
    for told in reference_news(viewer, scopes, cursors, at, lambda: sheet.full):
        sheet.add(told)
    return sheet.lines


def _scope_news(sheet: Sheet, scope: str, cursor: str) -> None:
    """One scope's page: its head, records as they stand, and how far it was read."""
    after, known = _place(cursor)
    rows = Operation.objects.filter(scope=scope, feed__gte=after, model__in=TELLERS)
    found = list(rows.order_by("feed")[: AT_ONCE + 1])
    if after and not (found and found[0].feed == after and _mark(found[0]) == cursor):
        whole = Operation.objects.filter(scope=scope, feed__gt=0, model__in=TELLERS)
        found = list(whole.order_by("feed")[: AT_ONCE + 1])
        known = False
    elif after:
        found = found[1:]
    if not found:
        if cursor and not known:
            sheet.add({"sc": scope, "whole": True, "to": ""})
        return
    sheet.add({"sc": scope} | ({} if known else {"whole": True}))
    last = found[0]
    rows_now, told = _as_they_stand(found[:AT_ONCE]), set[UUID]()
    for operation in found[:AT_ONCE]:
        if sheet.full and told:
            break
        last = operation
        if operation.record not in told:
            told.add(operation.record)
            now = rows_now.get(operation.record)
            if now is not None or TELLERS[operation.model].else_gone:
                sheet.add(_line(operation, now))
    more = last.feed != found[-1].feed
    sheet.add({"sc": scope, "to": _mark(last)} | ({"more": True} if more else {}))


def _place(cursor: str) -> tuple[int, bool]:
    """The number that was read to, and whether the cursor could be ours."""
    number, _dot, act = cursor.partition(".")
    good = number.isascii() and number.isdecimal() and len(number) < 19 and len(act) == 8
    return (int(number), True) if good else (0, False)


def _mark(operation: Operation) -> str:
    return f"{operation.feed}.{operation.act.hex[:8]}"


def _as_they_stand(operations: list[Operation]) -> dict[UUID, Mapping[str, Any]]:
    by_model: dict[str, set[UUID]] = {}
    for operation in operations:
        by_model.setdefault(operation.model, set()).add(operation.record)
    found: dict[UUID, Mapping[str, Any]] = {}
    for model, ids in by_model.items():
        found |= TELLERS[model].teller(ids)
    return found


def _line(operation: Operation, data: Mapping[str, Any] | None) -> Line:
    told: Line = {"t": TELLERS[operation.model].type, "r": str(operation.record)}
    if operation.origin is not None:
        told |= {"i": str(operation.origin), "q": operation.origin_q}
    return told | ({"gone": True} if data is None else {"d": data})
