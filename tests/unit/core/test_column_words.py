"""A column is called one thing on history pages, whichever room it stands in."""

from __future__ import annotations

import pytest

from marrow.core.journal.column_words import COLUMN_WORDS, name_columns


def test_two_rooms_that_call_one_column_differently_are_told_at_the_start() -> None:
    before = dict(COLUMN_WORDS)
    name_columns({"note": COLUMN_WORDS["note"]})
    with pytest.raises(ValueError, match="already"):
        name_columns({"note": "something else"})
    assert before == COLUMN_WORDS
