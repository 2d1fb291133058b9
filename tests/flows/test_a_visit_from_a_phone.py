"""The field app in a real browser: recorded with no network, sent when there is one, there once."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from marrow.accounts.models import Account
from marrow.activity.models import Count, Deed, Visits
from marrow.core.journal.verifying import verify
from marrow.posts.models import CheckIn
from marrow.sources.models import WorkItem
from marrow.sync.views import BUILT
from tests.builders import a_batch, a_series
from tests.builders.catalogued import a_list, a_version, an_item
from tests.builders.on_post import Team, a_team_on_post

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]
PASSCODE = "riz au gras du soir"


class Thumb:
    """A thumb that counts its taps."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, role: str, name: str) -> None:
        self.taps += 1
        self.page.get_by_role(role, name=name).first.click()  # type: ignore[arg-type]


def ready(page: Page) -> None:
    page.wait_for_selector("html[data-ready=yes]")


def begin(page: Page) -> None:
    """A first passcode; from then on the phone is this person's."""
    page.goto("/field/")
    ready(page)
    page.get_by_label("Passcode").fill(PASSCODE)
    page.get_by_label("Once more").fill(PASSCODE)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("link", name="Record visits")).to_be_visible()
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def unlock(page: Page, passcode: str = PASSCODE) -> None:
    page.get_by_label("Passcode").fill(passcode)
    page.get_by_role("button", name="Unlock").click()


def count(page: Page, visits: int) -> None:
    page.get_by_role("link", name="Record visits").click()
    page.get_by_role("link", name="Visits", exact=True).click()
    page.get_by_label("Visits (not patients)").fill(str(visits))
    page.get_by_role("button", name="Save on this phone").dblclick()
    expect(page.locator("#note")).to_have_text("Saved on this phone.")


def send(page: Page) -> None:
    with suppress(TooLate):  # the app may have sent it by itself, and the button is gone
        page.get_by_role("button", name="Send now").click(timeout=3000)
    expect(page.locator("#waiting")).to_have_text("All sent.")


@pytest.fixture
def team(world: dict[str, Account]) -> Team:
    return a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))


def test_a_leader_counts_visits_with_no_network_and_they_stand_once_with_their_history(
    sign_in: Callable[[str], Page], context: BrowserContext
) -> None:
    page = sign_in("leader")
    batch = a_batch(30, a_series(), status="ON_POST")
    begin(page)
    context.set_offline(True)
    page.reload()
    ready(page)
    unlock(page)
    count(page, 7)
    count(page, 5)
    expect(page.locator("#waiting")).to_have_text("2 only on this phone")
    page.reload()
    ready(page)
    expect(page.get_by_text("2 only on this phone")).to_be_visible()
    unlock(page, "another passcode")
    expect(page.get_by_text("This is not the passcode.")).to_be_visible()
    unlock(page)
    expect(page.locator("#waiting")).to_have_text("2 only on this phone")
    assert not Visits.objects.exists()

    context.set_offline(False)
    send(page)
    page.reload()
    ready(page)
    assert sorted(Visits.objects.values_list("count", flat=True)) == [5, 7]

    page.goto(f"/batches/{batch.pk}/")
    expect(page.get_by_text("Visits recorded here: 12")).to_be_visible()
    page.get_by_role("link", name="History", exact=True).first.click()
    expect(page.locator("main")).to_contain_text("Counted visits")
    expect(page.locator("main")).to_contain_text("phone")
    assert not verify().broken


def test_a_visit_takes_three_taps_and_an_operation_a_few_more(
    sign_in: Callable[[str], Page], team: Team, context: BrowserContext
) -> None:
    page = sign_in("leader")
    item = an_item(
        kind="TECHNIQUE", names={"en": "Cataract surgery", "zh": "白内障手术", "fr": "Cataracte"}
    )
    a_version(a_list().key, [item, an_item("Hernia repair")])
    begin(page)
    context.set_offline(True)
    thumb = Thumb(page)
    thumb.tap("link", "Record visits")
    thumb.tap("link", "Visits")
    thumb.tap("button", "Save on this phone")
    expect(page.locator("#note")).to_have_text("Saved on this phone.")
    assert thumb.taps == 3

    thumb = Thumb(page)
    thumb.tap("link", "Record visits")
    thumb.tap("link", "Operation")
    page.get_by_role("radio", name="supervised").check()
    page.get_by_role("searchbox").fill("bainei")
    page.get_by_role("button", name="Cataract surgery").click()
    page.get_by_label("With which colleague").fill("Dr Test")
    expect(page.locator("form[data-draft]")).to_have_attribute("data-draft", "kept")
    page.reload()
    ready(page)
    unlock(page)
    page.get_by_role("link", name="Record visits").click()
    page.get_by_role("link", name="Operation").click()
    expect(page.get_by_label("With which colleague")).to_have_value("Dr Test")
    page.get_by_role("button", name="Save on this phone").click()
    expect(page.locator("#note")).to_have_text("Saved on this phone.")
    expect(page.locator(".log")).to_contain_text("Cataract surgery · supervised")

    page.get_by_role("link", name="Is my data safe?").click()
    expect(page.locator(".answer")).to_contain_text("Not yet")
    context.set_offline(False)
    send(page)
    expect(page.locator(".answer")).to_have_text("Everything has arrived.")
    deed = Deed.objects.get()
    assert (deed.kind, deed.with_whom) == ("OPERATION_SUPERVISED", "Dr Test")
    assert (deed.item_id, deed.specialty) == (item.pk, item.specialty)
    assert deed.organisation_id == team.site.organisation_id
    assert Visits.objects.get().count == 1


