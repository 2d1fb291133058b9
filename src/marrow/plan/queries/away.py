"""Who of a hospital or department is away in some months, without a plan and by it: told beside a
limit that the plan goes beyond."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from marrow.plan.models import PlannedSeat
from marrow.plan.queries.problem import Asked
from marrow.plan.queries.roster import TAKEN
from marrow.plan.rules.caps import month_of
from marrow.plan.rules.said import Named, Said
from marrow.teams.models import Assignment

NOT_KNOWN = "?"


@dataclass(frozen=True, slots=True)
class Stay:
    """Somebody who is away: for which team, and from when to the first day after; None is not
    known. `by_plan`: sent by the plan itself."""

    person: UUID
    team: str
    from_on: dt.date | None
    until_on: dt.date | None
    by_plan: bool

    @property
    def last_on(self) -> dt.date | None:
        """The last day away, as pages and sentences tell it."""
        return self.until_on and self.until_on - dt.timedelta(days=1)


def stays_in(
    one: Said, asked: Asked, seats: Sequence[PlannedSeat], own: Iterable[UUID]
) -> list[Stay]:
    """Those who are counted for a limit (`one` names its home and months): first those who are away
    without the plan. `own` seats are the plan's."""
    unit, _slash, specialty = str(one.names["name"]).partition("/")
    first, last = _days(str(one.names["month"]))
    found = [*_already(UUID(unit), specialty, asked, seats, own)]
    found += _by_plan(UUID(unit), specialty, asked, seats)
    return [
        stay for stay in found
        if (stay.from_on or first) < last and (stay.until_on or last) > first
    ]  # fmt: skip


def dated(one: Said, stays: Iterable[Stay]) -> Said:
    """The message with the days between which those are away who are so without the plan."""
    without = [stay for stay in stays if not stay.by_plan]
    starts, ends = [s.from_on for s in without], [s.last_on for s in without]
    names: dict[str, Named] = {**one.names, "start": NOT_KNOWN, "end": NOT_KNOWN}
    if starts and all(starts):
        names["start"] = min(day for day in starts if day)
    if ends and all(ends):
        names["end"] = max(day for day in ends if day)
    return Said(one.code, names)


def _days(months: str) -> tuple[dt.date, dt.date]:
    """The first day of "2026-12 – 2027-03", or of one month, and the first day after."""
    first, _dash, last = months.partition(" – ")
    year, month = month_of(last or first)
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return dt.date(*month_of(first), 1), after


def _already(
    unit: UUID, specialty: str, asked: Asked, seats: Sequence[PlannedSeat], own: Iterable[UUID]
) -> Iterator[Stay]:
    round_about = {row.seat_id for row in seats if row.code in asked.fixed}
    states = [state for state in TAKEN if state != Assignment.State.SERVED]
    rows = Assignment.objects.filter(person__unit=unit, state__in=states)
    rows = rows.exclude(seat__in=set(own) - round_about)
    if specialty:
        rows = rows.filter(person__specialty=specialty)
    for row in rows.select_related("seat__mission").order_by("seat__from_on", "pk"):
        start = row.started_on or row.seat.from_on
        yield Stay(row.person_id, str(row.seat.mission), start, row.seat.until_on, by_plan=False)


def _by_plan(
    unit: UUID, specialty: str, asked: Asked, seats: Sequence[PlannedSeat]
) -> Iterator[Stay]:
    for row in seats:
        placing = getattr(row, "placing", None)
        if placing is None or row.code in asked.fixed or placing.person.unit_id != unit:
            continue
        if not specialty or placing.person.specialty == specialty:
            team = row.team
            yield Stay(placing.person_id, row.code, team.from_on, team.until_on, by_plan=True)
