"""Column kinds that Marrow needs and Django lacks."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
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