def test_a_member_checks_in_and_counts_the_month_with_no_network(
    sign_in: Callable[[str], Page], team: Team, context: BrowserContext
) -> None:
    page = sign_in("member")
    begin(page)
    context.set_offline(True)
    page.get_by_role("link", name="Check in").click()
    page.get_by_role("button", name="I am safe").dblclick()
    expect(page.locator("#note")).to_have_text("Saved on this phone.")
    page.get_by_role("link", name="My month").click()
    page.get_by_role("link", name="Counts of the month").click()
    page.get_by_label("rescues of the critically ill").fill("3")
    page.get_by_role("button", name="Save on this phone").click()
    expect(page.locator("#note")).to_have_text("Saved on this phone.")
    context.set_offline(False)
    send(page)
    said = CheckIn.objects.get()
    assert (said.person, said.state) == (team.mate, "SAFE")
    cell = Count.objects.select_related("report", "indicator").get()
    assert (cell.indicator.words, int(cell.value)) == ("RESCUE", 3)
    assert cell.report.mission == team.mission
    page.goto(f"/posts/{team.mission.pk}/")
    expect(page.locator("main")).to_contain_text("safe")


def test_who_called_for_help_by_mistake_is_shown_on_the_phone_how_to_take_it_back(
    sign_in: Callable[[str], Page], team: Team
) -> None:
    page = sign_in("member")
    begin(page)
    tile = page.locator("nav.big a[href='#check-in']")
    tile.click()
    stands = page.get_by_text("You called for help.")
    expect(page.get_by_role("button", name="I need help")).to_be_visible()
    expect(stands).to_have_count(0)
    page.get_by_role("button", name="I need help").click()
    expect(page.locator("#note")).to_have_text("Saved on this phone.")
    tile.click()
    expect(stands).to_be_visible()
    page.get_by_label("A few words").fill("My thumb slipped")
    page.get_by_role("button", name="I am safe").click()
    expect(tile).to_be_visible()
    send(page)
    told = WorkItem.objects.filter(code="POST_HELP_SELF", done_at=None)
    assert {(w.role, w.params["why"]) for w in told} == {
        ("office", "My thumb slipped"), ("leader", "My thumb slipped"),
    }  # fmt: skip
    tile.click()
    expect(page.get_by_role("button", name="I need help")).to_be_visible()
    expect(stands).to_have_count(0)


def test_who_forgot_the_passcode_loses_nothing(
    sign_in: Callable[[str], Page], context: BrowserContext, tmp_path: Path
) -> None:
    page = sign_in("leader")
    a_batch(30, a_series(), status="ON_POST")
    begin(page)
    context.set_offline(True)
    count(page, 9)
    page.get_by_role("button", name="Lock").click()
    page.get_by_text("Forgotten?").click()
    with page.expect_download() as waits:
        page.get_by_role("button", name="Save the file").click()
    file = tmp_path / "phone.mrw"
    waits.value.save_as(file)
    call_command("open-export", file, "--take")
    assert Visits.objects.get().count == 9
    context.set_offline(False)
    unlock(page)
    expect(page.locator("#waiting")).to_have_text("All sent.")
    assert Visits.objects.count() == 1


def test_the_app_is_small_enough_for_a_bad_line() -> None:
    built = sum(len(gzip.compress(path.read_bytes())) for path in BUILT.glob("*.*s"))
    assert built <= 132_000, "250 kB are the limit, and more is to come"


def test_who_never_signed_in_is_asked_to_and_nothing_is_lost(page: Page, address: str) -> None:
    page.goto("/field/")
    ready(page)
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_what_is_typed_to_find_a_technique_and_not_chosen_is_not_lost_without_a_word(
    sign_in: Callable[[str], Page], team: Team
) -> None:
    page = sign_in("leader")
    begin(page)
    page.get_by_role("link", name="Record visits").click()
    page.get_by_role("link", name="Operation", exact=True).click()
    page.get_by_label("performed", exact=True).check()
    looked = page.locator(".picker input[type=search]")
    looked.fill("no such technique")
    page.get_by_role("button", name="Save on this phone").click()
    expect(page.get_by_text("Not saved: what you typed is not chosen.")).to_be_visible()
    expect(looked).to_have_value("no such technique")
    looked.fill("")
    page.get_by_role("button", name="Save on this phone").click()
    expect(page.locator("#note")).to_have_text("Saved on this phone.")
