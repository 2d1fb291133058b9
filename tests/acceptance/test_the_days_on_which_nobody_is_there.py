"""Nobody is said to be missing between two teams where the records know of a team that is, or may
be, there."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from marrow.missions.models import Mission
from marrow.plan import actions
from marrow.plan.models import AbsenceCap, PlannedTeam, Scenario
from marrow.plan.queries import gaps_beside
from marrow.programmes.models import Series
from marrow.teams.models import Assignment, Seat
from tests.builders import NOW, a_batch, a_programme, a_series
from tests.builders.forming import a_seat, chosen
from tests.builders.forming import moved as staged
from tests.builders.planning import DAY, TODAY, Planning, planning
from tests.builders.publishing import copied
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


def test_a_team_called_off_after_it_was_published_is_not_there(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan = planned(world)
    world.run(plan)
    actions.publish_plan(scenario=plan.pk, by=world.office, at=NOW + DAY)
    assert "nobody is there" not in shown(signed_in, plan)
    staged(Mission.objects.get(number=31), "CANCELLED", on=TODAY)
    comes = PlannedTeam.objects.get(scenario=plan, code="GN32").from_on
    told = f"leaves before GN32 comes: nobody is there from {LEAVES} to {comes - DAY}."
    for one in (plan, copied(world, NOW + 2 * DAY, plan)):
        assert told in shown(signed_in, one)


def test_a_team_without_seats_is_not_there(world: Planning, signed_in: dict[str, Client]) -> None:
    plan = planned(world)
    for seat in PlannedTeam.objects.get(scenario=plan, code="GN31").seats.all():
        actions.drop_planned_seat(seat=seat.pk, by=world.office, at=NOW)
    comes = PlannedTeam.objects.get(scenario=plan, code="GN32").from_on
    told = f"leaves before GN32 comes: nobody is there from {LEAVES} to {comes - DAY}."
    assert told in shown(signed_in, plan)


def test_a_team_in_which_nobody_stands_once_the_plan_is_solved_is_not_there(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan = planned(world)
    gn31 = PlannedTeam.objects.get(scenario=plan, code="GN31")
    cap = AbsenceCap(
        unit=world.hospital, from_on=TODAY, until_on=gn31.until_on - 60 * DAY, people=0,
        pressure=True,
    )  # fmt: skip
    actions.set_absence_cap(cap=cap, by=world.office, at=NOW)
    assert "nobody is there" not in shown(signed_in, plan)
    world.run(plan)
    comes = PlannedTeam.objects.get(scenario=plan, code="GN32").from_on
    told = f"leaves before GN32 comes: nobody is there from {LEAVES} to {comes - DAY}."
    assert told in shown(signed_in, plan)


def test_a_team_that_comes_after_the_next_one_leaves_the_days_before_that(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan = planned(world)
    moved(world, plan, "GN31", 900)
    comes = PlannedTeam.objects.get(scenario=plan, code="GN32").from_on
    page = shown(signed_in, plan)
    assert f"leaves before GN32 comes: nobody is there from {LEAVES} to {comes - DAY}." in page
    assert page.count("nobody is there") == 1, "the 32nd is there when the 31st comes"


def test_a_team_whose_stay_was_made_longer_than_the_next_one_s_is_there(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan = planned(world)
    moved(world, plan, "GN32", 30)
    assert "nobody is there" in shown(signed_in, plan)
    comes = PlannedTeam.objects.get(scenario=plan, code="GN32").from_on
    Seat.objects.filter(mission__number=30).update(until_on=comes + 10 * DAY)
    assert "nobody is there" not in shown(signed_in, plan)


def test_a_team_that_came_home_early_is_there_no_more(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan = planned(world)
    moved(world, plan, "GN32", 30)
    world.run(plan)
    actions.publish_plan(scenario=plan.pk, by=world.office, at=NOW + DAY)
    Mission.objects.filter(number=30).update(status="CLOSED")
    home = TODAY - 3 * DAY
    Mission.objects.filter(number=31).update(status="DEBRIEFING", returned_on=str(home))
    told = f"GN31 leaves before GN32 comes: nobody is there from {home + DAY} to "
    assert told in shown(signed_in, plan)


@pytest.mark.parametrize(
    ("days", "told"), [({"planned_end_on": str(LEAVES)}, True), ({"planned_end_on": "2027"}, False),
                       ({"planned_end_on": "2027-01"}, False), ({"months": 12}, False)],
)  # fmt: skip
def test_only_a_last_day_that_is_known_leaves_a_gap(
    world: Planning, signed_in: dict[str, Client], days: dict[str, Any], told: bool
) -> None:
    """Told as a month or a year, or reckoned from the month in which they came."""
    series = a_series(a_programme("second"))
    arrived = str(TODAY - 300 * DAY) if told else "2026-01"
    a_seat(a_batch(5, series, status="ON_POST", arrived_on=arrived, **days), "LEADER")
    plan = planned(world, series=series)
    row = PlannedTeam.objects.get(scenario=plan, number=6)
    moved(world, plan, row.code, (LEAVES + DAY - row.from_on).days)
    words = f"leaves before {row.code} comes: nobody is there from "
    assert words not in shown(signed_in, plan), "it is its last day there"
    moved(world, plan, row.code, 100)
    assert (f"{words}{LEAVES + DAY} to " in shown(signed_in, plan)) is told
    assert (words in shown(signed_in, plan)) is told


def test_a_seat_that_was_dropped_or_that_nobody_has_keeps_nobody_there(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    mission, until = Mission.objects.get(number=30), LEAVES + 90 * DAY
    empty = a_seat(mission, specialty="NURSING", from_on=TODAY - 90 * DAY, until_on=until)
    plan = planned(world)
    moved(world, plan, "GN31", 60)
    for dropped in (None, TODAY):
        Seat.objects.filter(pk=empty.pk).update(dropped_on=dropped)
        assert f"comes: nobody is there from {LEAVES} to " in shown(signed_in, plan)


@pytest.mark.parametrize("state", ["SELECTED", "SERVING"])
def test_whoever_is_chosen_for_longer_is_there(
    world: Planning, signed_in: dict[str, Client], state: str
) -> None:
    mission, until = Mission.objects.get(number=30), LEAVES + 90 * DAY
    seat = a_seat(mission, specialty="NURSING", from_on=TODAY + 20 * DAY, until_on=until)
    held = chosen(seat, world.person("Later Nurse", "NURSING"))
    Assignment.objects.filter(pk=held.pk).update(state=state)
    plan = planned(world)
    assert "nobody is there" not in shown(signed_in, plan)
    gn31 = PlannedTeam.objects.get(scenario=plan, code="GN31")
    moved(world, plan, "GN31", (until - gn31.from_on).days + 5)
    assert f"leaves before GN31 comes: nobody is there from {until} to " in shown(signed_in, plan)


@pytest.mark.parametrize("planned_end", ["", "2027-04", str(LEAVES + 90 * DAY)])
def test_whose_seat_tells_no_last_day_is_there_as_long_as_the_team(
    world: Planning, signed_in: dict[str, Client], planned_end: str
) -> None:
    mission = Mission.objects.get(number=30)
    Mission.objects.filter(pk=mission.pk).update(planned_end_on=planned_end)
    held = chosen(a_seat(mission, specialty="NURSING"), world.person("One More", "NURSING"))
    Assignment.objects.filter(pk=held.pk).update(state="SERVING", started_on=TODAY - 30 * DAY)
    plan = planned(world)
    moved(world, plan, "GN31", 40)
    assert "nobody is there" not in shown(signed_in, plan)
    moved(world, plan, "GN31", 200)
    told = f"leaves before GN31 comes: nobody is there from {LEAVES + 91 * DAY} to "
    assert (told in shown(signed_in, plan)) is (len(planned_end) > 7)
    assert ("before GN31 comes" in shown(signed_in, plan)) is (len(planned_end) > 7)


def test_nobody_is_there_either_once_the_team_before_is_home(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    plan, home = planned(world), TODAY - 3 * DAY
    moved(world, plan, "GN31", 60)
    assert f"before GN31 comes: nobody is there from {LEAVES} to " in shown(signed_in, plan)
    Mission.objects.filter(number=30).update(status="CLOSED", returned_on=str(home))
    assert f"before GN31 comes: nobody is there from {home + DAY} to " in shown(signed_in, plan)


def test_a_team_that_stayed_past_its_last_day_is_there_though_the_next_one_is_home(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    batch = a_batch(31, world.series, status="TRAINING")
    a_seat(batch, "LEADER", from_on=TODAY - 90 * DAY, until_on=TODAY + 90 * DAY)
    Mission.objects.filter(pk=batch.pk).update(status="DEBRIEFING")
    plan = planned(world)
    moved(world, plan, "GN32", 60)
    assert f"before GN32 comes: nobody is there from {LEAVES} to " in shown(signed_in, plan)
    Seat.objects.filter(mission__number=30).update(until_on=TODAY - DAY)
    assert "before GN32 comes" not in shown(signed_in, plan)


def test_moving_a_team_tells_what_the_plan_tells(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """Of two series; the second has no seats."""
    other = a_series(a_programme("second"))
    a_batch(5, other, status="ON_POST", arrived_on="2026-01-01", planned_end_on=str(LEAVES))
    plan = planned(world, series=other, also=world.series)
    row = PlannedTeam.objects.get(scenario=plan, number=6)
    moved(world, plan, row.code, 60)
    assert "nobody is there" not in shown(signed_in, plan)
    row.refresh_from_db()
    assert gaps_beside(row, TODAY) == []


def test_teams_of_another_series_change_nothing(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    """Its 31st was called off; the plan's own 31st is of this series."""
    other = a_series(a_programme("second"))
    for number, status in ((30, "ON_POST"), (31, "TRAINING")):
        batch = a_batch(number, other, status=status)
        a_seat(batch, "LEADER", from_on=TODAY - 500 * DAY, until_on=LEAVES + number % 30 * DAY)
    Mission.objects.filter(series=other, number=31).update(status="CANCELLED")
    plan = planned(world, series=other, also=world.series)
    row = PlannedTeam.objects.get(scenario=plan, series=other, number=32)
    moved(world, plan, row.code, 60)
    assert f"leaves before {row.code} comes: nobody is there from {LEAVES}" in shown(
        signed_in, plan
    )


