"""What a record may not become when a doubt's value is taken into it: its room says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

from marrow.core.models import Record

Check = Callable[[Any, Collection[str], dt.datetime], None]
#: model label → refuses a record whose columns of these names cannot be together
CHECKS: dict[str, Check] = {}


def check_values(model: type[Record], check: Check) -> None:
    """Say what refuses values of this model; it raises Refused."""
    CHECKS[model._meta.label_lower] = check


def proved(record: Record, columns: Collection[str], at: dt.datetime) -> None:
    """Raises Refused where the room of the record says that these columns cannot be so."""
    if check := CHECKS.get(record._meta.label_lower):
        check(record, columns, at)
