"""R23: the sender's strengths are matched to the recipient's needs, and how precisely is told."""

from __future__ import annotations

from typing import Any

import pytest

from marrow.accounts.queries import viewer_of
from marrow.core.jobs import run_one
from marrow.need.actions import confirm_need
from marrow.need.queries import precision_of
from marrow.plan import actions
from marrow.plan.models import PlannedSeat, Scenario
from tests.builders import NOW, a_sending_hospital
from tests.builders.needing import a_lack, a_need
from tests.builders.planning import DAY, TODAY, licensed

pytestmark = pytest.mark.django_db


def test_a_confirmed_need_becomes_a_seat_that_the_planner_fills_and_precision_rises(
    people: dict[str, Any],
) -> None:
    office, lack = viewer_of(people["office"]), a_lack()
    need = confirm_need(need=a_need(lack).pk, by=lack.speaks, at=NOW)
    nephrologist = licensed("Nephrologist Test", need.item.specialty, a_sending_hospital())
    before = precision_of(office).share
    assert before is not None
    assert before.answering == 0
    assert lack.ward.mission.series_id is not None
    plan = actions.make_plan(
        name="The 32nd", series=[lack.ward.mission.series_id], from_on=TODAY,
        until_on=TODAY + 900 * DAY, by=office, at=NOW,
    )  # fmt: skip
    seat = PlannedSeat.objects.filter(team__scenario=plan).exclude(need=None).first()
    assert seat is not None
    assert (seat.need, seat.weight) == (need, "CRITICAL")
    actions.ask_to_solve(scenario=plan.pk, by=office, at=NOW)
    while run_one("test"):
        pass
    assert Scenario.objects.get(pk=plan.pk).state == "SOLVED"
    assert PlannedSeat.objects.get(pk=seat.pk).placing.person == nephrologist
    actions.publish_plan(scenario=plan.pk, by=office, at=NOW)
    after = precision_of(office).share
    assert after is not None
    assert after.answering == 1
