"""The team on post that a planned team relieves: who is there until when, and where nobody is
between one team and the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from marrow.core.days import DAY
from marrow.missions.models import Mission
from marrow.plan.models import PlannedTeam
from marrow.plan.queries.forming import Span, in_order, span_of
from marrow.plan.rules.problem import OnPost
from marrow.teams.models import Assignment, Seat
from marrow.teams.rules.stages import AWAY


def away_of(teams: Iterable[PlannedTeam]) -> list[Mission]:
    """The teams that are away of the series of some planned ones, with their seats."""
    series = {t.series_id for t in teams if t.series_id}
    rows = Mission.objects.filter(series__in=series, status__in=AWAY)
    return list(rows.prefetch_related("seats__assignments")) if series else []


def on_post_of(teams: Collection[PlannedTeam]) -> tuple[OnPost, ...]:
    """Who is on post in the teams that these relieve. Of a team of which nobody is on record each
    seat counts: somebody is there, only not known."""
    away = {(m.series_id, m.number): m for m in away_of(_first(teams))}
    found: list[OnPost] = []
    for team in _first(teams):
        mission = away.get((team.series_id, (team.number or 0) - 1))
        span = span_of(mission, mission.seats.all()) if mission else None
        if mission and span:
            found += _held(team, mission, span)
    return tuple(found)


def _first(teams: Collection[PlannedTeam]) -> list[PlannedTeam]:
    """Those whose team before is not of the plan itself."""
    planned = {(t.series_id, t.number) for t in teams}
    return [t for t in teams if t.number and t.series_id
            and (t.series_id, t.number - 1) not in planned]  # fmt: skip


def _held(team: PlannedTeam, mission: Mission, span: Span) -> Iterator[OnPost]:
    seats = in_order(s for s in mission.seats.all() if not s.dropped_on)
    holders = {s.pk: a for s in seats if (a := _holder(s))}
    place, _number, letter = team.code.rpartition(str(team.number))
    for n, seat in enumerate(seats, start=1):
        held = holders.get(seat.pk)
        start = (held and held.started_on) or seat.from_on or span.from_on
        end = seat.until_on or span.until_on
        if start < end and (held or not holders):
            yield OnPost.model_validate({
                "id": f"{place}{mission.number}{letter}-{n:02}", "mission": team.code,
                "position": f"{seat.role} {seat.specialty}".strip(), "from": start, "to": end,
                "person": str(held.person_id) if held else None,
            })  # fmt: skip


def _holder(seat: Seat) -> Assignment | None:
    serving = [a for a in seat.assignments.all() if a.state == Assignment.State.SERVING]
    return max(serving, key=lambda a: (str(a.started_on or ""), str(a.pk)), default=None)


@dataclass(frozen=True, slots=True)
class Gap:
    """The days on which nobody is there: one team has left, and the next is not there yet."""

    team: UUID
    before: str
    after: str
    from_on: dt.date
    until_on: dt.date

    @property
    def words(self) -> str:
        return _(
            "%(before)s leaves before %(after)s comes: nobody is there from %(start)s to %(end)s."
        ) % {"before": self.before, "after": self.after, "start": self.from_on,
             "end": self.until_on - DAY}  # fmt: skip


def gaps(teams: Collection[PlannedTeam], away: Iterable[Mission], on: dt.date) -> list[Gap]:
    """Between consecutive teams of a series. Whoever is on post is so until today at least."""
    leaves: dict[tuple[UUID | None, int | None], tuple[str, dt.date]] = {
        (t.series_id, t.number): (t.code, t.until_on) for t in teams if t.series_id
    }
    for mission in away:
        span = span_of(mission, mission.seats.all())
        if span and mission.number:
            told = (str(mission), max(span.until_on, on))
            leaves.setdefault((mission.series_id, mission.number), told)
    found = []
    for team in teams:
        before = leaves.get((team.series_id, team.number - 1)) if team.number else None
        if before and before[1] < team.from_on:
            found.append(Gap(team.pk, before[0], team.code, before[1], team.from_on))
    return sorted(found, key=lambda gap: (gap.from_on, gap.after))


def gaps_beside(team: PlannedTeam, on: dt.date) -> list[Gap]:
    """Those before and after one team of a plan, as its dates are now."""
    teams = list(PlannedTeam.objects.filter(scenario=team.scenario_id).select_related("mission"))
    own = {team.pk} | {
        t.pk for t in teams
        if t.series_id and t.series_id == team.series_id and t.number == (team.number or 0) + 1
    }  # fmt: skip
    return [gap for gap in gaps(teams, away_of(teams), on) if gap.team in own]
