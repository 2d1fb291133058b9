"""Days of a team that is formed, on post and leaving: none of them lies beyond what can be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from marrow.core.refusals import Refused
from marrow.handovers.actions import plan_follow_ups
from marrow.missions.models import Mission
from marrow.posts.actions import plan_milestone, reach_milestone
from marrow.teams.actions import (
    call_panel,
    change_seat,
    move_period,
    move_stage,
    open_call,
    open_seats,
    plan_training,
    prolong_call,
)
from marrow.teams.models import Seat
from tests.builders import NOW, OFFICE, a_batch
from tests.builders.calling import sent
from tests.builders.forming import a_seat
from tests.builders.leaving import a_handover, leaving
from tests.builders.on_post import a_team_on_post

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY = NOW.date()
FAR = [dt.date(1801, 1, 1), dt.date(2199, 12, 31)]
BEYOND = "too far|not come yet"


def a_team() -> tuple[Mission, Seat]:
    batch = a_batch()
    return batch, a_seat(batch, from_on=TODAY + dt.timedelta(days=90), until_on=None)


WRITTEN: dict[str, Callable[[Mission, Seat, dt.date], object]] = {
    "a seat": lambda team, _seat, day: open_seats(
        mission=team.pk, seats=[Seat(id=uuid4(), role="MEMBER", from_on=day)], by=OFFICE, at=NOW
    ),
    "a seat that is changed": lambda _team, seat, day: change_seat(
        seat=seat.pk, told={"from_on": day}, by=OFFICE, at=NOW
    ),
    "a departure that is moved": lambda team, _seat, day: move_period(
        mission=team.pk, from_on=day, until_on=day + dt.timedelta(days=300), by=OFFICE, at=NOW
    ),
    "a call": lambda team, _seat, day: open_call(
        mission=team.pk, text="Call", opens_on=min(TODAY, day), closes_on=max(TODAY, day),
        by=OFFICE, at=NOW,
    ),
    "a panel": lambda team, _seat, day: call_panel(
        mission=team.pk, meets_on=day, members=[("Somebody", "")], by=OFFICE, at=NOW
    ),
    "a training": lambda team, _seat, day: plan_training(
        mission=team.pk, held_on=day, topic="Malaria", required=True, by=OFFICE, at=NOW
    ),
}  # fmt: skip


@pytest.mark.parametrize("day", FAR, ids=str)
@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_no_team_is_formed_for_centuries(
    write: Callable[[Mission, Seat, dt.date], object], day: dt.date
) -> None:
    team, seat = a_team()
    with pytest.raises(Refused, match=BEYOND):
        write(team, seat, day)
    assert write(team, seat, TODAY + dt.timedelta(days=30))


def test_nor_is_a_call_open_until_2199() -> None:
    team, _seat = a_team()
    call = open_call(
        mission=team.pk, text="Call", opens_on=TODAY, closes_on=TODAY, by=OFFICE, at=NOW
    )
    with pytest.raises(Refused, match=BEYOND):
        prolong_call(call=call.pk, closes_on=FAR[1], by=OFFICE, at=NOW)


def test_no_team_was_called_off_in_1850_on_its_page_or_by_a_program(
    signed_in: dict[str, Client], calling: dict[str, Client]
) -> None:
    team, _seat = a_team()
    told = {"stage": "CANCELLED", "on": "1850-01-01", "reason": "No money"}
    page = signed_in["office"].post(f"/teams/{team.pk}/stage/", told)
    assert page.status_code == 422
    assert "too far back" in page.content.decode()
    where = f"/api/v1/teams/{team.pk}/stages"
    assert sent(calling["office"], "POST", where, told).status_code == 422
    team.refresh_from_db()
    assert team.status != "CANCELLED"
    move_stage(mission=team.pk, stage="CANCELLED", on=TODAY, reason="No money", by=OFFICE, at=NOW)


@pytest.mark.parametrize("day", FAR, ids=str)
def test_a_step_of_a_team_on_post_lies_in_its_time(day: dt.date) -> None:
    team = a_team_on_post()
    with pytest.raises(Refused, match=BEYOND):
        plan_milestone(mission=team.mission.pk, what="Ward", due_on=day, by=team.leader, at=NOW)
    step = plan_milestone(
        mission=team.mission.pk, what="Ward", due_on=TODAY, by=team.leader, at=NOW
    )
    with pytest.raises(Refused, match=BEYOND):
        reach_milestone(milestone=step.pk, on=day, by=team.leader, at=NOW)


@pytest.mark.parametrize("day", [dt.date(1850, 1, 1), FAR[1]], ids=str)
def test_what_is_looked_after_once_a_team_left_lies_after_it(day: dt.date) -> None:
    row = a_handover(leaving())
    with pytest.raises(Refused, match=BEYOND):
        plan_follow_ups(
            handover=row.pk, topic="Dialysis", person=None, unit=uuid4(), end_on=day, months=[1],
            by=OFFICE, at=NOW,
        )  # fmt: skip
