"""A program wrote a formula into a workbook of a plan, and nothing reckoned it: all else that is
wrong is told with it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from marrow.plan.models import PlannedSeat
from marrow.teams.models import Seat
from tests.acceptance.test_a_plan_in_a_workbook import at, sent_back, taken_away
from tests.builders.planning import Planning, planning
from tests.builders.sending import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def test_a_formula_in_the_cell_that_names_a_seat_does_not_keep_other_faults_for_the_next_sending(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """The first seat is open already: that nothing in the file has its name is no second fault."""
    office = signed_in["office"]
    open_seat = Seat.objects.order_by("pk").first()
    PlannedSeat.objects.filter(code="GN31-01").update(seat=open_seat)
    book = taken_away(office, world.plan)
    at(book, "seats.id", 1).value = '=CONCATENATE("GN31","-01")'
    at(book, "seats.accepts", 3).value = "WIZARD"
    at(book, "people.department", 1).value = "nowhere"
    at(book, "pins.seat", 1).value = "GN31-01"
    shown = text(office.get(sent_back(office, world.plan, book)))
    assert "3 things are wrong" in shown
    assert shown.count("holds a formula") == 1
    for words in ("“nowhere” is not in the list", "WIZARD"):
        assert words in shown, words
