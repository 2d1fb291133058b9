"""Shapes of what a row may say, compiled when the first row is read: a third of a start."""

from __future__ import annotations

import re
from functools import cache


@cache
def compiled(shapes: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """In the same order; capitals do not matter."""
    return tuple(re.compile(shape, re.IGNORECASE) for shape in shapes)
