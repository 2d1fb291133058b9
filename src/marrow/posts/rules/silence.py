"""No news is unknown, never safe: since when somebody is silent, and which rung that has reached.

Times carry their zone; hours are whole hours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

K = TypeVar("K")
SAFE, NEEDS_HELP, UNKNOWN = "SAFE", "NEEDS_HELP", "UNKNOWN"
WORST_FIRST = (NEEDS_HELP, UNKNOWN, SAFE)
STEPS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Ladder:
    """After how many hours of silence the leader is reminded, the office told, the last asked."""

    leader: int = 24
    office: int = 36
    last: int = 48

    def hours(self, step: int) -> int:
        return (self.leader, self.office, self.last)[step - 1]

    @property
    def climbs(self) -> bool:
        return 0 < self.leader < self.office < self.last


def due_at(since: dt.datetime, ladder: Ladder, step: int) -> dt.datetime:
    """When a rung is due for a silence that began at `since`."""
    return since + dt.timedelta(hours=ladder.hours(step))


def heard_at(
    joined: Mapping[K, dt.datetime], told: Iterable[tuple[K | None, dt.datetime]]
) -> dict[K, dt.datetime]:
    """When each was last heard: by their own word, by one for the whole team (None), or as they
    came.
    """
    found = dict(joined)
    for who, at in told:
        for one in (who,) if who is not None else tuple(joined):
            if one in found:
                found[one] = max(found[one], at)
    return found


def silent_since(heard: Mapping[K, dt.datetime], started: dt.datetime) -> dt.datetime:
    """The silence of a team is that of the one who was not heard for longest."""
    return min(heard.values(), default=started)


def state_now(said: str, at: dt.datetime | None, now: dt.datetime, hours: int) -> str:
    """What is known of somebody now. Who needed help needs it until they say otherwise."""
    if said == NEEDS_HELP:
        return NEEDS_HELP
    if at is None or now - at >= dt.timedelta(hours=hours):
        return UNKNOWN
    return said


def worst(states: Iterable[str]) -> str:
    """One word for a team: nobody is safe before everybody is; of nobody, nothing is known."""
    return min(states, key=WORST_FIRST.index, default=UNKNOWN)


def whole_hours(since: dt.datetime, now: dt.datetime) -> int:
    return max(int((now - since).total_seconds() // 3600), 0)
