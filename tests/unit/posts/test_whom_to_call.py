"""Whom to call: numbers stand by themselves, and one that was replaced is said nowhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest
from django.test import Client

from marrow.core.models import Job
from marrow.core.refusals import Refused
from marrow.desk.actions import say_also
from marrow.posts.actions import climb, keep_watch
from marrow.posts.actions.incidents import close_incident
from marrow.posts.actions.watching import JOB
from marrow.posts.models import Watch
from marrow.sources.models import WorkItem
from marrow.sources.sentences import sentence_of_work
from marrow.sync.reference import KEPT
from tests.builders import NOW, OFFICE
from tests.builders.on_post import Team, a_team_on_post
from tests.unit.posts.test_life_on_post import an_incident
from tests.unit.posts.test_silence import THE_CLOCK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
OLD = {"en": "Duty room", "fr": "Permanence", "zh": "值班室"}
NEW = "Night desk"
NUMBER, OTHER = "01632 960017", "01632 960099"


@pytest.fixture
def team() -> Team:
    team = a_team_on_post()
    writes(team, OLD["en"], NUMBER)
    told = {"contact": OLD}
    say_also(label="posts.watch", record=watch_of(team).pk, also=told, by=OFFICE, at=NOW)
    return team


def watch_of(team: Team) -> Watch:
    return Watch.objects.get(mission=team.mission)


def writes(team: Team, contact: str, telephone: str = "") -> None:
    keep_watch(
        mission=team.mission.pk, leader_after=24, office_after=36, last_after=48,
        contact=contact, telephone=telephone, by=OFFICE, at=NOW,
    )  # fmt: skip


def on_phones(team: Team) -> list[tuple[object, object]]:
    return [(one["call"], one["numbers"]) for one in KEPT["team"](team.leader, NOW)]


def test_a_new_number_is_the_one_that_the_teams_phones_show(team: Team) -> None:
    assert on_phones(team) == [(OLD, [NUMBER])]
    writes(team, OLD["en"], OTHER)
    assert on_phones(team) == [(OLD, [OTHER])]


def test_who_is_called_is_said_anew_in_no_old_words(team: Team) -> None:
    writes(team, NEW, NUMBER)
    assert "Permanence" not in str(on_phones(team))
    assert NEW in str(on_phones(team))


def all_rungs_are_climbed(team: Team) -> None:
    for job in Job.objects.filter(kind=JOB, state=Job.QUEUED):
        since = dt.datetime.fromisoformat(job.payload["since"])
        at = since + dt.timedelta(hours=49)
        climb(watch=watch_of(team).pk, step=3, since=since, by=THE_CLOCK, at=at)


def sentences(team: Team) -> set[str]:
    told = WorkItem.objects.filter(done_at=None, code="POST_SILENT_3", about=watch_of(team).pk)
    return {sentence_of_work(one.code, one.params, None) for one in told}


def test_work_that_is_open_says_the_new_number_too(team: Team) -> None:
    all_rungs_are_climbed(team)
    (before,) = sentences(team)
    assert before.endswith(f"Duty room {NUMBER}")
    writes(team, NEW, OTHER)
    (after,) = sentences(team)
    assert after.endswith(f"{NEW} {OTHER}")


def test_a_number_alone_is_whom_to_call(team: Team) -> None:
    all_rungs_are_climbed(team)
    writes(team, "", NUMBER)
    assert on_phones(team) == [({}, [NUMBER])]
    (told,) = sentences(team)
    assert told.split(": ")[-1].strip() == NUMBER


CANNOT = (
    "8h-18h", "620 00 00 01 (jour)", "+44 (0)1632 960017", "1", "117 118", "+33 1",
    "620 00 00 01 622 00 00 02",
)  # fmt: skip


@pytest.mark.parametrize("wrong", CANNOT)
def test_what_cannot_be_dialled_is_no_number_to_call(team: Team, wrong: str) -> None:
    with pytest.raises(Refused, match="no number that can be dialled"):
        writes(team, NEW, f"117, {wrong}")
    assert on_phones(team) == [(OLD, [NUMBER])], "nothing of it is kept"


def test_four_numbers_are_too_many(team: Team) -> None:
    with pytest.raises(Refused, match="three"):
        writes(team, NEW, "15, 17, 18, 112")


def test_numbers_are_kept_one_by_one_however_they_are_written(team: Team) -> None:
    writes(team, NEW, " ＋224 620‑00‑00‑01；117、\n1632.960.017 ")
    assert on_phones(team)[0][1] == ["+224 620-00-00-01", "117", "1632.960.017"]
    assert [dial for _written, dial in watch_of(team).numbers] == [
        "+224620000001", "117", "1632960017",
    ]  # fmt: skip


def test_the_office_writes_the_number_on_the_page_of_the_team(
    signed_in: Mapping[str, Client], team: Team
) -> None:
    page = f"/posts/{team.mission.pk}/watch/"
    hours = {"leader_after": 24, "office_after": 36, "last_after": 48, "contact": NEW}
    refused = signed_in["office"].post(page, hours | {"telephone": "room 12"}).content.decode()
    assert "“room 12” is no number that can be dialled" in refused
    assert 'value="room 12"' in refused, "what was written is not lost"
    signed_in["office"].post(page, hours | {"telephone": OTHER})
    shown = signed_in["office"].get(f"/posts/{team.mission.pk}/").content.decode()
    assert f'<a href="tel:01632960099">{OTHER}</a>' in shown


def test_the_same_words_written_again_is_still_said_in_each_language(team: Team) -> None:
    writes(team, OLD["en"])
    assert watch_of(team).also("contact") == OLD


def test_what_was_done_of_an_incident_is_not_said_as_it_was_before(team: Team) -> None:
    row = an_incident(team, OFFICE, done="We wait")
    said = {"done": {"en": "We wait", "fr": "Nous attendons"}}
    say_also(label="posts.incident", record=row.pk, also=said, by=OFFICE, at=NOW)
    close_incident(incident=row.pk, outcome="Mended", done="We drove", by=OFFICE, at=NOW)
    row.refresh_from_db()
    assert row.in_each("done") == "We drove"
