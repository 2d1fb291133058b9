"""A3 and A8: the browser is killed while it saves, its storage fills up; "saved" is never a lie."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Error, Page
from playwright.sync_api import TimeoutError as TooLate

from marrow.accounts.models import Account
from marrow.activity.models import Visits
from marrow.core.journal.verifying import verify
from marrow.sync.queries import broken_chains
from tests.builders import a_batch, a_series
from tests.flows.test_a_visit_from_a_phone import begin, count, ready, unlock

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]


def of_profile(profile: Path) -> list[int]:
    """The processes of the browser that lives in this folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes()
        except OSError:
            continue
        if f"--user-data-dir={profile}".encode() in words:
            found.append(int(entry.parent.name))
    return found


class Phone:
    """A browser with a profile that outlives it."""

    def __init__(self, kind: BrowserType, profile: Path, address: str) -> None:
        self.kind, self.profile, self.address = kind, profile, address

    @contextmanager
    def on(self) -> Iterator[tuple[BrowserContext, Page]]:
        env = dict(os.environ)
        if libs := env.get("MARROW_CHROMIUM_LIBS"):
            env["LD_LIBRARY_PATH"] = libs
        context = self.kind.launch_persistent_context(
            self.profile, executable_path=env.get("MARROW_CHROMIUM"), args=["--no-sandbox"],
            env={**env}, base_url=self.address, locale="en-GB",
        )  # fmt: skip
        context.set_default_timeout(15_000)
        try:
            yield context, context.pages[0]
        finally:
            with suppress(Error):  # it may have been killed
                context.close()

    def die(self) -> None:
        for pid in of_profile(self.profile):
            os.kill(pid, signal.SIGKILL)


def come_in(page: Page) -> None:
    """The leader signs in and begins with the app."""
    page.goto("/sign-in/")
    page.get_by_label("User name").fill("leader")
    page.get_by_label("Password").fill("correct horse 7")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/desk/")
    begin(page)


# numbers that a page shows as saved while it saves as fast as it can, through the form
SAVE = """async (from) => {
  const shown = [];
  window.shown = shown;
  const told = () => document.querySelector("#note")?.textContent ?? "";
  const until = async (found) => { while (!found()) await new Promise(r => setTimeout(r, 5)); };
  for (let n = from; ; n += 1) {
    location.hash = "record/VISIT";
    await until(() => document.querySelector("input[type=number]"));
    const field = document.querySelector("input[type=number]");
    field.value = String(n);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.form.requestSubmit();
    await until(() => told() === "Saved on this phone.");
    console.log(`saved ${n}`);
    await until(() => document.querySelector("nav.big")); // the next screen: the word is its own
  }
}"""


@pytest.mark.parametrize("kills", [3, pytest.param(50, marks=pytest.mark.long)])
def test_a_browser_that_is_killed_while_it_saves_keeps_all_that_it_showed_as_saved(
    world: dict[str, Account], browser: Browser, address: str, tmp_path: Path, kills: int
) -> None:
    a_batch(30, a_series(), status="ON_POST")
    phone = Phone(browser.browser_type, tmp_path / "profile", address)
    shown, dice = list[int](), random.Random(3)  # noqa: S311
    with phone.on() as (_context, page):
        come_in(page)
        count(page, 1)
        shown.append(1)
    for _n in range(kills):
        with phone.on() as (context, page):
            page.goto("/field/")
            ready(page)
            unlock(page)
            page.get_by_role("link", name="Record visits").wait_for()
            context.set_offline(True)
            page.on(
                "console",
                lambda told: shown.append(int(told.text.split()[1]))
                if told.text.startswith("saved ") else None,
            )  # fmt: skip
            start = max(shown) + 10
            page.evaluate(f"void ({SAVE})({start})")
            page.wait_for_timeout(300 + dice.random() * 700)
            phone.die()
    with phone.on() as (_context, page):
        page.goto("/field/")
        ready(page)
        unlock(page)
        page.locator("#waiting", has_text="All sent.").wait_for()
    there = list(Visits.objects.values_list("count", flat=True))
    assert len(shown) > kills
    assert len(there) == len(set(there)), "none twice"
    assert set(shown) - set(there) == set(), "shown as saved, and lost"
    assert len(set(there) - set(shown)) <= kills, "at most the one that was being shown"
    assert list(broken_chains()) == []
    assert not verify().broken


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own: what a browser lets CDP set as a quota it may not keep to."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a full phone: a disk of its own can be made here only by root")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path) -> None:
    """Take the last byte of it."""
    with suppress(OSError), (disk / "other-apps").open("ab", buffering=0) as file:
        while file.write(b"x" * 4096):
            pass


