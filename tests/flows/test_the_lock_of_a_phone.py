"""What the lock of a phone says: when a PIN opens no more, and before an account goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from marrow.accounts.models import Account
from marrow.sync.actions import end_phone
from marrow.sync.models import Installation
from tests.builders import ADMIN, NOW
from tests.builders.on_post import Team, a_team_on_post
from tests.flows.test_a_visit_from_a_phone import begin, ready, unlock
from tests.flows.test_the_phone_for_everybody import to

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(world: dict[str, Account]) -> Team:
    return a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))


def test_who_gives_a_fifth_wrong_pin_is_told_that_the_passcode_alone_opens_now(
    sign_in: Callable[[str], Page], team: Team
) -> None:
    page = sign_in("leader")
    begin(page)
    page.get_by_role("button", name="Lock").click()
    page.get_by_label("Open by a PIN").check()
    page.get_by_label("PIN (6 digits)").last.fill("271828")
    unlock(page)
    page.get_by_role("button", name="Lock").click()
    for left in (4, 3, 2, 1):
        page.get_by_label("PIN (6 digits)").first.fill("314159")
        page.get_by_role("button", name="Unlock").first.click()
        expect(page.get_by_text(f"Tries left: {left}")).to_be_visible()
    page.get_by_label("PIN (6 digits)").first.fill("314159")
    page.get_by_role("button", name="Unlock").first.click()
    expect(page.get_by_text("The PIN opens no more. Give the passcode.")).to_be_visible()
    unlock(page)
    expect(page.get_by_role("link", name="Record visits")).to_be_visible()


def test_who_takes_an_account_off_is_told_of_the_question_that_was_begun_and_not_saved(
    sign_in: Callable[[str], Page], team: Team
) -> None:
    page = sign_in("leader")
    begin(page)
    expect(page.locator("#waiting")).to_have_text("All sent.")
    to(page, "vault")
    begun = page.get_by_text("1 form(s) begun and not saved")
    expect(page.get_by_text("Everything that was saved has arrived.")).to_be_visible()
    expect(begun).to_have_count(0)
    to(page, "ask/new")
    page.get_by_label("The case").fill("A rash for five days.")
    page.wait_for_timeout(500)
    to(page, "vault")
    expect(begun).to_be_visible()

    end_phone(phone=Installation.objects.get().pk, by=ADMIN, at=NOW)
    page.reload()
    ready(page)
    unlock(page)
    expect(page.get_by_text("What you began to write here is not saved")).to_be_visible()
    to(page, "ask/new")
    expect(page.get_by_label("The case")).to_have_value("A rash for five days.")
