"""The team on post that a planned team relieves: who is there until when, and where nobody is
between one team and the next."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from string import ascii_uppercase
from uuid import UUID

from django.db.models import F, OuterRef, Q, Subquery, UUIDField
from django.utils.translation import gettext as _

from marrow.core.days import DAY
from marrow.missions.models import Mission
from marrow.plan.models import PlannedTeam
from marrow.plan.queries.forming import Span, in_order, span_of
from marrow.plan.rules.problem import OnPost
from marrow.teams.models import Assignment, Seat
from marrow.teams.rules.stages import AWAY, HOME_AGAIN, STILL_FORMING

Batch = tuple[UUID | None, int | None]  # a series, and the number in it
WENT = (*AWAY, "DEBRIEFING", "CLOSED")


def missions_beside(teams: Iterable[PlannedTeam]) -> list[Mission]:
    """The teams of the series of some planned ones that are not home again, and those that these
    became, with their seats."""
    told = [(t.series_id, t.number) for t in teams if t.series_id]
    series, own = {s for s, _number in told}, {n for _series, n in told if n}
    rows = Mission.objects.filter(series__in=series)
    rows = rows.filter(Q(number__in=own) | ~Q(status__in=HOME_AGAIN))
    return list(rows.prefetch_related("seats__assignments")) if series else []


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


def gaps(teams: Collection[PlannedTeam], missions: Iterable[Mission], on: dt.date) -> list[Gap]:
    """Between a team of a series and the one that comes next in the plan. Of a team that is away,
    or that the plan does not have, the records (`missions`) tell its days."""
    there: dict[UUID, dict[int, _There]] = defaultdict(dict)
    for mission in missions:
        if mission.series_id and mission.number:
            there[mission.series_id][mission.number] = _recorded(mission, on)
    for team in teams:
        if team.series_id and team.number:
            beside = there[team.series_id]
            beside[team.number] = _planned(team, beside.get(team.number))
    found = []
    for team in teams:
        told = there[team.series_id] if team.series_id else {}
        if earlier := [n for n in told if n < (team.number or 0)]:
            before, own = told[max(earlier)], told[team.number or 0]
            if before.until_on and own.from_on and before.until_on < own.from_on:
                found.append(Gap(team.pk, before.name, own.name, before.until_on, own.from_on))
    return sorted(found, key=lambda gap: (gap.from_on, gap.after))


@dataclass(frozen=True, slots=True)
class _There:
    name: str
    from_on: dt.date | None
    until_on: dt.date | None  # None: not known
    went: bool = False


def _recorded(mission: Mission, on: dt.date) -> _There:
    """A last day that was only reckoned, or is over, says nothing."""
    span, went = span_of(mission, mission.seats.all()), mission.status in WENT
    if span is None or not (went or mission.status in STILL_FORMING):
        return _There(str(mission), None, None, went)
    until = span.until_on if span.known and span.until_on > on else None
    return _There(str(mission), span.from_on, until, went)


def _planned(team: PlannedTeam, recorded: _There | None) -> _There:
    if recorded and recorded.went:
        return replace(recorded, name=team.code)
    return _There(team.code, team.from_on, team.until_on)


def gaps_beside(team: PlannedTeam, on: dt.date) -> list[Gap]:
    """Those before and after one team of a plan, as its dates are now."""
    teams = list(PlannedTeam.objects.filter(scenario=team.scenario_id).select_related("mission"))
    after = [t for t in teams if t.series_id and t.series_id == team.series_id
             and (t.number or 0) > (team.number or 0)]  # fmt: skip
    own = {team.pk} | {t.pk for t in sorted(after, key=lambda t: t.number or 0)[:1]}
    return [gap for gap in gaps(teams, missions_beside(teams), on) if gap.team in own]