def the_file_is_saved(page: Page, disk: Path) -> None:
    """With no byte left the phone tells what is only here or that it cannot read; with a little
    room, made elsewhere on the phone, it hands all out."""
    page.evaluate("location.hash = 'safe'")
    page.locator(".answer, [role=alert].alarm").first.wait_for()
    others = disk / "other-apps"
    for _more in range(4):  # the browser needs some for itself before it opens anything again
        os.truncate(others, others.stat().st_size - 4 * 1024 * 1024)
        page.goto("/field/")
        with suppress(TooLate):
            page.get_by_label("Passcode").wait_for(timeout=5000)
            break
    unlock(page)
    page.get_by_role("link", name="Is my data safe?").click()
    page.locator(".answer", has_text="Not yet").wait_for()
    with page.expect_download():
        page.get_by_role("button", name="Save the file").click()


def stands(page: Page) -> bool:
    """Whether the screen after a save comes."""
    with suppress(TooLate):
        page.get_by_role("link", name="Record visits").wait_for(timeout=5000)
        return True
    return False


@pytest.mark.long  # it needs root, for a disk of its own
def test_a_phone_whose_storage_is_full_says_so_and_never_saved(
    world: dict[str, Account], browser: Browser, address: str, small_disk: Path
) -> None:
    a_batch(30, a_series(), status="ON_POST")
    phone, saved, refused = Phone(browser.browser_type, small_disk / "profile", address), [5], []
    with phone.on() as (context, page):
        come_in(page)
        count(page, 5)
        page.locator("#waiting", has_text="All sent.").wait_for()
        context.set_offline(True)
        count(page, 6)
        saved.append(6)
        for n in range(11, 31):
            fill(small_disk)
            if not page.get_by_label("Visits (not patients)").is_visible():
                page.get_by_role("link", name="Record visits").click()
                page.get_by_role("link", name="Visits", exact=True).click()
            page.get_by_label("Visits (not patients)").fill(str(n))
            page.evaluate(UNSAID)
            page.get_by_role("button", name="Save on this phone").click()
            page.wait_for_function(SAID)
            if (page.locator("#note").text_content() or "").startswith("Saved on this phone."):
                saved.append(n)  # it may say beside that the phone is nearly full
                if not stands(page):
                    break  # whether it was saved is told below
            else:
                refused.append(n)
                assert page.get_by_label("Visits (not patients)").input_value() == str(n)
        if refused:
            the_file_is_saved(page, small_disk)
        phone.die()
    (small_disk / "other-apps").unlink()
    with phone.on() as (_context, page):
        page.goto("/field/")
        ready(page)
        unlock(page)
        page.locator("#waiting", has_text="All sent.").wait_for()
    there = sorted(Visits.objects.values_list("count", flat=True))
    assert set(saved) - set(there) == set(), "called saved, and lost"
    assert refused, "the disk was never full: this proves nothing"
    assert sorted(set(there)) == there, "none twice"
    assert not verify().broken


def test_a_phone_whose_database_the_browser_lost_brings_back_what_only_it_held(
    world: dict[str, Account], browser: Browser, address: str, tmp_path: Path
) -> None:
    """A browser on a full disk may begin an empty database: what was called saved is not in it."""
    a_batch(30, a_series(), status="ON_POST")
    phone = Phone(browser.browser_type, tmp_path / "profile", address)
    with phone.on() as (context, page):
        come_in(page)
        count(page, 5)
        page.locator("#waiting", has_text="All sent.").wait_for()
        context.set_offline(True)
        count(page, 6)
        page.get_by_role("link", name="Record visits").wait_for()
        count(page, 7)
        phone.die()
    lost = list(phone.profile.glob("**/IndexedDB/*.leveldb"))
    for place in lost:
        shutil.rmtree(place)
    assert lost
    with phone.on() as (context, page):
        context.set_offline(True)
        page.goto("/field/")
        ready(page)
        unlock(page)
        page.locator("#note", has_text="This phone had lost its memory.").wait_for()
        page.locator("#waiting", has_text="2 only on this phone").wait_for()
        count(page, 8)
        context.set_offline(False)
        page.locator("#waiting", has_text="All sent.").wait_for()
    assert sorted(Visits.objects.values_list("count", flat=True)) == [5, 6, 7, 8]
    assert list(broken_chains()) == []
    assert not verify().broken


