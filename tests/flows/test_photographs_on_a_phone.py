"""Photographs that somebody chooses on a phone: what stands there is what is sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from marrow.accounts.models import Account
from marrow.activity.actions import take_out_picture
from marrow.activity.models import Deed, Picture
from marrow.sync.models import SentFile
from tests.builders import OFFICE
from tests.builders.calling import now
from tests.builders.on_post import Team, a_team_on_post
from tests.flows.test_a_call_from_a_full_phone import FULL
from tests.flows.test_a_visit_from_a_phone import begin, count, ready, send, unlock
from tests.flows.test_the_phone_for_everybody import saves, to

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(world: dict[str, Account], settings: LazySettings, tmp_path: Path) -> Team:
    settings.UPLOADS = tmp_path / "uploads"
    return a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))


def plain(folder: Path, many: int) -> list[Path]:
    """Small photographs, no two alike."""
    made = [folder / f"{n}.jpg" for n in range(many)]
    for n, file in enumerate(made):
        Image.new("RGB", (64, 48), (n * 20, 90, 200 - n * 20)).save(file)
    return made


def test_a_photograph_that_was_chosen_by_mistake_is_taken_out_again(
    sign_in: Callable[[str], Page], team: Team, context: BrowserContext, tmp_path: Path
) -> None:
    page = sign_in("leader")
    begin(page)
    to(page, "record/LECTURE")
    page.get_by_label("How many people it reached").fill("12")
    page.get_by_label("Photograph: take or choose").set_input_files(plain(tmp_path, 3))
    shots = page.locator(".shots img")
    expect(shots).to_have_count(3)
    page.get_by_role("button", name="Take out · Photograph 2").click()
    expect(shots).to_have_count(2)
    context.set_offline(True)
    page.reload()
    ready(page)
    unlock(page)
    page.wait_for_selector(".big")
    to(page, "record/LECTURE")
    expect(shots, "its draft lets it go too").to_have_count(2)
    saves(page)
    context.set_offline(False)
    send(page)
    assert SentFile.objects.count() == 2

    to(page, "ask/new")
    page.get_by_label("Photograph: take or choose").set_input_files(plain(tmp_path, 1))
    expect(shots).to_have_count(1)
    page.get_by_role("button", name="Take out · Photograph 1").click()
    expect(shots).to_have_count(0)


FORGETS = """async n => {
  const bases = await indexedDB.databases();
  for (const { name } of bases.filter(one => one.name.startsWith("m-"))) {
    const base = await new Promise(done => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
    });
    const held = base.transaction(["blobs", "chunks"], "readwrite");
    const all = await new Promise(done => {
      const asked = held.objectStore("blobs").getAll();
      asked.onsuccess = () => done(asked.result);
    });
    const { sha } = all.sort((one, other) => one.at - other.at)[n];
    held.objectStore("blobs").delete(sha);
    held.objectStore("chunks").delete([sha, 0]);
    await new Promise(done => { held.oncomplete = done; });
    base.close();
  }
}"""


def test_a_save_says_which_photograph_is_gone_from_the_phone_and_the_rest_can_be_saved(
    sign_in: Callable[[str], Page], team: Team, tmp_path: Path
) -> None:
    page = sign_in("leader")
    begin(page)
    to(page, "record/LECTURE")
    page.get_by_label("How many people it reached").fill("12")
    for file in plain(tmp_path, 2):
        page.get_by_label("Photograph: take or choose").set_input_files(file)
        page.wait_for_timeout(300)
    expect(page.locator(".shots img")).to_have_count(2)
    page.evaluate(FORGETS, 1)
    page.get_by_role("button", name="Save on this phone").dblclick()
    gone = "Take out or choose again what is no longer on this phone: Photograph 2"
    expect(page.get_by_text(gone)).to_be_visible()
    expect(page.get_by_text("memory may be full")).to_have_count(0)
    to(page, "")
    to(page, "record/LECTURE")
    expect(page.get_by_text("no longer on this phone", exact=True)).to_be_visible()
    page.get_by_role("button", name="Take out · Photograph 2").click()
    saves(page)
    send(page)
    assert SentFile.objects.count() == 1


def test_who_chooses_more_than_eight_photographs_is_told_how_many_were_not_taken(
    sign_in: Callable[[str], Page], team: Team, tmp_path: Path
) -> None:
    page = sign_in("leader")
    begin(page)
    to(page, "record/LECTURE")
    page.get_by_label("Photograph: take or choose").set_input_files(plain(tmp_path, 10))
    expect(
        page.get_by_text("2 not taken: eight photographs stand with one record.")
    ).to_be_visible()
    expect(page.locator(".shots img")).to_have_count(8)
    page.get_by_role("button", name="Take out · Photograph 1").click()
    expect(page.get_by_text("eight photographs stand")).to_have_count(0)
    expect(page.locator(".shots img")).to_have_count(7)


def test_a_photograph_that_the_office_took_out_is_shown_no_more_and_told_who_and_why(
    sign_in: Callable[[str], Page], team: Team, tmp_path: Path
) -> None:
    page = sign_in("leader")
    begin(page)
    to(page, "record/LECTURE")
    page.get_by_label("How many people it reached").fill("12")
    page.get_by_label("Photograph: take or choose").set_input_files(plain(tmp_path, 2))
    expect(page.locator(".shots img")).to_have_count(2)
    saves(page)
    send(page)
    to(page, "month")
    page.locator("a[href^='#rec/']").first.click()
    expect(page.locator(".shots figcaption")).to_have_count(2)
    first = Picture.objects.order_by("pk")[0].pk
    take_out_picture(picture=first, reason="a face is seen", by=OFFICE, at=now())
    to(page, "")
    count(page, 3)
    send(page)
    told = page.get_by_text("A photograph was taken out · somebody else: a face is seen")
    to(page, "month")
    page.locator("a[href^='#rec/']", has_text="Lecture").click()
    expect(told).to_be_visible()
    expect(page.locator(".shots img")).to_have_count(1)


def lectures(page: Page, photographs: list[Path]) -> None:
    """A lecture is recorded, with photographs."""
    to(page, "record/LECTURE")
    page.get_by_label("How many people it reached").fill("12")
    page.get_by_label("Photograph: take or choose").set_input_files(photographs)
    expect(page.locator(".shots img")).to_have_count(len(photographs))
    saves(page)


def test_a_photograph_that_the_server_fails_on_is_no_lack_of_a_network_and_is_sent_now_and_then(
    sign_in: Callable[[str], Page], team: Team, tmp_path: Path
) -> None:
    page = sign_in("leader")
    begin(page)
    rounds: list[str] = []
    page.on("request", lambda one: rounds.append(one.url) if "/sync/v1" in one.url else None)
    fails = lambda route: route.fulfill(status=500, body="")  # noqa: E731
    page.context.route(re.compile("/sync/files/"), fails)
    lectures(page, plain(tmp_path, 1))
    page.wait_for_timeout(40_000)
    assert len(rounds) <= 8, "five seconds, ten, twenty, and ever more"
    expect(page.locator(".bar")).to_contain_text("Online")
    expect(page.locator("#waiting")).to_have_text("1 only on this phone")


def test_photographs_that_wait_on_a_phone_that_became_full_still_leave_it(
    sign_in: Callable[[str], Page], team: Team, context: BrowserContext, tmp_path: Path
) -> None:
    page = sign_in("leader")
    begin(page)
    context.set_offline(True)
    lectures(page, plain(tmp_path, 2))
    page.evaluate(FULL)
    context.set_offline(False)
    page.wait_for_timeout(10_000)
    assert (Deed.objects.count(), SentFile.objects.count()) == (1, 2)
    expect(page.locator(".bar")).to_contain_text("Online")
    page.evaluate("window.hasRoom = true")
    send(page)
    assert (Deed.objects.count(), SentFile.objects.count()) == (1, 2)
