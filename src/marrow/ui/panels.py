"""Panels: what a higher room shows on a lower room's page, handed in from its `slots.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from marrow.ui.requests import MarrowRequest

#: what a panel needs of a record; {} where it has nothing to show
Context = Callable[[MarrowRequest, Any], dict[str, Any]]
PANELS: dict[str, list[tuple[str, Context]]] = {}


def hand_in(page: str, template: str, context: Context) -> None:
    """Add a panel to a page, by the page's name ("directory.area")."""
    PANELS.setdefault(page, []).append((template, context))


def panels(request: MarrowRequest, page: str, row: Any) -> list[SafeString]:
    """The panels of a page that have something to show for this record."""
    found = [(template, context(request, row)) for template, context in PANELS.get(page, ())]
    return [render_to_string(t, c, request) for t, c in found if c]
