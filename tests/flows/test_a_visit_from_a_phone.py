"""One thread to the phone: counted with no network, sent when there is one, there once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from marrow.activity.models import Visits
from marrow.core.journal.verifying import verify
from tests.builders import a_batch, a_series

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]


def count(page: Page, visits: int) -> None:
    page.get_by_label("Visits (not patients)").fill(str(visits))
    page.get_by_role("button", name="Save on this phone").dblclick()
    expect(page.locator("#note")).to_have_text("Saved on this phone.")


def ready(page: Page) -> None:
    page.wait_for_selector("html[data-ready=yes]")


def test_a_leader_counts_visits_with_no_network_and_they_stand_once_with_their_history(
    sign_in: Callable[[str], Page], context: BrowserContext
) -> None:
    page = sign_in("leader")
    batch = a_batch(30, a_series(), status="ON_POST")
    page.goto("/field/")
    ready(page)
    page.wait_for_function("navigator.serviceWorker.controller !== null")

    context.set_offline(True)
    page.reload()
    ready(page)
    count(page, 7)
    count(page, 5)
    expect(page.locator("#waiting")).to_have_text("2 not sent yet")
    page.reload()
    ready(page)
    expect(page.locator("#waiting")).to_have_text("2 not sent yet")
    assert not Visits.objects.exists()

    context.set_offline(False)
    page.get_by_role("button", name="Send now").click()
    expect(page.locator("#waiting")).to_have_text("All sent.")
    page.reload()
    ready(page)
    assert sorted(Visits.objects.values_list("count", flat=True)) == [5, 7]

    page.goto(f"/batches/{batch.pk}/")
    expect(page.get_by_text("Visits recorded here: 12")).to_be_visible()
    page.get_by_role("link", name="History", exact=True).first.click()
    expect(page.locator("main")).to_contain_text("Counted visits")
    expect(page.locator("main")).to_contain_text("phone")
    assert not verify().broken


def test_who_never_signed_in_is_asked_to_and_nothing_is_lost(page: Page, address: str) -> None:
    page.goto("/field/")
    ready(page)
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
