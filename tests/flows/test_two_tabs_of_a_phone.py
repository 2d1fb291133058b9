"""Two tabs of one phone: whoever locks it has locked it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.builders import a_batch, a_series
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
