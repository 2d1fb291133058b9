"""What the lock of a phone says: when a PIN opens no more, and before an account goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from marrow.accounts.models import Account
from tests.builders.on_post import Team, a_team_on_post
from tests.flows.test_a_visit_from_a_phone import begin, unlock

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
