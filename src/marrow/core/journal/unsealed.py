"""`marrow journal verify`: lines that were not written through the journal, numbered or not yet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Count, Min

from marrow.core.journal.sealing import SIGNED, is_sealed
from marrow.core.models import Operation

SHOWN = 20  # ids that one sentence names
AT_ONCE = 2000


def unsealed() -> list[str]:
    """Sentences on lines whose own seal does not fit, and on lines that were put in again."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # the driver reads times in no other form, whatever the session was given
            cursor.execute("SET DateStyle = 'ISO'")
            cursor.execute("SET TIME ZONE %s", [connection.timezone_name])
    ids = list(_unsealed())
    told = [f"{_many(ids)} not written through the journal (id {named(ids)})"] if ids else []
    again = _again()
    if again:
        told.append(f"{_many(again)} a copy of another (seal of id {named(again)})")
    return told


def named(ids: list[int]) -> str:
    return ", ".join(map(str, ids[:SHOWN])) + (" …" if len(ids) > SHOWN else "")


def _many(ids: list[int]) -> str:
    return "1 operation is" if len(ids) == 1 else f"{len(ids)} operations are"


def _unsealed() -> Iterator[int]:
    every = Operation.objects.order_by("id").values_list("id", flat=True)
    each = every.iterator(chunk_size=AT_ONCE)
    while ids := list(islice(each, AT_ONCE)):
        try:
            yield from _among(ids[0], ids[-1])
        except (ValueError, TypeError, OverflowError, DatabaseError, UnicodeError):
            yield from (pk for pk in ids if not _alone(pk))


def _among(first: int, last: int) -> list[int]:
    rows = Operation.objects.filter(id__range=(first, last)).order_by("id")
    return [row["id"] for row in rows.values("id", "mac", *SIGNED) if not is_sealed(row)]


def _alone(pk: int) -> bool:
    """What cannot be read is not what was written."""
    try:
        row: dict[str, Any] = Operation.objects.values("mac", *SIGNED).get(pk=pk)
    except Exception:  # noqa: BLE001  the database's own converters raise whatever they like
        return False
    return is_sealed(row)


def _again() -> list[int]:
    """A seal holds a line's act and its place there: no two lines have the same."""
    twice = Operation.objects.exclude(mac="").values("mac").annotate(n=Count("id"), first=Min("id"))
    return sorted(twice.filter(n__gt=1).values_list("first", flat=True))
