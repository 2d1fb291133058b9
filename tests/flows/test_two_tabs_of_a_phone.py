"""Two tabs of one phone: whoever locks it has locked it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from marrow.accounts.models import Account
from marrow.posts.models import CheckIn
from tests.builders import a_batch, a_series
from tests.builders.on_post import a_team_on_post
from tests.flows.playing import As
from tests.flows.test_a_call_from_a_full_phone import FULL, calls
from tests.flows.test_a_visit_from_a_phone import begin, count, ready, unlock
from tests.flows.test_the_phone_for_everybody import to

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]


def test_who_locks_one_tab_has_locked_the_phone(
    sign_in: Callable[[str], Page], context: BrowserContext
) -> None:
    page = sign_in("leader")
    a_batch(30, a_series(), status="ON_POST")
    begin(page)
    count(page, 5)
    page.locator("#waiting", has_text="All sent.").wait_for()
    other = context.new_page()
    other.goto("/field/")
    ready(other)
    unlock(other)
    expect(other.get_by_role("link", name="Record visits")).to_be_visible()
    to(other, "month")
    expect(other.locator(".log").first).to_contain_text("Visits × 5")

    page.get_by_role("button", name="Lock").click()
    expect(other.get_by_label("Passcode")).to_be_visible()
    expect(other.get_by_text("Visits × 5")).to_have_count(0)

    unlock(other)
    expect(other.get_by_role("link", name="Record visits")).to_be_visible()
    expect(page.get_by_label("Passcode"), "that one stays locked").to_be_visible()

    # a tab that slept meanwhile heard nothing: it sees it as it wakes
    other.evaluate("localStorage.setItem('marrow-locked', 'while it slept')")
    other.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(other.get_by_label("Passcode")).to_be_visible()


def test_a_call_that_another_tab_kept_is_not_made_again_after_its_person_said_that_they_are_safe(
    as_: As, world: dict[str, Account]
) -> None:
    a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))
    page = as_("leader")
    begin(page)
    page.evaluate(FULL)
    page.context.set_offline(True)
    calls(page)
    expect(page.get_by_role("alert").filter(has_text="Telephone your leader")).to_be_visible()

    other = page.context.new_page()  # it has room
    other.goto("/field/")
    ready(other)
    unlock(other)
    expect(other.locator("#screen .log li")).to_contain_text("needs help")
    expect(page.get_by_text("it is kept on this phone")).to_be_visible()  # no server has it yet
    expect(page.get_by_text("memory is full")).to_have_count(0)
    to(other, "check-in")
    other.get_by_role("button", name="I am safe").click()
    expect(other.locator("#screen .log li").first).to_contain_text("safe")

    page.evaluate("window.hasRoom = true")
    page.evaluate("window.dispatchEvent(new Event('offline'))")  # a round, which reaches nobody
    page.context.set_offline(False)
    expect(page.locator("#waiting")).to_have_text("All sent.")
    said = CheckIn.objects.order_by("said_at").values_list("state", flat=True)
    assert list(said) == ["NEEDS_HELP", "SAFE"]
