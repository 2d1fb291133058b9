"""Photographs that follow their record, and a file that is carried by hand, in a real browser."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from marrow.accounts.actions import close_account, reopen_account
from marrow.accounts.models import Account
from marrow.activity.models import Deed, Picture, Visits
from marrow.sync import uploads
from marrow.sync.actions import end_phone
from marrow.sync.models import Installation, Receipt, SentFile
from tests.builders import ADMIN, NOW, a_batch, a_series
from tests.builders.on_post import Team, a_team_on_post
from tests.flows.playing import As
from tests.flows.test_a_team_on_two_phones import exchanged
from tests.flows.test_a_visit_from_a_phone import PASSCODE, begin, count, ready, unlock
from tests.flows.test_the_phone_for_everybody import to

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(world: dict[str, Account], settings: LazySettings, tmp_path: Path) -> Team:
    settings.UPLOADS = tmp_path / "uploads"
    return a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))


def a_large_photograph(path: Path) -> Path:
    """As a camera makes it: much of it, and where it was taken."""
    noise = Image.effect_noise((2400, 1800), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (9.0, 30.0, 0.0)}
    noise.save(path, "JPEG", exif=exif, quality=92)
    return path


def test_a_photograph_taken_with_no_network_stands_on_the_office_page(
    sign_in: Callable[[str], Page], team: Team, context: BrowserContext, tmp_path: Path
) -> None:
    page = sign_in("leader")
    begin(page)
    page.wait_for_function("document.querySelector('#waiting')?.textContent === 'All sent.'")
    context.set_offline(True)
    page.get_by_role("link", name="Record visits").click()
    page.get_by_role("link", name="Operation").click()
    page.get_by_role("radio", name="supervised").check()
    page.get_by_label("Photograph").set_input_files(a_large_photograph(tmp_path / "a.jpg"))
    expect(page.locator(".shots img")).to_be_visible()
    expect(page.locator("form[data-draft]")).to_have_attribute("data-draft", "kept")
    page.reload()
    ready(page)
    unlock(page)
    page.get_by_role("link", name="Record visits").click()
    page.get_by_role("link", name="Operation").click()
    expect(page.locator(".shots img"), "its draft keeps it").to_be_visible()
    page.get_by_role("button", name="Save on this phone").click()
    expect(page.locator("#note")).to_have_text("Saved on this phone.")
    expect(page.locator("#waiting")).to_have_text("2 only on this phone")
    page.locator(".log a").first.click()
    expect(page.locator("figcaption")).to_contain_text("picture pending")
    assert not SentFile.objects.exists()

    context.set_offline(False)
    page.get_by_role("button", name="Send now").click()
    expect(page.locator("#waiting")).to_have_text("All sent.")
    page.wait_for_timeout(500)
    for _n in range(40):
        if SentFile.objects.exists():
            break
        page.wait_for_timeout(250)
    row = SentFile.objects.get()
    assert max(row.width, row.height) <= 1280
    picture = uploads.picture_of(row)
    assert picture
    assert not Image.open(io.BytesIO(picture)).getexif()
    deed = Deed.objects.get()
    assert Picture.objects.get().deed_id == deed.pk
    page.goto(f"/activity/missions/{team.mission.pk}/rows/?kind={deed.kind}&year={deed.held_on:%Y}")
    shown = page.locator("figure.shot img")
    expect(shown).to_be_visible()
    expect(shown).to_have_js_property("naturalWidth", row.width)


def test_a_file_written_with_no_network_is_brought_in_and_the_phone_reads_its_receipt(
    sign_in: Callable[[str], Page], context: BrowserContext, as_: As, tmp_path: Path
) -> None:
    page = sign_in("leader")
    a_batch(30, a_series(), status="ON_POST")
    begin(page)
    for _n in range(40):
        if Installation.objects.exclude(signs_with="").exists():
            break
        page.wait_for_timeout(250)
    context.set_offline(True)
    count(page, 7)
    count(page, 5)
    page.get_by_role("link", name="Is my data safe?").click()
    with page.expect_download() as waits:
        page.get_by_role("button", name="Save the file").click()
    file, receipt = tmp_path / "phone.mrw", tmp_path / "phone.ack"
    waits.value.save_as(file)

    office = as_("recipient")
    for turn in range(2):
        office.goto("/phones/files/")
        office.get_by_label("The file that the phone wrote").set_input_files(file)
        office.get_by_role("button", name="Bring it in").click()
        expect(office.locator("main tbody tr")).to_have_count(turn + 1)
    cells = office.locator("main tbody tr")
    expect(cells.nth(1).locator("td").nth(3)).to_have_text("2")
    expect(cells.nth(0).locator("td").nth(4)).to_have_text("2")
    with office.expect_download() as waits:
        office.get_by_role("link", name="Its receipt").first.click()
    waits.value.save_as(receipt)
    assert sorted(Visits.objects.values_list("count", flat=True)) == [5, 7]

    expect(page.locator("#waiting")).to_have_text("2 only on this phone")
    page.get_by_label("The receipt that came back").set_input_files(receipt)
    expect(page.locator("#note")).to_contain_text("2 have arrived by hand")
    expect(page.locator("#waiting")).to_have_text("All sent.")
    count_after = Visits.objects.count()
    context.set_offline(False)
    page.reload()
    ready(page)
    unlock(page)
    expect(page.locator("#waiting")).to_have_text("All sent.")
    assert Visits.objects.count() == count_after == 2


def test_a_share_that_is_closed_and_a_download_nobody_saw_leave_the_only_copy_where_it_is(
    sign_in: Callable[[str], Page], context: BrowserContext
) -> None:
    page = sign_in("leader")
    page.add_init_script(
        "navigator.canShare = () => true;"
        "navigator.share = () => Promise.reject(new DOMException('closed', 'AbortError'));"
    )
    a_batch(30, a_series(), status="ON_POST")
    begin(page)
    context.set_offline(True)
    count(page, 7)
    page.get_by_role("link", name="Is my data safe?").click()
    page.get_by_role("button", name="Send the file").click()
    expect(page.locator("#carried")).to_contain_text("The file was not handed on.")
    with page.expect_download():
        page.get_by_role("button", name="Save the file").click()
    page.get_by_role("link", name="Passcode and account").click()
    expect(page.get_by_text("otherwise they would be lost")).to_be_visible()
    expect(page.get_by_role("button", name="Take it off")).to_have_count(0)
    context.set_offline(False)
    page.get_by_role("button", name="Send now").click()
    expect(page.locator("#waiting")).to_have_text("All sent.")
    assert Visits.objects.get().count == 7


def test_an_ended_phones_photograph_is_told_as_not_taken_and_the_account_can_leave(
    sign_in: Callable[[str], Page], team: Team, context: BrowserContext, tmp_path: Path
) -> None:
    page = sign_in("leader")
    begin(page)
    page.wait_for_function("document.querySelector('#waiting')?.textContent === 'All sent.'")
    context.set_offline(True)
    page.get_by_role("link", name="Record visits").click()
    page.get_by_role("link", name="Rescue").click()
    page.get_by_label("Photograph").set_input_files(a_large_photograph(tmp_path / "a.jpg"))
    expect(page.locator(".shots img")).to_be_visible()
    page.get_by_role("button", name="Save on this phone").click()
    expect(page.locator("#waiting")).to_have_text("2 only on this phone")
    end_phone(phone=Installation.objects.get().pk, by=ADMIN, at=NOW)
    context.set_offline(False)
    expect(page.get_by_text("It takes no photographs from this phone")).to_be_visible()
    expect(page.locator(".bar")).to_contain_text("Online")
    expect(page.locator("#waiting")).to_have_text("1 only on this phone")
    page.locator(".log a").first.click()
    expect(page.locator("figcaption")).to_contain_text("not taken: this phone was ended")
    page.get_by_role("link", name="Passcode and account").click()
    expect(page.get_by_text("1 photograph(s) were not taken")).to_be_visible()
    page.get_by_label("Forget everything of mine").check()
    page.get_by_role("button", name="Take it off").click()
    expect(page.locator("#stranger, input[name=one]")).to_be_visible()


def test_an_ended_phone_says_so_and_forgets_who_was_here_once_all_has_arrived(
    sign_in: Callable[[str], Page], team: Team, context: BrowserContext
) -> None:
    page = sign_in("leader")
    begin(page)
    page.wait_for_function("document.querySelector('#waiting')?.textContent === 'All sent.'")
    context.set_offline(True)
    page.get_by_role("link", name="Record visits").click()
    page.get_by_role("link", name="Visits", exact=True).click()
    page.get_by_role("button", name="Save on this phone").click()
    expect(page.locator("#waiting")).to_have_text("1 only on this phone")
    end_phone(phone=Installation.objects.get().pk, by=ADMIN, at=NOW)
    context.set_offline(False)
    told = page.locator("p.fresh", has_text="All it held has arrived and is taken off it.")
    expect(told).to_be_visible()
    expect(page.locator("#waiting")).to_have_count(0)
    assert Receipt.objects.get().why == "REVOKED", "what it sent is kept, and a person looks at it"


def test_who_begins_on_a_phone_that_was_taken_off_reads_no_more_of_its_end(
    sign_in: Callable[[str], Page], team: Team
) -> None:
    page = sign_in("leader")
    begin(page)
    page.wait_for_function("document.querySelector('#waiting')?.textContent === 'All sent.'")
    end_phone(phone=Installation.objects.get().pk, by=ADMIN, at=NOW)
    exchanged(page)
    off = page.get_by_text("All it held has arrived and is taken off it.")
    expect(off).to_be_visible()
    page.get_by_label("Passcode").fill(PASSCODE)
    page.get_by_label("Once more").fill(PASSCODE)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("link", name="Record visits")).to_be_visible()
    expect(off).to_have_count(0)


def test_an_account_that_was_opened_again_is_not_called_closed_any_more(
    sign_in: Callable[[str], Page], team: Team, world: dict[str, Account]
) -> None:
    page = sign_in("leader")
    begin(page)
    to(page, "record/LECTURE")
    page.get_by_label("How many people it reached").fill("12")
    page.wait_for_timeout(300)  # a draft: the account is not taken off
    to(page, "")
    close_account(account=world["leader"].pk, by=ADMIN, at=NOW)
    exchanged(page)
    closed = page.get_by_text("This account was closed at headquarters.")
    expect(closed).to_be_visible()
    exchanged(page)
    expect(closed, "as long as that is so").to_be_visible()
    reopen_account(account=world["leader"].pk, by=ADMIN, at=NOW)
    exchanged(page)
    expect(closed).to_have_count(0)
