"""Numbers, chain and seal, given after the commit: the same on SQLite and PostgreSQL.

A number taken when a row is written becomes visible only at its commit, so a reader that has
seen 2 never learns of a 1 that commits later. Here one sequencer numbers what is committed;
writers never wait for each other, and a crash before numbering is healed by the next call.
"""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Max

from marrow.core.journal.sealing import counter_mac, page_mac
from marrow.core.journal.stored import sealed_lines
from marrow.core.models import FeedCounter, Operation, Seal

PAGE = 500
AT_ONCE = 2000
LOCK = 0x4D41_5252  # "MARR": the sequencer's advisory lock on PostgreSQL


def sequence() -> int:
    """Number and seal what is committed and not yet numbered; returns how many.

    When another process is at it, it numbers ours too, or the next call does.
    """
    done = 0
    while (now := _sequence_once()) > 0:
        done += now
        if now < AT_ONCE:
            break
    return done


def _sequence_once() -> int:
    with transaction.atomic():
        if not _alone():
            return 0
        ids = list(
            Operation.objects.filter(feed=None)
            .order_by("id")
            .values_list("id", flat=True)[:AT_ONCE]
        )
        if not ids:
            return 0
        before = _last_seal()
        whole, after = _counted(before)
        _number(ids, after)
        end = after + len(ids)
        last = _seal(after + 1, end, before)
        # a counter that somebody touched never looks whole again
        FeedCounter.objects.filter(id=1).update(
            number=end, mac=counter_mac(end, last) if whole else ""
        )
        return len(ids)


def _counted(last_seal: str) -> tuple[bool, int]:
    """Whether the counter is as it was sealed, and the last number that was given."""
    given = _last_given()
    counter, made = FeedCounter.objects.select_for_update().get_or_create(
        id=1, defaults={"number": 0}
    )
    if made:
        return given == 0, given
    return counter.mac == counter_mac(counter.number, last_seal), max(counter.number, given)


def _last_seal() -> str:
    return Seal.objects.order_by("-last").values_list("mac", flat=True).first() or ""


def _last_given() -> int:
    """The highest number that stands in the journal: a lost or lowered counter stops nobody."""
    numbered = Operation.objects.aggregate(last=Max("feed"))["last"] or 0
    sealed = Seal.objects.aggregate(last=Max("last"))["last"] or 0
    return int(max(numbered, sealed))


def _alone() -> bool:
    """On SQLite the IMMEDIATE transaction is the lock; on PostgreSQL the loser just reads."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])


def _number(ids: list[int], after: int) -> None:
    """Give numbers in the order of ids, which is the causal order of each record."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH waiting AS (SELECT id, row_number() OVER (ORDER BY id) AS place"
            " FROM core_operation WHERE feed IS NULL ORDER BY id LIMIT %s)"
            " UPDATE core_operation SET feed = %s + waiting.place FROM waiting"
            " WHERE core_operation.id = waiting.id AND core_operation.id <= %s",
            [len(ids), after, ids[-1]],
        )


def _seal(first: int, last: int, before: str) -> str:
    """Seal these numbers page by page; returns the last seal."""
    for start in range(first, last + 1, PAGE):
        end = min(start + PAGE - 1, last)
        before = page_mac(before, sealed_lines(start, end))
        Seal.objects.create(first=start, last=end, mac=before)
    return before
