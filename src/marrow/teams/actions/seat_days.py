"""The time of a seat does not come back by the journal while who holds it sits elsewhere then."""

from __future__ import annotations

from uuid import UUID

from marrow.core.journal.undoing import HELD_AS_IT_STANDS, becoming, changed_by
from marrow.core.models import Operation
from marrow.teams.actions.seats import sits_elsewhere
from marrow.teams.models import Assignment, Seat

TIME = {"from_on", "until_on"}


def held_at_one_time(lines: list[Operation]) -> str:
    """Why seats do not get the time back that they had."""
    moved = [
        line for line in lines if line.kind == Operation.SET and TIME & changed_by(line).keys()
    ]
    seats = {row.pk: row for row in becoming(moved) if isinstance(row, Seat)}
    held = _holders(seats)
    return next(filter(None, (sits_elsewhere(one, held) for one in held.values())), "")


def _holders(seats: dict[UUID, Seat]) -> dict[UUID, Assignment]:
    """Who holds these seats, each with the seat as it would be."""
    rows = Assignment.objects.filter(seat__in=seats, state__in=Assignment.HELD)
    held = {row.pk: row for row in rows.select_related("person")}
    for row in held.values():
        row.seat = seats[row.seat_id]
    return held


HELD_AS_IT_STANDS.setdefault(Seat._meta.label_lower, []).append(held_at_one_time)
