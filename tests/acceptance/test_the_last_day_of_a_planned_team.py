"""A team, a plan and a limit have one last day on all pages of plans: the last day of all."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from marrow.plan import actions
from marrow.plan.models import AbsenceCap, PlannedTeam
from tests.builders import NOW
from tests.builders.planning import DAY, TODAY, Planning, planning, solved
from tests.builders.publishing import copied, publish, taken
from tests.builders.sending import text

pytestmark = pytest.mark.django_db
LAST = TODAY + 399 * DAY  # of the plan


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    row = planning(people)
    solved(row)
    return row


def last_days(page: str, first: object) -> set[str]:
    """Whatever stands on a page as the last of the days that begin with this one."""
    return set(re.findall(rf"{first} – ([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})", page))


def test_the_calendar_and_the_team_under_it_say_the_same_last_day(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    team = PlannedTeam.objects.get(scenario=world.plan)
    page = text(signed_in["office"].get(f"/plan/{world.plan.pk}/"))
    drawn, over_the_seats = page.split('id="seats"')
    assert f"{team.from_on} – " in drawn
    assert f"{team.from_on} – " in over_the_seats
    assert last_days(page, team.from_on) == {f"{team.until_on - DAY}"}


def test_a_new_team_is_published_with_its_last_day(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    team = PlannedTeam.objects.get(scenario=world.plan)
    page = text(signed_in["office"].get(f"/plan/{world.plan.pk}/publish/"))
    assert last_days(page, team.from_on) == {f"{team.until_on - DAY}"}


def test_a_team_that_moves_is_published_with_its_last_day_before_and_then(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    publish(world)
    copy = copied(world, NOW + DAY)
    team = PlannedTeam.objects.get(scenario=copy)
    later = team.until_on + 14 * DAY
    actions.move_planned_team(
        team=team.pk, from_on=team.from_on, until_on=later, minimum=1, overlap_days=14,
        by=world.office, at=NOW + DAY,
    )  # fmt: skip
    taken(world, copy, NOW + DAY)
    page = text(signed_in["office"].get(f"/plan/{copy.pk}/publish/"))
    assert "What changes in teams that form already" in page
    assert last_days(page, team.from_on) == {f"{team.until_on - DAY}", f"{later - DAY}"}


def test_a_team_whose_time_is_past_is_named_with_its_last_day_where_it_is_published(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    actions.move_planned_team(
        team=PlannedTeam.objects.get(scenario=world.plan).pk, from_on=TODAY - 300 * DAY,
        until_on=TODAY - 200 * DAY, minimum=1, overlap_days=14, by=world.office, at=NOW,
    )  # fmt: skip
    for page in ("", "publish/"):
        told = text(signed_in["office"].get(f"/plan/{world.plan.pk}/{page}"))
        assert f"GN31 ({TODAY - 300 * DAY} – {TODAY - 201 * DAY})" in told, page


def test_the_lists_of_plans_say_the_last_day_of_each(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office = signed_in["office"]
    assert last_days(text(office.get("/plan/")), TODAY) == {f"{LAST}"}
    actions.put_plan_aside(scenario=world.plan.pk, reason="A trial.", by=world.office, at=NOW)
    assert last_days(text(office.get("/plan/aside/")), TODAY) == {f"{LAST}"}


def test_how_many_can_be_spared_is_told_with_its_last_day(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    cap = AbsenceCap(unit=world.hospital, from_on=TODAY, until_on=TODAY + 90 * DAY, people=2)
    actions.set_absence_cap(cap=cap, by=world.office, at=NOW)
    told = text(signed_in["office"].get("/plan/spared/"))
    assert last_days(told, TODAY) == {f"{TODAY + 89 * DAY}"}
