"""The journal of a restored database beside the one that people write in: what stands in which."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from marrow.core.models import Operation, Seal

NEAR = dt.timedelta(minutes=10)  # at most from the hour of an action to that of its commit
CLOCKS = dt.timedelta(seconds=5)  # between the clock of the server and that of its database
LINES = 'SELECT id, "at", mac FROM core_operation ORDER BY id'
END = 'SELECT "last", mac FROM core_seal ORDER BY "last" DESC LIMIT 1'
Line = tuple[int, dt.datetime, str]


@dataclass(frozen=True, slots=True)
class Beside:
    """Operations of before the moment that are there, and of after it that are not.

    `between` began before the moment and were committed after it: they are not there either.
    """

    there: int
    last_at: dt.datetime | None
    left_out: int
    between: int
    faults: tuple[str, ...]


def beside(lines: Iterator[tuple[Any, ...]], to: dt.datetime) -> Beside:
    """`lines` are (id, at, mac) of the restored journal by id; the other is this database's."""
    there = left_out = between = strange = late = lost = 0
    last_at: dt.datetime | None = None
    for mine, live in _paired(map(_line, lines), _of_this_database()):
        if mine is None:
            at = live[1] if live else to
            left_out += at > to
            between += to - NEAR <= at <= to
            lost += at < to - NEAR
            continue
        there += 1
        last_at = max(last_at or mine[1], mine[1])
        strange += live is None or live[2] != mine[2]
        late += mine[1] > to + CLOCKS
    told = (
        (lost, "operations of before the moment are not there"),
        (late, "operations of after the moment are there"),
        (strange, "operations are there that this journal has not, or has otherwise"),
    )
    faults = tuple(f"{count} {what}" for count, what in told if count)
    return Beside(there, last_at, left_out, between, faults)


def end_is_ours(end: tuple[Any, ...] | None) -> bool:
    """The last seal of the restored journal is one of this journal: all before it is the same."""
    return end is None or Seal.objects.filter(last=end[0], mac=end[1]).exists()


def _line(row: tuple[Any, ...]) -> Line:
    """SQLite tells an hour as text, in UTC."""
    pk, at, mac = row
    if isinstance(at, str):
        at = dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC)
    return int(pk), at, str(mac)


def _of_this_database() -> Iterator[Line]:
    found = Operation.objects.order_by("id").values_list("id", "at", "mac")
    yield from found.iterator(chunk_size=5000)


def _paired(
    mine: Iterator[Line], live: Iterator[Line]
) -> Iterator[tuple[Line | None, Line | None]]:
    one, other = next(mine, None), next(live, None)
    while one or other:
        if one and other and one[0] == other[0]:
            yield one, other
            one, other = next(mine, None), next(live, None)
        elif one and (other is None or one[0] < other[0]):
            yield one, None
            one = next(mine, None)
        else:
            yield None, other
            other = next(live, None)
