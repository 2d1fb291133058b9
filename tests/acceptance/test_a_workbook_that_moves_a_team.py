"""A workbook that moves a team, or takes one out, tells nothing of rest, nor of when people are
free, nor of how many a hospital can spare."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from openpyxl import Workbook as Xlsx

from marrow.people.actions import add_to_person
from marrow.people.models import Unavailability
from marrow.plan.actions import accept_solution, make_plan, publish_plan, set_absence_cap
from marrow.plan.models import AbsenceCap, PlannedTeam, Scenario
from marrow.plan.queries.problem import problem_of
from marrow.plan.rules.problem import Person, Problem
from marrow.programmes.actions import set_rest
from marrow.teams.models import Assignment
from tests.acceptance.test_a_plan_in_a_workbook import at, sent_back, taken, taken_away
from tests.builders import NOW, OFFICE, a_batch
from tests.builders.forming import a_seat, chosen
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


@pytest.mark.parametrize("specialty", ["", "NURSING"])
def test_moved_by_two_years_a_limit_holds_in_the_months_to_which_it_moved(
    world: Planning, signed_in: dict[str, Client], specialty: str
) -> None:
    spares(world, 0, specialty=specialty, pressure=not specialty)
    office = signed_in["office"]
    made = moved(world, office, taken_away(office, world.plan), days=700)
    plan = world.run(made).plan
    held = {one["person"] for one in plan["assignments"]} if plan else set()
    assert str(world.nurse.pk) not in held
    assert made.facts == {}


@pytest.mark.parametrize("days", [10, 40, -40])
def test_a_limit_that_a_hospital_lowers_later_holds_till_it_is_published(
    world: Planning, signed_in: dict[str, Client], days: int
) -> None:
    PlannedTeam.objects.update(from_on=TODAY + 120 * DAY)
    spares(world, 3)
    office = signed_in["office"]
    made = moved(world, office, taken_away(office, world.plan), days=days)
    spares(world, 1)
    run = world.run(made, at=NOW + DAY)
    made.refresh_from_db()
    if made.run != run.pk:
        accept_solution(run=run.pk, by=world.office, at=NOW + DAY)
    publish_plan(scenario=made.pk, by=world.office, at=NOW + 2 * DAY)
    assert Assignment.objects.filter(seat__mission__number=31).count() == 1


def test_who_is_away_in_the_months_to_which_it_moved_goes_by_the_records(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    spares(world, 3)
    far = TODAY + 620 * DAY
    chosen(
        a_seat(a_batch(44), specialty="NURSING", from_on=far, until_on=far + 30 * DAY), world.nurse
    )
    office = signed_in["office"]
    made = moved(world, office, taken_away(office, world.plan), days=90)
    assert nurse(world, made).away_already
    assert made.facts == {}


def test_a_workbook_that_takes_the_last_team_out_tells_no_limits(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    spares(world, 3)
    office = signed_in["office"]
    plan = make_plan(
        name="Three", series=[world.series.pk], from_on=TODAY, until_on=TODAY + 1200 * DAY,
        by=world.office, at=NOW,
    )  # fmt: skip
    book = taken_away(office, plan)
    for sheet in book.worksheets:
        for row in range(sheet.max_row, 2, -1):
            if any(str(cell.value).startswith("GN33") for cell in sheet[row]):
                sheet.delete_rows(row)
    made = taken(office, sent_back(office, plan, book), "Two")
    assert PlannedTeam.objects.filter(scenario=made).count() == 2
    assert made.facts == {}


def spares(world: Planning, people: int, pressure: bool = False, specialty: str = "") -> None:
    """The hospital says for years how many of its people can be away."""
    told = AbsenceCap(
        unit=world.hospital, from_on=TODAY, until_on=TODAY + 3000 * DAY, people=people,
        pressure=pressure, specialty=specialty,
    )  # fmt: skip
    set_absence_cap(cap=told, by=world.office, at=NOW)


def moved(
    world: Planning, office: Client, book: Xlsx, of: Scenario | None = None, days: int = 10
) -> Scenario:
    """The plan of this workbook with its team and seats some days later."""
    for sheet, rows in (("missions", 1), ("seats", 3)):
        for row in range(1, rows + 1):
            for code in ("from", "to"):
                cell = at(book, f"{sheet}.{code}", row)
                cell.value = dt.date.fromisoformat(str(cell.value)[:10]) + days * DAY
    page = sent_back(office, of or world.plan, book)
    return taken(office, page, "Again" if of else "By workbook")


def asked(world: Planning, plan: Scenario) -> Problem:
    return problem_of(plan, world.office, TODAY).problem


def nurse(world: Planning, plan: Scenario) -> Person:
    return next(p for p in asked(world, plan).people if p.id == str(world.nurse.pk))
