"""Who says words again in another language says those that stand now, not those of an old page."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from marrow.core.journal import journal
from marrow.core.models import Operation
from marrow.desk.actions import say_also
from marrow.posts.actions.watching import WATCH
from marrow.posts.models import Watch
from tests.builders import NOW, OFFICE
from tests.builders.on_post import Team, a_team_on_post
from tests.builders.sending import slip_on
from tests.unit.posts.test_whom_to_call import watch_of, writes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]
OLD, NEW = "The office 620 00 00 01", "The office 620 00 00 02"
IN_FRENCH, IN_CHINESE = "Le bureau 620 00 00 01", "办公室 620 00 00 01"


@pytest.fixture
def team() -> Team:
    team = a_team_on_post()
    writes(team, OLD)
    return team


def drawn(client: Client, row: Watch) -> dict[str, str]:
    """The fields of the page as it has them now."""
    return fields_in(client.get(address(row)).content.decode())


def fields_in(page: str) -> dict[str, str]:
    hidden = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', page)
    texts = re.findall(r'<textarea name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', page)
    return {name: value for name, value in [*hidden, *texts] if "csrf" not in name}


def address(row: Watch) -> str:
    return reverse("desk:words", args=["posts.watch", row.pk])


def test_a_page_from_before_the_number_changed_brings_no_old_number_back(
    team: Team, signed_in: dict[str, Client]
) -> None:
    client, row = signed_in["office"], watch_of(team)
    old = drawn(client, row) | {"contact_fr": IN_FRENCH}
    writes(team, NEW)
    answer = client.post(address(row), old)
    told = answer.content.decode()
    assert answer.status_code == 409
    assert "The words changed meanwhile" in told
    assert escape(NEW) in told
    assert IN_FRENCH in told, "what was written is not lost"
    assert watch_of(team).tongues == {}
    again = fields_in(told) | {"contact_fr": "Le bureau 620 00 00 02"}
    assert client.post(address(row), again).status_code == 302
    assert watch_of(team).tongues == {"contact": {"fr": "Le bureau 620 00 00 02"}}


def test_nor_is_what_was_written_lost_where_the_words_are_in_that_language_now(
    team: Team, signed_in: dict[str, Client]
) -> None:
    client, row = signed_in["office"], watch_of(team)
    old = drawn(client, row) | {"contact_zh": IN_CHINESE}
    for words in ("办公室 620 00 00 02", ""):
        writes(team, words)
        answer = client.post(address(row), old)
        assert answer.status_code == 409
        assert IN_CHINESE in answer.content.decode()
        assert watch_of(team).tongues == {}


def test_a_translation_that_was_sent_again_as_it_was_drawn_is_not_written(
    team: Team, signed_in: dict[str, Client]
) -> None:
    client, row = signed_in["office"], watch_of(team)
    told = {"contact": {"fr": IN_FRENCH}}
    say_also(label="posts.watch", record=row.pk, also=told, by=OFFICE, at=NOW)
    old = drawn(client, row)
    assert old["contact_fr"] == IN_FRENCH
    writes(team, NEW)
    assert client.post(address(row), old).status_code == 302
    assert watch_of(team).tongues == {}
    assert Operation.objects.filter(action="say_also").count() == 1


@pytest.mark.parametrize("less", [(), ("tongues",)])
def test_new_words_are_not_said_in_what_was_saved_of_the_old_ones_meanwhile(
    less: tuple[str, ...], team: Team
) -> None:
    row = Watch.objects.defer(*less).get(pk=watch_of(team).pk)  # read before, written after
    told = {"contact": {"fr": IN_FRENCH}}
    say_also(label="posts.watch", record=row.pk, also=told, by=OFFICE, at=NOW)
    row.contact = NEW
    with journal(WATCH, by=OFFICE, at=NOW) as page:
        page.save(row)
    row.refresh_from_db()
    assert (row.contact, row.tongues) == (NEW, {})


@pytest.mark.usefixtures("people")
def test_words_that_were_kept_come_back_also_where_the_words_are_in_that_language_by_now(
    team: Team,
) -> None:
    def comes_in() -> Client:
        browser.post("/sign-in/", {"login": "office", "password": "correct horse 7"})
        return browser

    browser, row = Client(), watch_of(team)
    where = address(row)
    told = fields_in(comes_in().get(where).content.decode()) | {"contact_fr": IN_FRENCH}
    slip = slip_on(browser, where)
    Session.objects.all().delete()
    from_there = {"referer": f"http://testserver{where}"}
    browser.post(where, told | {"slip": slip}, headers=from_there)
    writes(team, "Le bureau de la mission 620 00 00 02")
    page = comes_in().get("/unsent/", follow=True).content.decode()
    assert "What you wrote is kept: look it over" in page
    assert escape(IN_FRENCH) in page
