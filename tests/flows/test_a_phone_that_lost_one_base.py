"""A browser with a file for each database may lose that of an account alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from marrow.activity.models import Visits
from marrow.core.journal.verifying import verify
from tests.builders import a_batch, a_series
from tests.flows.test_a_visit_from_a_phone import begin, count, ready, unlock
from tests.flows.test_the_phone_for_everybody import to

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]

# the account's own base is broken, and an empty one stands in its place; with `copies`, they go too
LOST = """async (copies) => {
  const done = (asked, end) => new Promise((then) => { asked[end] = () => then(asked.result); });
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith("m-")) continue;
    const base = await done(indexedDB.open(name), "onsuccess");
    const tables = [...base.objectStoreNames];
    const all = base.transaction(tables, "readwrite");
    for (const table of tables) all.objectStore(table).clear();
    await done(all, "oncomplete");
    base.close();
  }
  if (!copies) return;
  for (const name of await caches.keys())
    if (name.startsWith("marrow-kept-")) await caches.delete(name);
}"""


def test_a_phone_left_open_whose_own_base_is_lost_brings_it_back_and_does_not_load_for_ever(
    sign_in: Callable[[str], Page], context: BrowserContext
) -> None:
    page = sign_in("leader")
    a_batch(30, a_series(), status="ON_POST")
    begin(page)
    page.get_by_role("button", name="Lock").click()
    page.get_by_label("Leave open for 8 hours").check()
    unlock(page)
    page.locator("#waiting", has_text="All sent.").wait_for()
    context.set_offline(True)
    count(page, 6)
    page.get_by_role("link", name="Record visits").wait_for()
    page.wait_for_timeout(1000)  # its round is over: the next look at the base is the click's
    loads = list[str]()
    page.on("domcontentloaded", lambda one: loads.append(one.url))
    page.evaluate(LOST, False)
    page.get_by_role("link", name="My month").click()
    page.locator("#note", has_text="This phone had lost its memory.").wait_for()
    expect(page.locator("#waiting")).to_have_text("1 only on this phone")
    page.wait_for_timeout(1500)
    assert len(loads) == 1, "the page began again and again"

    to(page, "")
    page.evaluate(LOST, False)
    page.get_by_role("button", name="Lock").click()
    expect(page.get_by_text("1 only on this phone")).to_be_visible()
    unlock(page)
    context.set_offline(False)
    expect(page.locator("#waiting")).to_have_text("All sent.")
    assert list(Visits.objects.values_list("count", flat=True)) == [6]
    assert not verify().broken


def test_whose_base_is_lost_with_every_copy_is_told_so_and_begins_anew(
    sign_in: Callable[[str], Page], context: BrowserContext
) -> None:
    page = sign_in("leader")
    a_batch(30, a_series(), status="ON_POST")
    begin(page)
    count(page, 6)
    page.locator("#waiting", has_text="All sent.").wait_for()
    page.get_by_role("button", name="Lock").click()
    page.evaluate(LOST, True)
    context.set_offline(True)
    page.reload()
    ready(page)
    gone = page.locator("#lost", has_text="This phone has lost all that it kept here")
    expect(gone).to_be_visible()
    expect(page.get_by_text("All sent.")).to_have_count(0)
    expect(page.get_by_label("Passcode")).to_have_count(0)
    context.set_offline(False)
    page.reload()
    expect(gone).to_be_visible()
    page.get_by_role("button", name="Begin anew as").click()
    page.get_by_label("Passcode").fill("une autre tortue")
    page.get_by_label("Once more").fill("une autre tortue")
    page.get_by_role("button", name="Begin", exact=True).click()
    count(page, 7)
    expect(page.locator("#waiting")).to_have_text("All sent.")
    assert sorted(Visits.objects.values_list("count", flat=True)) == [6, 7]
