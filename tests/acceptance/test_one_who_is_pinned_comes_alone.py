"""A team takes people of its own programme's sender. One of another sender whom the office pins to
it, or who is on the way there, comes alone: nobody else of their hospital is asked for it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from marrow.core.words import names
from marrow.directory.actions import enter_organisation
from marrow.directory.models import Area
from marrow.people.actions import tell_couple
from marrow.people.models import Person
from marrow.plan.actions import copy_plan, drop_out, make_plan, pin_seat, publish_plan
from marrow.plan.models import Pin, PlannedSeat, Scenario
from marrow.plan.queries.problem import problem_of
from marrow.plan.rules.problem import SenderPool
from marrow.programmes.models import Programme, Series
from marrow.teams.models import Assignment
from tests.acceptance.test_a_plan_in_a_workbook import at, sent_back, taken, taken_away
from tests.acceptance.test_who_receives_a_team_sends_nobody_with_it import (
    of_the_other,
    seated,
    two_programmes,
)
from tests.builders import NOW, OFFICE, a_batch, a_programme, a_series
from tests.builders.forming import a_seat
from tests.builders.planning import DAY, TODAY, Planning, licensed, planning
from tests.builders.sending import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def seats_for_nurses(world: Planning, count: int) -> Scenario:
    """Beijing sends Guinea's team, Gansu Zambia's; there are nurses enough, all of Beijing."""
    series = a_series(a_programme(sender=Area.objects.get(code="CN-GS")), recipient="ZM")
    batch = a_batch(20, series, months=18)
    for _ in range(count):
        a_seat(
            batch, "MEMBER", specialty="NURSING", from_on=TODAY - 500 * DAY,
            until_on=TODAY + 48 * DAY,
        )  # fmt: skip
    for n in range(3):
        world.person(f"Nurse More {n}", "NURSING")
    return make_plan(
        name="Two", series=[world.series.pk, series.pk], from_on=TODAY,
        until_on=TODAY + 400 * DAY, by=world.office, at=NOW,
    )  # fmt: skip


def seat_of(plan: Scenario, code: str = "ZM21-01") -> PlannedSeat:
    return PlannedSeat.objects.get(team__scenario=plan, code=code)


def pools(world: Planning, plan: Scenario) -> dict[str, SenderPool]:
    return {m.id: m.sender_pool for m in problem_of(plan, world.office, TODAY).problem.missions}


def test_one_pinned_does_not_bring_the_whole_hospital(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan = seats_for_nurses(world, 2)
    licensed("Surgeon Other", "GENERAL_SURGERY", of_the_other())
    before = pools(world, plan)
    pin_seat(seat=seat_of(plan).pk, person=world.nurse.pk, by=world.office, at=NOW)
    assert pools(world, plan) == before
    run = world.run(plan)
    assert run.state == "DONE", run.faults
    found = seated(plan)
    assert [c for c in found if c.startswith("ZM")] == ["ZM21-01"]
    assert found["ZM21-01"].pk == world.nurse.pk
    shown = text(signed_in["office"].get(f"/plan/{plan.pk}/?team=ZM21"))
    assert "are not asked" in shown  # whoever else is a nurse of Beijing


def test_one_of_a_third_province_comes_alone_to_the_team_that_they_are_pinned_to(
    world: Planning,
) -> None:
    plan = seats_for_nurses(world, 2)
    unit = enter_organisation(
        kind="HOSPITAL", names=names("Lankao Test Hospital"), at=NOW, by=OFFICE,
        area=Area.objects.get(code="CN-410225"),
    )  # fmt: skip
    who = licensed("Nurse of Lankao", "NURSING", unit)
    pin_seat(seat=seat_of(plan).pk, person=who.pk, by=world.office, at=NOW)
    assert not any(p.all or "CN-410225" in p.areas for p in pools(world, plan).values())
    run = world.run(plan)
    assert run.state == "DONE", run.faults
    assert {c for c, p in seated(plan).items() if p.pk == who.pk} == {"ZM21-01"}


def test_nobody_of_their_hospital_follows_one_who_was_asked_and_drops_out(world: Planning) -> None:
    """Beijing's nurse was asked for Zambia before another province was told to send its team."""
    plan = two_programmes(world, sender=None)
    world.run(plan)
    asked = seated(plan)["ZM21-01"]
    publish_plan(scenario=plan.pk, by=world.office, at=NOW)
    ours = Series.objects.filter(recipient_area__code="ZM").values("programme")
    Programme.objects.filter(pk__in=ours).update(sender=Area.objects.get(code="CN-GS"))
    world.person("Nurse who stays", "NURSING")
    copy = copy_plan(scenario=plan.pk, name="Copy", by=world.office, at=NOW + DAY)
    drop_out(scenario=copy.pk, person=asked.pk, why="HEALTH", by=world.office, at=NOW + DAY)
    run = world.run(copy, at=NOW + 2 * DAY)
    assert run.state == "DONE", run.faults
    assert run.plan is not None
    assert "ZM21-01" not in {one["seat"] for one in run.plan["assignments"]}


