"""Publishing a plan in words: what stands against it, and what a seat asks for before and then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from marrow.core.viewer import Viewer
from marrow.people.access import people_for
from marrow.people.models import Person
from marrow.plan.queries.away import Stay
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
class Away:
    """Somebody whom the reader may see, and their time away."""

    person: Person
    stay: Stay


@dataclass(frozen=True, slots=True)
class Unfit:
    """What stands against a plan; of a limit, who is away then. `hidden`: how many of these the
    reader may not see."""

    words: str
    away: list[Away]
    hidden: int


def unfit_seen(viewer: Viewer, told: Publication) -> dict[UUID, Person]:
    """Of those who are away where a plan goes beyond a limit, whom the viewer may see."""
    people = {stay.person for _one, some in told.away for stay in some}
    return people_for(viewer).in_bulk(people) if people else {}


def unfit_shown(viewer: Viewer, told: Publication) -> list[Unfit]:
    """The same sentences, each with those who are away."""
    seen = unfit_seen(viewer, told)
    found: dict[str, Unfit] = {}
    for one in told.unfit:
        words, some = unfit_words(viewer, [one])[0], told.away_for(one)
        away = [Away(seen[stay.person], stay) for stay in some if stay.person in seen]
        found.setdefault(words, Unfit(words, away, len(some) - len(away)))
    return list(found.values())


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
            now = ", ".join(filter(None, (str(row.seat.get_role_display()), wants(row.seat))))
            then = ", ".join(filter(None, (str(row.get_role_display()), wants(row))))
            found.append(SeatChange(one, now, then))
    return found
