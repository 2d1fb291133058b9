"""What a phone says when something is not as it should be: nobody waits in vain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from marrow.accounts.models import Account
from marrow.activity.actions import record_deed
from marrow.activity.models import Deed, Visits
from marrow.activity.sync import records
from marrow.core.refusals import Refused
from marrow.sync.models import Installation, Receipt
from tests.builders import a_batch, a_series
from tests.builders.on_post import a_team_on_post
from tests.flows.playing import Clock
from tests.flows.test_a_phone_on_a_link_that_hangs import comes_in
from tests.flows.test_a_visit_from_a_phone import begin, count, send
from tests.flows.test_the_phone_for_everybody import saves, to

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]

# a browser that tells every page the same round room, and a memory that a page can find shut
AS_BROWSERS_DO = """
  navigator.storage.estimate = async () => window.room ?? { usage: 5, quota: 10 * 1024 ** 3 + 5 };
  const reads = ["get", "getAll", "openCursor"];
  for (const kind of [IDBObjectStore, IDBIndex]) for (const name of reads) {
    const real = kind.prototype[name];
    kind.prototype[name] = function (...asked) {
      if (window.shut) throw new DOMException("shut", "UnknownError");
      return real.apply(this, asked);
    };
  }
"""


def test_a_phone_says_what_it_cannot_know_or_read_and_who_has_to_sign_in(
    sign_in: Callable[[str], Page], context: BrowserContext
) -> None:
    page = sign_in("leader")
    page.add_init_script(AS_BROWSERS_DO)
    a_batch(30, a_series(), status="ON_POST")
    begin(page)
    context.set_offline(True)
    to(page, "safe")
    expect(page.get_by_text("Room left: unknown.")).to_be_visible()
    page.evaluate("window.room = { usage: 5, quota: 12 * 1024 ** 2 }")
    to(page, "")
    to(page, "safe")
    expect(page.get_by_text("11 MB left")).to_be_visible()
    expect(page.get_by_text("Little room is left.")).to_be_visible()
    page.evaluate("window.shut = true")
    to(page, "month")
    expect(page.get_by_text("This phone’s memory cannot be read now")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    page.evaluate("window.shut = false")
    to(page, "")
    count(page, 7)

    page.locator(".log a").first.click()
    expect(page.locator("#screen .ticks")).to_have_attribute("data-state", "queued")
    page.get_by_text("It was a mistake").click()
    page.get_by_role("button", name="Void it").click()
    expect(page.get_by_text("Say why first.")).to_be_visible()
    page.get_by_text("It was a mistake").click()
    Installation.objects.all().delete()  # a server set back to before it knew this phone
    context.clear_cookies()
    context.set_offline(False)
    asks = page.get_by_text("Sign in once under your own name, so that this phone can send.")
    expect(asks).to_be_visible()
    expect(asks.get_by_role("link", name="Sign in")).to_be_visible()
    expect(page.locator(".bar")).to_contain_text("Online")
    assert not Visits.objects.exists()
    other = context.new_page()
    comes_in(other, "leader")
    page.get_by_role("button", name="Send now").click()
    expect(page.locator("#waiting")).to_have_text("All sent.")
    expect(asks).to_have_count(0)
    expect(
        page.locator("#screen .ticks"), "the page that stands open tells it too"
    ).to_have_attribute("data-state", "on_server")
    assert Visits.objects.get().count == 7


def test_a_fast_clock_proposes_the_right_day_and_what_was_set_aside_is_put_right(
    sign_in: Callable[[str], Page], world: dict[str, Account], clock: Clock,
    context: BrowserContext, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))
    page = sign_in("leader")
    page.add_init_script(
        f"{{ const by = {92 * 86_400_000}, Real = Date;"
        "window.Date = class extends Real {"
        "  constructor(...told) { told.length ? super(...told) : super(Real.now() + by); }"
        "  static now() { return Real.now() + by; } }; }"
    )
    begin(page)
    expect(page.get_by_text("This phone’s clock is fast by 92 days")).to_be_visible()
    to(page, "record/RESCUE")
    page.get_by_text("More", exact=True).click()
    expect(page.get_by_label("Day")).to_have_value(clock.today())

    def refuses(**said: Any) -> Deed:
        """As the office does for what the record says, whenever it is tried."""
        if not said["deed"].with_whom:
            raise Refused("not like this")
        return record_deed(**said)

    monkeypatch.setattr(records, "record_deed", refuses)
    saves(page)
    send(page)
    assert Receipt.objects.filter(outcome="QUARANTINED").count() == 1
    assert not Deed.objects.exists()
    day = dt.date.fromisoformat(clock.today())
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Today, {day:%A}")
    page.locator(".log a", has_text="Rescue").click()  # it was recorded today
    expect(page.locator("#screen .ticks")).to_have_attribute("data-state", "quarantined")
    page.get_by_role("link", name="Correct").click()
    page.get_by_label("With").first.fill("Dr Ba")
    saves(page)
    send(page)
    deed = Deed.objects.get()
    assert (deed.with_whom, deed.held_on) == ("Dr Ba", dt.date.fromisoformat(clock.today()))
    expect(page.locator("#screen .ticks")).to_have_attribute("data-state", "on_server")
