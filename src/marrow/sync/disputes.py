"""Lines on which two phones differ and of which nobody has chosen yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from uuid import UUID

from django.db.models import Q

from marrow.core.journal import Origin
from marrow.sync.intents import Outcome, Sent
from marrow.sync.models import Installation, Receipt
from marrow.sync.rules import as_today, read_line


def in_dispute(
    kind: str, mission: UUID, beside: Origin | None = None
) -> Iterator[tuple[UUID, Sent]]:
    """What open lines of this type say that an office of this mission has yet to choose from, by
    phone, its last word last. Left out is what the phone of the line `beside` told before and with
    it, and in each line what that phone told anew since."""
    mine = Q(mission=mission) | Q(mission=None)  # whose it is may not be written on it yet
    rows = Receipt.objects.filter(mine, outcome=Receipt.Outcome.CONFLICT, settled_at=None)
    if beside is not None:
        rows = rows.exclude(installation=beside.installation, q__lte=beside.q)
    told_by = rows.order_by("q", "pk").values_list("installation", "line", "parted")
    for phone, line, parted in told_by:
        told = read_line(bytes(line))
        if told and told["t"] == kind:
            with suppress(Exception):  # a line that breaks the software hinders no other
                told = as_today(told)
                still = None if parted is None else frozenset(n for n in parted if parted[n])
                yield phone, Sent(UUID(str(told["r"])), told["k"], told["d"], still)


def noted(outcome: str) -> dict[str, bool] | None:
    """How a receipt keeps on what two sides differ; None where its taker does not say."""
    return dict.fromkeys(sorted(outcome.parted), True) if isinstance(outcome, Outcome) else None


def overtake(phone: Installation, taken: Iterable[tuple[int, str]]) -> None:
    """What a phone tells anew its earlier lines of the same record tell no more; by their numbers,
    what became of its lines."""
    fresh = [(q, told) for q, told in taken if isinstance(told, Outcome) and told.told]
    if not fresh:
        return
    rows = phone.receipts.filter(
        q__lt=max(q for q, _told in fresh), outcome=Receipt.Outcome.CONFLICT, settled_at=None,
        parted__isnull=False,
    )  # fmt: skip
    for row in rows:
        line = read_line(bytes(row.line)) or {"r": ""}
        later = [told for q, told in fresh if q > row.q and str(told.record) == str(line["r"])]
        parted: dict[str, bool] = row.parted or {}
        gone = {name for told in later for name in told.told if parted.get(name)}
        if gone:
            told_since = parted | dict.fromkeys(gone, False)
            phone.receipts.filter(pk=row.pk).update(parted=told_since)
