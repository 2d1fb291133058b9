"""Values of the journal as people read them: labels of choices, names of what is referred to."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model
from django.utils.translation import gettext as _

from marrow.core.words import in_tongue

Names = dict[tuple[type[Model], str], str]
Value = tuple[str, str, Any]  # model's label, column, value as the journal holds it


def names_in(values: Iterable[Value]) -> Names:
    """The names of every record that these values refer to, one query a kind."""
    wanted: dict[type[Model], set[str]] = {}
    for label, column, value in values:
        field = _field(apps.get_model(label), column)
        if isinstance(field, ForeignKey) and value:
            wanted.setdefault(field.related_model, set()).add(str(value))
    return {
        (model, str(row.pk)): str(row)
        for model, ids in wanted.items()
        for row in model._base_manager.filter(pk__in=ids)
    }


def in_words(model: type[Model], column: str, value: Any, names: Names) -> Any:
    """One value in words; None where there is none."""
    if value in (None, "", {}, []):
        return None
    field = _field(model, column)
    if isinstance(field, ForeignKey):
        return names.get((field.related_model, str(value)), value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return in_tongue(value) or json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    labels = {str(c): str(label) for c, label in getattr(field, "flatchoices", None) or ()}
    return labels.get(str(value), value)


def _field(model: type[Model], column: str) -> Field[Any, Any] | None:
    return next((f for f in model._meta.concrete_fields if f.attname == column), None)
