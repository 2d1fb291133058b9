"""A link that takes everything and answers nothing: the phone locks, starts and opens all the same.

Who is signed in on a phone shuts nobody out who has something on it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from marrow.accounts.models import Account
from marrow.activity.models import Visits
from tests.builders import a_batch, a_series
from tests.flows.test_a_visit_from_a_phone import begin, count, ready, unlock

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]
AT_ONCE = 3_000  # ms on a busy machine: far less than the 25 s that a dead link is waited for


@pytest.fixture
def hangs(context: BrowserContext) -> Iterator[Callable[[], None]]:
    """From now on nothing that is asked for is answered."""
    held = []

    def hang() -> None:
        context.route("**/*", lambda route: held.append(route))

    yield hang
    context.unroute_all(behavior="ignoreErrors")


def test_lock_takes_what_was_read_off_the_screen_at_once(
    sign_in: Callable[[str], Page], context: BrowserContext, hangs: Callable[[], None]
) -> None:
    page = sign_in("leader")
    a_batch(30, a_series(), status="ON_POST")
    begin(page)
    context.set_offline(True)
    count(page, 7)
    expect(page.locator(".log")).to_contain_text("Visits × 7")
    context.set_offline(False)
    hangs()
    gone = page.evaluate(
        """() => {
          [...document.querySelectorAll("button")].find(one => one.textContent === "Lock").click();
          return document.querySelector("#screen").textContent;
        }"""
    )
    assert "Visits" not in gone, "it is gone with the touch, whatever is waited for"
    expect(page.get_by_label("Passcode")).to_be_visible(timeout=AT_ONCE)
    unlock(page)
    expect(page.locator(".log")).to_contain_text("Visits × 7")
