"""The outline of the land: places and no borders, so that the map takes no side.

Natural Earth 1:110m (public domain), written once by `tools/make_land.py` into `land.path`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

STEP = 0.5  # viewBox units to one whole number of the path


@cache
def land_path() -> str:
    """The `d` of one SVG path in half-units of the viewBox: draw it with `scale(0.5)`."""
    return Path(__file__).with_name("land.path").read_text(encoding="ascii").strip()
