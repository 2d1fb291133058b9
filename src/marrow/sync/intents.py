"""What a phone means: intents, and which room takes each type. Filled by rooms' `sync.py`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marrow.core.journal import Origin
from marrow.core.viewer import Viewer


class Malformed(ValueError):
    """The intent lacks what its type needs."""


@dataclass(frozen=True, slots=True)
class Intent:
    """One line of a phone: what it wants done with which record."""

    record: UUID
    type: str
    kind: str
    data: Mapping[str, Any]
    origin: Origin


Taker = Callable[[Intent, Viewer, dt.datetime], str]
TAKERS: dict[str, Taker] = {}


def takes(kind: str) -> Callable[[Taker], Taker]:
    """Name the function that takes intents of this type; it returns a Receipt outcome."""

    def name(taker: Taker) -> Taker:
        TAKERS[kind] = taker
        return taker

    return name
