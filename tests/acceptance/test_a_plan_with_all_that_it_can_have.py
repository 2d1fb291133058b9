"""A plan with a workbook, a budget, a pin, somebody who drops out and an answer that waits is shown
with thirty questions, as any page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marrow.directory.models import Area
from marrow.plan import actions
from marrow.plan.models import Placing, PlannedSeat, Scenario
from tests.acceptance.test_a_change_of_dates_tells_its_handovers import moved, two_teams_in_a_row
from tests.acceptance.test_a_plan_in_a_workbook import at, sent_back, taken, taken_away
from tests.builders import NOW
from tests.builders.planning import DAY, Planning, planning
from tests.builders.sending import text

pytestmark = pytest.mark.django_db
MOST = 30


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def with_all(world: Planning, office: Client) -> Scenario:
    plan = two_teams_in_a_row(world)
    book = taken_away(office, plan)
    at(book, "people.grade", 1).value = 4
    at(book, "seats.cost", 1).value = 5
    plan = taken(office, sent_back(office, plan, book))
    run = world.run(plan, at=NOW + DAY)
    of: dict[str, Any] = {"by": world.office, "at": NOW + DAY}
    actions.accept_solution(run=run.pk, **of)
    stands = Placing.objects.filter(seat__team__scenario=plan)
    out, pinned = stands.get(seat__code="GN32-02"), stands.get(seat__code="GN31-03")
    actions.pin_seat(seat=pinned.seat_id, person=pinned.person_id, **of)
    beijing = Area.objects.get(code="CN-BJ")
    actions.set_budget(scenario=plan.pk, area=beijing, year=2026, amount=Decimal(5000), **of)
    moved(world, plan, 7)
    actions.drop_out(
        scenario=plan.pk, person=out.person_id, why="HEALTH", by=world.office, at=NOW + 2 * DAY
    )
    return plan


@pytest.mark.parametrize("answer", ["waits", "overtaken", "refused"])
def test_the_pages_of_a_plan_with_all_that_it_can_have_ask_thirty_questions(
    world: Planning, signed_in: dict[str, Client], answer: str
) -> None:
    office = signed_in["office"]
    plan = with_all(world, office)
    if answer == "refused":
        seats = PlannedSeat.objects.filter(team__scenario=plan, code__in=("GN31-01", "GN32-01"))
        who = seats.get(code="GN31-01").placing.person_id
        for seat in seats:
            actions.pin_seat(seat=seat.pk, person=who, by=world.office, at=NOW + 2 * DAY)
    run = world.run(plan, at=NOW + 3 * DAY)
    assert run.state == ("REFUSED" if answer == "refused" else "DONE"), run.faults
    if answer == "overtaken":
        moved(world, plan, 1)
    for page in (f"/plan/{plan.pk}/", f"/plan/{plan.pk}/?team=GN32", f"/plan/{plan.pk}/publish/"):
        office.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert office.get(page).status_code == 200
        assert len(asked) <= MOST, (page, len(asked))


def test_a_copy_of_a_copy_of_a_copy_is_published_with_no_more_questions(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan, office, asks = two_teams_in_a_row(world), signed_in["office"], []
    for n in range(4):
        plan = actions.copy_plan(scenario=plan.pk, name=f"Copy {n}", by=world.office, at=NOW + DAY)
        page = f"/plan/{plan.pk}/publish/"
        office.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert office.get(page).status_code == 200
        asks.append(len(asked))
    assert max(asks) == min(asks), asks


def test_the_answer_of_several_teams_asks_no_more_than_that_of_one(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """Each seat that would change is called by its team, and the team by its destination."""
    plan, office, asks = two_teams_in_a_row(world), signed_in["office"], []
    for n, code in enumerate(("GN31-02", "GN32-02"), 1):
        who = Placing.objects.get(seat__team__scenario=plan, seat__code=code).person
        actions.drop_out(
            scenario=plan.pk, person=who.pk, why="HEALTH", by=world.office, at=NOW + n * DAY
        )
        world.run(plan, at=NOW + n * DAY)
        page = f"/plan/{plan.pk}/"
        assert code in text(office.get(page)).split("The planner proposes")[1]
        with CaptureQueriesContext(connection) as asked:
            office.get(page)
        asks.append(len(asked))
    assert asks[0] == asks[1], asks
