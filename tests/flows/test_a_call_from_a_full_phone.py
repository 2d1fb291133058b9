"""A phone whose memory takes nothing any more still calls for help, and says that one is safe."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, Route, expect

from marrow.accounts.models import Account
from marrow.activity.models import Visits
from marrow.posts.actions import check_in
from marrow.posts.models import CheckIn
from marrow.sources.models import WorkItem
from marrow.sync.models import Installation
from tests.builders import OFFICE
from tests.builders.on_post import Team, a_team_on_post
from tests.flows.playing import As
from tests.flows.test_a_team_on_two_phones import exchanged
from tests.flows.test_a_visit_from_a_phone import begin, count, ready, send, unlock
from tests.flows.test_the_phone_for_everybody import to

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]

FULL = """() => {
  for (const name of ["add", "put"]) {
    const kept = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...told) {
      if (!window.hasRoom) throw new DOMException("full", "QuotaExceededError");
      return kept.apply(this, told);
    };
  }
}"""
#: the network goes, though what is asked already is answered
GOES = """() => {
  Object.defineProperty(navigator, "onLine", {get: () => false, configurable: true});
  window.dispatchEvent(new Event("offline"));
}"""
SYNC = re.compile("/sync/v1")
ARRIVED = "Your call for help has arrived at the office."
SAFE_ARRIVED = "Your word that you are safe has arrived at the office."


@pytest.fixture
def team(world: dict[str, Account]) -> Team:
    return a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))


def calls(page: Page) -> None:
    to(page, "check-in")
    page.get_by_role("button", name="I need help").click()


def test_a_call_for_help_goes_out_though_nothing_can_be_kept_and_is_kept_later(
    as_: As, team: Team
) -> None:
    page = as_("leader")
    begin(page)
    page.evaluate(FULL)
    calls(page)
    expect(page.get_by_role("alert").filter(has_text=ARRIVED)).to_be_visible()
    assert CheckIn.objects.get().state == "NEEDS_HELP"
    for screen in ("", "safe"):
        to(page, screen)
        expect(page.get_by_role("alert").filter(has_text=ARRIVED)).to_be_visible()
    expect(page.locator(".bar")).to_contain_text("Online")
    to(page, "")
    page.evaluate("window.hasRoom = true")
    exchanged(page)
    expect(page.get_by_role("alert").filter(has_text=ARRIVED)).to_have_count(0)
    expect(page.locator("#screen .log li")).to_contain_text("needs help")
    count(page, 3)
    send(page)
    assert Visits.objects.get().count == 3
    assert (CheckIn.objects.count(), Installation.objects.count()) == (1, 1)


def test_a_full_phone_with_no_network_says_that_nobody_has_the_call_and_sends_it_when_it_can(
    as_: As, team: Team
) -> None:
    page = as_("leader")
    begin(page)
    page.evaluate(FULL)
    page.context.set_offline(True)
    calls(page)
    told = page.get_by_role("alert").filter(has_text="Telephone your leader or your office now.")
    expect(told).to_be_visible()
    expect(page.locator("#waiting")).to_have_text("1 only on this phone")
    page.reload()  # what stands beside the database outlives the page
    ready(page)
    expect(page.get_by_text("1 only on this phone")).to_be_visible()
    unlock(page)
    expect(page.locator("#waiting")).to_have_text("1 only on this phone")
    page.context.set_offline(False)
    expect(page.locator("#waiting")).to_have_text("All sent.")
    assert CheckIn.objects.get().state == "NEEDS_HELP"


def test_on_the_calls_own_screen_arrived_is_said_when_it_arrived_and_not_when_there_is_room(
    as_: As, team: Team
) -> None:
    page = as_("leader")
    begin(page)
    page.evaluate(FULL)
    page.context.set_offline(True)
    calls(page)
    expect(page.get_by_role("alert").filter(has_text="Telephone your leader")).to_be_visible()
    page.get_by_role("button", name="I need help").click()  # a second tap is the same call
    page.evaluate("window.hasRoom = true")
    page.evaluate("window.dispatchEvent(new Event('offline'))")  # a round, which reaches nobody
    expect(page.locator("#screen .log li")).to_contain_text("needs help")
    expect(page.get_by_text(ARRIVED)).to_have_count(0)
    assert not CheckIn.objects.exists(), "no server has it"
    page.context.set_offline(False)
    expect(page.locator("#waiting")).to_have_text("All sent.")
    assert CheckIn.objects.count() == 1


def test_on_the_calls_own_screen_it_is_said_as_soon_as_it_arrived(as_: As, team: Team) -> None:
    page = as_("leader")
    begin(page)
    page.evaluate(FULL)
    page.context.set_offline(True)
    calls(page)
    expect(page.get_by_role("alert").filter(has_text="Telephone your leader")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("alert").filter(has_text=ARRIVED)).to_be_visible()
    expect(page.get_by_text("Telephone your leader")).to_have_count(0)
    assert CheckIn.objects.count() == 1


def test_who_called_for_help_from_a_full_phone_says_from_it_that_they_are_safe(
    as_: As, team: Team
) -> None:
    page = as_("leader")
    begin(page)
    page.evaluate(FULL)
    page.context.set_offline(True)
    calls(page)
    told = page.get_by_role("alert")
    expect(told.filter(has_text="Telephone your leader")).to_be_visible()
    for _twice in range(2):  # a second tap is one word
        page.get_by_role("button", name="I am safe").click()
        expect(told.filter(has_text="Nobody has your word that you are safe yet")).to_be_visible()
    expect(told.filter(has_text="call for help")).to_have_count(0)
    expect(page.locator("#waiting")).to_have_text("2 only on this phone")
    page.context.set_offline(False)
    expect(told.filter(has_text=SAFE_ARRIVED)).to_be_visible()
    said = CheckIn.objects.order_by("said_at").values_list("state", flat=True)
    assert list(said) == ["NEEDS_HELP", "SAFE"]
    for screen in ("", "safe", "check-in"):
        to(page, screen)
        expect(told.filter(has_text=SAFE_ARRIVED)).to_be_visible()
        expect(page.get_by_text("call for help")).to_have_count(0)
        expect(page.get_by_text("You called for help.")).to_have_count(0)
    to(page, "")
    expect(page.locator("nav.big a.help")).to_have_count(0)
    page.evaluate("window.hasRoom = true")
    exchanged(page)
    expect(told.filter(has_text=SAFE_ARRIVED)).to_have_count(0)
    count(page, 3)
    send(page)
    assert (CheckIn.objects.count(), Installation.objects.count()) == (2, 1)


def test_on_the_calls_own_screen_full_is_said_until_there_is_room_and_then_one_calls_again(
    as_: As, team: Team
) -> None:
    page = as_("leader")
    begin(page)
    page.evaluate(FULL)
    calls(page)
    expect(page.get_by_role("alert").filter(has_text=ARRIVED)).to_be_visible()
    page.evaluate("window.hasRoom = true")
    exchanged(page)
    expect(page.get_by_text("memory is full")).to_have_count(0)
    expect(page.get_by_text("You called for help.")).to_be_visible()
    page.get_by_role("button", name="I need help").click()
    expect(page.locator("#screen .log li")).to_have_count(2)
    expect(page.locator("#waiting")).to_have_text("All sent.")
    assert CheckIn.objects.count() == 2


def test_a_full_phone_that_the_server_knows_no_more_calls_as_one_new_phone_and_goes_on_as_that(
    as_: As, team: Team
) -> None:
    page = as_("leader")
    begin(page)
    page.evaluate(FULL)
    Installation.objects.all().delete()  # it was set back to before this phone was known
    calls(page)
    expect(page.get_by_role("alert").filter(has_text=ARRIVED)).to_be_visible()
    for _again in range(2):
        exchanged(page)
    assert (CheckIn.objects.count(), Installation.objects.count()) == (1, 1)
    page.evaluate("window.hasRoom = true")
    exchanged(page)
    to(page, "")
    expect(page.locator("#screen .log li")).to_contain_text("needs help")
    count(page, 3)
    send(page)
    assert Visits.objects.get().count == 3
    assert (CheckIn.objects.count(), Installation.objects.count()) == (1, 1)


def test_where_only_a_call_waits_the_lock_and_the_door_say_that_no_file_carries_it(
    as_: As, team: Team
) -> None:
    page = as_("leader")
    begin(page)
    page.evaluate(FULL)
    page.context.set_offline(True)
    calls(page)
    expect(page.get_by_role("alert").filter(has_text="open and unlocked")).to_be_visible()
    to(page, "vault")
    expect(page.get_by_text("goes into no file")).to_be_visible()
    expect(page.get_by_role("button", name="Save the file")).to_have_count(0)
    page.evaluate("document.dispatchEvent(new Event('marrow-lock'))")
    expect(page.get_by_role("alert").filter(has_text="only once it is unlocked")).to_be_visible()
    page.get_by_text("Forgotten?").click()
    page.get_by_role("button", name="Save the file").click()
    expect(page.get_by_text("goes into no file")).to_be_visible()
    expect(page.get_by_text("all was sent")).to_have_count(0)


def test_a_call_that_arrived_is_no_save_that_was_not_kept(as_: As, team: Team) -> None:
    page = as_("leader")
    begin(page)
    page.evaluate(FULL)
    calls(page)
    expect(page.get_by_role("alert").filter(has_text=ARRIVED)).to_be_visible()
    to(page, "safe")
    expect(page.get_by_role("alert").filter(has_text=ARRIVED)).to_be_visible()
    expect(page.get_by_text("The last time you saved, it was not kept")).to_have_count(0)


def test_taps_one_after_another_are_one_call(as_: As, team: Team) -> None:
    page = as_("leader")
    begin(page)
    page.evaluate(FULL)
    page.context.set_offline(True)
    calls(page)
    expect(page.get_by_role("alert").filter(has_text="Telephone your leader")).to_be_visible()
    page.context.route(SYNC, lambda _route: None)  # from now on the link hangs
    page.context.set_offline(False)
    page.wait_for_timeout(1500)
    for _ in range(4):
        page.get_by_role("button", name="I need help").click()
        page.wait_for_timeout(150)
    expect(page.locator("#waiting")).to_have_text("1 only on this phone")


def test_who_went_on_to_a_form_is_left_in_it_when_the_call_is_kept(as_: As, team: Team) -> None:
    page = as_("leader")
    begin(page)
    page.evaluate(FULL)
    held: list[Route] = []
    page.context.route(SYNC, lambda route: held.append(route))  # noqa: PLW0108
    calls(page)
    page.wait_for_timeout(1000)
    to(page, "record/VISIT")
    page.get_by_label("Visits (not patients)").fill("7")
    page.evaluate("window.hasRoom = true")
    page.evaluate("window.dispatchEvent(new Event('offline'))")  # a round, which keeps it
    page.wait_for_timeout(1000)
    for one in held:
        one.abort()
    page.wait_for_timeout(5000)
    assert page.evaluate("location.hash") == "#record/VISIT"
    expect(page.get_by_label("Visits (not patients)")).to_have_value("7")


def test_who_calls_on_a_link_that_hangs_soon_reads_that_nobody_has_it_and_may_say_more(
    as_: As, team: Team
) -> None:
    page = as_("leader")
    begin(page)
    page.evaluate(FULL)
    page.context.route(SYNC, lambda _route: None)  # never answered
    calls(page)
    expect(page.get_by_role("alert").filter(has_text="One moment")).to_be_visible()
    expect(page.locator("#waiting")).to_have_text("1 only on this phone")
    told = page.get_by_role("alert").filter(has_text="Nobody has your call for help yet")
    expect(told).to_be_visible(timeout=10_000)
    page.get_by_role("button", name="I am safe").click()
    word = page.get_by_role("alert").filter(has_text="Nobody has your word that you are safe yet")
    expect(word).to_be_visible(timeout=10_000)


def test_a_full_phone_whose_network_goes_while_it_is_answered_says_no_network(
    as_: As, team: Team
) -> None:
    page = as_("leader")
    begin(page)
    page.evaluate(FULL)

    def is_answered_and_goes(route: Route) -> None:
        page.evaluate(GOES)
        route.continue_()

    page.evaluate("Math.random = () => 0.999")  # the next round is far away
    exchanged(page)
    page.context.route(SYNC, is_answered_and_goes, times=1)
    exchanged(page)
    page.wait_for_timeout(2000)
    assert "No network" in page.locator(".bar").inner_text()


def test_a_full_phone_that_can_keep_no_answer_says_so_and_what_to_do(as_: As, team: Team) -> None:
    page = as_("leader")
    begin(page)
    page.context.set_offline(True)
    count(page, 3)
    page.evaluate(FULL)
    page.context.set_offline(False)
    bar = page.locator(".bar")
    expect(bar).to_contain_text("Online · memory full")
    expect(page.locator("#waiting")).to_have_text("1 only on this phone")
    page.get_by_role("button", name="Send now").click()
    expect(page.locator("#note")).to_contain_text("This phone’s memory is full")
    to(page, "safe")
    why = page.get_by_role("alert").filter(has_text="Free some space on the phone")
    expect(why).to_be_visible()
    page.evaluate("window.hasRoom = true")
    send(page)
    expect(bar).not_to_contain_text("memory full")
    expect(why).to_have_count(0)
    assert Visits.objects.get().count == 3


def open_calls() -> int:
    return WorkItem.objects.filter(code="POST_HELP", role="office", done_at=None).count()


def unheard(page: Page) -> None:
    """From the call on the server takes what is sent, and no answer comes."""

    def takes_it(route: Route) -> None:
        answer = route.fetch()
        if CheckIn.objects.exists():
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route(SYNC, takes_it)


@pytest.mark.parametrize("is_heard", [True, False], ids=["answered", "answer lost"])
def test_who_calls_again_from_a_full_phone_after_the_office_ended_the_call_reaches_the_office(
    as_: As, team: Team, is_heard: bool
) -> None:
    page = as_("leader")
    begin(page)
    page.evaluate(FULL)
    if not is_heard:
        unheard(page)
    calls(page)
    told = page.get_by_role("alert")
    first = ARRIVED if is_heard else "Telephone your leader or your office now."
    expect(told.filter(has_text=first)).to_be_visible(timeout=10_000)
    call = CheckIn.objects.get()
    later = call.said_at + dt.timedelta(seconds=1)
    check_in(mission=team.mission.pk, state="SAFE", person=call.person_id, by=OFFICE, at=later)
    assert open_calls() == 0
    page.wait_for_timeout(10_500)  # no second tap any more
    page.context.set_offline(True)
    page.unroute_all(behavior="wait")
    calls(page)
    expect(told.filter(has_text="Nobody has your call for help yet")).to_be_visible()
    expect(told.filter(has_text=ARRIVED)).to_have_count(0)
    page.context.set_offline(False)
    expect(told.filter(has_text=ARRIVED)).to_be_visible(timeout=15_000)
    assert open_calls() == 1
    assert CheckIn.objects.filter(state="NEEDS_HELP").count() == 2
    page.evaluate("window.hasRoom = true")
    exchanged(page)
    expect(page.locator("#waiting")).to_have_text("All sent.")
    assert CheckIn.objects.filter(state="NEEDS_HELP").count() == 2
