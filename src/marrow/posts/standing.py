"""How teams on post are, a whole nation's at once, for the last line of *Today*."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import DateTimeField, FilteredRelation, Max, Q, Value
from django.db.models.functions import Cast

from marrow.core.viewer import Viewer
from marrow.posts import access
from marrow.posts.models import CheckIn
from marrow.posts.rules.silence import state_now, worst
from marrow.teams.models import Assignment

Word = tuple[dt.datetime, str]  # when, and what was said


def states_on_post(viewer: Viewer, now: dt.datetime) -> dict[UUID, str]:
    """How each team is whose life this viewer may see, by one narrow question."""
    serving = FilteredRelation(
        "seats__assignments", condition=Q(seats__assignments__state=Assignment.State.SERVING)
    )
    watched = access.watched_for(viewer).order_by()
    said = CheckIn.objects.filter(mission__in=watched.values("pk")).order_by()
    rows = (
        watched.annotate(serving=serving)
        .values_list(
            "pk", "serving__person", "watch__leader_after", Value(False), Value(""),
            Cast(Value(None), DateTimeField()),
        )
        .union(
            said.values("mission", "person", "whole_team", "state")
            .annotate(at=Max("said_at"))
            .values_list("mission", "person", Value(0), "whole_team", "state", "at")
        )
    )  # fmt: skip
    hours: dict[UUID, int] = {}
    people: dict[UUID, list[UUID]] = {}
    own: dict[tuple[UUID, UUID], Word] = {}
    shared: dict[UUID, Word] = {}
    for mission, person, after, whole_team, state, at in rows:
        if not at:
            hours[mission] = after
            people.setdefault(mission, []).extend([person] if person else [])
            continue
        own[mission, person] = max(own.get((mission, person), (at, state)), (at, state))
        if whole_team:
            shared[mission] = max(shared.get(mission, (at, state)), (at, state))
    return {
        m: worst(_state(own.get((m, p)), shared.get(m), now, h) for p in people.get(m, ()))
        for m, h in hours.items()
    }


def _state(own: Word | None, shared: Word | None, now: dt.datetime, hours: int) -> str:
    """As `_of` says it: one's own call for help stands until one says otherwise."""
    if own and own[1] == CheckIn.State.NEEDS_HELP:
        return own[1]
    at, said = max(filter(None, (own, shared)), default=(None, ""))
    return state_now(said, at, now, hours)
