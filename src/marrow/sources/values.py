"""What a fact's value is called: choices by their label, codes of places by their name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from marrow.core.words import listing
from marrow.sources.models import Fact

#: codes → names, for the fields that hold codes; the room that gave the codes tells of them
Namer = Callable[[Sequence[str]], dict[str, str]]
NAMERS: dict[str, Namer] = {}


def name_values(fields: Iterable[str], namer: Namer) -> None:
    """Say who knows the names of the codes in these fields."""
    NAMERS.update(dict.fromkeys(fields, namer))


def values_in_words(facts: Sequence[Fact]) -> list[str]:
    """The values of facts of one field, as a person reads them."""
    if not facts:
        return []
    namer = NAMERS.get(facts[0].field)
    told = namer([f.value for f in facts]) if namer else {}
    return [told.get(f.value) or _in_labels(f.value, _labels(f)) for f in facts]


def _in_labels(value: str, labels: dict[str, str]) -> str:
    """A code by its label; several codes, of a column that holds several, one after the other."""
    if value in labels:
        return labels[value]
    codes = re.findall(r"[A-Z_]+", value)
    known = bool(codes) and all(code in labels for code in codes)
    return listing().join(labels[code] for code in codes) if known else value


def _labels(fact: Fact) -> dict[str, str]:
    """The choices of the column that the fact tells of; {} where it has none."""
    model = apps.get_model(fact.about_model)
    try:
        choices: Any = model._meta.get_field(fact.field).flatchoices
    except (FieldDoesNotExist, AttributeError):
        choices = ()
    own = getattr(model, "CODES", {}).get(fact.field)
    return {str(code): str(label) for code, label in (*choices, *(own.choices if own else ()))}
