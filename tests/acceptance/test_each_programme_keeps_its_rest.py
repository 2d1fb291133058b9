"""Two programmes in one plan: each team asks for the rest of its own programme, as the page of a
team does, and no team's rule is another one's."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from marrow.directory.models import Area
from marrow.plan import actions
from marrow.plan.models import Placing, PlannedTeam
from marrow.plan.queries.problem import problem_of
from marrow.plan.rules.checker import rules_broken
from marrow.plan.rules.pairs import Rules
from marrow.plan.rules.problem import Seated
from marrow.programmes.actions import set_rest
from marrow.programmes.models import Programme
from marrow.teams.models import Assignment
from marrow.teams.queries import who_fits
from tests.builders import NOW, OFFICE, a_batch, a_programme
from tests.builders.forming import a_seat, chosen
from tests.builders.planning import DAY, TODAY, Planning, planning, solved
from tests.builders.sending import text

pytestmark = [pytest.mark.django_db]
LEAVES, HOME = TODAY + 60 * DAY, TODAY + 80 * DAY  # of the trip for eyes


@pytest.fixture
def world(people: dict[str, Any], places: dict[str, Area]) -> Planning:
    return planning(people)


def trip(world: Planning, months: int | None = 0, from_on: dt.date = LEAVES) -> Programme:
    """A short trip of nurses, of a programme with its own rule of rest, in the same plan."""
    programme = a_programme("eyes")
    set_rest(key=programme.key, months=months, by=OFFICE, at=NOW)
    actions.add_planned_team(
        scenario=world.plan.pk, programme=programme.key, title="Eyes", kind="SHORT_SURGICAL",
        from_on=from_on, until_on=from_on + (HOME - LEAVES), seats=[("NURSING", 1)],
        by=world.office, at=NOW,
    )  # fmt: skip
    return programme


def moved_to(world: Planning, day: dt.date) -> None:
    team = PlannedTeam.objects.get(scenario=world.plan, code="GN31")
    actions.move_planned_team(
        team=team.pk, from_on=day, until_on=day + 60 * DAY, minimum=1, overlap_days=14,
        by=world.office, at=NOW,
    )  # fmt: skip


def came_home(world: Planning, day: dt.date) -> Assignment:
    """The nurse served in some other programme and came home on this day."""
    row = chosen(a_seat(a_batch(44), from_on=day - 90 * DAY, until_on=day), world.nurse)
    Assignment.objects.filter(pk=row.pk).update(
        state="SERVED", started_on=day - 90 * DAY, ended_on=day
    )
    return row


def seats_of_nurse(world: Planning) -> set[str]:
    return set(Placing.objects.filter(person=world.nurse).values_list("seat__code", flat=True))


def breaks(world: Planning, seat: str) -> bool:
    """Whether the nurse may not have this seat, by the solver's rules and the checker's alike."""
    problem = problem_of(world.plan, world.office, TODAY).problem
    told = rules_broken(problem, (Seated(seat=seat, person=str(world.nurse.pk)),))
    broken = Rules(problem).broken(str(world.nurse.pk), seat)
    assert ("has_rested" in broken) == ("still_rests" in {one.code for one in told})
    return "has_rested" in broken


def test_a_trip_that_asks_for_no_rest_takes_no_rest_from_another_team_of_the_plan(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    came_home(world, TODAY - 20 * DAY)
    moved_to(world, TODAY + 120 * DAY)
    trip(world)
    solved(world)
    assert seats_of_nurse(world) == {"T1-01"}
    page = text(signed_in["office"].get(f"/plan/{world.plan.pk}/?team=GN31"))
    assert "1 is inside the rest period" in page


@pytest.mark.parametrize(("months", "first"), [(None, "T1-01"), (0, "T1-01"), (0, "GN31-03")])
def test_between_two_teams_of_a_plan_the_one_to_which_one_goes_tells_the_rest(
    world: Planning, months: int | None, first: str
) -> None:
    """The trip is free of rest, so whoever comes home goes on it; not so the long team after it."""
    moved_to(world, TODAY + 120 * DAY if first == "T1-01" else TODAY + 1 * DAY)
    trip(world, months, from_on=LEAVES if first == "T1-01" else TODAY + 65 * DAY)
    rules = Rules(problem_of(world.plan, world.office, TODAY).problem)
    assert rules.clash(str(world.nurse.pk), "T1-01", "GN31-03") is (first == "T1-01")
    solved(world)
    assert len(seats_of_nurse(world)) == (1 if first == "T1-01" else 2)


@pytest.mark.parametrize(("months", "rests"), [(0, False), (2, False), (4, True), (None, True)])
def test_the_plan_and_the_page_of_a_team_judge_who_came_home_alike(
    world: Planning, months: int | None, *, rests: bool
) -> None:
    came_home(world, TODAY - 20 * DAY)
    programme = trip(world, months)
    assert breaks(world, "T1-01") is rests
    assert breaks(world, "GN31-03"), "by its own rule, of twelve months"
    mission = a_batch(45)
    mission.programme = programme
    mission.save()
    seat = a_seat(mission, specialty="NURSING", from_on=LEAVES, until_on=HOME)
    lacks = next(f.lacks for f in who_fits(OFFICE, seat, TODAY)[0] if f.person == world.nurse)
    assert any("rests until" in lack for lack in lacks) is rests


@pytest.mark.parametrize(("months", "kept"), [(0, False), (None, True)])
def test_before_a_later_mission_elsewhere_its_own_programme_tells_the_rest(
    world: Planning, months: int | None, *, kept: bool
) -> None:
    """On the plan's page and on that of a team."""
    later = a_seat(
        a_batch(44), specialty="NURSING", from_on=HOME + 10 * DAY, until_on=HOME + 20 * DAY
    )
    set_rest(key=later.mission.programme.key, months=months, by=OFFICE, at=NOW)
    chosen(later, world.nurse)
    trip(world, 12)
    problem = problem_of(world.plan, world.office, TODAY).problem
    assert ("has_rested" in Rules(problem).broken(str(world.nurse.pk), "T1-01")) is kept
    seat = a_seat(a_batch(45), specialty="NURSING", from_on=LEAVES, until_on=HOME)
    lacks = next(f.lacks for f in who_fits(OFFICE, seat, TODAY)[0] if f.person == world.nurse)
    assert any("leaves again" in lack for lack in lacks) is kept
