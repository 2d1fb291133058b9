"""Somebody with a later mission is free before it, as far as the rest before that mission is kept:
in the plan, where it is published, and on the page of a team."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from marrow.core.refusals import Refused
from marrow.directory.models import Area
from marrow.plan import actions
from marrow.plan.models import Placing, PlannedTeam
from marrow.plan.queries.pinning import against_pin
from marrow.plan.queries.problem import problem_of
from marrow.plan.rules.pairs import Rules
from marrow.teams.models import Assignment, Seat
from marrow.teams.queries import who_fits
from tests.builders import NOW, OFFICE, a_batch
from tests.builders.forming import a_seat, agreed, chosen
from tests.builders.planning import DAY, TODAY, Planning, planning, solved
from tests.builders.publishing import publish
from tests.builders.sending import text

pytestmark = [pytest.mark.django_db]
LEAVES, HOME = TODAY + 10 * DAY, TODAY + 24 * DAY  # of the short mission that is planned
A_YEAR = dt.date(HOME.year + 1, HOME.month, HOME.day) - HOME


@pytest.fixture
def world(people: dict[str, Any], places: dict[str, Area]) -> Planning:
    """A plan of 400 days of one mission of a fortnight."""
    row = planning(people)
    actions.move_planned_team(
        team=PlannedTeam.objects.get(scenario=row.plan).pk, from_on=LEAVES, until_on=HOME,
        minimum=1, overlap_days=14, by=row.office, at=NOW,
    )  # fmt: skip
    return row


def asked_for(world: Planning, after: dt.timedelta) -> Assignment:
    """The nurse is asked for a week that begins so long after the planned mission is home."""
    later = a_seat(
        a_batch(44), specialty="NURSING", from_on=HOME + after, until_on=HOME + after + 7 * DAY
    )
    return agreed(later, world.nurse)


def told_of_nurse(world: Planning) -> Any:
    problem = problem_of(world.plan, world.office, TODAY).problem
    return next(p for p in problem.people if p.id == str(world.nurse.pk))


def nurse_goes(world: Planning) -> bool:
    return Placing.objects.filter(seat__code="GN31-03", person=world.nurse).exists()


def test_somebody_with_a_later_mission_is_not_resting_before_it(world: Planning) -> None:
    asked_for(world, A_YEAR)
    solved(world)
    assert nurse_goes(world)
    publish(world)
    assert Assignment.objects.filter(person=world.nurse, seat__mission__number=31).exists()


def test_the_rest_before_the_later_mission_is_asked_for(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    later = asked_for(world, A_YEAR - DAY)
    solved(world)
    assert not nurse_goes(world)
    page = text(signed_in["office"].get(f"/plan/{world.plan.pk}/?team=GN31"))
    assert "1 is inside the rest period" in page
    row = PlannedTeam.objects.get(scenario=world.plan).seats.get(code="GN31-03")
    (words,) = against_pin(row, world.nurse.pk, world.office, TODAY).words
    assert later.seat.from_on
    last = later.seat.from_on - DAY
    assert f"{HOME - DAY} – {last} is kept for rest before or after another mission" in words


@pytest.mark.parametrize(("too_soon", "goes"), [(DAY, False), (0 * DAY, True)])
def test_the_rest_after_the_later_mission_is_asked_for_of_what_comes_after_it(
    world: Planning, too_soon: dt.timedelta, goes: bool
) -> None:
    later = asked_for(world, 100 * DAY)
    home = later.seat.until_on
    assert home
    start = dt.date(home.year + 1, home.month, home.day) - too_soon
    actions.move_planned_team(
        team=PlannedTeam.objects.get(scenario=world.plan).pk, from_on=start,
        until_on=start + 14 * DAY, minimum=1, overlap_days=14, by=world.office, at=NOW,
    )  # fmt: skip
    solved(world)
    assert nurse_goes(world) is goes


def test_where_a_later_mission_came_too_near_since_the_page_of_publishing_says_so(
    world: Planning,
) -> None:
    solved(world)
    assert nurse_goes(world)
    asked_for(world, 100 * DAY)
    with pytest.raises(Refused, match=r"Nursing Test on GN31-03: .* is kept for rest before"):
        publish(world)


def test_who_is_home_is_told_with_the_day_on_which_they_came_home(world: Planning) -> None:
    """A year with a 29th of February in it is longer than 365 days, and no day is told later."""
    home = dt.date(2027, 5, 20)
    begun = TODAY - 300 * DAY
    row = chosen(a_seat(a_batch(44), from_on=begun, until_on=home), world.nurse)
    Assignment.objects.filter(pk=row.pk).update(state="SERVING", started_on=begun)
    assert told_of_nurse(world).last_deployment.ended_on == home
    team = PlannedTeam.objects.get(scenario=world.plan)
    for leaves, lacking in ((dt.date(2028, 5, 19), ["has_rested"]), (dt.date(2028, 5, 20), [])):
        actions.move_planned_team(
            team=team.pk, from_on=leaves, until_on=leaves + 14 * DAY, minimum=1, overlap_days=14,
            by=world.office, at=NOW,
        )  # fmt: skip
        rules = Rules(problem_of(world.plan, world.office, TODAY).problem)
        assert rules.broken(str(world.nurse.pk), "GN31-03") == lacking


def test_who_fits_says_that_somebody_leaves_again_too_soon_and_only_then(
    world: Planning,
) -> None:
    later = chosen(
        a_seat(
            a_batch(44), specialty="NURSING", from_on=HOME + A_YEAR, until_on=HOME + A_YEAR + DAY
        ),
        world.nurse,
    ).seat
    mission = a_batch(45)
    seat = a_seat(mission, specialty="NURSING", from_on=LEAVES, until_on=HOME + DAY)
    near = a_seat(mission, specialty="NURSING", from_on=LEAVES, until_on=HOME)

    def told(of: Seat = seat) -> list[str]:
        found, _missing = who_fits(OFFICE, of, TODAY)
        return next(f.lacks for f in found if f.person == world.nurse)

    assert not any("rest" in lack for lack in told(near))
    words = f"leaves again on {later.from_on}, with less than 12 months of rest before it"
    assert words in told()
    assert who_fits(OFFICE, seat, TODAY)[1]["REST_BEFORE"] == 1
