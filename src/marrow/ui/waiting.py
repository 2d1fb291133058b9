"""What waits for a person: each room hands in its own from `today.py`; *Today* and letters show it.

A line says what, why, by when, and has one link, the one that acts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from marrow.core.viewer import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One line; `act` is the word of its link ("" is "Open"), `item` the work item it tells of."""

    what: str
    why: str
    href: str = ""
    act: str = ""
    by: dt.date | None = None
    first: bool = False  # somebody may be in danger: before everything else
    called: bool = False  # somebody called for help: before all who are only silent
    item: UUID | None = None


Source = Callable[[Viewer, dt.date], Iterable[Waiting]]
SOURCES: list[Source] = []


def hand_in(source: Source) -> Source:
    SOURCES.append(source)
    return source


def waiting(viewer: Viewer, today: dt.date) -> list[Waiting]:
    """Everything that waits for this viewer: calls for help, other danger, then by day, then what
    has no day."""
    found = [line for source in SOURCES for line in source(viewer, today)]
    return sorted(found, key=lambda w: (not w.called, not w.first, w.by or dt.date.max))
