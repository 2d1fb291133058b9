"""A row of a matrix: a whole list has tens of thousands of cells, of a few kinds."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from marrow.capacity.queries.matrix import Cell
from marrow.capacity.words import counted_words

register = template.Library()


@register.filter
def counted(care: str, count: int) -> str:
    """How many items have an answer: `{{ code|counted:count }}`."""
    return counted_words(care, count)


@register.simple_tag
def rungs(cells: Iterable[Cell]) -> SafeString:
    """A table cell for each, as `capacity/rung.html` draws it."""
    tongue = get_language() or "en"
    drawn = (_drawn(c.level, c.fragile, c.suspended, tongue) for c in cells)
    return mark_safe("".join(f"<td>{one}</td>" for one in drawn))  # noqa: S308  a template's own


@lru_cache(maxsize=256)
def _drawn(level: int | None, fragile: bool, suspended: bool, tongue: str) -> str:
    """`tongue` is that in which it is drawn: the reader's."""
    told = {"level": level, "fragile": fragile, "suspended": suspended}
    return render_to_string("capacity/rung.html", told).strip()
