"""Handovers that an answer of the planner loses, or gains, since the plan was solved: by the dates
of its teams then and now, and by who sat in its seats and sits there then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass
from typing import Any

from marrow.core.viewer import Viewer
from marrow.plan.models import Placing, PlannedTeam, Run, Scenario
from marrow.plan.queries.problem import Asked, problem_of
from marrow.plan.queries.told import named_by, worded
from marrow.plan.queries.why import as_json
from marrow.plan.rules.problem import Problem, Seat
from marrow.plan.rules.reading import problem_from
from marrow.plan.rules.teams import Handover, handovers_lost
from marrow.plan.words import of_handovers

LOST, GAINED = "lost", "gained"
Told = Mapping[str, list[list[str]]]


def stood(scenario: Scenario) -> dict[str, str]:
    """Who stands in the seats of a plan, by a seat's code."""
    rows = Placing.objects.filter(seat__team__scenario=scenario).order_by("seat__code")
    return {code: str(person) for code, person in rows.values_list("seat__code", "person")}


def handovers_since(
    scenario: Scenario, asked: Asked, seated: Mapping[str, str] | None = None
) -> Told | None:
    """Those of the plan as it was solved last that are not kept where these people sit (None: as
    they do), and those that come; None where nobody stood in a seat. Of a seat that is planned
    round, now or then, nothing is told: it is in no problem."""
    now = stood(scenario)
    if not now:
        return None
    then = now if seated is None else seated
    before, round_then = _as_solved(scenario, asked)
    beside = asked.fixed.keys() | round_then
    lost = handovers_lost(before, now, asked.problem, then)
    gained = handovers_lost(asked.problem, then, before, now)
    return {LOST: _without(lost, beside), GAINED: _without(gained, beside)}


def _as_solved(scenario: Scenario, asked: Asked) -> tuple[Problem, set[str]]:
    """The problem of the answer that stands, and the seats that were planned round in it."""
    run = scenario.run
    row = Run.objects.filter(pk=run).exclude(problem="").first() if run else None
    if row is None:
        return asked.problem, set()
    problem = problem_from(row.problem)
    known = {s.id for s in problem.seats}
    return problem, {one["seat"] for one in (row.plan or {}).get("assignments", ())} - known


def _without(told: tuple[Handover, ...], seats: Collection[str]) -> list[list[str]]:
    return [list(astuple(one)) for one in told if not {one.before, one.after} & set(seats)]


def handover_messages(told: Told | None) -> list[dict[str, Any]]:
    """What is said of them; nothing where none changes."""
    return [
        as_json(of_handovers(f"handovers_{how}", told[how]))
        for how in (LOST, GAINED) if told and told.get(how)
    ]  # fmt: skip


def handovers_with(viewer: Viewer, team: PlannedTeam) -> str:
    """In words: the handovers of the plan as it was solved last, by who stands in it now, that go
    where this team is taken out of it; '' where nothing was solved. Those that its dates lost since
    do not go again."""
    solved = team.scenario.run
    run = Run.objects.filter(pk=solved).exclude(problem="").first() if solved else None
    if run is None:
        return ""
    seated = stood(team.scenario)
    problem = _by_its_dates(problem_from(run.problem), team.scenario)
    own = {s.id for s in problem.seats if s.mission == team.code}
    left = {seat: who for seat, who in seated.items() if seat not in own}
    lost = [list(astuple(one)) for one in handovers_lost(problem, seated, problem, left)]
    if not lost:
        return ""
    told = as_json(of_handovers("handovers_of_book_lost", lost))
    return worded(told, named_by(viewer, [told]))


def _by_its_dates(problem: Problem, scenario: Scenario) -> Problem:
    """The same with the dates that the teams of the plan have now."""
    teams = {t.code: t for t in PlannedTeam.objects.filter(scenario=scenario)}
    told = scenario.facts.get("seats", {}).get("changed", {})

    def moved(seat: Seat) -> Seat:
        if not (team := teams.get(seat.mission)):
            return seat
        days = {"from": str(team.from_on), "to": str(team.until_on)}
        days |= {f: v for f, v in told.get(seat.id, {}).items() if f in days}
        return Seat.model_validate({**seat.model_dump(by_alias=True), **days})

    missions = tuple(
        m.model_copy(update={"overlap_days": teams[m.id].overlap_days}) if m.id in teams else m
        for m in problem.missions
    )
    seats = tuple(moved(seat) for seat in problem.seats)
    return problem.model_copy(update={"seats": seats, "missions": missions})


@dataclass(frozen=True, slots=True)
class Moved:
    """In words: the handovers that the dates of a plan cost, and those that they bring, since it
    was solved; '' where there is none."""

    lost: str = ""
    gained: str = ""


def handovers_moved(viewer: Viewer, scenario: Scenario, on: dt.date) -> Moved:
    told = handover_messages(handovers_since(scenario, problem_of(scenario, viewer, on)))
    named = named_by(viewer, told)
    return Moved(**{
        one["code"].removeprefix("handovers_"): worded(one, named) for one in told
    })  # fmt: skip
