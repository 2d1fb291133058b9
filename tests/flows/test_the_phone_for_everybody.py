"""The field app on a small phone: every screen in three languages and both themes, axe finds
nothing; what is corrected, signed, asked and seen with no network; how the lock opens and changes.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from marrow.accounts.models import Account
from marrow.activity.models import Count, Deed, Visits, Voice
from tests.builders import a_batch, a_series
from tests.builders.catalogued import a_list, a_version, an_item
from tests.builders.on_post import Team, a_team_on_post
from tests.builders.trying import AT_LENGTH
from tests.flows.test_a_visit_from_a_phone import PASSCODE, begin, ready, send, unlock
from tests.flows.test_pages_for_everybody import looked_over

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]
SMALL = {"width": 360, "height": 640}
SCREENS = (
    "", "record", "record/VISIT", "record/OPERATION", "record/TRAINED", "record/FREE_CLINIC",
    "record/VOICE", "check-in", "month", "counts", "ask", "ask/new", "sign", "team", "safe",
    "vault",
)  # fmt: skip
#: a folder in which pictures of the screens are left, to be looked at
PICTURES = os.environ.get("MARROW_PICTURES", "")
SAVED = "Saved on this phone."


@pytest.fixture
def team(world: dict[str, Account]) -> Team:
    return a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))


@pytest.fixture
def lists(world: dict[str, Account]) -> None:
    cataract = an_item(
        kind="TECHNIQUE",
        names={"en": "Cataract surgery", "zh": "白内障手术", "fr": "Chirurgie de la cataracte"},
        specialty="OPHTHALMOLOGY",
    )
    a_version(a_list().key, [cataract, an_item("Hernia repair")])


def saves(page: Page) -> None:
    page.locator("#note").evaluate("note => { note.textContent = ''; }")  # of the save before
    page.get_by_role("button", name="Save on this phone").click()
    expect(page.locator("#note")).to_have_text(SAVED)
    page.wait_for_timeout(100)  # the next screen comes by itself


def to(page: Page, where: str) -> None:
    page.evaluate("where => { location.hash = where; }", where)
    page.wait_for_function("where => location.hash.slice(1) === where", arg=where)
    page.wait_for_timeout(150)


def choose(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).check()


def test_axe_finds_nothing_on_any_screen_in_any_language_and_theme(
    sign_in: Callable[[str], Page], team: Team, lists: None
) -> None:
    page = sign_in("leader")
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    begin(page)
    to(page, "record/RESCUE")
    saves(page)
    page.locator(".log a").first.click()
    record = page.evaluate("location.hash.slice(1)")
    screens = (*SCREENS, record, record.replace("rec/", "edit/"))
    faults: list[str] = []
    for tongue in ("zh", "fr", "en"):
        page.evaluate("to => localStorage.setItem('marrow-tongue', to)", tongue)
        page.reload()
        ready(page)
        faults += looked_at(page, f"lock-{tongue}")
        page.locator("input[name=passcode]").fill(PASSCODE)
        page.locator("button[type=submit]:visible").click()
        page.wait_for_selector(".big")
        for screen in screens:
            to(page, screen)
            faults += looked_at(page, f"{screen.replace('/', '-')[:16] or 'home'}-{tongue}")
    assert not faults, "\n".join(faults)


def looked_at(page: Page, name: str) -> list[str]:
    """What is folded up is looked at too; what is dark is dark in every language alike."""
    found: list[str] = []
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true;")
    for theme in ("light", "dark") if AT_LENGTH or PICTURES or name.endswith("-en") else ("light",):
        page.emulate_media(color_scheme=theme)
        found += looked_over(page, f"{name} {theme}", SMALL["width"])
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{theme}.png", full_page=True)
    return found


def test_a_visit_in_three_taps_and_an_operation_in_seven_and_thirty_seconds(
    sign_in: Callable[[str], Page], team: Team, lists: None, context: BrowserContext
) -> None:
    """Every touch counts, also those that only put the finger into a field."""
    page = sign_in("leader")
    begin(page)
    context.set_offline(True)
    taps = 0

    def tap(role: str, name: str) -> None:
        nonlocal taps
        taps += 1
        page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]

    for name in ("Record visits", "Visits"):
        tap("link", name)
    tap("button", "Save on this phone")
    expect(page.locator("#note")).to_have_text(SAVED)
    assert taps == 3
    started = page.evaluate("performance.now()")
    taps = 0
    tap("link", "Record visits")
    tap("link", "Operation")
    taps += 1
    page.get_by_role("radio", name="performed", exact=True).click()
    taps += 1
    page.get_by_role("searchbox").click()
    page.keyboard.type("bnz", delay=250)  # a thumb types slowly
    tap("button", "Cataract surgery")
    taps += 1
    page.get_by_role(
        "radio", name="sees again", exact=True
    ).click()  # the point of it, asked at once
    tap("button", "Save on this phone")
    expect(page.locator("#note")).to_have_text(SAVED)
    assert taps == 7
    assert page.evaluate("performance.now()") - started < 30_000
    context.set_offline(False)
    send(page)
    deed = Deed.objects.get()
    assert (deed.kind, deed.outcome) == ("OPERATION_DONE", "SIGHT_RESTORED")


def test_of_one_visit_sex_age_and_condition_are_told_with_no_network(
    sign_in: Callable[[str], Page], team: Team, lists: None, context: BrowserContext
) -> None:
    page = sign_in("leader")
    begin(page)
    context.set_offline(True)
    to(page, "record/VISIT")
    page.get_by_text("More", exact=True).click()
    choose(page, "female")
    choose(page, "1–4")
    page.get_by_role("searchbox").fill("cataract")
    expect(page.get_by_text("Nothing of this name.")).to_be_visible()  # it is no condition
    page.get_by_role("searchbox").fill("hernia")
    page.get_by_role("button", name="Hernia repair").click()
    page.get_by_label("Visits (not patients)").fill("2")
    page.get_by_role("button", name="Save on this phone").click()
    expect(page.locator("form .note")).to_contain_text("are of one visit")
    page.get_by_label("Visits (not patients)").fill("1")
    saves(page)
    page.get_by_role("link", name="Visits · Hernia repair").click()
    page.get_by_role("link", name="Correct").click()
    choose(page, "male")
    saves(page)
    context.set_offline(False)
    send(page)
    deed = Deed.objects.get()
    assert (deed.kind, deed.count, deed.sex, deed.age) == ("VISIT", 1, "M", "1_4")
    assert (str(deed.item), deed.organisation) == ("Hernia repair", team.site.organisation)
    assert not Visits.objects.exists()


def test_what_was_recorded_is_corrected_and_tells_its_history(
    sign_in: Callable[[str], Page], team: Team, lists: None, context: BrowserContext
) -> None:
    page = sign_in("leader")
    begin(page)
    context.set_offline(True)
    to(page, "record/VISIT")
    page.get_by_label("Visits (not patients)").fill("7")
    saves(page)
    page.get_by_role("link", name="Visits × 7").click()
    page.get_by_role("link", name="Correct").click()
    page.get_by_role("button", name="Save on this phone").click()
    expect(page.locator("form .note")).to_have_text("Nothing changed.")
    page.get_by_label("Visits (not patients)").fill("9")
    saves(page)
    expect(page.locator(".told")).to_contain_text("7 → 9")
    to(page, "counts")
    page.get_by_label("deliveries").fill("4")
    saves(page)
    context.set_offline(False)
    send(page)
    assert Visits.objects.get().count == 9
    context.set_offline(True)
    to(page, "month")
    page.get_by_role("link", name=re.compile("Counts of the month ·")).click()
    page.get_by_text("It was a mistake").click()
    page.get_by_label("Why").fill("another month")
    page.get_by_role("button", name="Void it").click()
    expect(page.locator("#note")).to_have_text(SAVED)
    context.set_offline(False)
    send(page)
    assert not Count.objects.exists(), "unknown again, never nought"


def test_a_village_a_list_of_names_and_somebodys_own_words(
    sign_in: Callable[[str], Page], team: Team, lists: None, context: BrowserContext
) -> None:
    page = sign_in("leader")
    begin(page)
    context.set_offline(True)
    to(page, "record")
    page.get_by_text("Something else").click()
    page.get_by_role("link", name="Free clinic").click()
    page.get_by_label("Where").select_option(label="Another place")
    page.get_by_label("Name of the place").fill("Village Test")
    saves(page)
    to(page, "record/TRAINED")
    choose(page, "in person")
    page.get_by_text("Names signed up").click()
    page.get_by_label("A name a line").fill("Dr Un、Dr Deux, Dr Trois")
    expect(page.get_by_label("How many came")).to_have_value("3")
    saves(page)
    to(page, "record/VOICE")
    choose(page, "a patient")
    page.get_by_label("Their own words").fill("I see again.")
    page.get_by_label("They agreed to be quoted").check()
    saves(page)
    context.set_offline(False)
    send(page)
    clinic, training = Deed.objects.order_by("kind")
    assert (clinic.place, clinic.organisation) == ("Village Test", None)
    assert (training.count, training.attendees) == (3, "Dr Un\nDr Deux\nDr Trois")
    assert Voice.objects.get().may_be_quoted


def test_months_before_are_looked_at_and_put_right_with_no_network(
    sign_in: Callable[[str], Page], context: BrowserContext
) -> None:
    page = sign_in("leader")
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    a_batch(30, a_series(), status="ON_POST")
    begin(page)
    context.set_offline(True)
    first = timezone.localdate().replace(day=1)
    then = (first - dt.timedelta(days=40)).replace(day=5)
    for day, count in ((then, "7"), (first, "3")):
        to(page, "record/VISIT")
        page.get_by_label("Day").fill(day.isoformat())
        page.get_by_label("Visits (not patients)").fill(count)
        saves(page)
        expect(page.locator(".log"), "recorded today").to_contain_text(f"Visits × {count}")
    page.get_by_role("link", name="My month").click()
    expect(page.locator(".sums")).to_have_text("Visits3")
    page.get_by_role("link", name=f"Earlier: {then:%Y-%m}").click()
    expect(page.locator(".sums")).to_have_text("Visits7")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Month · {then:%Y-%m}")
    page.get_by_role("link", name="Visits × 7").click()
    page.get_by_role("link", name="Correct").click()
    page.get_by_label("Visits (not patients)").fill("8")
    saves(page)
    to(page, f"month/{then:%Y-%m}")
    expect(page.locator(".sums")).to_have_text("Visits8")
    assert not looked_at(page, "month-before")
    page.get_by_role("link", name=f"Later: {first:%Y-%m}").click()
    expect(page.locator(".sums")).to_have_text("Visits3")
    context.set_offline(False)
    send(page)
    assert sorted(Visits.objects.values_list("held_on", "count")) == [(then, 8), (first, 3)]


def it_is_taken_off_while_a_second_tab_writes(page: Page, other: Page) -> None:
    """The other tab goes to the door too, and leaves no base behind."""
    other.goto("/field/")
    ready(other)
    unlock(other, "sauce arachide du midi")
    expect(other.get_by_role("link", name="Record visits")).to_be_visible()
    to(other, "record/VISIT")
    visits = other.get_by_label("Visits (not patients)")
    visits.fill("1")
    page.get_by_label("Forget everything of mine").check()
    page.get_by_role("button", name="Take it off").click()
    expect(page.locator("#stranger")).to_be_visible()
    expect(other.locator("#stranger")).to_be_visible()
    expect(visits).to_have_count(0)
    bases = page.evaluate("async () => (await indexedDB.databases()).map(one => one.name)")
    assert bases == ["marrow-accounts"]


def test_a_pin_opens_for_a_while_another_passcode_opens_and_an_account_leaves_with_nothing_lost(
    sign_in: Callable[[str], Page], team: Team, context: BrowserContext
) -> None:
    page = sign_in("leader")
    begin(page)
    page.get_by_role("button", name="Lock").click()
    page.get_by_label("Open by a PIN").check()
    page.get_by_label("PIN (6 digits)").last.fill("271828")
    unlock(page)
    page.get_by_role("button", name="Lock").click()
    page.get_by_label("PIN (6 digits)").first.fill("314159")
    page.get_by_role("button", name="Unlock").first.click()
    expect(page.get_by_text("Tries left: 4")).to_be_visible()
    page.get_by_label("PIN (6 digits)").first.fill("271828")
    page.get_by_role("button", name="Unlock").first.click()
    expect(page.get_by_role("link", name="Record visits")).to_be_visible()
    to(page, "vault")
    page.get_by_label("Passcode until now").fill(PASSCODE)
    page.get_by_label("New passcode").fill("sauce arachide du midi")
    page.get_by_label("Once more").fill("sauce arachide du midi")
    page.get_by_role("button", name="Change the passcode").click()
    expect(page.get_by_text("The passcode is changed.")).to_be_visible()
    context.set_offline(True)
    to(page, "record/VISIT")
    saves(page)
    to(page, "vault")
    expect(page.get_by_text("otherwise they would be lost")).to_be_visible()
    with page.expect_download():
        page.get_by_role("button", name="Save the file").click()
    expect(page.get_by_label("Forget everything of mine")).to_have_count(0)
    page.get_by_role("button", name="Yes, it is there").click()
    expect(page.get_by_text("have not arrived and are in the file alone")).to_be_visible()
    it_is_taken_off_while_a_second_tab_writes(page, context.new_page())


def test_who_is_of_no_team_is_told_whose_the_app_is(
    sign_in: Callable[[str], Page], world: dict[str, Account]
) -> None:
    page = sign_in("office")
    page.goto("/field/")
    ready(page)
    expect(page.locator("#stranger")).to_contain_text("Your account is of no team")
    page.locator("#screen").get_by_role("link", name="Today").click()
    page.wait_for_url("**/desk/")


def test_in_a_chat_apps_own_browser_the_app_says_how_to_leave_it(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.add_init_script(
        "Object.defineProperty(navigator, 'userAgent',"
        " {value: 'Mozilla/5.0 (Linux; Android 13) Chrome/126.0 MicroMessenger/8.0.49'})"
    )
    page.goto("/field/")
    ready(page)
    expect(page.get_by_role("heading", name="Open this page in your browser")).to_be_visible()
    expect(page.locator("code")).to_contain_text("/field/")


def test_a_french_phone_breaks_no_word_and_calls_people_as_its_reader_does(
    sign_in: Callable[[str], Page], world: dict[str, Account], team: Team, context: BrowserContext
) -> None:
    Account.objects.filter(pk=world["leader"].pk).update(names={"zh": "杨和"})
    page = sign_in("leader")
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    begin(page)
    page.evaluate("localStorage.setItem('marrow-tongue', 'fr')")
    page.reload()
    ready(page)
    page.locator("input[name=passcode]").fill(PASSCODE)
    page.locator("button[type=submit]:visible").click()
    page.wait_for_selector(".big")
    to(page, "record")
    page.evaluate("document.querySelector('details').open = true")
    broken = page.evaluate("""() => [...document.querySelectorAll(".tiles a")].filter(tile => {
      const text = tile.firstChild, range = document.createRange();
      return [...text.data.matchAll(/[^ -]+/g)].some(word => {
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        return range.getClientRects().length > 1;
      });
    }).map(tile => tile.textContent)""")
    assert broken == []
    fills = page.evaluate("""() => [...document.querySelectorAll(".tiles a:first-child")].map(
      tile => getComputedStyle(tile).backgroundColor)""")
    assert fills[0] != fills[1], "under “Something else” no tile is the main one"
    page.evaluate("localStorage.setItem('marrow-tongue', 'zh')")
    page.reload()
    ready(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("杨和")
    page.locator("input[name=passcode]").fill(PASSCODE)
    page.locator("button[type=submit]:visible").click()
    page.wait_for_selector(".big")
    context.set_offline(True)
    to(page, "record/RESCUE")
    page.locator("button.main").click()
    page.locator(".log a").first.click()
    page.get_by_text("这是误记").click()
    page.get_by_role("button", name="作废").click()
    expect(page.get_by_text("请先说明原因。")).to_be_visible()
