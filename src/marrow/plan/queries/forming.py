"""Which teams and seats a plan begins with: teams that form already, the next batches of a series
on its calendar, the seats of the last team, and seats for needs that nothing answers yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, count
from string import ascii_uppercase
from uuid import uuid4

from marrow.core.days import DAY
from marrow.core.partial_dates import earliest, is_day, latest, months_after
from marrow.directory.models import Organisation
from marrow.missions.models import Mission
from marrow.need.models import Need, NeedAnswer
from marrow.need.rules.states import CONFIRMED
from marrow.plan.models import PlannedSeat, PlannedTeam, Scenario
from marrow.plan.rules.kinds import MONTHS, USUAL_MONTHS
from marrow.programmes.models import Series
from marrow.teams.models import Seat
from marrow.teams.rules.stages import STILL_FORMING

MOST_BATCHES = 4  # of one series in one plan
OVERLAP = 14
Weight = PlannedSeat.Weight
#: seats without which a team does not work, and those that make its life possible
KEY = ("LEADER",)
SUPPORT = ("COOK", "ENGINEER", "CADRE")
KEY_SPECIALTIES = ("ANAESTHESIA",)


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when a mission is away; `known` False where its end was reckoned."""

    from_on: dt.date
    until_on: dt.date
    known: bool

    @property
    def last_on(self) -> dt.date:
        """The last day away, as pages and sentences tell it."""
        return self.until_on - DAY


def span_of(mission: Mission, seats: Iterable[Seat]) -> Span | None:
    """As its seats say, else as its dates and months of work do; None where it has no first day. Of
    a year or a month nobody knows the day: the end is reckoned within it."""
    told = [s for s in seats if s.from_on and not s.dropped_on]
    starts = [s.from_on for s in told if s.from_on]
    began = mission.arrived_on or mission.departed_on
    if not (starts or began):
        return None
    start = min(starts) if starts else earliest(began)
    ends = [s.until_on for s in told if s.until_on]
    if ends and max(ends) > start:
        return Span(start, max(ends), known=True)
    last = mission.returned_on or mission.planned_end_on  # the last day away
    if is_day(last) and latest(last) >= start:
        return Span(start, latest(last) + DAY, known=True)
    months = mission.months or MONTHS.get(mission.kind, USUAL_MONTHS)
    end = months_after(start, months)
    if last and not is_day(last) and latest(last) > start:
        return Span(start, min(max(end, earliest(last)), latest(last) + DAY), known=False)
    return Span(start, end, known=mission.months is not None and bool(starts or is_day(began)))


@dataclass(slots=True)
class Made:
    """Rows that a plan begins with, not yet written."""

    teams: list[PlannedTeam]
    seats: list[PlannedSeat]

    def keep(self, team: PlannedTeam) -> PlannedTeam:
        """Take a team in. Where two series go to one area, the second one's teams are told apart by
        a letter: GN31, GN31B."""
        taken, wanted = {t.code for t in self.teams}, team.code
        more = (f"{wanted}{letter}" for letter in ascii_uppercase[1:])
        numbered = (f"{wanted}.{n}" for n in count(2))
        team.code = next(c for c in chain([wanted], more, numbered) if c not in taken)
        self.teams.append(team)
        return team


def begun(scenario: Scenario, series: Iterable[Series], on: dt.date) -> Made:
    """The teams of these series within the time of a plan, with their seats."""
    made = Made([], [])
    for row in series:
        _of_series(made, scenario, row, on)
    return made


def _of_series(made: Made, scenario: Scenario, series: Series, on: dt.date) -> None:
    missions = list(
        Mission.objects.filter(series=series).exclude(number=None).order_by("number")
        .prefetch_related("seats")
    )  # fmt: skip
    last: tuple[Mission, Span] | None = None
    template: list[Seat] = []
    for mission in missions:
        seats = [s for s in mission.seats.all() if not s.dropped_on]
        template = seats or template
        span = span_of(mission, seats)
        if span and _forms_within(mission, seats, span, scenario):
            _forming(made, scenario, mission, span, seats)
        last = (mission, span) if span else last
    if last is None:
        return
    _next_batches(
        made, scenario, series, (last[0], last[1]), missions[-1].number or 0, template, on
    )


def _forms_within(mission: Mission, seats: list[Seat], span: Span, scenario: Scenario) -> bool:
    touches = span.until_on > scenario.from_on and span.from_on < scenario.until_on
    return mission.status in STILL_FORMING and bool(seats) and touches


def _forming(
    made: Made, scenario: Scenario, mission: Mission, span: Span, seats: list[Seat]
) -> None:
    series = mission.series
    team = made.keep(
        _team(scenario, series, mission.number, mission.kind, span.from_on, span.until_on)
    )
    team.mission = mission
    rows = []
    for n, seat in enumerate(in_order(seats), start=1):
        row = _seat(team, n, seat)
        row.seat = seat
        rows.append(row)
    rows += _for_needs(team, rows, _hospitals_of(mission) or (_hospitals(series) if series else []))
    made.seats += rows
    _hats(team, seats)


