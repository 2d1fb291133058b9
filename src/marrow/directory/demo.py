"""The directory's part of the demonstration: the world's places."""

from __future__ import annotations

import datetime as dt

from marrow.core.viewer import Viewer
from marrow.directory.gazetteer import load_world


def fill(by: Viewer, at: dt.datetime) -> None:
    """Load every place; a second call adds nothing."""
    load_world(by, at)
