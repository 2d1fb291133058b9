"""Lines on which two phones differ and of which nobody has chosen yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from uuid import UUID

from django.db.models import Q

from marrow.core.journal import Origin
from marrow.sync.intents import Sent
from marrow.sync.models import Receipt
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
