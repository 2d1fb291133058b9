"""Team records in English prose, read into facts with their words, and doubts."""

from __future__ import annotations

from collections.abc import Mapping

from marrow.missions.rules.records.assembling import assemble, gaps_beside, order_beside
from marrow.missions.rules.records.told import (
    CODES,
    FIELDS,
    KINDS,
    NUMBERED,
    Assembly,
    BatchRead,
    Doubt,
    Reading,
    SeriesRead,
    Told,
)

__all__ = [
    "CODES",
    "FIELDS",
    "KINDS",
    "NUMBERED",
    "Assembly",
    "BatchRead",
    "Doubt",
    "Reading",
    "SeriesRead",
    "Told",
    "assemble",
    "gaps_beside",
    "order_beside",
    "read",
]


def read(row: Mapping[str, str], number: int) -> Reading:
    """One record, its cells by column, as `reading.read` reads it."""
    # its hundreds of patterns are made ready only where records are taken in: every process that
    # starts would wait for them
    from marrow.missions.rules.records.reading import read as read_one  # noqa: PLC0415

    return read_one(row, number)