def test_an_application_brings_nobody_of_another_sender(world: Planning) -> None:
    plan = seats_for_nurses(world, 3)
    licensed("Nurse of Gansu", "NURSING", of_the_other())
    world.run(plan)
    assert [c for c in seated(plan) if c.startswith("ZM")] == ["ZM21-01"]
    publish_plan(scenario=plan.pk, by=world.office, at=NOW)
    who = world.person("Volunteer", "NURSING")
    applied = Assignment(id=uuid4(), seat=seat_of(plan, "ZM21-02").seat, person=who)
    applied.state = Assignment.State.APPLIED
    applied.save()
    copy = copy_plan(scenario=plan.pk, name="Copy", by=world.office, at=NOW + DAY)
    run = world.run(copy, at=NOW + DAY)
    assert run.state == "DONE", run.faults
    assert run.plan is not None
    told = {one["seat"] for one in run.plan["assignments"]}
    assert {c for c in told if c.startswith("ZM")} == {"ZM21-01"}


def test_a_pin_taken_out_by_workbook_leaves_nobody_of_the_other_sender_asked(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan = two_programmes(world)
    office = signed_in["office"]
    pin_seat(seat=seat_of(plan).pk, person=world.nurse.pk, by=world.office, at=NOW)
    book = taken_away(office, plan)
    for column in ("pins.seat", "pins.person", "pins.by", "pins.reason"):
        at(book, column, 1).value = None
    made = taken(office, sent_back(office, plan, book))
    assert not Pin.objects.filter(seat__team__scenario=made).exists()
    run = world.run(made)
    assert run.state == "DONE", run.faults
    assert "ZM21-01" not in seated(made)  # nobody of Gansu is a nurse


def test_a_workbook_pins_somebody_of_another_sender_as_the_page_does(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan = two_programmes(world)
    office = signed_in["office"]
    book = taken_away(office, plan)
    at(book, "pins.seat", 1).value = "ZM21-01"
    at(book, "pins.person", 1).value = str(world.nurse.pk)
    made = taken(office, sent_back(office, plan, book))
    run = world.run(made)
    assert run.state == "DONE", run.faults
    assert seated(made)["ZM21-01"].pk == world.nurse.pk


def test_a_couple_of_another_sender_goes_where_both_are_pinned(world: Planning) -> None:
    plan = seats_for_nurses(world, 3)
    partner = Person.objects.get(names__en="Nurse More 1")
    tell_couple(
        person=world.nurse.pk, other=partner.pk, rule="TOGETHER", by=world.office, at=NOW
    )  # fmt: skip
    pin_seat(seat=seat_of(plan).pk, person=world.nurse.pk, by=world.office, at=NOW)
    run = world.run(plan)
    assert run.state == "REFUSED"
    assert [one["code"] for one in run.faults] == ["pins_at_odds"]
    pin_seat(seat=seat_of(plan, "ZM21-02").pk, person=partner.pk, by=world.office, at=NOW)
    run = world.run(plan)
    assert run.state == "DONE", run.faults
    assert {p.pk for c, p in seated(plan).items() if c.startswith("ZM")} == {
        world.nurse.pk, partner.pk,
    }  # fmt: skip


def test_a_repair_that_asks_another_sender_says_how_one_of_theirs_comes(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """Nobody of Gansu is a nurse; a nurse of Beijing would fill the seat."""
    plan = seats_for_nurses(world, 1)
    run = world.run(plan)
    assert run.state == "DONE", run.faults
    office, page = signed_in["office"], f"/plan/{plan.pk}/?team=ZM21"
    shown = text(office.get(page))
    assert "is asked for" in shown.split("Tried, and it fills the seat")[1].split("</ul>")[0]
    after = shown.split("Tried, and it fills the seat")[1].split("</ul>")[1].split("</div>")[0]
    assert "Whoever is pinned here comes though nobody else of their hospital" in after
    assert f"/plan/seats/{seat_of(plan).pk}/pin/" in after
