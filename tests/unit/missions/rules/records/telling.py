"""Records of invented shape, to read in tests."""

from __future__ import annotations

from marrow.missions.rules.records import Reading, read


def record(title: str, description: str = "", **cells: str) -> dict[str, str]:
    """A row of a file of team records; Kenya in 2009 unless told otherwise."""
    row = {
        "project_id": "1",
        "title": title,
        "description": description,
        "year": "2009",
        "recipient_condensed": "Kenya",
        "recipient_iso2": "KE",
    }
    return row | cells


def telling(title: str, description: str = "", row: int = 1, **cells: str) -> Reading:
    """The reading of such a row."""
    return read(record(title, description, **cells), row)


def value(reading: Reading, field: str) -> str:
    """The first value of a field, or ''."""
    told = reading.first(field)
    return told.value if told else ""


def values(reading: Reading, field: str) -> list[str]:
    """Every value of a field."""
    return [told.value for told in reading.all(field)]


def codes(reading: Reading) -> set[str]:
    """The codes of a reading's doubts."""
    return {doubt.code for doubt in reading.doubts}


def proposed(reading: Reading, code: str, field: str) -> list[str]:
    """What doubts of one code propose for a field."""
    return [d.proposes for d in reading.doubts if (d.code, d.field) == (code, field)]
