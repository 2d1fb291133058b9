"""Whom to call: numbers stand by themselves, and one that was replaced is said nowhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from django.test import Client

from marrow.core.journal.undoing import undo
from marrow.core.models import Job, Operation
from marrow.core.refusals import Refused
from marrow.desk.actions import say_also
from marrow.posts.actions import climb, keep_watch
from marrow.posts.actions.incidents import close_incident
from marrow.posts.actions.watching import JOB
from marrow.posts.forms import WatchForm
from marrow.posts.models import Watch
from marrow.sources.models import WorkItem
from marrow.sources.sentences import sentence_of_work
from marrow.sync.reference import KEPT
from tests.builders import NOW, OFFICE, as_shown
from tests.builders.on_post import Team, a_team_on_post
from tests.unit.posts.test_life_on_post import an_incident
from tests.unit.posts.test_silence import THE_CLOCK

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
OLD = {"en": "Duty room", "fr": "Permanence", "zh": "值班室"}
NEW = "Night desk"
NUMBER, OTHER = "01632960017", "01632960099"


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
    "620 00 00 01 622 00 00 02", "12308 117", "117-12308", "1632960017 117", "620 00 00 01",
    "+224 620 00 00 01 117", "+999 620 00 00 01",
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
    writes(team, NEW, " ＋224 620‑00‑00‑01；117、\n+870.773.111.222 ")
    assert on_phones(team)[0][1] == ["+224 620-00-00-01", "117", "+870.773.111.222"]
    assert [dial for _written, dial in watch_of(team).numbers] == [
        "+224620000001", "117", "+870773111222",
    ]  # fmt: skip


def test_the_office_writes_the_number_on_the_page_of_the_team(
    signed_in: Mapping[str, Client], team: Team
) -> None:
    page, told = f"/posts/{team.mission.pk}/watch/", as_read(team) | {"contact": NEW}
    refused = signed_in["office"].post(page, told | {"telephone": "room 12"}).content.decode()
    assert "“room 12” is no number that can be dialled" in refused
    assert 'value="room 12"' in refused, "what was written is not lost"
    signed_in["office"].post(page, told | {"telephone": OTHER})
    shown = signed_in["office"].get(f"/posts/{team.mission.pk}/").content.decode()
    assert f'<a href="tel:01632960099">{OTHER}</a>' in shown


def as_read(team: Team) -> dict[str, Any]:
    """What the office's page sends when nobody touched it."""
    row = watch_of(team)
    columns = ("leader_after", "office_after", "last_after", "contact", "telephone")
    return as_shown(WatchForm(initial={c: getattr(row, c) for c in columns}))


def test_a_page_that_was_read_before_keeps_no_old_number(
    signed_in: Mapping[str, Client], team: Team
) -> None:
    page, read = f"/posts/{team.mission.pk}/watch/", as_read(team)
    writes(team, NEW, OTHER)
    answer = signed_in["office"].post(page, read | {"leader_after": 20})
    assert answer.status_code == 302
    row = watch_of(team)
    assert (row.leader_after, row.telephone, row.contact) == (20, OTHER, NEW)


def test_two_who_write_the_number_at_once_are_told_of_each_other(
    signed_in: Mapping[str, Client], team: Team
) -> None:
    page, read = f"/posts/{team.mission.pk}/watch/", as_read(team)
    writes(team, OLD["en"], OTHER)
    answer = signed_in["office"].post(page, read | {"telephone": "117"})
    assert answer.status_code == 409
    assert f"Somebody changed this meanwhile; now it is: {OTHER}" in answer.content.decode()
    assert watch_of(team).telephone == OTHER


@pytest.mark.parametrize("opened", ["before", "after"])
def test_a_number_that_was_taken_back_stands_in_no_open_work(team: Team, opened: str) -> None:
    if opened == "before":
        all_rungs_are_climbed(team)
    writes(team, OLD["en"], OTHER)
    if opened == "after":
        all_rungs_are_climbed(team)
    act = Operation.objects.filter(action="keep_watch").latest("id").act
    undo(act=act, by=OFFICE, at=NOW)
    assert on_phones(team) == [(OLD, [NUMBER])]
    (told,) = sentences(team)
    assert told.endswith(f"Duty room {NUMBER}")


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
