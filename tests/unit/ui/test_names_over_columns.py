"""Names over narrow columns: a French apostrophe stays narrow, a Chinese name upright."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import marrow.ui

pytestmark = pytest.mark.both
CSS = (Path(str(marrow.ui.__file__)).parent / "static/ui/marrow.css").read_text()


def rule(selector: str) -> str:
    found = re.search(re.escape(selector) + r" \{([^}]*)\}", CSS)
    return found[1] if found else ""


def test_an_apostrophe_in_a_name_over_a_column_lies_with_its_word() -> None:
    assert "text-orientation: sideways" in rule(".tilt a:not(:lang(zh))")


def test_a_chinese_name_over_a_column_is_not_upside_down() -> None:
    assert "rotate: 180deg" in rule(".tilt a")
    assert "rotate: none" in rule(".tilt a:lang(zh)")
