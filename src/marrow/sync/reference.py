"""What a phone keeps to read with no network. Filled by rooms' `sync.py`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from marrow.core.viewer import Viewer

Keeper = Callable[[Viewer, dt.datetime], Any]
KEPT: dict[str, Keeper] = {}
LIVE: set[str] = set()  # lists that are looked at each time: what they stand on is in no scope


def keeps(name: str, *, live: bool = False) -> Callable[[Keeper], Keeper]:
    """Name the function that gives what phones keep under this name, as JSON holds it."""

    def hold(keeper: Keeper) -> Keeper:
        KEPT[name] = keeper
        if live:
            LIVE.add(name)
        return keeper

    return hold
