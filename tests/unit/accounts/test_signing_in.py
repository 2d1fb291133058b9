"""Second factors, staff mode, sessions, locking out, and why somebody may see a page."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Any

import allauth
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings as config
from django.test import Client
from django.utils.translation import override

from marrow.accounts.actions import close_account
from marrow.accounts.models import Account, AccountMark
from tests.builders import ADMIN, NOW, SEED, a_person, in_staff_mode
from tools.words import in_template

pytestmark = [pytest.mark.django_db]
PASSWORD = "correct horse 7"


def app_code(later: int = 0) -> str:
    """What the app shows now, or half a minute later: each code is taken once."""
    return str(format_hotp_value(hotp_value(SEED, int(time.time()) // 30 + later)))


def come_in(username: str, password: str = PASSWORD, **more: Any) -> tuple[Client, Any]:
    browser = Client(**more)
    return browser, browser.post("/sign-in/", {"login": username, "password": password})


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_an_administrator_signs_in_with_password_and_code(people: dict[str, Account]) -> None:
    browser, answer = come_in("admin")
    assert answer.headers["Location"] == "/sign-in/second-step/"
    assert browser.get("/desk/").status_code == 302
    assert "One more step" in text(browser.get("/sign-in/second-step/"))
    assert browser.post("/sign-in/second-step/", {"code": "000000"}).status_code == 200
    assert browser.post("/sign-in/second-step/", {"code": app_code()}).status_code == 302
    assert browser.get("/desk/").status_code == 200


def test_the_seed_of_an_app_does_not_stand_in_clear(people: dict[str, Account]) -> None:
    assert SEED not in str(Authenticator.objects.values_list("data", flat=True).get())


def test_an_administrator_without_a_second_factor_is_led_to_set_one_up(
    people: dict[str, Account], django_capture_on_commit_callbacks: Any
) -> None:
    Authenticator.objects.all().delete()
    browser, answer = come_in("admin")
    for address in ("/desk/", "/settings/accounts/", "/settings/", "/", "/nowhere/"):
        answer = browser.get(address)
        assert answer.headers.get("Location") == "/settings/security/", address
    assert "An administrator needs" in text(browser.get("/settings/security/"))
    assert browser.get("/settings/security/app/").headers["Location"].startswith("/confirm/")
    assert browser.post("/confirm/", {"password": PASSWORD}).status_code == 302
    page = text(browser.get("/settings/security/app/"))
    seed = page.split('<p class="code">')[1].split("<")[0]
    code = format_hotp_value(hotp_value(seed, int(time.time()) // 30))
    with django_capture_on_commit_callbacks(execute=True):
        done = browser.post("/settings/security/app/", {"code": code})
    assert done.headers["Location"] == "/settings/security/codes/"
    assert len(text(browser.get("/settings/security/codes/")).split('<li class="code">')) == 11
    assert browser.get("/desk/").status_code == 200
    assert AccountMark.objects.filter(what="FACTOR_ADDED").exists()


def test_others_may_sign_in_with_a_password_alone(people: dict[str, Account]) -> None:
    browser, answer = come_in("office")
    assert answer.headers["Location"] == "/desk/"
    assert browser.get("/desk/").status_code == 200


def test_a_demo_door_needs_no_second_factor_and_enters_staff_mode_with_a_click(
    people: dict[str, Account], settings: Any
) -> None:
    Authenticator.objects.all().delete()
    Account.objects.filter(username="admin").update(username="demo-admin")
    settings.DEMO = True
    browser = Client()
    browser.post("/doors/demo-admin/")
    assert browser.get("/settings/accounts/").headers["Location"].startswith("/settings/staff/")
    browser.post("/settings/staff/", {"next": "/settings/accounts/"})
    assert browser.get("/settings/accounts/").status_code == 200
    settings.DEMO = False
    assert browser.get("/settings/accounts/").headers["Location"] == "/settings/security/"


def test_changing_pages_ask_for_staff_mode_and_it_stands_in_the_journal(
    people: dict[str, Account],
) -> None:
    browser, _answer = come_in("admin")
    browser.post("/sign-in/second-step/", {"code": app_code()})
    unit = people["unit"]
    for address in ("/settings/accounts/", f"/settings/accounts/{unit.pk}/"):
        answer = browser.get(address)
        assert answer.headers["Location"] == f"/settings/staff/?next={address.replace('/', '%2F')}"
    answer = browser.post("/settings/staff/", {"next": "/settings/accounts/"})
    assert answer.headers["Location"].startswith("/confirm/")
    answer = browser.post("/confirm/code/", {"code": app_code(1)})
    assert answer.headers["Location"] == "/settings/accounts/"
    assert "Staff mode until" in text(browser.get("/settings/accounts/"))
    browser.post("/settings/staff/leave/")
    assert browser.get("/settings/accounts/").status_code == 302
    browser.post(f"/settings/accounts/{unit.pk}/close/")
    assert Account.objects.get(pk=unit.pk).is_active
    whats = list(AccountMark.objects.filter(account=people["admin"]).values_list("what", flat=True))
    assert sorted(w for w in whats if "STAFF" in w) == ["STAFF_OFF", "STAFF_ON"]


def test_staff_mode_ends_by_itself_and_with_signing_out(
    signed_in: dict[str, Client], people: dict[str, Account]
) -> None:
    admin = signed_in["admin"]
    assert admin.get("/settings/accounts/").status_code == 200
    session = admin.session
    session["staff_until"] = time.time() - 1
    session.save()
    assert admin.get("/settings/accounts/").status_code == 302
    assert AccountMark.objects.filter(what="STAFF_OFF").count() == 1
    in_staff_mode(admin)
    admin.post("/sign-out/")
    assert AccountMark.objects.filter(what="STAFF_OFF").count() == 2


def test_words_that_came_too_late_are_kept_but_no_password(
    people: dict[str, Account],
) -> None:
    browser, _answer = come_in("admin")
    browser.post("/sign-in/second-step/", {"code": app_code()})
    told = {"full_name": "Mary <Smith>", "username": "mary", "password": "correct horse 8"}
    browser.post("/settings/accounts/", told)
    assert not Account.objects.filter(username="mary").exists()
    assert "what you wrote is kept" in text(browser.get("/settings/staff/"))
    browser.post("/settings/staff/", {"next": "/settings/accounts/"})
    page = text(browser.post("/confirm/code/", {"code": app_code(1)}))
    assert "Mary &lt;Smith&gt;" in page
    assert "correct horse" not in page
    assert "correct horse" not in str(dict(browser.session.items()))
    again = browser.post("/settings/accounts/", {"full_name": "Mary <Smith>", "username": "mary"})
    assert again.status_code == 422
    assert "Mary &lt;Smith&gt;" in text(again)


def test_staff_mode_leads_to_no_other_site(signed_in: dict[str, Client]) -> None:
    page = text(signed_in["admin"].get("/settings/staff/?next=https://example.org/"))
    assert "example.org" not in page.split("<main")[1]


def test_five_failures_lock_one_account_for_one_address(people: dict[str, Account]) -> None:
    for _ in range(5):
        _browser, answer = come_in("unit", "wrong")
        assert "do not belong together" in text(answer)
    locked = text(come_in("unit")[1])
    assert "Too many failed attempts" in locked
    assert come_in("leader")[1].status_code == 302, "another account is free"
    assert come_in("unit", REMOTE_ADDR="10.0.0.9")[1].status_code == 302, "another address too"


def test_who_is_not_there_looks_like_who_is(people: dict[str, Account]) -> None:
    close_account(account=people["head"].pk, by=ADMIN, at=NOW)
    told = {}
    for name in ("unit", "nobody", "head"):
        answers = [text(come_in(name, "wrong")[1]) for _ in range(6)]
        told[name] = [a.split("<main")[1].count(w) for a in answers
                      for w in ("do not belong together", "Too many failed attempts")]  # fmt: skip
    assert told["unit"] == told["nobody"] == told["head"]
    assert come_in("head", REMOTE_ADDR="10.0.0.9")[1].status_code != 302


def test_the_time_that_an_answer_takes_tells_nothing(
    people: dict[str, Account], settings: Any
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    unit = people["unit"]
    unit.set_password(PASSWORD)
    Account.objects.filter(pk=unit.pk).update(password=unit.password)
    took: dict[str, list[float]] = {"unit": [], "nobody": []}
    for _ in range(7):
        for name, times in took.items():
            start = time.process_time()
            come_in(name, "wrong")
            times.append(time.process_time() - start)
    known, unknown = (statistics.median(times) for times in took.values())
    assert abs(known - unknown) < 0.1 * max(known, unknown), (known, unknown)


def test_own_sessions_are_listed_and_ended_by_their_owner(people: dict[str, Account]) -> None:
    phone = {"HTTP_USER_AGENT": "Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537"}
    one, _answer = come_in("unit")
    other, _answer = come_in("unit", **phone)
    third, _answer = come_in("unit")
    stranger, _answer = come_in("leader")
    page = text(one.get("/settings/sessions/"))
    assert "Chrome on Android" in page
    assert page.count("End it") == 2
    number = page.split("/settings/sessions/")
    ids = [n.split("/")[0] for n in number if n.split("/")[0].isdigit()]
    assert stranger.post(f"/settings/sessions/{ids[0]}/end/").status_code == 404
    assert one.post(f"/settings/sessions/{ids[0]}/end/").status_code == 302
    assert [c.get("/desk/").status_code for c in (one, other, third)].count(302) == 1
    one.post("/settings/sessions/others/end/")
    assert [c.get("/desk/").status_code for c in (one, other, third)] == [200, 302, 302]
    assert stranger.get("/desk/").status_code == 200


def test_a_session_gets_a_new_name_at_signing_in(people: dict[str, Account]) -> None:
    browser = Client()
    browser.post("/code/", {"code": "x"})
    session = browser.session
    session["planted"] = 1
    session.save()
    before = session.session_key
    browser.post("/sign-in/", {"login": "unit", "password": PASSWORD})
    assert browser.session.session_key != before


ASKED = (
    ("unit", "/desk/", "The page opens.", "an account of any role"),
    ("unit", "/findings/", "The page does not open.", "None of the roles held"),
    ("office", "/imports/?page=2", "The page opens.", "programme office · everywhere"),
    ("office", "http://testserver/settings/accounts/", "The page does not open.", "administrator"),
    ("", "/desk/", "The page does not open.", "leads to signing in"),
    ("", "/map/", "The page opens.", "open to everybody"),
)  # fmt: skip


@pytest.mark.parametrize(("who", "address", "verdict", "reason"), ASKED)
def test_the_page_says_why_somebody_may_see_a_thing(
    signed_in: dict[str, Client], who: str, address: str, verdict: str, reason: str
) -> None:
    asked = {"username": who, "address": address}
    page = text(signed_in["auditor"].get("/settings/why/", asked))
    assert verdict in page
    assert reason in page
    if "testserver" not in address:
        answer = signed_in[who or "stranger"].get(address)
        assert (answer.status_code == 200) == (verdict == "The page opens.")


@pytest.mark.usefixtures("places")
def test_behind_the_door_the_record_itself_is_asked(signed_in: dict[str, Client]) -> None:
    """A door may open to a role and the record still be another's: the page says which."""
    theirs = f"/people/{a_person().pk}/"
    asked = {"username": "member", "address": theirs}
    assert signed_in["member"].get(theirs).status_code == 404
    page = text(signed_in["auditor"].get("/settings/why/", asked))
    assert "The page does not open." in page
    assert "looks as if it were not there" in page
    asked = {"username": "auditor", "address": theirs}
    assert "The page opens." in text(signed_in["admin"].get("/settings/why/", asked))
    broken = signed_in["admin"].get("/settings/why/", {**asked, "address": "http://[::1"})
    assert (broken.status_code, "no page of this address" in text(broken)) == (422, True)
    sent = {"username": "office", "address": "/doors/demo-office/"}
    assert "Only a form is sent here." in text(signed_in["admin"].get("/settings/why/", sent))


