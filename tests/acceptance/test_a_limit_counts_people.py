"""A hospital says how many of its people can be away in a month. One doctor on two short trips in
one month is one person away: the plan takes them for both, is published and mended."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from marrow.core.jobs import run_one
from marrow.missions.models import Mission
from marrow.people.models import Person
from marrow.plan import actions
from marrow.plan.models import AbsenceCap, Scenario
from marrow.programmes.models import Programme
from marrow.teams.models import Assignment
from tests.builders import NOW
from tests.builders.forming import a_seat, chosen
from tests.builders.planning import DAY, Planning, planning, solved
from tests.builders.publishing import publish, seat_of, taken
from tests.builders.sending import opened, text

pytestmark = pytest.mark.django_db

#: a month in which the batch of the plan is not away yet
FIRST = (NOW.date().replace(day=1) + 32 * DAY).replace(day=1)


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    row = planning(people)
    Programme.objects.filter(pk=row.series.programme_id).update(rest_months=0)
    cap = AbsenceCap(
        unit=row.hospital, specialty="OPHTHALMOLOGY", from_on=FIRST, until_on=FIRST + 20 * DAY,
        people=1,
    )  # fmt: skip
    actions.set_absence_cap(cap=cap, by=row.office, at=NOW)
    return row


def trip(world: Planning, after: int) -> None:
    actions.add_planned_team(
        scenario=world.plan.pk, programme=world.series.programme.key, title=f"Eyes {after}",
        kind="SHORT_SURGICAL", from_on=FIRST + after * DAY, until_on=FIRST + (after + 6) * DAY,
        seats=[("OPHTHALMOLOGY", 1)], by=world.office, at=NOW,
    )  # fmt: skip


def doctor(world: Planning, name: str = "Eye Test") -> Person:
    return world.person(name, "OPHTHALMOLOGY")


def held(plan: Scenario, code: str) -> Person | None:
    placing = getattr(seat_of(plan, code), "placing", None)
    return placing and placing.person


def test_one_doctor_goes_twice_where_one_can_be_spared_and_the_plan_is_published(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    one = doctor(world)
    trip(world, 1)
    trip(world, 15)
    plan, office = solved(world), signed_in["office"]
    assert (held(plan, "T1-01"), held(plan, "T2-01")) == (one, one)
    page = f"/plan/{plan.pk}/publish/"
    assert "people away" not in text(office.get(page))
    assert office.post(page, opened(office, page, f'action="{page}"')).status_code == 302
    asked = Assignment.objects.filter(person=one, state="INVITED")
    assert asked.count() == 2


def test_a_doctor_who_stays_for_two_trips_is_mended_round_when_another_drops_out(
    world: Planning,
) -> None:
    one = doctor(world)
    trip(world, 1)
    trip(world, 15)
    plan = solved(world)
    run = actions.drop_out_and_mend(
        scenario=plan.pk, person=world.nurse.pk, by=world.office, at=NOW + DAY, why="HEALTH"
    )
    assert run is not None
    while run_one("test"):
        pass
    run.refresh_from_db()
    assert (run.state, run.faults) == ("DONE", [])
    actions.accept_solution(run=run.pk, by=world.office, at=NOW + DAY)
    assert (held(plan, "T1-01"), held(plan, "T2-01")) == (one, one)
    publish(world, at=NOW + DAY)


def test_a_second_doctor_stays_at_home_where_one_can_be_spared(world: Planning) -> None:
    doctor(world)
    doctor(world, "Other Eye Test")
    trip(world, 1)
    trip(world, 2)
    plan = solved(world)
    assert sum(held(plan, code) is not None for code in ("T1-01", "T2-01")) == 1


def test_who_is_away_for_another_team_already_may_go_again_in_that_month_and_nobody_else(
    world: Planning,
) -> None:
    """The one whom the hospital spares is on a trip of another plan at the start of the month."""
    one = doctor(world)
    other = doctor(world, "Other Eye Test")
    elsewhere = a_seat(
        Mission.objects.get(number=30),
        specialty="OPHTHALMOLOGY", from_on=FIRST + DAY, until_on=FIRST + 6 * DAY
    )  # fmt: skip
    chosen(elsewhere, one)
    trip(world, 15)
    plan = solved(world)
    assert held(plan, "T1-01") == one
    publish(world)
    copy = actions.copy_plan(scenario=plan.pk, name="Other", by=world.office, at=NOW + DAY)
    actions.drop_out(scenario=copy.pk, person=one.pk, why="HEALTH", by=world.office, at=NOW + DAY)
    assert held(taken(world, copy, NOW + DAY), "T1-01") is None
    assert other.unit_id == one.unit_id
