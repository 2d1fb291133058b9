"""What was said of somebody for a seat before, which an office reads before it asks again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from marrow.core.viewer import Viewer
from marrow.people.access import people_for
from marrow.people.models import Person
from marrow.teams.models import Assignment, Seat


@dataclass(frozen=True, slots=True)
class Before:
    """Somebody who was turned down for a seat or withdrew from it, and what was said then."""

    person: Person
    words: str


def turned_down_for(viewer: Viewer, seat: Seat) -> list[Before]:
    """Those who can no longer come into this seat: one is asked for a seat once."""
    rows = Assignment.objects.filter(seat=seat, state__in=Assignment.TURNED_DOWN)
    seen = rows.filter(person__in=people_for(viewer)).select_related("person__unit")
    return [Before(a.person, outcome(a)) for a in seen.order_by("person__search", "pk")]


def refused_in_team(seat: Seat, people: Iterable[UUID]) -> dict[UUID, str]:
    """By person, that their unit refused another seat of the same team, and why."""
    rows = Assignment.objects.filter(
        seat__mission=seat.mission_id, person__in=people, state=Assignment.State.REFUSED
    ).exclude(seat=seat)  # fmt: skip
    return {
        a.person_id: _("another seat of this team: %s") % outcome(a)
        for a in rows.order_by("unit_answered_on", "pk")
    }


def outcome(row: Assignment) -> str:
    """What came of an assignment: "the unit refuses (2026-11-29): needed at home"."""
    words = str(row.get_state_display())
    if row.state == Assignment.State.REFUSED and row.unit_answered_on:
        words += f" ({row.unit_answered_on.isoformat()})"
    reason = row.said("reason")
    return _("%(what)s: “%(why)s”") % {"what": words, "why": reason} if reason else words
