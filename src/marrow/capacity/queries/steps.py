"""Steps of a hospital: where it stands for an item, and how it came there."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from marrow.capacity.models import Step


def level_now(organisation: UUID, item: UUID, day: dt.date) -> int | None:
    """The level that holds on a day; None where nobody assessed it by then."""
    rows = Step.objects.filter(
        organisation=organisation, item=item, state=Step.State.HOLDS, on__lte=day
    )
    last = rows.order_by("-on", "-held_at").first()
    return last.level if last else None


def levels() -> list[tuple[int, str]]:
    return [(int(code), str(words)) for code, words in Step.Level.choices]