def _next_batches(
    made: Made, scenario: Scenario, series: Series, last: tuple[Mission, Span], number: int,
    template: list[Seat], on: dt.date,
) -> None:  # fmt: skip
    """One batch after another, each a handover's days before the one before it ends."""
    mission, span = last
    hospitals = _hospitals(series)
    months = mission.months or _months(span)
    start = max(span.until_on - dt.timedelta(days=OVERLAP), scenario.from_on, on)
    for _n in range(MOST_BATCHES):
        if start >= scenario.until_on:
            break
        number += 1
        end = months_after(start, months)
        team = made.keep(_team(scenario, series, number, mission.kind, start, end))
        rows = [_seat(team, n, seat) for n, seat in enumerate(in_order(template), start=1)]
        rows += _for_needs(team, rows, hospitals)
        made.seats += rows
        _hats(team, template)
        start = end - dt.timedelta(days=OVERLAP)


def _months(span: Span) -> int:
    days = (span.until_on - span.from_on).days
    return max(1, round(days / 30.4375))


def _team(
    scenario: Scenario, series: Series | None, number: int | None, kind: str, start: dt.date,
    end: dt.date,
) -> PlannedTeam:  # fmt: skip
    if series is None:
        raise ValueError("a batch is of a series")
    area = series.recipient_area or (series.recipient.area if series.recipient else None)
    place = (area.code if area else series.key)[:14].replace(" ", "")
    return PlannedTeam(
        id=uuid4(), scenario=scenario, code=f"{place}{number}", programme=series.programme,
        series=series, number=number, kind=kind, recipient=series.recipient or _served(series),
        from_on=start, until_on=end, overlap_days=OVERLAP,
    )  # fmt: skip


def _served(series: Series) -> Organisation | None:
    """The one hospital at which the last team of a series serves; None where there are several."""
    found = _hospitals(series)
    return found[0] if len(found) == 1 else None


def _hospitals(series: Series) -> list[Organisation]:
    """The hospitals that a series serves: its recipient, else those of its last team."""
    if series.recipient:
        return [series.recipient]
    last = Mission.objects.filter(series=series, sites__organisation__isnull=False)
    mission = last.exclude(number=None).order_by("-number").first()
    return _hospitals_of(mission) if mission else []


def _hospitals_of(mission: Mission) -> list[Organisation]:
    """The hospitals at which a team works."""
    sites = mission.sites.exclude(organisation=None).select_related("organisation__area")
    found = {s.organisation.pk: s.organisation for s in sites if s.organisation}
    return sorted(found.values(), key=lambda o: str(o.pk))


def in_order(seats: Iterable[Seat]) -> list[Seat]:
    order = {role: n for n, role in enumerate(Seat.Role.values)}
    return sorted(seats, key=lambda s: (order[s.role], s.specialty, str(s.pk)))


def _seat(team: PlannedTeam, n: int, like: Seat) -> PlannedSeat:
    return PlannedSeat(
        id=uuid4(), team=team, code=f"{team.code}-{n:02}", role=like.role,
        specialty=like.specialty, grade=like.grade, languages=dict(like.languages),
        weight=weight_of(like.role, like.specialty),
    )  # fmt: skip


def weight_of(role: str, specialty: str) -> str:
    if role in KEY or specialty in KEY_SPECIALTIES:
        return str(Weight.CRITICAL)
    return str(Weight.ORDINARY if role in SUPPORT else Weight.IMPORTANT)


def _hats(team: PlannedTeam, seats: list[Seat]) -> None:
    """A team with a leader's seat goes with somebody who can lead, one with an interpreter's is
    understood."""
    roles = {s.role for s in seats}
    spoken = sorted({code for s in seats for code in s.languages})
    team.language = spoken[0] if spoken else ""
    team.hats = ["leader"] if "LEADER" in roles else []
    if "INTERPRETER" in roles and team.language:
        team.hats = [*team.hats, "language"]
    team.minimum = 1


def _for_needs(
    team: PlannedTeam, rows: list[PlannedSeat], hospitals: list[Organisation]
) -> list[PlannedSeat]:
    """A seat for each confirmed need of the hospitals that the team serves; one of the specialty
    that stands already takes the need on. Such seats are critical: patients leave for what they
    bring."""
    found: list[PlannedSeat] = []
    for need in open_needs(hospitals):
        free = next((r for r in rows if r.specialty == need.item.specialty and not r.need), None)
        if free is None:
            code = f"{team.code}-{len(rows) + len(found) + 1:02}"
            free = PlannedSeat(
                id=uuid4(), team=team, code=code, role="MEMBER", specialty=need.item.specialty
            )
            found.append(free)
        free.need, free.weight = need, Weight.CRITICAL
    return found


def open_needs(hospitals: list[Organisation]) -> list[Need]:
    """Needs that the hospitals confirmed, of a specialty, that no seat or mission answers."""
    rows = Need.objects.filter(organisation__in=hospitals, state__in=CONFIRMED)
    rows = rows.exclude(state__in=("MET", "SUSTAINED")).exclude(item__specialty="")
    answered = NeedAnswer.objects.filter(ended_on=None, need__organisation__in=hospitals)
    rows = rows.exclude(pk__in=answered.values("need")).select_related("item")
    return list(rows.order_by("identified_at", "pk"))
