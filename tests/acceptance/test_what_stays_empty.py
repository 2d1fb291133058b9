"""What a plan says of seats that stay empty: how many, who is asked for them all the same, and what
would help."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from marrow.core.jobs import run_one
from marrow.people.actions import add_to_person
from marrow.people.models import Unavailability
from marrow.plan import actions
from marrow.plan.models import Run, Scenario
from marrow.teams.actions import invite
from tests.builders import NOW, OFFICE
from tests.builders.planning import DAY, TODAY, Planning, planning, solved
from tests.builders.publishing import copied, publish, seat_of, taken
from tests.builders.sending import opened, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def mended(world: Planning, plan: Scenario, days: int = 1) -> Run:
    at = NOW + days * DAY
    run = actions.ask_to_solve(scenario=plan.pk, by=world.office, at=at, mends=True)
    while run_one("test"):
        pass
    return Run.objects.get(pk=run.pk)


def test_seats_that_fall_with_a_drop_out_are_counted_among_those_that_stay_empty(
    world: Planning, signed_in: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the anaesthetist the surgeon does not go either."""
    monkeypatch.setattr("marrow.plan.rules.engine.ground.FEW_SEATS", 0)  # as in a large plan
    solved(world)
    office, page = signed_in["office"], f"/plan/{world.plan.pk}/"
    told = {**opened(office, f"{page}out/"), "person": str(world.anaesthetist.pk), "why": "HEALTH"}
    assert office.post(f"{page}out/", told).status_code == 302
    while run_one("test"):
        pass
    shown = text(office.get(page))
    assert "2 seats would change" in shown
    assert "2 seats stay empty. Only the teams and people around" in shown


def test_an_empty_seat_names_who_is_asked_for_it_all_the_same(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """A second surgeon was asked by hand. The next plan has no anaesthetist, so no surgeon goes."""
    solved(world)
    publish(world)
    by_hand = world.person("Asked Surgeon", "GENERAL_SURGERY")
    seat = seat_of(world.plan, "GN31-01").seat
    assert seat
    invite(seat=seat.pk, person=by_hand.pk, by=world.office, at=NOW)
    copy = copied(world, NOW + DAY)
    actions.drop_out(
        scenario=copy.pk, person=world.anaesthetist.pk, why="HEALTH", by=world.office, at=NOW + DAY
    )
    taken(world, copy, NOW + 2 * DAY)
    office = signed_in["office"]
    shown = text(office.get(f"/plan/{copy.pk}/?team=GN31"))
    told = "Asked Surgeon is on the way into this seat (asked); this plan puts nobody there."
    assert told in shown
    page = text(office.get(f"/plan/{copy.pk}/publish/"))
    still = page.split('id="still-asked"')[1].split("</section>")[0]
    assert "They stay asked for seats that this plan leaves empty" in still
    assert "Asked Surgeon" in still
    assert "General_Surgery Test" not in still, "whom the plan before sent is withdrawn"


def test_mending_fills_a_seat_that_the_records_let_somebody_into_since(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    leave = Unavailability(from_on=TODAY + 200 * DAY, until_on=TODAY + 300 * DAY)
    add_to_person(person=world.nurse.pk, part=leave, by=OFFICE, at=NOW)
    solved(world)
    office, page = signed_in["office"], f"/plan/{world.plan.pk}/"
    assert "Mend: the smallest change" in text(office.get(page))
    assert mended(world, world.plan).state == "DONE"
    shown = text(office.get(page))
    assert "Nobody would change seats." in shown
    assert "Seats are still empty: “Solve again” looks for the best plan" in shown
    Unavailability.objects.all().delete()
    mended(world, world.plan, 2)
    shown = text(office.get(page))
    assert "1 seat would change" in shown
    assert "<b>Nursing Test</b>" in shown


def test_an_expert_through_a_link_is_not_told_to_fill_the_seat(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    other = world.person("Other Nurse", "NURSING")
    actions.pin_seat(seat=seat_of(world.plan, "GN31-03").pk, person=None, by=world.office, at=NOW)
    plan = solved(world)
    assert plan.run
    run = Run.objects.get(pk=plan.run)
    link = {"code": "remote", "names": {"specialty": "NURSING", "destination": "GN"}}
    later = {"code": "dates", "names": {"mission": "GN31", "days": 14}}
    for fills, says, not_said in (
        ([[link, None, 9.7]], "It stays empty, but this would do part", "Tried, and it fills"),
        ([[later, str(other.pk), 5.0]], "Tried, and it fills", "It stays empty, but this"),
    ):
        run.why["GN31-03"]["fills"] = fills
        Run.objects.filter(pk=run.pk).update(why=run.why)
        shown = text(signed_in["office"].get(f"/plan/{plan.pk}/?team=GN31"))
        assert says in shown
        assert not_said not in shown


def test_a_change_that_fills_a_seat_names_the_seats_that_pay_for_it(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """On the page and in the workbook, and with what is to be done where the planner could spend
    the change on another seat."""
    other = world.person("Other Nurse", "NURSING")
    actions.pin_seat(seat=seat_of(world.plan, "GN31-03").pk, person=None, by=world.office, at=NOW)
    plan = solved(world)
    assert plan.run
    run = Run.objects.get(pk=plan.run)
    money = {"code": "budget", "names": {"area": "CN-BJ", "year": 2027, "by": 10.0}}
    later = {"code": "dates", "names": {"mission": "GN31", "days": 14}}
    cost = [["GN31-01", "GN31-02"], ["GN31-02"]]
    elsewhere = "The planner may spend such a change on another seat: pin the person here too."
    for what, says in ((later, False), (money, True)):
        run.why["GN31-03"]["fills"] = [[what, str(other.pk), 5.0, *cost]]
        Run.objects.filter(pk=run.pk).update(why=run.why)
        page = f"/plan/{plan.pk}/?team=GN31"
        shown = text(signed_in["office"].get(page))
        assert "(+5.0 points); empty then: GN31-02; then change: GN31-01" in shown
        assert (elsewhere in shown) is says
        book = signed_in["office"].get(f"/plan/{plan.pk}/plan.xlsx").content
        rows = list(load_workbook(io.BytesIO(book))["Empty seats"].values)
        told = str(next(row for row in rows if row[0] == "GN31-03")[-1])
        assert "empty then: GN31-02; then change: GN31-01." in told
        assert (elsewhere in told) is says
