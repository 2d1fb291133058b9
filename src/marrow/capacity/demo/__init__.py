"""The ladder's part of the demonstration: one hospital closely, and ten years of a whole region."""

from __future__ import annotations

import datetime as dt

from marrow.capacity.demo import ladder, region
from marrow.core.viewer import Viewer


def fill(by: Viewer, at: dt.datetime) -> None:
    """Tell both; a second call adds nothing."""
    ladder.fill(at)
    region.fill(by, at)
