"""Team records in English prose, read into facts with their words, and doubts."""

from marrow.missions.rules.records.assembling import assemble, gaps_beside, order_beside
from marrow.missions.rules.records.reading import COLUMNS_NEEDED, read
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
    "COLUMNS_NEEDED",
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
