"""Whom to call, once the office has written another number: the old one is said nowhere."""

from __future__ import annotations

import datetime as dt

import pytest

from marrow.core.models import Job
from marrow.desk.actions import say_also
from marrow.posts.actions import climb, keep_watch
from marrow.posts.actions.incidents import close_incident
from marrow.posts.actions.watching import JOB
from marrow.posts.models import Watch
from marrow.sources.models import WorkItem
from marrow.sync.reference import KEPT
from tests.builders import NOW, OFFICE
from tests.builders.on_post import Team, a_team_on_post
from tests.unit.posts.test_life_on_post import an_incident
from tests.unit.posts.test_silence import THE_CLOCK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
OLD = {"en": "Duty room 01632 960017", "fr": "Permanence 01632 960017", "zh": "值班室 01632 960017"}
NEW = "Duty room 01632 960099"


@pytest.fixture
def team() -> Team:
    team = a_team_on_post()
    writes(team, OLD["en"])
    told = {"contact": OLD}
    say_also(label="posts.watch", record=watch_of(team).pk, also=told, by=OFFICE, at=NOW)
    return team


def watch_of(team: Team) -> Watch:
    return Watch.objects.get(mission=team.mission)


def writes(team: Team, contact: str) -> None:
    keep_watch(
        mission=team.mission.pk, leader_after=24, office_after=36, last_after=48,
        contact=contact, by=OFFICE, at=NOW,
    )  # fmt: skip


def test_a_new_number_is_the_one_that_the_teams_phones_show(team: Team) -> None:
    assert "960017" in str(KEPT["team"](team.leader, NOW))
    writes(team, NEW)
    shown = str(KEPT["team"](team.leader, NOW))
    assert "960099" in shown
    assert "960017" not in shown


def test_work_that_is_open_says_the_new_number_too(team: Team) -> None:
    for job in Job.objects.filter(kind=JOB, state=Job.QUEUED):
        since = dt.datetime.fromisoformat(job.payload["since"])
        at = since + dt.timedelta(hours=49)
        climb(watch=watch_of(team).pk, step=3, since=since, by=THE_CLOCK, at=at)
    assert WorkItem.objects.filter(done_at=None, params__contact=OLD).exists()
    writes(team, NEW)
    told = WorkItem.objects.filter(done_at=None, about=watch_of(team).pk)
    assert {str(item.params["contact"]) for item in told} == {NEW}


def test_the_same_number_written_again_is_still_said_in_each_language(team: Team) -> None:
    writes(team, OLD["en"])
    assert watch_of(team).also("contact") == OLD


def test_what_was_done_of_an_incident_is_not_said_as_it_was_before(team: Team) -> None:
    row = an_incident(team, OFFICE, done="We wait")
    said = {"done": {"en": "We wait", "fr": "Nous attendons"}}
    say_also(label="posts.incident", record=row.pk, also=said, by=OFFICE, at=NOW)
    close_incident(incident=row.pk, outcome="Mended", done="We drove", by=OFFICE, at=NOW)
    row.refresh_from_db()
    assert row.in_each("done") == "We drove"
