"""While many rows are gathered none of them is garbage: looking for garbage is put off.

Otherwise the interpreter walks through all that was gathered so far again and again: half of the
time of a figure of 200,000 steps.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gathering() -> Iterator[None]:
    """Two threads may be in here: the first to leave lets it be looked for again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
