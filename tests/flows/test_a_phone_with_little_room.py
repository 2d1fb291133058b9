"""A phone that is nearly full, of which its browser tells nothing: room is left for records."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from marrow.accounts.models import Account
from tests.builders.on_post import a_team_on_post
from tests.flows.test_a_phone_that_dies import Phone, come_in, fill, small_disk
from tests.flows.test_the_phone_for_everybody import saves, to
from tests.flows.test_what_a_phone_hands_on import a_large_photograph

__all__ = ["small_disk"]
pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]

# what a save does that finds no room for its record
THROWS_OFF = """async () => {
  const name = (await indexedDB.databases()).map(one => one.name).find(one => /^m-/.test(one));
  const base = await new Promise(done => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => done(asked.result);
  });
  const change = base.transaction("meta", "readwrite");
  change.objectStore("meta").delete("ballast");
  await new Promise(done => { change.oncomplete = done; });
  base.close();
}"""
LITTLE = "Too little room for photographs."


def photographs(page: Page, file: Path) -> None:
    to(page, "record/LECTURE")
    page.get_by_label("Photograph").set_input_files(file)


@pytest.mark.long  # it needs root, for a disk of its own
def test_a_phone_with_little_room_takes_records_and_no_photograph_until_there_is_room_again(
    world: dict[str, Account], browser: Browser, address: str, small_disk: Path, tmp_path: Path
) -> None:
    a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))
    file = a_large_photograph(tmp_path / "a.jpg")
    with Phone(browser.browser_type, small_disk / "profile", address).on() as (context, page):
        come_in(page)
        context.set_offline(True)
        to(page, "safe")
        expect(page.locator(".alarm")).to_have_count(0)
        page.evaluate(THROWS_OFF)
        fill(small_disk)
        to(page, "")
        to(page, "safe")
        expect(page.get_by_text("Little room is left.")).to_be_visible()
        expect(page.get_by_text(LITTLE)).to_be_visible()
        photographs(page, file)
        expect(page.locator(".note[role=alert]", has_text=LITTLE)).to_be_visible()
        expect(page.locator(".shots img")).to_have_count(0)
        (small_disk / "other-apps").unlink()
        photographs(page, file)
        expect(page.locator(".shots img")).to_have_count(1)
        page.get_by_label("How many people it reached").fill("4")
        saves(page)
        to(page, "safe")
        expect(page.locator(".alarm")).to_have_count(0)
