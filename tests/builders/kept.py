"""What many tests begin with is built once by each process; later tests get a copy of its rows.

A copy is what the building added to, or changed of, what stood before it; it is taken only where
the journal ends as it ended then. It is SQLite's alone, and of tests that commit nothing: what is
built of a database that keeps more than rows, such as its next numbers, is built each time.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from django.db import connection

from marrow.core.models import Operation

Built = TypeVar("Built")
Rows = dict[str, set[tuple[Any, ...]]]
Line = tuple[object, ...] | None

_kept: dict[tuple[str, Line], tuple[Rows, Rows, bytes]] = {}
_known: set[Line] = {None}  #: where the journal ends before anything, or after something kept


def once(name: str, build: Callable[[], Built]) -> Built:
    """What `build` gives, which pickle can keep; it writes through actions alone."""
    if connection.vendor != "sqlite" or not connection.in_atomic_block:
        return build()
    last = _end_of_the_journal()
    if (name, last) in _kept:
        gone, come, told = _kept[name, last]
        _write(gone, come)
        found: Built = pickle.loads(told)  # noqa: S301  of this process
        return found
    if last not in _known:
        return build()
    before, built, after = all_rows(), build(), all_rows()
    _kept[name, last] = _beside(before, after), _beside(after, before), pickle.dumps(built)
    _known.add(_end_of_the_journal())
    return built


def _end_of_the_journal() -> Line:
    return Operation.objects.order_by("-id").values_list("id", "act", "record").first()


@cache
def _tables() -> dict[str, list[str]]:
    """Every table with its columns; the first is SQLite's own number of the row."""
    with connection.cursor() as ask:
        return {
            table: [
                "rowid",
                *(c.name for c in connection.introspection.get_table_description(ask, table)),
            ]
            for table in connection.introspection.table_names(ask)
        }


def all_rows() -> Rows:
    """As stored: behind a plus no column has a type into which it would be turned."""
    found = {}
    with connection.cursor() as ask:
        for table, columns in _tables().items():
            told = ", ".join(f'+"{c}"' for c in columns)
            found[table] = set(ask.execute(f'SELECT {told} FROM "{table}"').fetchall())
    return found


def _beside(some: Rows, others: Rows) -> Rows:
    return {table: more for table, rows in some.items() if (more := rows - others[table])}


def _write(gone: Rows, come: Rows) -> None:
    with connection.cursor() as tell:
        for table, rows in gone.items():
            tell.executemany(f'DELETE FROM "{table}" WHERE rowid = %s', [row[:1] for row in rows])
        for table, rows in come.items():
            columns = _tables()[table]
            named, places = ", ".join(f'"{c}"' for c in columns), ", ".join(["%s"] * len(columns))
            tell.executemany(f'INSERT INTO "{table}" ({named}) VALUES ({places})', list(rows))
