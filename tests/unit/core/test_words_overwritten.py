"""Words that are overwritten are said no more in other languages, whoever overwrites them."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps

from marrow.core.spoken import Spoken

SPEAKING: list[type[Spoken]] = [
    model for model in apps.get_models() if issubclass(model, Spoken) and model.SPOKEN
]
OLD = {"en": "The old words", "fr": "Les anciens mots"}


def read(model: type[Spoken], **values: Any) -> Spoken:
    """A row of that table as it comes from the database."""
    names = [f.attname for f in model._meta.concrete_fields if f.attname in values]
    return model.from_db(None, names, [values[name] for name in names])


@pytest.mark.parametrize("model", SPEAKING, ids=lambda model: model._meta.label)
def test_no_table_keeps_what_was_said_of_old_words(model: type[Spoken]) -> None:
    for column in model.SPOKEN:
        row = read(model, **{column: OLD["en"], "tongues": {column: OLD, "other": OLD}})
        setattr(row, column, "New words")
        row.forget_overwritten()
        assert row.tongues == {"other": OLD}


def test_what_was_said_with_the_new_words_stays_and_so_does_another_of_the_same_words() -> None:
    model = SPEAKING[0]
    column, fresh = model.SPOKEN[0], {"en": "New words", "fr": "Mots nouveaux"}
    row = read(model, **{column: OLD["en"], "tongues": {column: OLD}})
    setattr(row, column, fresh["en"])
    row.tongues = {column: fresh}
    row.forget_overwritten()
    assert row.also(column) == fresh
    row = read(model, **{column: fresh["en"], "tongues": {column: fresh}})
    setattr(row, column, fresh["fr"])
    row.forget_overwritten()
    assert row.also(column) == fresh
