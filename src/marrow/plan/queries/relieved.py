"""The team on post that a planned team relieves: who is there until when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from string import ascii_uppercase
from uuid import UUID

from django.db.models import F, OuterRef, Subquery, UUIDField

from marrow.missions.models import Mission
from marrow.plan.models import PlannedTeam
from marrow.plan.queries.forming import Span, in_order, span_of
from marrow.plan.rules.problem import OnPost
from marrow.teams.models import Assignment, Seat
from marrow.teams.rules.stages import AWAY

Batch = tuple[UUID | None, int | None]  # a series, and the number in it


def on_post_of(
    teams: Collection[PlannedTeam], codes: Iterable[str], on: dt.date
) -> tuple[OnPost, ...]:
    """Who is on post in the teams that these relieve. Of a team of which nobody is on record each
    seat counts: somebody is there, only not known. Whoever is there today is until today at
    least. None of them is called as a seat of the plan (`codes`)."""
    first, taken = _first(teams), {t.code for t in teams} | {c.rpartition("-")[0] for c in codes}
    there = _seats_on_post(first)
    found: list[OnPost] = []
    for team in first:
        seats = there.get((team.series_id, (team.number or 0) - 1), [])
        if seats and (span := span_of(seats[0].mission, seats)):
            code = _code(team, seats[0].mission, taken)
            taken.add(code)
            found += _held(team, code, seats, span, on)
    return tuple(found)


def _first(teams: Collection[PlannedTeam]) -> list[PlannedTeam]:
    """Those whose team before is not of the plan itself."""
    planned = {(t.series_id, t.number) for t in teams}
    return [t for t in teams if t.number and t.series_id
            and (t.series_id, t.number - 1) not in planned]  # fmt: skip


def _seats_on_post(teams: Iterable[PlannedTeam]) -> dict[Batch, list[Seat]]:
    """By series and number of a team that is away its seats, each with who serves there."""
    series = {t.series_id for t in teams}
    serving = Assignment.objects.filter(
        seat=OuterRef("pk"), state=Assignment.State.SERVING
    ).order_by(F("started_on").desc(nulls_last=True), "-pk")
    rows = Seat.objects.filter(mission__series__in=series, mission__status__in=AWAY)
    found: dict[Batch, list[Seat]] = defaultdict(list)
    for seat in rows.select_related("mission").annotate(
        holder=Subquery(serving.values("person")[:1], output_field=UUIDField()),
        since=Subquery(serving.values("started_on")[:1]),
    ):
        found[seat.mission.series_id, seat.mission.number].append(seat)
    return found


def _code(team: PlannedTeam, mission: Mission, taken: Collection[str]) -> str:
    """As a plan calls its teams; told apart by a letter from those that it has."""
    place, _number, letter = team.code.rpartition(str(team.number))
    code = f"{place}{mission.number}{letter}"
    return next(c for c in (code, *(f"{code}{x}" for x in ascii_uppercase[1:])) if c not in taken)


def _held(
    team: PlannedTeam, code: str, seats: Iterable[Seat], span: Span, on: dt.date
) -> Iterator[OnPost]:
    kept = in_order(s for s in seats if not s.dropped_on)
    unknown = not any(_holder(seat) for seat in kept)
    for n, seat in enumerate(kept, start=1):
        holder = _holder(seat)
        start = getattr(seat, "since", None) or seat.from_on or span.from_on
        end = max(seat.until_on or span.until_on, on)
        if start < end and (holder or unknown):
            yield OnPost.model_validate({
                "id": f"{code}-{n:02}", "mission": team.code,
                "position": f"{seat.role} {seat.specialty}".strip(), "from": start, "to": end,
                "person": str(holder) if holder else None,
            })  # fmt: skip


def _holder(seat: Seat) -> UUID | None:
    found: UUID | None = getattr(seat, "holder", None)
    return found
