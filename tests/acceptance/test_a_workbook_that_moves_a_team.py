"""A workbook that moves a team tells nothing of rest, nor of when people are free."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from openpyxl import Workbook as Xlsx

from marrow.people.actions import add_to_person
from marrow.people.models import Unavailability
from marrow.plan.models import PlannedTeam, Scenario
from marrow.plan.queries.problem import problem_of
from marrow.plan.rules.problem import Person, Problem
from marrow.programmes.actions import set_rest
from tests.acceptance.test_a_plan_in_a_workbook import at, sent_back, taken, taken_away
from tests.builders import NOW, OFFICE
from tests.builders.planning import DAY, TODAY, Planning, planning

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def test_the_rest_before_it_goes_by_its_programme(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    programme = PlannedTeam.objects.get(scenario=world.plan).programme.key
    set_rest(key=programme, months=6, by=OFFICE, at=NOW)
    made = moved(world, signed_in["office"], taken_away(signed_in["office"], world.plan))
    set_rest(key=programme, months=12, by=OFFICE, at=NOW)
    assert (asked(world, made).missions[0].rest_days or 0) >= 365
    assert made.facts == {}, "it told dates alone, and those are rows of the plan"


def test_rest_that_it_tells_stays(world: Planning, signed_in: dict[str, Client]) -> None:
    book = taken_away(signed_in["office"], world.plan)
    at(book, "missions.rest_days", 1).value = 20
    made = moved(world, signed_in["office"], book)
    assert asked(world, made).missions[0].rest_days == 20


def test_moved_past_the_plan_s_end_its_seats_are_filled_as_when_it_is_moved_on_its_page(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    made = moved(world, signed_in["office"], taken_away(signed_in["office"], world.plan))
    plan = world.run(made).plan
    assert plan is not None
    assert len(plan["assignments"]) == 3
    leave = Unavailability(from_on=TODAY + 100 * DAY, until_on=TODAY + 200 * DAY)
    add_to_person(person=world.nurse.pk, part=leave, by=OFFICE, at=NOW)
    assert len(nurse(world, made).available or ()) == 2, "leave told later counts"


def test_when_it_tells_that_somebody_is_free_this_stays(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    who = str(world.nurse.pk)
    row = next(n for n in range(1, 4) if who in str(at(book, "availability.person", n).value))
    at(book, "availability.from", row).value = dt.date(2027, 1, 1)
    at(book, "availability.to", row).value = dt.date(2027, 2, 1)
    made = moved(world, office, book)
    told = nurse(world, made).available or ()
    assert [(w.start, w.end) for w in told] == [(dt.date(2027, 1, 1), dt.date(2027, 2, 1))]
    again = moved(world, office, taken_away(office, made), of=made)
    assert nurse(world, again).available == told, "an earlier workbook told it"
    assert list(again.facts["people"]["changed"]) == [who]


def moved(world: Planning, office: Client, book: Xlsx, of: Scenario | None = None) -> Scenario:
    """The plan of this workbook with its team and seats ten days later."""
    for sheet, rows in (("missions", 1), ("seats", 3)):
        for row in range(1, rows + 1):
            for code in ("from", "to"):
                cell = at(book, f"{sheet}.{code}", row)
                cell.value = dt.date.fromisoformat(str(cell.value)[:10]) + 10 * DAY
    page = sent_back(office, of or world.plan, book)
    return taken(office, page, "Again" if of else "By workbook")


def asked(world: Planning, plan: Scenario) -> Problem:
    return problem_of(plan, world.office, TODAY).problem


def nurse(world: Planning, plan: Scenario) -> Person:
    return next(p for p in asked(world, plan).people if p.id == str(world.nurse.pk))
