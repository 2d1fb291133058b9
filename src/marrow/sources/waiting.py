"""For whom work waits beyond its role, and what finishes it: rooms say so by the item's code.

Work of a role waits for everybody who holds it, and is finished on *Today*; a room may narrow it to
some of them ("the leader of this mission"), or finish it by an action of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from marrow.core.viewer import Viewer

#: of some items of one code, those that wait for this viewer
Narrowed = Callable[[Viewer, Sequence[Any]], set[UUID]]
NARROWED: dict[str, Narrowed] = {}
#: codes that only an action of their room finishes
BY_ITS_ROOM: set[str] = set()


def narrow(*codes: str, to: Narrowed) -> None:
    """Work with these codes, except an office's, waits only for those whom `to` names."""
    NARROWED.update(dict.fromkeys(codes, to))


def waiting_for(viewer: Viewer, items: Sequence[Any]) -> set[UUID]:
    """Those of these items of the viewer's roles that wait for this viewer."""
    found: set[UUID] = set()
    by_code: dict[str, list[Any]] = {}
    for item in items:
        by_code.setdefault("" if item.role == "office" else item.code, []).append(item)
    for code, rows in by_code.items():
        narrowed = NARROWED.get(code)
        found |= narrowed(viewer, rows) if narrowed else {row.pk for row in rows}
    return found
