"""What a record may not become when a doubt's value is taken into it: its room says so."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from marrow.core.models import Record

#: model label → refuses a record whose columns of these names cannot be together
CHECKS: dict[str, Callable[[Any, Collection[str]], None]] = {}


def check_values(model: type[Record], check: Callable[[Any, Collection[str]], None]) -> None:
    """Say what refuses values of this model; it raises Refused."""
    CHECKS[model._meta.label_lower] = check


def proved(record: Record, columns: Collection[str]) -> None:
    """Raises Refused where the room of the record says that these columns cannot be so."""
    if check := CHECKS.get(record._meta.label_lower):
        check(record, columns)
