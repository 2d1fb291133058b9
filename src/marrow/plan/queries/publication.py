"""What publishing a plan does, reckoned from today's records before anybody presses: who no longer
fits, who is asked, who is withdrawn, which teams and seats change."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from marrow.core.models import Operation, Record
from marrow.core.viewer import Viewer
from marrow.plan.models import PlannedSeat, PlannedTeam, Scenario
from marrow.plan.queries.away import Stay, dated, stays_in
from marrow.plan.queries.forming import Span, span_of
from marrow.plan.queries.problem import Asked, happenings_in, problem_of
from marrow.plan.queries.published import given_up, person_of, sent_before, sent_by_plans
from marrow.plan.rules import limits
from marrow.plan.rules.checker import rules_broken
from marrow.plan.rules.problem import ASKED, Problem, Seated
from marrow.plan.rules.said import Said, said
from marrow.teams.models import Assignment, Seat
from marrow.teams.rules.stages import AT_HOME

State = Assignment.State
THERE = (*Assignment.ON_THE_WAY, *Assignment.HELD)
OF_A_SEAT = ("role", "specialty", "grade", "languages")
TIMES = ("from_on", "until_on")


@dataclass(frozen=True, slots=True)
class MovedTeam:
    """A team whose seats get another time, and when they were to be so far."""

    team: PlannedTeam
    before: Span


@dataclass(frozen=True, slots=True)
class ChangedSeat:
    """A seat that asks for something else from now on; `columns` differ, `holder` has it."""

    planned: PlannedSeat
    columns: tuple[str, ...]
    holder: Assignment | None


@dataclass(slots=True)
class Publication:
    """`unfit`: why it cannot be published as it is; `away`: who is away where it goes beyond a
    limit. `stays`: they hold seats that the plan gives up, and keep them. `still_asked`: they are
    on the way into seats that the plan leaves empty, and stay so. `entered`: teams that become
    missions."""

    unfit: list[Said] = field(default_factory=list)
    away: list[tuple[Said, list[Stay]]] = field(default_factory=list)
    entered: list[PlannedTeam] = field(default_factory=list)
    asked: list[PlannedSeat] = field(default_factory=list)
    withdrawn: list[Assignment] = field(default_factory=list)
    stays: list[Assignment] = field(default_factory=list)
    still_asked: list[Assignment] = field(default_factory=list)
    moved: list[MovedTeam] = field(default_factory=list)
    changed: list[ChangedSeat] = field(default_factory=list)

    def away_for(self, one: Said) -> list[Stay]:
        """Who is away in the months of a limit that the plan goes beyond."""
        return next((stays for told, stays in self.away if told is one), [])


def publication_of(scenario: Scenario, viewer: Viewer, on: dt.date) -> Publication:
    """What publishing this plan would do today, and what stands against it."""
    seats = list(PlannedSeat.objects.filter(team__scenario=scenario).select_related(
        "team__mission", "team__series__recipient_area", "team__series__recipient", "seat",
        "placing__person", "pin",
    ))  # fmt: skip
    own = {s.seat_id for s in seats if s.seat_id} | given_up(scenario).keys()
    seats = [s for s in seats if s.team.mission is None or s.team.mission.status in AT_HOME]
    there = _there(seats)
    asked = problem_of(scenario, viewer, on)
    told = Publication()
    for one in _no_longer_fit(asked, seats):
        if not one.code.startswith("beyond_cap"):
            told.unfit.append(one)
            continue
        stays = stays_in(one, asked, seats, own)
        told.unfit.append(dated(one, stays))
        told.away.append((told.unfit[-1], stays))
    told.entered = _entered(seats)
    for row in seats:
        known = there.get(row.seat_id, []) if row.seat_id else []
        if person_of(row) and person_of(row) not in {a.person_id for a in known}:
            told.asked.append(row)
    told.withdrawn = list(_withdrawn(scenario, seats, there))
    told.still_asked = _still_asked(seats, there, {a.pk for a in told.withdrawn})
    _gives_up(told, scenario)
    for team in {s.team_id: s.team for s in seats if s.team.mission_id}.values():
        _changes(told, team, [s for s in seats if s.team_id == team.pk], there, asked)
    named = {str(one.names.get("seat")) for one in told.unfit}
    told.unfit += _unfit_since(asked, seats, there, named)
    return told


def _there(seats: Sequence[PlannedSeat]) -> dict[UUID, list[Assignment]]:
    """By seat, who is on the way there or has it."""
    found: dict[UUID, list[Assignment]] = {}
    rows = Assignment.objects.filter(seat__in=[s.seat_id for s in seats if s.seat_id])
    for row in rows.filter(state__in=THERE).select_related("person", "seat").order_by("pk"):
        found.setdefault(row.seat_id, []).append(row)
    return found


def _no_longer_fit(asked: Asked, seats: Sequence[PlannedSeat]) -> Iterator[Said]:
    """Who stands in a seat that they cannot take by the records of today: told by the checker."""
    problem = asked.problem
    known, planned = {p.id for p in problem.people}, {s.id for s in problem.seats}
    stand = []
    for row in seats:
        person, fixed = person_of(row), asked.fixed.get(row.code)
        if person and row.seat and row.seat.dropped_on:
            yield said("seat_dropped", seat=row.code)
        elif person and fixed and fixed != person:
            yield said("held_by_another", seat=row.code, held=str(fixed), person=str(person))
        elif person and not fixed and str(person) not in known:
            yield said("not_to_be_sent", seat=row.code, person=str(person))
        elif person and row.code in planned:
            stand.append(Seated(seat=row.code, person=str(person)))
    broken = rules_broken(_keeping(problem, stand), tuple(stand))
    yield from limits.beyond(broken, asked.taken)


def _keeping(problem: Problem, stand: Sequence[Seated]) -> Problem:
    """Whoever is only asked, and no longer sent, is not kept."""
    sent = {(one.seat, one.person) for one in stand}
    pins = tuple(p for p in problem.pins if p.by != ASKED or (p.seat, p.person) in sent)
    return problem.model_copy(update={"pins": pins})


def _unfit_since(
    asked: Asked, seats: Sequence[PlannedSeat], there: Mapping[UUID, list[Assignment]],
    named: Collection[str],
) -> Iterator[Said]:  # fmt: skip
    """Whom a plan sent and who was selected, but by the records of today does not fit any more.
    Whom an office selected by hand, it selected as they are."""
    sent = sent_by_plans(list(there))
    for row in seats:
        for held in there.get(row.seat_id, ()) if row.seat_id else ():
            who, told = held.person, {"seat": row.code, "person": str(held.person_id)}
            by_plan = held.person_id == person_of(row) and held.person_id in sent[held.seat_id]
            if not by_plan or held.state not in Assignment.HELD or row.code in named:
                continue
            against = asked.against.get(row.code, [])
            if who.left_on or who.willing is False:
                against = [*against, said("not_to_be_sent", **told)]
            if against:
                yield from (*against, said("selected_since", **told))


def _entered(seats: Sequence[PlannedSeat]) -> list[PlannedTeam]:
    """A team that does not go is not entered."""
    teams = {s.team_id: s.team for s in seats if person_of(s) and s.team.mission is None}
    return sorted(teams.values(), key=lambda t: (t.from_on, t.code))


def _withdrawn(
    scenario: Scenario, seats: Sequence[PlannedSeat], there: Mapping[UUID, list[Assignment]]
) -> Iterator[Assignment]:
    """Who is on the way to a seat, or was selected for it, and is no longer sent there."""
    before, out = sent_before(scenario), {h.person_id for h in happenings_in(scenario)}
    pins = [pin for row in seats if (pin := getattr(row, "pin", None))]
    empty = {pin.seat_id for pin in pins if pin.person_id is None}
    goes: dict[UUID, list[PlannedSeat]] = {}
    for row in seats:
        if person := person_of(row):
            goes.setdefault(person, []).append(row)
    for row in seats:
        wanted = person_of(row)
        for held in there.get(row.seat_id, []) if row.seat_id else []:
            if held.person_id == wanted or held.state == State.SERVED:
                continue
            asked = held.state != State.APPLIED
            if (
                wanted or held.person_id in out
                or (asked and (row.pk in empty or before.get(held.seat_id) == held.person_id))
                or any(_at_once(row.team, other) for other in goes.get(held.person_id, ()))
            ):  # fmt: skip
                yield held


def _still_asked(
    seats: Sequence[PlannedSeat], there: Mapping[UUID, list[Assignment]], gone: Collection[UUID]
) -> list[Assignment]:
    empty = [row.seat_id for row in seats if row.seat_id and person_of(row) is None]
    held = [one for seat in empty for one in there.get(seat, ())]
    return [a for a in held if a.state in Assignment.ON_THE_WAY and a.pk not in gone]


def _at_once(team: PlannedTeam, other: PlannedSeat) -> bool:
    """Whether somebody in a seat of this team cannot sit in the other seat too."""
    return team.pk == other.team_id or (
        team.from_on < other.team.until_on and other.team.from_on < team.until_on
    )


def _gives_up(told: Publication, scenario: Scenario) -> None:
    """Whom the plan before sent to seats that are no longer in this one."""
    seats = given_up(scenario)
    rows = Assignment.objects.filter(seat__in=seats, state__in=THERE).select_related(
        "person", "seat__mission"
    )
    for row in rows.order_by("pk"):
        if row.state in Assignment.HELD:
            told.stays.append(row)
        elif seats[row.seat_id] == row.person_id:
            told.withdrawn.append(row)


def _changes(
    told: Publication, team: PlannedTeam, rows: Sequence[PlannedSeat],
    there: Mapping[UUID, list[Assignment]], asked: Asked,
) -> None:  # fmt: skip
    """Another time, or other things asked, than the team's own page says. What was changed there
    since this plan took it over is not overwritten."""
    if team.mission is None:
        return
    own = list(Seat.objects.filter(mission=team.mission, dropped_on=None))
    span = span_of(team.mission, own)
    held = {a.seat_id: a for rows_ in there.values() for a in rows_ if a.state in Assignment.HELD}
    moves = own and span and (span.from_on, span.until_on) != (team.from_on, team.until_on)
    if moves and span:
        told.moved.append(MovedTeam(team, span))
        if _told_later("teams.seat", own, TIMES, team):
            told.unfit.append(said("team_changed_since", mission=team.code))
    for row in rows:
        columns = () if row.seat is None else tuple(
            c for c in OF_A_SEAT if getattr(row, c) != getattr(row.seat, c)
        )  # fmt: skip
        if columns and row.seat:
            told.changed.append(ChangedSeat(row, columns, held.get(row.seat.pk)))
            if _told_later("teams.seat", [row.seat], columns, row):
                told.unfit.append(said("seat_changed_since", seat=row.code))
        if (columns or moves) and row.code in asked.fixed:
            who = str(asked.fixed[row.code])
            told.unfit.append(said("holder_does_not_fit", seat=row.code, person=who))


def _told_later(
    label: str, rows: Sequence[Record], columns: Collection[str], planned: Record
) -> bool:
    """Whether one of these columns was written after the plan's own row was."""
    mine = Operation.objects.filter(model=planned._meta.label_lower, record=planned.pk)
    last = mine.order_by("-id").values_list("id", flat=True).first() or 0
    later = Operation.objects.filter(model=label, record__in=[r.pk for r in rows], id__gt=last)
    return any(
        set(columns) & json.loads(op).keys() for op in later.values_list("changes", flat=True)
    )
