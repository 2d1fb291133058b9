"""Specialties as pages name them."""

from __future__ import annotations

from marrow.catalogue.rules.specialties import SPECIALTIES
from marrow.core.words import in_tongue


def specialty_name(code: str) -> str:
    return in_tongue(SPECIALTIES.get(code, {})) or code


def specialty_choices() -> list[tuple[str, str]]:
    return sorted(((c, in_tongue(n)) for c, n in SPECIALTIES.items()), key=lambda one: one[1])
