"""For whom work waits beyond its role, and what finishes it: rooms say so by the item's code.

Work of a role waits for everybody who holds it, and is finished on *Today*; a room may narrow it to
some of them ("the leader of this mission"), or finish it by an action of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping

from django.db.models import Q

from marrow.core.viewer import Viewer

#: whose work it is where a role says too much, by the beginning of its code. Never an empty
#: condition: beside another it would say nothing
NARROWED: dict[str, Callable[[Viewer], Q]] = {}
#: work that *Today* tells in one line, by its code: what of it must be the same. Its sentence is
#: that of `CODE:MANY`, with `n`
TOGETHER: dict[str, Callable[[Mapping[str, object]], Hashable]] = {}
#: where the page that finishes it is by now, by the item's code: a long list has moved on
LEADS: dict[str, Callable[[str], str]] = {}
#: codes that only an action of their room finishes
BY_ITS_ROOM: set[str] = set()


def narrowed(viewer: Viewer) -> Q:
    """Work items that are for this viewer, among those of their roles."""
    found = Q()
    for code, whose in NARROWED.items():
        found &= ~Q(code__startswith=code) | whose(viewer)
    return found
