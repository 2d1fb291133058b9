"""A workbook that moves a team moves what its people cost, but for what somebody told of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from openpyxl import Workbook as Xlsx

from marrow.plan import actions
from marrow.plan.models import PlannedTeam, Scenario
from marrow.plan.queries.problem import problem_of
from tests.acceptance.test_a_plan_in_a_workbook import at, sent_back, taken, taken_away
from tests.builders import NOW
from tests.builders.planning import DAY, Planning, planning

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def test_a_cost_that_nobody_changed_goes_by_the_days_to_which_a_workbook_moves_the_team(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office, team = signed_in["office"], PlannedTeam.objects.get(scenario=world.plan)
    actions.move_planned_team(
        team=team.pk, from_on=team.from_on, until_on=team.until_on, minimum=team.minimum,
        overlap_days=team.overlap_days, monthly_cost=Decimal(30), by=world.office, at=NOW,
    )  # fmt: skip
    book = taken_away(office, world.plan)
    later = dt.date.fromisoformat(str(at(book, "missions.from", 1).value)[:10]) + 90 * DAY
    at(book, "missions.from", 1).value = later
    for row in (1, 2, 3):
        at(book, "seats.from", row).value = later
    told = float(at(book, "seats.cost", 3).value) + 1
    at(book, "seats.cost", 3).value = told
    made = taken(office, sent_back(office, world.plan, book))
    assert cost(world, made, "GN31-03") == told, "told in the workbook"
    own = cost(world, made, "GN31-01")
    assert round(cost(world, world.plan, "GN31-01") - own) == round(30 * 90 / 30.4375)
    assert "cost" not in made.facts["seats"]["changed"].get("GN31-01", {})
    again = taken(office, sent_back(office, made, taken_away(office, made)), "Again")
    assert cost(world, again, "GN31-03") == told
    assert cost(world, again, "GN31-01") == own


def test_a_seat_that_a_workbook_adds_costs_what_its_row_says(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    book = taken_away(office, world.plan)
    with_another_seat(book, "GN31-04")
    at(book, "seats.cost", 4).value = 77
    with_another_seat(book, "GN31-05", row=5)
    made = taken(office, sent_back(office, world.plan, book))
    assert cost(world, made, "GN31-04") == 77
    assert list(made.facts["seats"]["changed"]) == ["GN31-04"], "a row copied tells no cost"
    again = taken(office, sent_back(office, made, taken_away(office, made)), "Again")
    assert cost(world, again, "GN31-04") == 77


def with_another_seat(book: Xlsx, code: str, row: int = 4) -> None:
    """The first seat's row copied below, under another code."""
    sheet = at(book, "seats.id", 1).parent
    for column in range(1, sheet.max_column + 1):
        sheet.cell(row + 2, column).value = sheet.cell(3, column).value
    at(book, "seats.id", row).value = code


def cost(world: Planning, plan: Scenario, code: str) -> float:
    problem = problem_of(plan, world.office, NOW.date()).problem
    return next(s.cost for s in problem.seats if s.id == code)
