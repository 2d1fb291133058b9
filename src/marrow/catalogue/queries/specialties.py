"""Specialties as pages name them."""

from __future__ import annotations

from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.words import in_order, in_tongue


def specialty_name(code: str) -> str:
    return in_tongue(SPECIALTIES.get(code, {})) or code


def specialty_choices() -> list[tuple[str, str]]:
    named = ((code, in_tongue(names)) for code, names in SPECIALTIES.items())
    return sorted(named, key=lambda one: in_order(one[1]))