def test_why_refuses_what_is_not_there(signed_in: dict[str, Client]) -> None:
    for asked, word in (
        ({"username": "none", "address": "/desk/"}, "no such account"),
        ({"username": "unit", "address": "/nowhere/"}, "no page of this address"),
    ):
        answer = signed_in["admin"].get("/settings/why/", asked)
        assert answer.status_code == 422
        assert word in text(answer)
    assert signed_in["office"].get("/settings/why/").status_code == 403


def allauths_own_words() -> set[str]:
    """Every message of allauth's templates and error messages, as it stands in English."""
    from allauth.account.adapter import DefaultAccountAdapter  # noqa: PLC0415
    from allauth.mfa.adapter import DefaultMFAAdapter  # noqa: PLC0415

    found: set[str] = set()
    home = Path(allauth.__file__).parent / "templates"
    for folder in ("account", "mfa", "usersessions"):
        for path in (home / folder).rglob("*.html"):
            found |= {one for _c, one, _m in in_template(path.read_text(), str(path))}
    for adapter in (DefaultAccountAdapter, DefaultMFAAdapter):
        found |= {str(m) for m in adapter.error_messages.values()}
    return {words for words in found if len(words) > 6 and "%" not in words}


@pytest.mark.parametrize("language", ["zh-hans", "fr"])
def test_no_word_of_allauth_stands_untranslated_on_a_page(
    people: dict[str, Account], language: str
) -> None:
    browser, _answer = come_in("admin", headers={"accept-language": "en"})
    browser.cookies[config.LANGUAGE_COOKIE_NAME] = language
    pages = {"second": browser.get("/sign-in/second-step/"),
             "wrong": browser.post("/sign-in/second-step/", {"code": "1"})}  # fmt: skip
    browser.post("/sign-in/second-step/", {"code": app_code()})
    pages["unconfirmed"] = browser.get("/confirm/code/")
    pages["bad code"] = browser.post("/confirm/code/", {"code": "1"})
    browser.post("/confirm/code/", {"code": app_code(1)})
    for address in ("", "app/remove/", "passkeys/add/", "codes/new/"):
        pages[address] = browser.get(f"/settings/security/{address}")
    browser.post("/settings/security/codes/new/")
    pages["codes"] = browser.get("/settings/security/codes/")
    browser.post("/settings/security/app/remove/")
    pages["after"] = browser.get("/settings/security/")
    pages["app"] = browser.get("/settings/security/app/")
    pages["bad app"] = browser.post("/settings/security/app/", {"code": "1"})
    other, _answer = come_in("office")
    other.cookies[config.LANGUAGE_COOKIE_NAME] = language
    pages["password"] = other.post("/settings/password/", {"oldpassword": "x"})
    pages["confirm"] = browser.get("/confirm/")
    fresh = Client()
    fresh.cookies[config.LANGUAGE_COOKIE_NAME] = language
    pages["sign in"] = fresh.post("/sign-in/", {"login": "unit", "password": "wrong"})
    words = allauths_own_words()
    assert len(words) > 100
    with override(language):
        for name, answer in pages.items():
            assert answer.status_code == 200, (name, answer.status_code)
            shown = text(answer)
            assert f'lang="{language}"' in shown
            found = {w for w in words if f">{w}<" in shown or f'"{w}"' in shown}
            assert not found, (name, found)


def test_an_account_is_called_in_the_reader_s_language(signed_in: dict[str, Client]) -> None:
    told = {"full_name": "Ling Test", "name_zh": "林测试", "username": "ling"}
    opened = signed_in["admin"].post("/settings/accounts/", {**told, "password": "correct horse 8"})
    assert opened.status_code == 302
    for language, name in (("zh-hans", "林测试"), ("en", "Ling Test"), ("fr", "Ling Test")):
        page = signed_in["admin"].get("/settings/accounts/", headers={"accept-language": language})
        assert name in page.content.decode(), language
