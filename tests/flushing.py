"""After a test that commits, the tables that hold rows are emptied, not all there are.

Cutting every table takes PostgreSQL longer than most of these tests do; and what Django makes of
the models after each flush is not made again, for it was never emptied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management.commands import flush
from django.db import connection

#: made of the models after every migration, and nobody's to change
AS_MIGRATED = ("django_content_type", "auth_permission")


@contextmanager
def of_what_holds_rows() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(connection.ops), "sql_flush", _sql_flush)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_a, **_k: None)
        yield


def _sql_flush(ops: Any, _style: Any, tables: Iterable[str], **_told: bool) -> list[str]:
    """In one transaction, at whose end the keys between the tables are checked."""
    named = {t: ops.quote_name(t) for t in sorted(set(tables) - set(AS_MIGRATED))}
    asked = (f"SELECT '{t}' WHERE EXISTS (SELECT 1 FROM {q})" for t, q in named.items())
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [f"DELETE FROM {named[table]}" for (table,) in cursor.fetchall()]
