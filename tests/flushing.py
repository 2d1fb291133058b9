"""After a test that commits, the tables that hold rows are emptied, not all there are.

Cutting every table takes PostgreSQL longer than most of these tests do; and what Django makes of
the models after each flush is not made again, for it was never emptied.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management.commands import flush
from django.db import IntegrityError, connection
from django.db.backends.base.operations import BaseDatabaseOperations

#: made of the models after every migration, and nobody's to change
AS_MIGRATED = ("django_content_type", "auth_permission")
AGAIN = 3  # times that it is tried once more


@contextmanager
def of_what_holds_rows() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(connection.ops), "sql_flush", _sql_flush)
        patch.setattr(type(connection.ops), "execute_sql_flush", _executed)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_a, **_k: None)
        yield


def _executed(ops: Any, statements: list[str]) -> None:
    """A request that a browser made at the end may still be answered: what it wrote goes too."""
    for _ in range(AGAIN):
        try:
            return BaseDatabaseOperations.execute_sql_flush(ops, statements)
        except IntegrityError:
            time.sleep(1)
            tables = connection.introspection.django_table_names(only_existing=True)
            statements = ops.sql_flush(None, tables)
    return BaseDatabaseOperations.execute_sql_flush(ops, statements)


def _sql_flush(ops: Any, _style: Any, tables: Iterable[str], **_told: bool) -> list[str]:
    """In one transaction, at whose end the keys between the tables are checked."""
    named = {t: ops.quote_name(t) for t in sorted(set(tables) - set(AS_MIGRATED))}
    asked = (f"SELECT '{t}' WHERE EXISTS (SELECT 1 FROM {q})" for t, q in named.items())
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [f"DELETE FROM {named[table]}" for (table,) in cursor.fetchall()]
