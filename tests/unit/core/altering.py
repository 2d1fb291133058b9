"""Altering what the database holds, as somebody would who has it in their hands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.db import connection

from marrow.core.journal.heads import kept_heads
from marrow.core.journal.verifying import Verdict, verify


def sql(*statements: str, values: Sequence[object] = ()) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, values)  # type: ignore[arg-type]


def beside(file: Path) -> Verdict:
    heads, faults = kept_heads(file)
    assert not faults
    return verify(*heads)


def cut(after: int, *, keep_rows: str = "") -> None:
    """Take the numbers, seals and count of the tail away; the rows too, or as `keep_rows` says."""
    sql(
        keep_rows or f"DELETE FROM core_operation WHERE feed > {after}",
        f"DELETE FROM core_seal WHERE last > {after}",
        f"UPDATE core_feedcounter SET number = {after}",
    )
