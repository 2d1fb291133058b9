"""The last line of Today says how many teams are safe and of how many nothing is known; each number
opens its rows. A list of teams says the same of what waits as Today does."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from marrow.missions.models import Mission
from marrow.posts.actions import check_in
from tests.builders import a_batch, a_person
from tests.builders.forming import a_seat, agreed, moved
from tests.builders.on_post import a_team_on_post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
ENGLISH = {"accept-language": "en"}


def page(client: Client, where: str) -> str:
    answer = client.get(where, headers=ENGLISH)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_today_ends_with_who_is_safe_and_each_number_opens_its_rows(
    signed_in: dict[str, Client],
) -> None:
    now = dt.datetime.now(dt.UTC)
    first, second, third = (a_team_on_post(n, now - dt.timedelta(days=3)) for n in (31, 32, 33))
    for team, state in ((first, "SAFE"), (second, "NEEDS_HELP")):
        check_in(
            mission=team.mission.pk, state=state, whole_team=state == "SAFE", by=team.leader,
            at=now - dt.timedelta(hours=1),
        )  # fmt: skip
    today = page(signed_in["office"], "/desk/")
    assert "3 teams whose news is watched." in today
    for state, words, team in (
        ("SAFE", "1 is safe", first), ("UNKNOWN", "1 is unknown", third),
        ("NEEDS_HELP", "1 needs help", second),
    ):  # fmt: skip
        assert f'<a href="/posts/?state={state}">{words}</a>' in today
        opened = page(signed_in["office"], f"/posts/?state={state}")
        rows = re.findall(r'<td><a href="/posts/([^/]+)/">', opened)
        assert rows == [str(team.mission.pk)]
    assert "on post." not in page(signed_in["unit"], "/desk/"), "whom it does not concern"


def test_without_a_team_on_post_today_does_not_speak_of_any(signed_in: dict[str, Client]) -> None:
    assert "on post." not in page(signed_in["office"], "/desk/")


def test_the_list_of_teams_says_what_today_says(signed_in: dict[str, Client]) -> None:
    office = signed_in["office"]
    mission: Mission = a_batch(31)
    moved(mission, "RECRUITING")
    leaves = timezone.localdate() + dt.timedelta(days=90)
    a_seat(mission, from_on=leaves)
    agreed(a_seat(mission, from_on=leaves), a_person("Wu Test"))
    today, listed = page(office, "/desk/"), page(office, "/teams/")
    assert "Wu Test may come with" in today
    assert "nobody has this seat" in today
    assert "<b>1 person to choose, 1 empty seat</b>" in listed
