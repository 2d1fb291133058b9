"""Values of columns as the journal writes them (JSON), and back."""

from __future__ import annotations

import datetime as dt
import decimal
import json
import uuid
from typing import Any

from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import DateField, Field
from django.utils.translation import gettext as _

from marrow.core.models import Record
from marrow.core.refusals import Refused

#: no record bears a day outside of these; 206 or 20206 is a slip of who typed 2026
EARLIEST, LATEST = dt.date(1800, 1, 1), dt.date(2200, 12, 31)
#: what a column of whole numbers takes in every database, by its kind: least and most
WHOLE = BaseDatabaseOperations.integer_field_ranges


def columns(model: type[Record]) -> list[Field[Any, Any]]:
    """Every stored column except the id, in the order of the model."""
    return [f for f in model._meta.concrete_fields if not f.primary_key]


def possible(field: Field[Any, Any], value: Any) -> None:
    """Refuse a day or a whole number that cannot be meant, or that no database takes."""
    if value is None:
        return
    if isinstance(field, DateField) and isinstance(value, dt.date):
        prove_borne(value.date() if isinstance(value, dt.datetime) else value)
    elif isinstance(value, int) and field.get_internal_type() in WHOLE:
        least, most = WHOLE[field.get_internal_type()]
        if not least <= value <= most:
            raise Refused(_("%s is less or more than a number can be here.") % value)


def prove_borne(day: dt.date) -> None:
    """Refuse a day that no record bears: nothing is asked of it either."""
    if not EARLIEST <= day <= LATEST:
        told = {"day": day.isoformat(), "first": EARLIEST.year, "last": LATEST.year}
        raise Refused(_("%(day)s is no day between %(first)s and %(last)s.") % told)


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
