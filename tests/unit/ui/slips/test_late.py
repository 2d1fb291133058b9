"""What was written when a session had ended: kept for its writer, and for nobody else."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from marrow.accounts.models import Account
from marrow.missions.models import Mission
from marrow.teams.models import Seat
from marrow.ui.models import Unsent
from marrow.ui.slips import unsent
from tests.builders import SEED, a_batch
from tests.builders.sending import hidden_of, slip_on, text

pytestmark = [pytest.mark.both, pytest.mark.django_db]
PASSWORD = "correct horse 7"
WORDS = {"role": "MEMBER", "count": "1", "note": "a cook who <can> drive"}
ENDED = "Your session ended. What you wrote is kept; sign in and it is here again."


@pytest.fixture
def mission(people: dict[str, Account]) -> Mission:
    return a_batch(31)


@pytest.fixture
def page(mission: Mission) -> str:
    return f"/teams/{mission.pk}/seats/"


def come_in(browser: Client, name: str, following: str = "") -> Any:
    told = {"login": name, "password": PASSWORD} | ({"next": following} if following else {})
    return browser.post("/sign-in/", told)


def written(page: str, stood_on: str = "", **more: Any) -> tuple[Client, Any]:
    """Somebody opens a form, their session ends, they send it."""
    browser = Client()
    come_in(browser, "office")
    slip = slip_on(browser, page)
    Session.objects.all().delete()
    referer = f"http://testserver{stood_on or page}"
    return browser, browser.post(
        page, {**WORDS, "slip": slip, **more}, headers={"referer": referer}
    )


def test_the_words_are_there_again_after_signing_in(page: str) -> None:
    browser, answer = written(page)
    assert answer.headers["Location"] == "/sign-in/?next=/unsent/"
    assert ENDED in text(browser.get(answer.headers["Location"]))
    answer = come_in(browser, "office", "/unsent/")
    assert answer.headers["Location"] == "/unsent/"
    assert browser.get("/unsent/").headers["Location"] == page
    shown = text(browser.get(page))
    assert "What you wrote is kept: look it over, then send it." in shown
    assert 'name="count" value="1"' in shown
    assert not Seat.objects.exists()
    assert browser.post(page, {**WORDS, "slip": hidden_of(shown)["slip"]}).status_code == 302
    assert Seat.objects.count() == 1
    assert not Unsent.objects.exists()
    assert "kept" not in text(browser.get(page))


def test_a_form_in_a_panel_is_shown_on_its_page_with_a_button_that_sends_it(
    page: str, mission: Mission
) -> None:
    team = f"/teams/{mission.pk}/"
    browser, _answer = written(page, stood_on=team)
    come_in(browser, "office")
    assert "Look it over" in text(browser.get("/desk/"))
    assert browser.get("/unsent/").headers["Location"] == team
    shown = text(browser.get(team))
    assert "a cook who &lt;can&gt; drive" in shown
    sent = hidden_of(shown, "Send it")
    assert sent["note"] == WORDS["note"]
    browser.post(page, sent)
    assert Seat.objects.count() == 1
    assert not Unsent.objects.exists()


def test_a_form_that_has_no_page_stands_on_one_of_its_own(mission: Mission) -> None:
    browser = Client()
    come_in(browser, "office")
    slip = slip_on(browser, f"/teams/{mission.pk}/seats/")
    Session.objects.all().delete()
    address = f"/teams/{mission.pk}/checklist/give/"
    browser.post(
        address, {"slip": slip, "note": "mine"}, headers={"referer": f"http://testserver{address}"}
    )
    come_in(browser, "office")
    answer = browser.get("/unsent/", follow=True)
    assert answer.redirect_chain[-1][0] == "/unsent/?here=1"
    assert "mine" in text(answer)


def test_nobody_else_sees_them(page: str) -> None:
    browser, _answer = written(page)
    come_in(browser, "unit", "/unsent/")
    answer = browser.get("/unsent/")
    assert answer.headers["Location"] == "/desk/"
    assert "a cook" not in text(browser.get("/desk/"))
    browser.post("/sign-out/")
    come_in(browser, "office")
    assert "Look it over" in text(browser.get("/desk/")), "they wait for their writer"


def test_somebody_else_does_not_send_them_by_mistake(page: str) -> None:
    browser = Client()
    come_in(browser, "office")
    slip = slip_on(browser, page)
    browser.post("/sign-out/")
    come_in(browser, "leader")
    answer = browser.post(page, {**WORDS, "slip": slip})
    assert answer.status_code == 409
    assert "Somebody else was signed in" in text(answer)
    assert Unsent.objects.get().person == Account.objects.get(username="office").pk
    assert not Seat.objects.exists()


def test_a_page_from_before_signing_in_anew_loses_nothing(page: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    office = Account.objects.get(username="office")
    browser.force_login(office, backend="django.contrib.auth.backends.ModelBackend")
    shown = hidden_of(text(browser.get(page)))
    answer = browser.post(
        page, {**WORDS, "slip": shown["slip"], "csrfmiddlewaretoken": "x" * 64},
        headers={"referer": f"http://testserver{page}"},
    )  # fmt: skip
    assert answer.headers["Location"] == "/unsent/"
    assert browser.get("/unsent/").headers["Location"] == page
    assert "look it over" in text(browser.get(page))
    assert not Seat.objects.exists()


def test_a_session_and_a_proof_that_ended_together_lead_to_signing_in(page: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(
        Account.objects.get(username="office"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    slip = slip_on(browser, page)
    browser.cookies.clear()
    answer = browser.post(page, {**WORDS, "slip": slip})
    assert answer.headers["Location"] == "/sign-in/?next=/unsent/"
    refused = browser.post(page, WORDS)
    assert refused.status_code == 403
    assert "open for too long" in text(refused)


def test_passwords_and_proofs_are_never_kept_and_files_by_name_alone(
    page: str,
) -> None:
    photo = SimpleUploadedFile("x-ray.jpg", b"no picture")
    browser, _answer = written(page, password="hush", csrfmiddlewaretoken="hush", photo=photo)
    row = Unsent.objects.get()
    assert "cook" not in row.sealed_words
    words = unsent.words_of(row)
    assert "hush" not in str(words)
    assert words.files == ["x-ray.jpg"]
    come_in(browser, "office")
    assert "choose them again: x-ray.jpg" in text(browser.get(page))
    browser.post("/sign-out/")
    come_in(browser, "office")
    slip = slip_on(browser, page)
    Session.objects.all().delete()
    browser.post("/confirm/", {"slip": slip, "password": "hush"})
    assert Unsent.objects.count() == 1


def test_they_are_kept_for_an_hour_and_at_most_five(page: str, mission: Mission) -> None:
    written(page)
    row = Unsent.objects.get()
    assert unsent.unsent_of(row.person, row.at + dt.timedelta(minutes=59))
    assert not unsent.unsent_of(row.person, row.at + dt.timedelta(minutes=60))
    unsent.tidy(row.at + dt.timedelta(minutes=60))
    assert not Unsent.objects.exists()
    for _form in range(6):
        written(page)
    assert Unsent.objects.count() == unsent.MOST


def test_they_can_be_thrown_away(page: str) -> None:
    browser, _answer = written(page, stood_on="/desk/")
    come_in(browser, "office")
    sent = hidden_of(text(browser.get("/desk/")), "Throw it away")
    browser.post("/unsent/forget/", sent)
    assert not Unsent.objects.exists()
    assert "Nothing waits" in text(browser.get("/unsent/?here=1"))


def test_without_a_slip_of_the_house_nothing_is_kept(page: str) -> None:
    browser = Client()
    answer = browser.post(page, WORDS, headers={"referer": "http://testserver/desk/"})
    assert answer.headers["Location"] == "/sign-in/?next=/desk/"
    assert not Unsent.objects.exists()


def test_a_part_of_a_page_is_no_place_to_sign_in(page: str) -> None:
    answer = Client().post(page, WORDS, headers={"hx-request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/sign-in/")


def test_a_demonstrations_door_leads_on_to_this_house_alone(
    people: dict[str, Account], settings: Any
) -> None:
    Account.objects.filter(username="office").update(username="demo-office")
    settings.DEMO = True
    for following, lands in (("/unsent/", "/unsent/"), ("https://example.org/", "/desk/")):
        browser = Client()
        assert ENDED in text(browser.get("/sign-in/?next=/unsent/"))
        answer = browser.post("/doors/demo-office/", {"next": following})
        assert answer.headers["Location"] == lands


def test_the_way_back_survives_the_second_step(people: dict[str, Account]) -> None:
    browser = Client()
    answer = come_in(browser, "admin", "/unsent/")
    assert answer.headers["Location"].startswith("/sign-in/second-step/")
    code = format_hotp_value(hotp_value(SEED, int(time.time()) // 30))
    answer = browser.post(answer.headers["Location"], {"code": code})
    assert answer.headers["Location"] == "/unsent/"


def test_nothing_leads_to_another_house(people: dict[str, Account]) -> None:
    assert come_in(Client(), "office", "https://example.org/").headers["Location"] == "/desk/"
