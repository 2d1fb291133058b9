"""A team stays longer: into nobody's next seat, and each extension after the one before."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.utils.translation import override

from marrow.core.refusals import Refused
from marrow.core.viewer import ORGANISATION, Grant, Viewer
from marrow.desk.actions import say_also
from marrow.missions.models import Mission
from marrow.posts import access
from marrow.posts.actions import extend
from marrow.teams.actions import answer_for_unit, invite, open_seats, select
from marrow.teams.models import Seat, StageChange
from tests.builders import NOW, OFFICE, a_batch
from tests.builders.on_post import a_team_on_post, moved

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
TODAY = NOW.date()
DAY = dt.timedelta(days=1)


def test_nobody_stays_on_into_the_time_of_a_seat_that_they_hold_in_the_next_team() -> None:
    team = a_team_on_post()
    stays = access.serving(team.mission)[0]
    Seat.objects.filter(pk=stays.seat_id).update(until_on=TODAY + 30 * DAY)
    coming = a_batch(32)
    seat = Seat(id=uuid4(), role="MEMBER", from_on=TODAY + 60 * DAY, until_on=TODAY + 400 * DAY)
    open_seats(mission=coming.pk, seats=[seat], by=OFFICE, at=NOW)
    asked = invite(seat=seat.pk, person=stays.person_id, by=OFFICE, at=NOW)
    unit = Viewer(uuid4(), "Unit", (Grant("unit", ORGANISATION, stays.person.unit_id),))
    answer_for_unit(assignment=asked.pk, agrees=True, by=unit, at=NOW)
    select(assignment=asked.pk, by=OFFICE, at=NOW)
    told: dict[str, Any] = {"mission": team.mission.pk, "on": TODAY, "reason": "outbreak"}
    with pytest.raises(Refused, match="holds another seat then"):
        extend(**told, planned_end_on=TODAY + 90 * DAY, staying=[stays.pk], by=OFFICE, at=NOW)
    assert Mission.objects.get(pk=team.mission.pk).status == "ON_POST", "nothing of it is kept"
    extend(**told, planned_end_on=TODAY + 59 * DAY, staying=[stays.pk], by=OFFICE, at=NOW)


def test_an_extension_shortens_nobodys_seat_and_follows_the_one_before() -> None:
    team = a_team_on_post()
    stays = access.serving(team.mission)[0]
    Seat.objects.filter(pk=stays.seat_id).update(until_on=TODAY + 300 * DAY)
    told: dict[str, Any] = {
        "mission": team.mission.pk, "reason": "outbreak", "staying": [stays.pk], "by": OFFICE,
        "at": NOW,
    }  # fmt: skip
    with pytest.raises(Refused, match="after the planned one"):
        extend(**told, on=TODAY, planned_end_on=TODAY + 30 * DAY)
    extend(**told, on=TODAY, planned_end_on=TODAY + 310 * DAY)
    for wrong in (dt.date(1990, 1, 1), TODAY + DAY):
        with pytest.raises(Refused, match="before the last extension or in the future"):
            extend(**told, on=wrong, planned_end_on=TODAY + 320 * DAY)
    extend(**told, on=TODAY, planned_end_on=TODAY + 320 * DAY)


def test_why_a_team_stays_is_read_in_the_language_it_was_said_in_among_its_stages() -> None:
    team = a_team_on_post()
    moved(team.mission, "EXTENDED", reason="L’épidémie dure")
    row = StageChange.objects.get(mission=team.mission, stage="EXTENDED")
    also = {"reason": {"zh": "疫情未止"}}
    say_also(label="teams.stagechange", record=row.pk, also=also, by=OFFICE, at=NOW)
    row.refresh_from_db()
    with override("zh-hans"):
        assert row.said("reason") == "疫情未止"
    assert row.said("reason") == "L’épidémie dure"
