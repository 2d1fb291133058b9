"""Which level of area should contain an item: its severity says so, unless it says its own."""

from __future__ import annotations

from collections.abc import Iterable

LEVELS = ("COUNTY", "CITY", "REGION", "COUNTRY")
BY_SEVERITY = {"MINOR": "COUNTY", "MODERATE": "CITY", "SERIOUS": "REGION"}


def level_of(severity: str, told: str = "") -> str:
    """The level that should contain it: as told, else by severity."""
    return told or BY_SEVERITY[severity]


def keeper(level: str, upwards: Iterable[str]) -> str:
    """Of kinds of area from one place upwards, the first that is high enough; '' where none is.

    A country without regions contains what a region should.
    """
    least = LEVELS.index(level)
    return next((k for k in upwards if k in LEVELS and LEVELS.index(k) >= least), "")
