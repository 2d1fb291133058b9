"""Values of the journal as people read them: labels of choices, names of what is referred to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import DateTimeField, Field, ForeignKey, Model, QuerySet, UUIDField
from django.utils.translation import gettext as _

from marrow.core.subjects import SUBJECTS
from marrow.core.words import TONGUES, colon, in_tongue, listing

Names = dict[tuple[type[Model], str], str]
TONGUE_WORDS = {"en": "English", "zh": "中文", "fr": "français"}  # as their readers call them
Value = tuple[str, str, Any]  # model's label, column, value as the journal holds it


def names_in(values: Iterable[Value]) -> Names:
    """The names of every record that these values refer to, one query a kind."""
    wanted: dict[type[Model], set[str]] = {}
    persons: set[UUID] = set()
    for label, column, value in values:
        field = _field(apps.get_model(label), column)
        if isinstance(field, UUIDField) and column.endswith("_by") and value:
            persons.add(UUID(str(value)))
        if isinstance(field, ForeignKey) and value:
            wanted.setdefault(field.related_model, set()).add(str(value))
    found = {
        (model, str(row.pk)): str(row) for model, ids in wanted.items() for row in _read(model, ids)
    }
    for people in PEOPLE if persons else ():
        found |= {(Model, str(pk)): name for pk, name in people(persons).items()}
    return found


def _read(model: type[Model], ids: set[str]) -> QuerySet[Model]:
    """These records, with what their names are made of."""
    rows = model._base_manager.filter(pk__in=ids)
    told = SUBJECTS.get(model._meta.label_lower)
    return rows.select_related(*told.related) if told and told.related else rows


#: what rooms say of values that are neither choices nor references: by (model's label, column)
SAID: dict[tuple[str, str], Callable[[Any], str]] = {}
#: who the people are whose ids a column holds
PEOPLE: list[Callable[[set[UUID]], Mapping[UUID, str]]] = []


def in_words(model: type[Model], column: str, value: Any, names: Names) -> Any:
    """One value in words; None where there is none."""
    if value in (None, "", {}, []):
        return None
    if said := SAID.get((model._meta.label_lower, column)):
        return said(value)
    field = _field(model, column)
    if isinstance(field, ForeignKey):
        return names.get((field.related_model, str(value)), value)
    if isinstance(field, UUIDField):
        return names.get((Model, str(value)), value)
    return _plain_value(field, value)


def _plain_value(field: Field[Any, Any] | None, value: Any) -> Any:
    if isinstance(field, DateTimeField):
        return str(value)[:16].replace("T", " ")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict) and all(isinstance(said, dict) for said in value.values()):
        return " · ".join(_by_tongue(said, TONGUES) for said in value.values())
    if isinstance(value, dict):
        return in_tongue(value) or json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return listing().join(map(str, value))
    labels = {str(c): str(label) for c, label in getattr(field, "flatchoices", None) or ()}
    return labels.get(str(value), value)


def both_in_words(
    model: type[Model], column: str, pair: tuple[Any, Any], names: Names
) -> tuple[Any, Any]:
    """What stood before and after, in words; of names that read alike in the reader's language,
    those of the tongue that changed."""
    before, after = (in_words(model, column, value, names) for value in pair)
    if before != after or not all(isinstance(value, dict) for value in pair):
        return before, after
    differ = [t for t in TONGUES if pair[0].get(t) != pair[1].get(t)]
    return (_by_tongue(pair[0], differ), _by_tongue(pair[1], differ)) if differ else (before, after)


def _by_tongue(names: Mapping[str, str], tongues: Iterable[str]) -> str:
    return " · ".join(f"{TONGUE_WORDS[t]}{colon()}{names.get(t) or '–'}" for t in tongues)


def _field(model: type[Model], column: str) -> Field[Any, Any] | None:
    return next((f for f in model._meta.concrete_fields if f.attname == column), None)
