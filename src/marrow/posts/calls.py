"""Calls for help of a team: the one that stands for somebody, and those that have ended."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from marrow.missions.models import Mission
from marrow.people.models import Person
from marrow.posts.models import CheckIn

NEEDS_HELP, SAFE = CheckIn.State.NEEDS_HELP, CheckIn.State.SAFE
MOST = 6


@dataclass(frozen=True, slots=True)
class Ended:
    """A call for help, and the word that ended it: the person's own, or what the office heard."""

    call: CheckIn
    word: CheckIn


def standing_call(mission: Mission, person: Person | None) -> CheckIn | None:
    """Somebody's call for help that stands: nothing of theirs was told after it."""
    if person is None:
        return None
    said = CheckIn.objects.filter(mission=mission, person=person).order_by("-said_at", "pk").first()
    return said if said and said.state == NEEDS_HELP else None


def ends_a_call(word: CheckIn) -> bool:
    """Whether somebody had called for help until this word of theirs."""
    earlier = CheckIn.objects.filter(
        mission=word.mission_id, person=word.person_id, said_at__lt=word.said_at
    )
    before = earlier.order_by("-said_at", "pk").first()
    return word.state == SAFE and before is not None and before.state == NEEDS_HELP


def ended_calls(mission: Mission) -> list[Ended]:
    """The latest calls for help that have ended, by whose word and with which words."""
    later = CheckIn.objects.filter(
        mission=OuterRef("mission"), person=OuterRef("person"), state=SAFE,
        said_at__gt=OuterRef("said_at"),
    ).order_by("said_at")  # fmt: skip
    calls = CheckIn.objects.filter(mission=mission, state=NEEDS_HELP).select_related("person")
    calls = calls.annotate(ended_by=Subquery(later.values("pk")[:1])).exclude(ended_by=None)
    found = list(calls.order_by("-said_at", "pk")[:MOST])
    words = CheckIn.objects.in_bulk([call.ended_by for call in found]) if found else {}
    return [Ended(call, words[call.ended_by]) for call in found]
