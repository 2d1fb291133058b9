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


def in_dispute(kind: str, mission: UUID, beside: Origin | None = None) -> Iterator[Sent]:
    """What open lines of this type say that an office of this mission has yet to choose from, but
    for the line `beside`."""
    mine = Q(mission=mission) | Q(mission=None)  # whose it is may not be written on it yet
    rows = Receipt.objects.filter(mine, outcome=Receipt.Outcome.CONFLICT, settled_at=None)
    if beside is not None:
        rows = rows.exclude(installation=beside.installation, q=beside.q)
    for line in rows.order_by("pk").values_list("line", flat=True):
        told = read_line(bytes(line))
        if told and told["t"] == kind:
            with suppress(Exception):  # a line that breaks the software hinders no other
                told = as_today(told)
                yield Sent(UUID(str(told["r"])), told["k"], told["d"])
