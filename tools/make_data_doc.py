"""Write `docs/data.md`: what each room keeps, read from the models themselves.

    .venv/bin/python tools/make_data_doc.py

`tests/architecture/test_docs.py` fails when the file is not what this would write.
"""

from __future__ import annotations

import inspect
import os
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.db.models import Field, Model

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/data.md"
HEAD = """# What is kept

Made by `tools/make_data_doc.py` from the models; do not edit. One table a room, in the order in
which the rooms are installed. *Journalled* rows are records of the domain: each change of one
leaves an operation in the journal. A column is told as `name` type; *null* marks those that may be
unknown, and an empty text, name or partial date is unknown too. A reference is an arrow to its
model; a text is told with its most characters.
"""
WORDS = {
    "BigAutoField": "counted up",
    "BigIntegerField": "whole number",
    "BinaryField": "bytes",
    "BooleanField": "yes or no",
    "DateField": "date",
    "DateTimeField": "time",
    "DecimalField": "decimal",
    "FloatField": "number",
    "IntegerField": "whole number",
    "JSONField": "JSON",
    "PositiveIntegerField": "whole number",
    "PositiveSmallIntegerField": "whole number",
    "SmallIntegerField": "whole number",
    "TextField": "text",
    "UUIDField": "UUID",
}


def type_of(field: Field[Any, Any]) -> str:
    """A column's type in a word or two; the kinds of `core.fields` by their own names."""
    from marrow.core.fields import NamesField, PartialDateField  # noqa: PLC0415  after set-up

    if field.related_model:
        return f"→ {field.related_model._meta.label}"
    if isinstance(field, NamesField):
        return "names"
    if isinstance(field, PartialDateField):
        return "partial date"
    kind = field.get_internal_type()
    return f"text({field.max_length})" if kind == "CharField" else WORDS[kind]


def column(field: Field[Any, Any]) -> str:
    """`name` type, and whether it may be unknown."""
    return f"`{field.attname}` {type_of(field)}" + (", null" if field.null else "")


def first_line(model: type[Model]) -> str:
    """What the model is: the first line of its own docstring."""
    told = inspect.cleandoc(model.__doc__ or "").split("\n")[0]
    if not told or told.startswith(f"{model.__name__}("):  # Django's, where there is none
        raise SystemExit(f"{model._meta.label} does not say what it is: give it a docstring.")
    return told.replace("|", "\\|")


def line(model: type[Model]) -> str:
    """One model as a row of its room's table."""
    from marrow.core.models import Record  # noqa: PLC0415  after set-up

    columns = "; ".join(column(f) for f in model._meta.concrete_fields)
    journalled = "yes" if issubclass(model, Record) else "no"
    return f"| {model.__name__} | {first_line(model)} | {journalled} | {columns} |"


def room(config: AppConfig) -> list[str]:
    """A room's heading and its table."""
    name = config.name.removeprefix("marrow.")
    table = ["| model | what it is | journalled | columns |", "|---|---|---|---|"]
    return ["", f"## {name}", "", *table, *map(line, config.get_models())]


def text() -> str:
    """The whole page."""
    rooms = [c for c in apps.get_app_configs() if c.name.startswith("marrow.")]
    lines = [part for config in rooms if list(config.get_models()) for part in room(config)]
    return "\n".join([HEAD.rstrip("\n"), *lines]) + "\n"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marrow.server.settings")
    import django  # noqa: PLC0415

    django.setup()
    PAGE.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