@pytest.mark.parametrize("status", ["SUSPENDED", "UNKNOWN"])
def test_of_a_team_of_which_nobody_knows_where_it_is_no_gap_is_told(
    world: Planning, signed_in: dict[str, Client], status: str
) -> None:
    plan = planned(world)
    moved(world, plan, "GN32", 30)
    world.run(plan)
    actions.publish_plan(scenario=plan.pk, by=world.office, at=NOW + DAY)
    assert "nobody is there" in shown(signed_in, plan)
    Mission.objects.filter(number=31).update(status=status)
    assert "nobody is there" not in shown(signed_in, plan)


def the_31st(world: Planning, status: str) -> None:
    batch = a_batch(31, world.series, status=status)
    for role, of in (("LEADER", "GENERAL_SURGERY"), ("MEMBER", "NURSING")):
        a_seat(batch, role, specialty=of, from_on=LEAVES - 14 * DAY, until_on=LAST)


def planned(
    world: Planning, from_on: dt.date = TODAY, series: Series | None = None,
    also: Series | None = None,
) -> Scenario:  # fmt: skip
    of = [one.pk for one in (series or world.series, also) if one]
    return actions.make_plan(
        name="Three", series=of, from_on=from_on, until_on=TODAY + 1200 * DAY, by=world.office,
        at=NOW,
    )  # fmt: skip


def codes(plan: Scenario) -> list[str]:
    return sorted(PlannedTeam.objects.filter(scenario=plan).values_list("code", flat=True))


def moved(world: Planning, plan: Scenario, code: str, days: int) -> None:
    row = PlannedTeam.objects.get(scenario=plan, code=code)
    actions.move_planned_team(
        team=row.pk, from_on=row.from_on + days * DAY, until_on=row.until_on + days * DAY,
        minimum=min(row.minimum, row.seats.count()), overlap_days=row.overlap_days,
        by=world.office, at=NOW,
    )  # fmt: skip


def shown(signed_in: dict[str, Client], plan: Scenario) -> str:
    return text(signed_in["office"].get(f"/plan/{plan.pk}/"))
