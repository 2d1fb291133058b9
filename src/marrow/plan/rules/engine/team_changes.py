"""Small changes to a team that cannot go, by what it lacks: a seat more, somebody who is let lead
or learns its language, a smaller team."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice

from marrow.plan.rules.engine.lacking import ALONE, HAT
from marrow.plan.rules.engine.near import Standing
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import Mission, Person, Problem, Seat
from marrow.plan.rules.said import Said, said
from marrow.plan.rules.teams import FLUENT

OF_ONE_KIND = 3  # people of whom one kind of change is tried
MORE = "+"  # ends the name of a seat that is not in the plan


def team_changes(
    standing: Standing, seat: Seat, lacks: Collection[str]
) -> Iterator[tuple[Said, Problem]]:
    """Each with the problem in which it is made, the least disturbing first."""
    mission = standing.model.rules.mission[seat.mission]
    if "team_has_leader" in lacks:
        yield from _leaders(standing, mission)
    if "team_is_understood" in lacks:
        yield from _courses(standing, mission)
    yield from _seats(standing, seat, mission, lacks)
    if lacks and not any(rule in HAT or rule == ALONE for rule in lacks):
        yield from _smaller(standing.problem, mission)


def _smaller(problem: Problem, mission: Mission) -> Iterator[tuple[Said, Problem]]:
    """The team goes with one fewer: where it lacks people, or what money and limits keep back."""
    least = mission.minimum_people - 1
    if least > 0:
        fewer = mission.model_copy(update={"minimum_people": least})
        missions = tuple(fewer if m.id == mission.id else m for m in problem.missions)
        what = said("smaller", mission=mission.id, people=least)
        yield what, problem.model_copy(update={"missions": missions})


def _leaders(standing: Standing, mission: Mission) -> Iterator[tuple[Said, Problem]]:
    for person in islice(_members(standing, mission), OF_ONE_KIND):
        leads = person.model_copy(update={"may_lead": True})
        yield said("lead", person=person.id, mission=mission.id), _with(standing.problem, leads)


def _courses(standing: Standing, mission: Mission) -> Iterator[tuple[Said, Problem]]:
    """Somebody of the team is one level short of what is fluent."""
    code = mission.language or ""
    near = (p for p in _members(standing, mission) if p.languages.get(code, 0) == FLUENT - 1)
    for person in islice(near, OF_ONE_KIND):
        fluent = person.model_copy(update={"languages": {**person.languages, code: FLUENT}})
        what = said("course", person=person.id, language=code, level=FLUENT - 1, asked=FLUENT)
        yield what, _with(standing.problem, fluent)


def _members(standing: Standing, mission: Mission) -> Iterator[Person]:
    """Those who may sit in the team: first who sits nowhere, of them first the highest grades."""
    problem = standing.problem
    rows = {
        p for k, s in enumerate(problem.seats) if s.mission == mission.id
        for p in standing.ground.candidates(k).tolist()
    }  # fmt: skip
    for p in sorted(rows, key=lambda p: (p in standing.held, -(problem.people[p].grade or 0), p)):
        yield problem.people[p]


def _with(problem: Problem, person: Person) -> Problem:
    people = tuple(person if p.id == person.id else p for p in problem.people)
    return problem.model_copy(update={"people": people})


def _seats(
    standing: Standing, seat: Seat, mission: Mission, lacks: Collection[str]
) -> Iterator[tuple[Said, Problem]]:
    """One seat more, of a specialty that gives what is lacking, where somebody could take it."""
    problem = standing.problem
    for specialty in _specialties(problem, lacks):
        more = seat.model_copy(update={
            "id": f"{seat.mission}{MORE}", "position": specialty, "accepts": (specialty,),
            "grade_min": 1, "language": None, "certificates": (), "technique": None,
            "weight": "ordinary",
        })  # fmt: skip
        changed = problem.model_copy(update={"seats": (*problem.seats, more)})
        if len(Rules(changed).eligible(more.id)):
            yield said("seat_more", mission=mission.id, specialty=specialty), changed


def _specialties(problem: Problem, lacks: Collection[str]) -> Iterator[str]:
    trade = problem.trade
    if "outbreak_has_infection_control" in lacks:
        yield trade.infection_control
    if "team_is_understood" in lacks:
        yield trade.interpreter
    if ALONE in lacks:
        yield trade.anaesthesia
    if "team_has_leader" in lacks:
        leads = dict.fromkeys(p.specialty for p in problem.people if p.may_lead)
        yield from islice(leads, OF_ONE_KIND)
