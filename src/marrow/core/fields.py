"""Column kinds, and a way of asking, that Marrow needs and Django lacks."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext_lazy as _

from marrow.core.partial_dates import is_partial_date


def check_partial_date(text: str) -> None:
    if text and not is_partial_date(text):
        raise ValidationError(
            _("Write a year, a month or a day: 2006, 2006-09 or 2006-09-04."), code="partial-date"
        )


class PartialDateField(models.CharField):  # type: ignore[type-arg]
    """A year, a month or a day as the source gives it; '' is unknown."""

    default_validators = [check_partial_date]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 10)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)


class NamesField(models.JSONField):
    """Names by tongue: {"en": …, "zh": …, "fr": …}, each only where it is known."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)


@models.UUIDField.register_lookup
class Among(models.Lookup):
    """`pk__among`: one of a set of ids, which go to the database as one parameter. With `in` each
    goes by itself, and of five hundred that takes longer than what is asked."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        column, told = self.process_lhs(compiler, connection)
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s)", (*told, list(self.rhs))
        ids = json.dumps([one.hex for one in self.rhs])
        return f"{column} IN (SELECT value FROM json_each(%s))", (*told, ids)  # noqa: S608
