"""How much is tried: each time the suite runs, or with `run.py test --long`."""

from __future__ import annotations

import os

AT_LENGTH = bool(os.environ.get("MARROW_LONG"))


def examples(each_time: int, at_length: int) -> int:
    return at_length if AT_LENGTH else each_time
