"""What a plan begins with: teams of several series, their seats, what the hospitals need."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.core.jobs import run_one
from marrow.core.refusals import Refused
from marrow.missions.models import Mission
from marrow.need.actions import confirm_need
from marrow.need.models import NeedAnswer
from marrow.plan import actions
from marrow.plan.models import PlannedSeat, PlannedTeam, Scenario
from marrow.programmes.models import Series
from marrow.teams.models import Seat
from tests.builders import (
    NOW,
    a_batch,
    a_hospital,
    a_programme,
    a_sending_hospital,
    a_series,
    a_site,
)
from tests.builders.forming import a_seat
from tests.builders.needing import a_lack, a_need
from tests.builders.planning import DAY, TODAY, Planning, licensed, planning
from tests.builders.sending import opened, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(people: dict[str, Any]) -> Planning:
    return planning(people)


def also_to_guinea(number: int = 30) -> Series:
    """A second series into the same country, whose teams bear the same numbers."""
    series = a_series(a_programme("other-teams"))
    a_seat(
        a_batch(number, series, months=18), "LEADER", specialty="GENERAL_SURGERY",
        from_on=TODAY - 500 * DAY, until_on=TODAY + 48 * DAY,
    )  # fmt: skip
    return series


def test_two_series_into_one_area_are_planned_together(
    world: Planning, signed_in: dict[str, Client]
) -> None:
    office, other = signed_in["office"], also_to_guinea()
    told = {
        **opened(office, "/plan/new/"), "name": "Both",
        "series": [str(world.series.pk), str(other.pk)],
        "from_on": TODAY.isoformat(), "until_on": (TODAY + 400 * DAY).isoformat(),
    }  # fmt: skip
    answer = office.post("/plan/new/", told)
    assert answer.status_code == 302, text(answer)
    plan = Scenario.objects.get(name="Both")
    codes = list(PlannedTeam.objects.filter(scenario=plan).values_list("code", flat=True))
    assert sorted(codes) == ["GN31", "GN31B"]
    world.run(plan)
    assert Scenario.objects.get(pk=plan.pk).state == "SOLVED"


@pytest.mark.parametrize(
    ("from_on", "until_on"), [("9996-12-01", "9999-12-31"), ("0001-01-01", "0004-01-01")]
)
def test_days_far_from_every_calendar_are_refused_in_words_on_the_page_and_by_a_program(
    world: Planning, signed_in: dict[str, Client], calling: dict[str, Client], from_on: str,
    until_on: str,
) -> None:  # fmt: skip
    office, times = signed_in["office"], {"from_on": from_on, "until_on": until_on}
    told = {
        **opened(office, "/plan/new/"), "name": "Far", "series": [str(world.series.pk)], **times,
    }  # fmt: skip
    answer = office.post("/plan/new/", told)
    assert answer.status_code == 422
    assert "Days of a plan lie in the years 1950 to 2149" in text(answer)
    by_program = calling["office"].post(
        "/api/v1/plans", {"name": "Far", "series": [str(world.series.pk)], **times},
        content_type="application/json",
    )  # fmt: skip
    assert by_program.status_code == 422
    assert "1950 to 2149" in by_program.json()["detail"]


def test_a_team_is_not_moved_to_such_days_either(world: Planning) -> None:
    team = PlannedTeam.objects.get(scenario=world.plan)
    with pytest.raises(Refused, match="1950 to 2149"):
        actions.move_planned_team(
            team=team.pk, from_on=team.from_on, until_on=dt.date(9999, 12, 31), minimum=1,
            overlap_days=14, by=world.office, at=NOW,
        )  # fmt: skip


def test_a_need_of_one_of_several_hospitals_that_a_team_serves_becomes_a_seat(
    people: dict[str, Account], signed_in: dict[str, Client]
) -> None:
    office, lack = viewer_of(people["office"]), a_lack()
    need = confirm_need(need=a_need(lack).pk, by=lack.speaks, at=NOW)
    a_site(lack.ward.mission, organisation=a_hospital("Second hospital"))
    nephrologist = licensed("Nephrologist Test", need.item.specialty, a_sending_hospital())
    assert lack.ward.mission.series_id
    plan = actions.make_plan(
        name="The 32nd", series=[lack.ward.mission.series_id], from_on=TODAY,
        until_on=TODAY + 900 * DAY, by=office, at=NOW,
    )  # fmt: skip
    seat = PlannedSeat.objects.filter(team__scenario=plan).exclude(need=None).get()
    assert (seat.need, seat.weight) == (need, "CRITICAL")
    actions.ask_to_solve(scenario=plan.pk, by=office, at=NOW)
    while run_one("test"):
        pass
    assert PlannedSeat.objects.get(pk=seat.pk).placing.person == nephrologist
    page = text(signed_in["office"].get(f"/plan/{plan.pk}/?team={seat.team.code}"))
    assert f"Answers a need of {lack.ward.hospital}" in page
    actions.publish_plan(scenario=plan.pk, by=office, at=NOW)
    answer = NeedAnswer.objects.get(need=need)
    assert answer.seat_id == PlannedSeat.objects.get(pk=seat.pk).seat_id
    assert answer.mission.sites.get().organisation == lack.ward.hospital


def test_a_team_that_forms_already_takes_a_need_on(people: dict[str, Account]) -> None:
    office, lack = viewer_of(people["office"]), a_lack()
    need = confirm_need(need=a_need(lack).pk, by=lack.speaks, at=NOW)
    forming = a_batch(32, lack.ward.mission.series, months=18, status="PLANNED")
    a_site(forming, organisation=lack.ward.hospital)
    leader = a_seat(
        forming, "LEADER", specialty="NURSING", from_on=TODAY + 30 * DAY,
        until_on=TODAY + 500 * DAY,
    )  # fmt: skip
    assert forming.series_id
    plan = actions.make_plan(
        name="The 32nd", series=[forming.series_id], from_on=TODAY, until_on=TODAY + 400 * DAY,
        by=office, at=NOW,
    )  # fmt: skip
    seats = list(PlannedSeat.objects.filter(team__mission=forming, team__scenario=plan))
    assert [(s.seat, s.need) for s in seats] == [(leader, None), (None, need)]


def test_a_team_on_post_whose_first_day_nobody_told_is_named_beside_the_calendar(
    people: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    world = planning(people)
    mission = Mission.objects.get(number=30)
    Seat.objects.filter(mission=mission).update(from_on=None, until_on=None)
    Mission.objects.filter(pk=mission.pk).update(status="ON_POST", arrived_on="", departed_on="")
    shown = text(signed_in["office"].get(f"/plan/{world.plan.pk}/"))
    told = shown.split("On post, but since which day is not known")[1].split("</p>")[0]
    assert f'href="/teams/{mission.pk}/"' in told


def test_a_team_that_is_moved_wholly_into_the_past_is_warned_of(
    people: dict[str, Any], signed_in: dict[str, Client]
) -> None:
    world = planning(people)
    page = f"/plan/{world.plan.pk}/"
    warned = "their whole time is past"
    assert warned not in text(signed_in["office"].get(page))
    team = PlannedTeam.objects.get(scenario=world.plan)
    actions.move_planned_team(
        team=team.pk, from_on=TODAY - 300 * DAY, until_on=TODAY - 200 * DAY, minimum=1,
        overlap_days=14, monthly_cost=None, by=world.office, at=NOW,
    )  # fmt: skip
    told = text(signed_in["office"].get(page))
    assert warned in told
    assert f"GN31 ({TODAY - 300 * DAY} – {TODAY - 201 * DAY})" in told


def test_a_program_that_moves_a_team_wholly_into_the_past_is_warned_as_the_page_warns(
    people: dict[str, Any], calling: dict[str, Client]
) -> None:
    world = planning(people)
    office, plan = calling["office"], f"/api/v1/plans/{world.plan.pk}"
    (team,) = office.get(plan).json()["teams"]
    assert team["warnings"] == []
    start, end = f"{TODAY - 300 * DAY}", f"{TODAY - 200 * DAY}"
    moved = office.patch(
        f"/api/v1/planned-teams/{team['id']}", {"from_on": start, "until_on": end},
        "application/json", headers={"If-Match": "*"},
    ).json()  # fmt: skip
    (warning,) = moved["warnings"]
    assert (warning["code"], warning["team"]) == ("wholly_past", team["id"])
    assert warning["words"].startswith(
        f"GN31 did not leave, and its whole time is past ({start} – {TODAY - 201 * DAY})."
    )
    assert office.get(plan).json()["teams"][0]["warnings"] == [warning]
    assert office.get(f"{plan}/publication").json()["warnings"] == [warning]
