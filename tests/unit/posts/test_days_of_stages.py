"""No stage of a team begins before what is kept of its people: nobody is home before they left."""

from __future__ import annotations

import datetime as dt

import pytest

from marrow.activity.actions import count_visits
from marrow.core.refusals import Refused
from marrow.missions.models import Mission
from marrow.posts.actions import check_in, report_incident
from marrow.posts.models import Incident
from marrow.teams.actions import end_service, replace
from marrow.teams.models import Assignment
from tests.builders import NOW, OFFICE, a_person
from tests.builders.forming import TODAY, agreed, moved
from tests.builders.on_post import Team, a_team_on_post

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY = dt.timedelta(days=1)
LEFT = TODAY - 180 * DAY


def a_team(number: int = 31) -> Team:
    """On post since half a year."""
    return a_team_on_post(number, at=NOW - 180 * DAY)


def home(team: Team, on: dt.date) -> None:
    moved(team.mission, "HANDING_OVER", "DEBRIEFING", on=on)


def replaced(team: Team, on: dt.date) -> Assignment:
    row = Assignment.objects.select_related("seat__mission", "person").get(person=team.mate)
    comes = agreed(row.seat, a_person("Luo Test"))
    return replace(assignment=row.pk, successor=comes.pk, reason="family", on=on, by=OFFICE, at=NOW)


def test_a_team_does_not_come_home_before_somebody_of_it_began() -> None:
    team = a_team()
    came = replaced(team, TODAY - 4 * DAY)
    for on in (LEFT + DAY, TODAY - 5 * DAY):
        with pytest.raises(Refused, match=f"Luo Test began on {TODAY - 4 * DAY}"):
            moved(team.mission, "HANDING_OVER", on=on)
    moved(team.mission, "HANDING_OVER", "DEBRIEFING", on=TODAY - 4 * DAY)
    came.refresh_from_db()
    assert (came.started_on, came.ended_on) == (TODAY - 4 * DAY, TODAY - 4 * DAY)


def test_a_team_does_not_come_home_before_who_went_home_early() -> None:
    team = a_team()
    row = Assignment.objects.get(person=team.mate)
    end_service(assignment=row.pk, on=TODAY - 9 * DAY, reason="ill", by=OFFICE, at=NOW)
    with pytest.raises(Refused, match=f"Mate Test 31 served until {TODAY - 9 * DAY}"):
        home(team, TODAY - 10 * DAY)
    moved(team.mission, "DEBRIEFING", on=TODAY - 9 * DAY)


def test_a_team_does_not_come_home_before_its_last_word_from_there() -> None:
    team = a_team()
    said = NOW - 20 * DAY
    check_in(mission=team.mission.pk, state="SAFE", by=team.member, at=said)
    with pytest.raises(Refused, match=f"Mate Test 31 checked in on {said.date()}"):
        home(team, TODAY - 100 * DAY)
    assert Mission.objects.get(pk=team.mission.pk).returned_on == ""
    moved(team.mission, "DEBRIEFING", on=TODAY - 21 * DAY)  # said as they had arrived at home


def test_a_team_does_not_come_home_before_what_happened_to_it_or_what_it_did() -> None:
    team = a_team()
    fall = Incident(kind="ACCIDENT", severity="MINOR", happened_on=TODAY - 30 * DAY, what="A fall")
    report_incident(mission=team.mission.pk, incident=fall, by=team.leader, at=NOW)
    day = TODAY - 25 * DAY
    count_visits(mission=team.mission.pk, held_on=day, count=12, by=team.leader, at=NOW)
    with pytest.raises(Refused, match=f"incident happened on {TODAY - 30 * DAY}") as told:
        home(team, TODAY - 40 * DAY)
    assert f"Work of {day} is recorded." in str(told.value)
    moved(team.mission, "DEBRIEFING", on=day)


def test_handing_over_may_be_entered_late_though_the_team_went_on_checking_in() -> None:
    team = a_team()
    check_in(mission=team.mission.pk, state="SAFE", by=team.member, at=NOW)
    moved(team.mission, "HANDING_OVER", on=TODAY - 8 * DAY)


def test_no_team_arrives_before_the_day_on_which_its_record_says_that_it_left() -> None:
    team = a_team()
    Mission.objects.filter(pk=team.mission.pk).update(status="UNKNOWN", departed_on=f"{LEFT}")
    team.mission.stages.all().delete()
    with pytest.raises(Refused, match=f"The team left on {LEFT}"):
        moved(team.mission, "ON_POST", on=LEFT - DAY)
