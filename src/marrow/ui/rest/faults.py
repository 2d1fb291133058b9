"""Why a value cannot be taken, in the reader's language, from what the checker of types says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marrow.ui.rest.problems import Invalid, fault

SENTENCES = {
    "missing": gettext_lazy("This is needed."),
    "extra_forbidden": gettext_lazy("There is no such field here."),
    "string_type": gettext_lazy("Write a text."),
    "string_too_long": gettext_lazy("At most %(max_length)s characters."),
    "string_too_short": gettext_lazy("At least %(min_length)s characters."),
    "string_pattern_mismatch": gettext_lazy("It is not written as it must be."),
    "greater_than_equal": gettext_lazy("At least %(ge)s."),
    "less_than_equal": gettext_lazy("At most %(le)s."),
    "literal_error": gettext_lazy("One of: %(expected)s."),
    "enum": gettext_lazy("One of: %(expected)s."),
    "bool_type": gettext_lazy("Write true or false."),
    "bool_parsing": gettext_lazy("Write true or false."),
    "dict_type": gettext_lazy("Send an object."),
    "model_type": gettext_lazy("Send an object."),
    "model_attributes_type": gettext_lazy("Send an object."),
    "list_type": gettext_lazy("Send a list."),
    "too_long": gettext_lazy("At most %(max_length)s entries."),
}
BY_START = {
    "uuid": gettext_lazy("Write an id: 8f14e45f-ceea-467f-9f5a-0d6d1c2b3a4e."),
    "int": gettext_lazy("Write a whole number."),
    "float": gettext_lazy("Write a number."),
    "finite": gettext_lazy("Write a number."),
    "date": gettext_lazy("Write a day: 2026-11-24."),
}
WHERE = {"body": "", "form": "", "query": "", "path": "", "file": "", "header": ""}


def invalid(errors: Sequence[Mapping[str, Any]], named: Sequence[str] = ()) -> Invalid:
    """From the type checker's list; `named` are the words of the place that name no field."""
    return Invalid([_fault(error, named) for error in errors])


def _fault(error: Mapping[str, Any], named: Sequence[str]) -> dict[str, str]:
    place = [str(part) for part in error.get("loc", ())]
    skip = {*WHERE, *named}
    field = ".".join(part for n, part in enumerate(place) if not (n < 2 and part in skip))
    code = str(error.get("type", "value_error"))
    return fault(field, code, _sentence(code, error.get("ctx") or {}))


def _sentence(code: str, ctx: Mapping[str, Any]) -> str:
    told = SENTENCES.get(code) or BY_START.get(code.split("_", 1)[0])
    if told is None:
        return _("This value cannot be taken.")
    try:
        return str(told) % ctx if "%(" in str(told) else str(told)
    except KeyError:
        return _("This value cannot be taken.")


def of_form(form: forms.Form, names: Mapping[str, str]) -> Invalid:
    """From a form that the pages use too; `names` says what its fields are called in the body."""
    found = []
    for name, listed in form.errors.get_json_data().items():
        field = "" if name == "__all__" else names.get(name, name)
        found += [fault(field, e["code"] or "invalid", e["message"]) for e in listed]
    return Invalid(found)