# what a browser does when it finds its database broken: an empty one stands in its place
EMPTIED = """async () => {
  const done = (asked, end) => new Promise((then) => { asked[end] = () => then(asked.result); });
  for (const { name } of await indexedDB.databases()) {
    const base = await done(indexedDB.open(name), "onsuccess");
    const tables = [...base.objectStoreNames];
    const all = base.transaction(tables, "readwrite");
    for (const table of tables) all.objectStore(table).clear();
    await done(all, "oncomplete");
    base.close();
  }
}"""


def test_a_page_whose_database_is_emptied_under_it_says_so_and_brings_it_back(
    world: dict[str, Account], browser: Browser, address: str, tmp_path: Path
) -> None:
    a_batch(30, a_series(), status="ON_POST")
    phone = Phone(browser.browser_type, tmp_path / "profile", address)
    with phone.on() as (context, page):
        come_in(page)
        context.set_offline(True)
        count(page, 6)
        page.get_by_role("link", name="Record visits").wait_for()
        page.evaluate(EMPTIED)
        page.get_by_role("link", name="Record visits").click()
        unlock(page)
        page.locator("#note", has_text="This phone had lost its memory.").wait_for()
        page.locator("#waiting", has_text="1 only on this phone").wait_for()
        context.set_offline(False)
        page.locator("#waiting", has_text="All sent.").wait_for()
    assert list(Visits.objects.values_list("count", flat=True)) == [6]


# what a page says after a save; a word that stood there before is not it, and is taken away
UNSAID = """() => {
  for (const one of document.querySelectorAll("#note, .note[role=alert]")) one.textContent = "";
}"""
SAID = """() => {
  const text = (document.querySelector("#note")?.textContent ?? "") +
    (document.querySelector(".note[role=alert]")?.textContent ?? "") + document.body.innerText;
  return text.includes("Saved on this phone.") || text.includes("Not saved");
}"""


@pytest.fixture
def strace() -> str:
    """Where it is, if it may look at our own processes here."""
    found = shutil.which("strace")
    may = found and subprocess.run([found, "-o", os.devnull, "true"], check=False).returncode == 0
    if not found or not may:
        pytest.skip("each save's way to the disk: strace is not here, or may not look")
    return found


def test_each_saved_went_to_the_disk_before_it_was_said(
    world: dict[str, Account], browser: Browser, address: str, tmp_path: Path, strace: str
) -> None:
    """Counted in the kernel: the browser asked the disk to keep the record, and waited for it."""
    a_batch(30, a_series(), status="ON_POST")
    phone, told, counted = Phone(browser.browser_type, tmp_path / "profile", address), [], []
    with phone.on() as (context, page):
        come_in(page)
        context.set_offline(True)
        looks = [
            subprocess.Popen(
                [strace, "-f", "-y", "-e", "trace=fdatasync,fsync", "-o",
                 str(tmp_path / f"calls-{pid}"), "-p", str(pid)],
                stderr=subprocess.DEVNULL,
            )
            for pid in of_profile(phone.profile)
        ]  # fmt: skip
        try:
            page.wait_for_timeout(2000)
            for n in range(1, 6):
                before = synced(tmp_path)
                count(page, n)
                told.append(n)
                counted.append(synced(tmp_path) - before)
                page.get_by_role("link", name="Record visits").wait_for()
                page.wait_for_timeout(300)
        finally:
            for look in looks:
                look.terminate()
                look.wait()
    assert len(told) == 5
    assert min(counted) >= 1, f"saved was said with nothing on the disk: {counted}"


def synced(calls: Path) -> int:
    """How often the browser had its database's file kept by the disk."""
    lines = [line for file in calls.glob("calls-*") for line in file.read_text().splitlines()]
    return sum("sync(" in line and "IndexedDB" in line for line in lines)
