"""The days on which nobody of a series is at its place, as a plan and the records have it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from marrow.core.days import DAY
from marrow.core.partial_dates import is_day, latest
from marrow.missions.models import Mission
from marrow.plan.models import PlannedTeam, Scenario
from marrow.plan.queries.forming import span_of
from marrow.plan.queries.pages import TeamLine, team_lines
from marrow.plan.rules.presence import Stay, left_before
from marrow.teams.models import Assignment, Seat
from marrow.teams.rules.stages import AWAY, HOME_AGAIN, STILL_FORMING

State = Scenario.State
Batch = tuple[UUID, int]  # a series, and the number in it
BACK = ("DEBRIEFING", "CLOSED")


def missions_beside(teams: Iterable[PlannedTeam]) -> list[Mission]:
    """The teams of the series of some planned ones that are not home again, the last that is, and
    those that these became, with their seats."""
    own = {batch for t in teams if (batch := _batch(t))}
    series, numbers = {s for s, _number in own}, {n for _series, n in own}
    home = Mission.objects.filter(series=OuterRef("series"), status__in=BACK)
    last = home.exclude(number=None).order_by("-number").values("pk")[:1]
    rows = Mission.objects.filter(series__in=series).filter(
        Q(number__in=numbers) | ~Q(status__in=HOME_AGAIN) | Q(pk=Subquery(last))
    )
    return list(rows.prefetch_related("seats__assignments")) if series else []


@dataclass(frozen=True, slots=True)
class Gap:
    """The days on which nobody is there: one team has left, and the next is not there yet."""

    team: UUID
    before: Stay
    after: Stay
    from_on: dt.date
    until_on: dt.date

    @property
    def words(self) -> str:
        return _(
            "%(before)s leaves before %(after)s comes: nobody is there from %(start)s to %(end)s."
        ) % {"before": self.before.name, "after": self.after.name, "start": self.from_on,
             "end": self.until_on - DAY}  # fmt: skip


def gaps(
    scenario: Scenario, lines: Collection[TeamLine], missions: Iterable[Mission], on: dt.date
) -> list[Gap]:
    """Before each team of a plan that goes. Of a team that went, or that the plan does not have,
    the records (`missions`) tell its days."""
    recorded = {batch: m for m in missions if (batch := _batch(m))}
    going = {b: line.row for line in lines if (b := _batch(line.row))
             and _goes(scenario, line, recorded.get(b), lines, on)}  # fmt: skip
    there: dict[UUID, list[Stay]] = defaultdict(list)
    own: list[tuple[PlannedTeam, Stay]] = []
    for batch in recorded.keys() | going.keys():
        stay = _stay(batch, going.get(batch), recorded.get(batch), on)
        if stay:
            there[batch[0]].append(stay)
            own += [(going[batch], stay)] if batch in going else []
    found = []
    for team, stay in own:
        beside = [s for s in there[team.series_id or team.pk] if s is not stay]
        before = left_before(stay, beside, on)
        if before and before.until_on and stay.from_on:
            found.append(Gap(team.pk, before, stay, before.until_on, stay.from_on))
    return sorted(found, key=lambda gap: (gap.from_on, gap.after.name))


def gaps_beside(team: PlannedTeam, on: dt.date) -> list[Gap]:
    """Those before and after one team of a plan, and where it was, as the dates are now."""
    lines = team_lines(team.scenario)
    series = {x.row.pk: x.row for x in lines if x.row.series_id == team.series_id}
    later = sorted(t.number or 0 for t in series.values() if (t.number or 0) > (team.number or 0))
    near = {team.number, *later[:1]}
    found = gaps(team.scenario, lines, missions_beside(series.values()), on)
    return [
        gap for gap in found
        if gap.team in series and near & {gap.before.number, gap.after.number}
    ]  # fmt: skip


def _batch(row: PlannedTeam | Mission) -> Batch | None:
    return (row.series_id, row.number) if row.series_id and row.number else None


def _goes(
    scenario: Scenario, line: TeamLine, recorded: Mission | None, lines: Iterable[TeamLine],
    on: dt.date,
) -> bool:  # fmt: skip
    """Whether somebody of a planned team is there one day by this plan. Where the plan has seats, a
    team without any does not go; nor does one in which nobody stands once it is solved; nor one
    whose whole time is past. One that went is told by the records."""
    if recorded and recorded.status not in STILL_FORMING:
        return recorded.status in AWAY or recorded.status in BACK
    if line.row.until_on <= on or not (line.seats or not any(x.seats for x in lines)):
        return False
    solved = scenario.state in (State.SOLVED, State.PUBLISHED)
    return bool(line.filled or recorded or not solved)


def _stay(
    batch: Batch, planned: PlannedTeam | None, recorded: Mission | None, on: dt.date
) -> Stay | None:
    """None for a team that was called off."""
    number = batch[1]
    name = planned.code if planned else str(recorded)
    if planned and (recorded is None or recorded.status in STILL_FORMING):
        return Stay(name, number, planned.from_on, planned.until_on)
    if recorded is None or recorded.status == "CANCELLED":
        return None
    here = recorded.status in AWAY or recorded.status in BACK
    if not here and recorded.status not in STILL_FORMING:
        return Stay(name, number, None, None)  # suspended, or nobody knows
    return Stay(name, number, *_days(recorded, on), here)


def _days(mission: Mission, on: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """By the records. A last day that was only reckoned, or is over though they are away, says
    nothing; who is home again left today at the latest."""
    seats = [s for s in mission.seats.all() if not s.dropped_on]
    held = [s for s in seats if any(a.state in Assignment.HELD for a in s.assignments.all())]
    span = span_of(mission, held or seats)
    if mission.status in BACK:
        home = latest(mission.returned_on) + DAY if mission.returned_on else on
        return span.from_on if span else None, min(home, on)
    if span is None:
        return None, None
    until = _until(mission, held or seats) if span.known else None
    return span.from_on, until if until and until > on else None


def _until(mission: Mission, seats: list[Seat]) -> dt.date | None:
    """The first day without any of these; whose seat tells no last day is there as long as the
    team, if that is known."""
    ends = [s.until_on for s in seats if s.until_on]
    if not ends or len(ends) == len(seats):
        span = span_of(mission, seats)
        return span.until_on if span else None
    told = mission.planned_end_on
    return max(*ends, latest(told) + DAY) if is_day(told) else None
