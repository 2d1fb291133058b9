"""Operations as the database holds them: every byte of every column, never parsed.

A seal over parsed values cannot see a UUID in other letters or a time written in another way, and
a value that cannot be parsed ends in a traceback. Here SQLite gives each column's type and bytes,
PostgreSQL the column's own binary form, whatever the time zone or date style of the connection.
The two differ: a journal that moves to the other database is sealed anew.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

from django.db import connection

from marrow.core.models import FeedCounter, Operation

Line = tuple[bytes | None, ...]
#: every column but the line's own seal, which is proved by these (`sealing.py`); one that is added
#: later must be sealed in a way that leaves older seals whole
SEALED = (
    "id", "feed", "act", "action", "kind", "model", "record", "changes", "by", "at", "via",
    "origin", "origin_q", "scope", "note", "undoes",
)  # fmt: skip
#: how PostgreSQL gives a column's stored form
BINARY = {
    "BigAutoField": "int8send",
    "BigIntegerField": "int8send",
    "UUIDField": "uuid_send",
    "DateTimeField": "timestamptz_send",
    "CharField": "textsend",
    "TextField": "textsend",
}

# with the table's name: alone, PostgreSQL would order by the text that is selected
_BETWEEN = "WHERE feed BETWEEN %s AND %s ORDER BY core_operation.feed"


def sealed_lines(first: int, last: int) -> list[Line]:
    """The operations numbered from `first` to `last`, in order, each with all its columns."""
    return [tuple(map(_bytes, row)) for row in _rows(_select(connection.vendor), first, last)]


def _rows(sql: str, *values: int) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _bytes(value: object) -> bytes | None:
    if isinstance(value, str):  # the name of a type
        return value.encode()
    return None if value is None else bytes(value)  # type: ignore[call-overload]


@functools.cache
def _select(vendor: str) -> str:
    fields = [Operation._meta.get_field(name) for name in SEALED]
    columns = ", ".join(_stored(field, vendor) for field in fields)
    return f"SELECT {columns} FROM core_operation {_BETWEEN}"  # noqa: S608  our own columns


def _stored(field: Any, vendor: str) -> str:
    if vendor == "postgresql":
        return f'{BINARY[field.get_internal_type()]}("{field.column}")'
    return f'typeof("{field.column}"), CAST("{field.column}" AS BLOB)'


def seals() -> Iterator[tuple[str, str, str]]:
    """First, last and mac of each seal as they are written: an altered one may hold anything."""
    rows = _rows(
        f"SELECT {_text('first')}, {_text('last')}, {_text('mac')} FROM core_seal"  # noqa: S608
        ' ORDER BY core_seal."first"'
    )
    for row in rows:
        first, last, mac = (_plain(value) for value in row)
        yield first, last, mac


def counter() -> tuple[str, str]:
    """The last number given and its seal, as they are written; '0' before the first."""
    columns = f"{_text('number')}, {_text('mac')}"
    found = _rows(f"SELECT {columns} FROM {FeedCounter._meta.db_table} WHERE id = 1")  # noqa: S608
    return (_plain(found[0][0]), _plain(found[0][1])) if found else ("0", "")


def unreadable(first: int, last: int) -> list[str]:
    """Which of these operations hold something that cannot be read at all, by number."""
    rows = _rows(
        f"SELECT {_text('feed')}, {_text('id')} FROM core_operation {_BETWEEN}",  # noqa: S608
        first,
        last,
    )
    named = [(_plain(feed), _plain(pk)) for feed, pk in rows]
    return [feed for feed, pk in named if not _can_be_read(pk)]


def _can_be_read(pk: str) -> bool:
    try:
        return Operation.objects.filter(pk=int(pk)).first() is not None
    except Exception:  # noqa: BLE001  whatever stands there, the answer is no
        return False


def _text(column: str) -> str:
    kind = "BLOB" if connection.vendor == "sqlite" else "TEXT"
    return f'CAST("{column}" AS {kind})'


def _plain(value: object) -> str:
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).decode(errors="replace")
    return "" if value is None else str(value)
