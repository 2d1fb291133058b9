"""Missions' part of the demonstration: the history of the five documents, as they state it."""

from __future__ import annotations

import datetime as dt

from marrow.core.viewer import Viewer
from marrow.missions.actions import keep_missions
from marrow.missions.history.loading import History
from marrow.programmes.actions import keep_commitments
from marrow.sources.actions import keep_doubts, keep_told


def fill(by: Viewer, at: dt.datetime) -> None:
    """Load the history; a second call adds nothing."""
    history = History(by, at)
    history.load()
    keep_commitments(rows=history.commitments(), by=by, at=at)
    keep_missions(rows=history.missions(), by=by, at=at)
    keep_told(told=history.told, by=by, at=at)
    keep_doubts(doubts=history.doubts, by=by, at=at)
