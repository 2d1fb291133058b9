"""Who calls for help where no network is, or none that answers, is told that nobody knows."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from marrow.accounts.models import Account
from marrow.posts.actions import keep_watch
from marrow.posts.models import CheckIn
from tests.builders import NOW, OFFICE
from tests.builders.on_post import Team, a_team_on_post
from tests.flows.playing import As
from tests.flows.test_a_phone_on_a_link_that_hangs import Line, address, line
from tests.flows.test_a_visit_from_a_phone import PASSCODE, begin, send, unlock
from tests.flows.test_the_phone_for_everybody import to

__all__ = ["address", "line"]  # fixtures: what stands between a phone and the server
pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]
NOBODY = "Nobody has your call for help yet"
MOMENT = 8_000  # ms on a busy machine: twice what a call is given to go


@pytest.fixture
def team(world: dict[str, Account]) -> Team:
    made = a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))
    keep_watch(
        mission=made.mission.pk, leader_after=24, office_after=48, last_after=72, by=OFFICE, at=NOW,
        contact="Bureau (8h-18h)", telephone="+224 620 00 00 01",
    )  # fmt: skip
    return made


def calls(page: Page, note: str = "") -> None:
    to(page, "check-in")
    page.get_by_label("A few words").fill(note)
    page.get_by_role("button", name="I need help").click()


def alarm(page: Page) -> Locator:
    return page.locator("#screen [role=alert].alarm").filter(has_text=NOBODY)


def test_who_calls_for_help_with_no_network_is_told_where_they_land_that_nobody_has_it(
    as_: As, team: Team
) -> None:
    page = as_("member")
    begin(page)
    page.context.set_offline(True)
    calls(page)
    page.evaluate("location.hash = ''")  # gone on before it is kept: told of it all the same
    expect(alarm(page)).to_be_visible()
    for screen in ("safe", "check-in", ""):
        to(page, screen)
        expect(alarm(page)).to_be_visible()
        expect(page.locator("a[href='tel:+224620000001']")).to_have_count(1)
    page.context.set_offline(False)
    send(page)
    expect(alarm(page)).to_have_count(0)
    expect(page.locator("#note")).to_have_text("Your call for help has arrived at the office.")
    assert CheckIn.objects.get().state == "NEEDS_HELP"


def test_who_needs_help_has_the_button_and_whom_to_telephone_on_the_first_screen(
    as_: As, team: Team
) -> None:
    page = as_("leader")
    page.set_viewport_size({"width": 360, "height": 640})
    begin(page)
    to(page, "check-in")
    for tongue, words in (("中文", "我需要帮助"), ("Français", "J’ai besoin d’aide")):
        page.get_by_role("button", name=tongue).click()
        page.locator("input[name=passcode]").fill(PASSCODE)  # told in another tongue it asks anew
        page.locator("input[name=passcode]").press("Enter")
        expect(page.locator(".foot, footer, nav.big").first).to_be_visible()
        to(page, "check-in")
        page.evaluate("scrollTo(0, 0)")
        expect(page.get_by_role("button", name=words)).to_be_in_viewport(ratio=1)
        expect(page.locator("a[href='tel:+224620000001']")).to_be_in_viewport(ratio=1)


def test_a_call_on_a_link_that_hangs_is_told_as_one_that_nobody_has_and_no_online_stands(
    as_: As, team: Team, line: Line
) -> None:
    page = as_("member")
    begin(page)
    expect(page.locator(".bar")).to_contain_text("Online")
    line.hangs = True
    calls(page)
    expect(page.locator("#screen")).to_contain_text("Your call for help is being sent.")
    expect(alarm(page)).to_be_visible(timeout=MOMENT)
    expect(page.locator(".bar")).to_contain_text("No network")
    to(page, "check-in")
    line.hangs = False
    expect(alarm(page)).to_have_count(0, timeout=60_000)
    assert CheckIn.objects.get().state == "NEEDS_HELP"


def test_a_call_pressed_again_with_no_network_is_another_and_each_arrives(
    as_: As, team: Team
) -> None:
    page = as_("member")
    begin(page)
    page.context.set_offline(True)
    for note in ("At the school", "We moved"):
        calls(page, note)
        expect(alarm(page)).to_be_visible()
    expect(page.locator("#waiting")).to_have_text("2 only on this phone")
    page.context.set_offline(False)
    send(page)
    told = CheckIn.objects.order_by("said_at").values_list("note", flat=True)
    assert list(told) == ["At the school", "We moved"]
    expect(alarm(page)).to_have_count(0)


def test_the_lock_tells_that_a_call_waits_behind_it_until_it_went(as_: As, team: Team) -> None:
    page = as_("member")
    begin(page)
    page.context.set_offline(True)
    calls(page)
    expect(alarm(page)).to_be_visible()
    lock = page.get_by_role("button", name="Lock")
    lock.click()
    waits = page.get_by_role("alert").filter(has_text="waits on this phone and goes only once it")
    expect(waits).to_be_visible()
    page.context.set_offline(False)
    unlock(page)
    expect(page.locator("#waiting")).to_have_text("All sent.")
    lock.click()
    expect(page.get_by_label("Passcode")).to_be_visible()
    expect(waits).to_have_count(0)
