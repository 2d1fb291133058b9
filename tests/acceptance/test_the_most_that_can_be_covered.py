"""How many critical seats any plan could cover is told beside how many this one covers."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from marrow.directory.models import Area
from marrow.plan import actions
from marrow.plan.models import PlannedSeat
from tests.acceptance.test_plans_side_by_side import card
from tests.builders import NOW
from tests.builders.planning import DAY, Planning, planning, solved
from tests.builders.sending import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any], places: dict[str, Area]) -> Planning:
    return planning(people)


def test_two_of_three_critical_seats_are_all_that_any_plan_covers(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """Only the nurse can take the critical seat, and drops out."""
    seat = PlannedSeat.objects.get(code="GN31-03", team__scenario=world.plan)
    actions.change_planned_seat(seat=seat.pk, told={"weight": "CRITICAL"}, by=world.office, at=NOW)
    assert "no plan covers more" not in card_of(solved_with(world), signed_in["office"])
    actions.drop_out(
        scenario=world.plan.pk, person=world.nurse.pk, why="FAMILY", by=world.office, at=NOW + DAY
    )
    run = world.run(at=NOW + DAY)
    office, page = signed_in["office"], f"/plan/{world.plan.pk}/"
    effects = text(office.get(page)).split('id="effects"')[1].split("</table>")[0]
    assert "2 of 3; no plan covers more than 2" in effects
    actions.accept_solution(run=run.pk, by=world.office, at=NOW + DAY)
    assert "<dd>2 of 3; no plan covers more than 2</dd>" in card_of(world, office)
    for language, words in (
        ("fr", "aucun plan n’en couvre plus de 2"), ("zh-hans", "任何计划最多只能覆盖2个"),
    ):  # fmt: skip
        office.cookies["django_language"] = language
        assert words in text(office.get(page)), language
    office.cookies["django_language"] = "en"
    book = load_workbook(io.BytesIO(office.get(f"{page}plan.xlsx").content))
    rows = {r[0]: r[1] for r in book["Figures"].iter_rows(values_only=True)}
    assert rows["critical seats"] == "2 of 3; no plan covers more than 2"


def solved_with(world: Planning) -> Planning:
    world.plan.name = solved(world).name
    return world


def card_of(world: Planning, office: Client) -> str:
    return card(office, f"/plan/{world.plan.pk}/", world.plan)
