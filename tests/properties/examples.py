"""A world for one example: whatever it writes is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def taken_back() -> Iterator[None]:
    """Run an example in a savepoint that never commits."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
