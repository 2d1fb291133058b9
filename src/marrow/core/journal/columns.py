"""Values of columns as the journal writes them (JSON), and back."""

from __future__ import annotations

import datetime as dt
import decimal
import json
import uuid
from typing import Any

from django.db.models import Field

from marrow.core.models import Record


def columns(model: type[Record]) -> list[Field[Any, Any]]:
    """Every stored column except the id, in the order of the model."""
    return [f for f in model._meta.concrete_fields if not f.primary_key]


def written(value: Any) -> Any:
    """A column's value as JSON can hold it, without loss."""
    if isinstance(value, (uuid.UUID, decimal.Decimal)):
        return str(value)
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()
    return value


def read(field: Field[Any, Any], value: Any) -> Any:
    """The column's value from what the journal holds."""
    target = getattr(field, "target_field", field)
    return None if value is None else target.to_python(value)


def as_text(changes: dict[str, list[Any]]) -> str:
    """The exact text that is stored and sealed."""
    return json.dumps(changes, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
