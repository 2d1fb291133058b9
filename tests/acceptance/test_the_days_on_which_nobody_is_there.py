"""Nobody is said to be missing between two teams where the records know of a team that is, or may
be, there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from marrow.missions.models import Mission
from marrow.plan import actions
from marrow.plan.models import PlannedTeam, Scenario
from marrow.teams.models import Assignment, Seat
from tests.builders import NOW, a_batch
from tests.builders.forming import a_seat, chosen
from tests.builders.planning import DAY, TODAY, Planning, planning
from tests.builders.sending import text

pytestmark = pytest.mark.django_db
LEAVES = TODAY + 48 * DAY  # the first day without the 30th team
LAST = LEAVES + 500 * DAY  # and without the 31st


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    """The 30th team is on post."""
    row = planning(people)
    for seat in Seat.objects.filter(mission__number=30):
        held = chosen(seat, row.person(f"Now {seat.specialty.title()}", seat.specialty))
        Assignment.objects.filter(pk=held.pk).update(state="SERVING", started_on=seat.from_on)
    Mission.objects.filter(number=30).update(status="ON_POST")
    return row


@pytest.mark.parametrize("status", ["RECRUITING", "TRAINING"])
def test_a_team_that_forms_is_there_before_a_plan_that_begins_with_the_next(
    world: Planning, signed_in: dict[str, Client], status: str
) -> None:
    the_31st(world, status)
    plan = planned(world, LAST)
    assert codes(plan)[0] == "GN32"
    assert "nobody is there" not in shown(signed_in, plan)


def test_a_team_that_forms_is_there_though_a_plan_leaves_it_out(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    the_31st(world, "TRAINING")
    plan = planned(world)
    gn31 = PlannedTeam.objects.get(scenario=plan, code="GN31")
    actions.drop_planned_team(team=gn31.pk, by=world.office, at=NOW)
    assert "nobody is there" not in shown(signed_in, plan)
    moved(world, plan, "GN32", 60)
    comes = PlannedTeam.objects.get(scenario=plan, code="GN32").from_on
    told = f"leaves before GN32 comes: nobody is there from {LAST} to {comes - DAY}."
    assert told in shown(signed_in, plan), "the records tell its last day"


def test_a_team_on_post_whose_end_nobody_knows_leaves_no_gap(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    a_batch(31, world.series, status="ON_POST", arrived_on=str(LEAVES - 60 * DAY))
    plan = planned(world)
    assert codes(plan)[0] == "GN32"
    assert "nobody is there" not in shown(signed_in, plan)


def test_a_team_that_was_called_off_fills_no_gap(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    the_31st(world, "TRAINING")
    Mission.objects.filter(number=31).update(status="CANCELLED")
    plan = planned(world)
    assert codes(plan)[0] == "GN32"
    moved(world, plan, "GN32", 60)
    assert f"comes: nobody is there from {LEAVES} to " in shown(signed_in, plan)


def test_a_team_whose_stay_was_made_longer_since_it_was_published_is_there_till_it_leaves(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan = planned(world)
    moved(world, plan, "GN32", 30)
    world.run(plan)
    actions.publish_plan(scenario=plan.pk, by=world.office, at=NOW + DAY)
    comes = PlannedTeam.objects.get(scenario=plan, code="GN32").from_on
    assert "GN31 leaves before GN32 comes" in shown(signed_in, plan)
    Mission.objects.filter(number=30).update(status="CLOSED")
    Mission.objects.filter(number=31).update(status="EXTENDED")
    Seat.objects.filter(mission__number=31).update(until_on=comes + 30 * DAY)
    assert "nobody is there" not in shown(signed_in, plan)
    Seat.objects.filter(mission__number=31).update(until_on=comes - 2 * DAY)
    told = f"GN31 leaves before GN32 comes: nobody is there from {comes - 2 * DAY} to "
    assert told in shown(signed_in, plan), "as long as it was made"


@pytest.mark.parametrize("status", ["DEBRIEFING", "CLOSED"])
def test_of_a_team_that_is_home_again_no_gap_is_told_by_its_planned_days(
    world: Planning, signed_in: dict[str, Client], status: str
) -> None:
    """Its stay was made longer, until after the next had come."""
    plan = planned(world)
    moved(world, plan, "GN32", 30)
    world.run(plan)
    actions.publish_plan(scenario=plan.pk, by=world.office, at=NOW + DAY)
    comes = PlannedTeam.objects.get(scenario=plan, code="GN32").from_on
    Mission.objects.filter(number=30).update(status="CLOSED")
    Mission.objects.filter(number=32).update(status="ON_POST")
    Seat.objects.filter(mission__number=31).update(until_on=comes + 30 * DAY)
    Mission.objects.filter(number=31).update(status=status)
    assert "nobody is there" not in shown(signed_in, plan)


def the_31st(world: Planning, status: str) -> None:
    batch = a_batch(31, world.series, status=status)
    for role, of in (("LEADER", "GENERAL_SURGERY"), ("MEMBER", "NURSING")):
        a_seat(batch, role, specialty=of, from_on=LEAVES - 14 * DAY, until_on=LAST)


def planned(world: Planning, from_on: dt.date = TODAY) -> Scenario:
    return actions.make_plan(
        name="Three", series=[world.series.pk], from_on=from_on, until_on=TODAY + 1200 * DAY,
        by=world.office, at=NOW,
    )  # fmt: skip


def codes(plan: Scenario) -> list[str]:
    return sorted(PlannedTeam.objects.filter(scenario=plan).values_list("code", flat=True))


def moved(world: Planning, plan: Scenario, code: str, days: int) -> None:
    row = PlannedTeam.objects.get(scenario=plan, code=code)
    actions.move_planned_team(
        team=row.pk, from_on=row.from_on + days * DAY, until_on=row.until_on + days * DAY,
        minimum=row.minimum, overlap_days=row.overlap_days, by=world.office, at=NOW,
    )  # fmt: skip


def shown(signed_in: dict[str, Client], plan: Scenario) -> str:
    return text(signed_in["office"].get(f"/plan/{plan.pk}/"))
