"""Publishing a plan in words: what stands against it, and what a seat asks for before and then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marrow.core.viewer import Viewer
from marrow.core.words import comma
from marrow.plan.queries.pages import wants
from marrow.plan.queries.publication import ChangedSeat, Publication
from marrow.plan.queries.told import named_by, worded
from marrow.plan.queries.why import as_json
from marrow.plan.rules.said import Said


def unfit_words(viewer: Viewer, told: Sequence[Said]) -> list[str]:
    """A sentence for each; whom the viewer may not see is told as such."""
    as_kept = [as_json(one) for one in told]
    named = named_by(viewer, as_kept)
    return list(dict.fromkeys(worded(one, named) for one in as_kept))


@dataclass(frozen=True, slots=True)
class SeatChange:
    """What a seat asks for now, and then."""

    seat: ChangedSeat
    before: str
    after: str


def seat_changes(told: Publication) -> list[SeatChange]:
    found = []
    for one in told.changed:
        row = one.planned
        if row.seat:
            now = comma().join(filter(None, (str(row.seat.get_role_display()), wants(row.seat))))
            then = comma().join(filter(None, (str(row.get_role_display()), wants(row))))
            found.append(SeatChange(one, now, then))
    return found
