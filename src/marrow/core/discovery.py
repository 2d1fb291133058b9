"""Rooms hand things in by file name, found like Django's `admin.py`."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps


def handed_in(name: str) -> list[ModuleType]:
    """The modules called `name` of Marrow's rooms, in the order of INSTALLED_APPS."""
    rooms = [c.name for c in apps.get_app_configs() if c.name.startswith("marrow.")]
    return [import_module(f"{room}.{name}") for room in rooms if find_spec(f"{room}.{name}")]
