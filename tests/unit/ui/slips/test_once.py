"""A form that is sent twice is done once, also when both arrive at the same time."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection
from django.test import Client

from marrow.accounts.models import Account, Token
from marrow.core.models import Job, Operation
from marrow.missions.models import Mission
from marrow.teams.models import Seat
from marrow.ui.models import Done
from marrow.ui.slips import once
from tests.builders import NOW, a_batch
from tests.builders.sending import slip_on, text

pytestmark = [pytest.mark.both, pytest.mark.django_db]
MORE = {"role": "MEMBER", "count": "1"}


@pytest.fixture
def mission(people: dict[str, Account]) -> Mission:
    return a_batch(31)


@pytest.fixture
def office(signed_in: dict[str, Client]) -> Client:
    return signed_in["office"]


def seats(mission: Mission) -> str:
    return f"/teams/{mission.pk}/seats/"


def test_the_second_press_gets_the_answer_of_the_first(office: Client, mission: Mission) -> None:
    sent = {**MORE, "slip": slip_on(office, seats(mission))}
    first, second = (office.post(seats(mission), sent) for _press in range(2))
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    assert Seat.objects.count() == 1
    assert Operation.objects.filter(model="teams.seat").count() == 1
    assert "sent twice and done once" in text(office.get(second.headers["Location"]))


def test_other_words_on_the_same_page_are_another_form(office: Client, mission: Mission) -> None:
    slip = slip_on(office, seats(mission))
    for count in ("1", "2"):
        office.post(seats(mission), {**MORE, "count": count, "slip": slip})
    assert Seat.objects.count() == 3


def test_the_same_words_on_a_page_opened_anew_are_done_again(
    office: Client, mission: Mission
) -> None:
    for _time in range(2):
        office.post(seats(mission), {**MORE, "slip": slip_on(office, seats(mission))})
    assert Seat.objects.count() == 2


def test_what_was_refused_may_be_sent_again(office: Client, mission: Mission) -> None:
    sent = {"role": "NOBODY", "count": "1", "slip": slip_on(office, seats(mission))}
    assert [office.post(seats(mission), sent).status_code for _press in range(2)] == [422, 422]
    assert not Done.objects.exists()


def test_a_slip_of_ones_own_making_is_none(office: Client, mission: Mission) -> None:
    slip = slip_on(office, seats(mission))
    for forged in ("x", "é", slip[:-4], "A" + slip[1:] if slip[0] != "A" else "B" + slip[1:]):
        office.post(seats(mission), {**MORE, "slip": forged})
    assert Seat.objects.count() == 4
    assert not Done.objects.exists()


def test_a_part_of_a_page_is_not_put_in_twice(office: Client, mission: Mission) -> None:
    sent = {**MORE, "slip": slip_on(office, seats(mission))}
    office.post(seats(mission), sent, headers={"hx-request": "true"})
    second = office.post(seats(mission), sent, headers={"hx-request": "true"})
    assert (second.status_code, second.headers["HX-Refresh"]) == (204, "true")


def test_a_secret_that_is_shown_once_is_made_once_and_kept_nowhere(
    signed_in: dict[str, Client],
) -> None:
    office, page = signed_in["office"], "/settings/tokens/"
    sent = {"name": "Program", "days": "30", "scope": "READ", "slip": slip_on(office, page)}
    referer = {"referer": f"http://testserver{page}"}
    first, second = (office.post(page, sent, headers=referer) for _press in range(2))
    assert first.status_code == 200
    assert second.headers["Location"] == page
    assert Token.objects.count() == 1
    assert Done.objects.get().sealed_page == ""


def test_a_page_that_was_answered_is_answered_again(
    signed_in: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, page = signed_in["office"], "/settings/tokens/"
    monkeypatch.setattr(once, "_told_once", lambda answer: False)
    sent = {"name": "Program", "days": "30", "scope": "READ", "slip": slip_on(office, page)}
    first, second = (text(office.post(page, sent)) for _press in range(2))
    assert first == second
    assert "Program" not in Done.objects.get().sealed_page


def test_a_worker_takes_away_what_is_old(office: Client, mission: Mission) -> None:
    office.post(seats(mission), {**MORE, "slip": slip_on(office, seats(mission))})
    Done.objects.update(at=NOW, sealed_page="x")
    once.tidy(NOW + dt.timedelta(hours=2))
    assert Done.objects.get().sealed_page == ""
    office.post(seats(mission), {**MORE, "slip": slip_on(office, seats(mission))})
    assert Job.objects.filter(kind="ui.tidy").exists()
    once.tidy(NOW + dt.timedelta(days=3))
    assert Done.objects.filter(at=NOW).count() == 0


@pytest.mark.postgresql  # in memory SQLite's connections do not wait: tests/flows tries a file
@pytest.mark.django_db(transaction=True)
def test_two_that_arrive_at_once_make_one(people: dict[str, Account]) -> None:
    mission = a_batch(32)
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(people["office"], backend="django.contrib.auth.backends.ModelBackend")
    sent = {**MORE, "slip": slip_on(browsers[0], seats(mission))}
    answers, gate = [], threading.Barrier(2)

    def press(browser: Client) -> None:
        gate.wait()
        answers.append(browser.post(seats(mission), sent).headers["Location"])
        connection.close()

    pressing = [threading.Thread(target=press, args=(b,)) for b in browsers]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()
    assert len(answers) == 2
    assert len(set(answers)) == 1
    assert Seat.objects.filter(mission=mission).count() == 1
