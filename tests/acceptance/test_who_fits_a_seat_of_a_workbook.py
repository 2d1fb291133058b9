"""A workbook that adds a seat, or takes a team out, says nothing of who else there is: people of
that specialty come into the plan, or leave it, by the records."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from openpyxl import Workbook as Xlsx

from marrow.people.models import Person
from marrow.plan import actions
from marrow.plan.models import PlannedTeam, Scenario
from tests.acceptance.test_a_plan_in_a_workbook import at, sent_back, taken, taken_away
from tests.acceptance.test_what_a_moved_team_costs import with_another_seat
from tests.builders import NOW, a_programme
from tests.builders.planning import DAY, TODAY, Planning, planning

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


@pytest.fixture
def eyes(world: Planning) -> Person:
    return world.person("Eye Test", "OPHTHALMOLOGY")


def test_a_seat_of_another_specialty_that_a_workbook_adds_is_filled(
    world: Planning, signed_in: dict[str, Client], eyes: Person
) -> None:
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    with_another_seat(book, "GN31-04")
    at(book, "seats.accepts", 4).value = "OPHTHALMOLOGY"
    at(book, "seats.position", 4).value = "MEMBER OPHTHALMOLOGY"
    made = taken(office, sent_back(office, world.plan, book))
    assert seated(world, made)["GN31-04"] == str(eyes.pk)


def test_whom_a_workbook_leaves_out_is_not_planned_by_a_later_one(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    without(book, str(world.nurse.pk))
    made = taken(office, sent_back(office, world.plan, book))
    again = taken(office, sent_back(office, made, taken_away(office, made)), "Again")
    assert again.facts == made.facts != {}
    assert "GN31-03" not in seated(world, again)


def test_who_is_asked_for_by_a_team_alone_leaves_the_plan_as_a_workbook_takes_it_out(
    world: Planning, signed_in: dict[str, Client], eyes: Person
) -> None:
    actions.add_planned_team(
        scenario=world.plan.pk, programme=a_programme("eyes").key, title="Eyes",
        kind="SHORT_SURGICAL", from_on=TODAY + 60 * DAY, until_on=TODAY + 80 * DAY,
        seats=[("OPHTHALMOLOGY", 1)], by=world.office, at=NOW,
    )  # fmt: skip
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    without(book, PlannedTeam.objects.get(scenario=world.plan, title="Eyes").code)
    made = taken(office, sent_back(office, world.plan, book))
    assert PlannedTeam.objects.filter(scenario=made).count() == 1
    assert made.facts == {}


def without(book: Xlsx, name: str) -> None:
    """The workbook without the rows that name something, or a seat of it."""
    for sheet in book.worksheets:
        for row in range(sheet.max_row, 2, -1):
            cells = [str(cell.value or "") for cell in sheet[row]]
            if any(cell.endswith(name) or cell.startswith(f"{name}-") for cell in cells):
                sheet.delete_rows(row)


def seated(world: Planning, plan: Scenario) -> dict[str, str]:
    found = world.run(plan).plan
    assert found is not None
    return {one["seat"]: one["person"] for one in found["assignments"]}
