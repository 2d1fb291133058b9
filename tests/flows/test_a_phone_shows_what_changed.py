"""What changed elsewhere stands on a phone's screen at once, and nothing moves under a finger."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from marrow.accounts.models import Account
from marrow.activity.actions import void_visits
from marrow.activity.models import Visits
from marrow.sync.actions import leave_as_is
from marrow.sync.models import Receipt
from tests.builders import OFFICE
from tests.builders.calling import now
from tests.builders.on_post import Team, a_team_on_post
from tests.flows.playing import As, Clock
from tests.flows.test_a_team_on_two_phones import exchanged, writes
from tests.flows.test_a_visit_from_a_phone import begin, count, send
from tests.flows.test_the_phone_for_everybody import to

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]
ROW = "#screen .log li"


@pytest.fixture
def team(world: dict[str, Account]) -> Team:
    return a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))


def voided(visits: int, team: Team) -> None:
    pk = Visits.objects.get(count=visits).pk
    void_visits(visits=pk, reason="Counted twice", by=team.member, at=now())


def middle(page: Page, what: str) -> tuple[float, float]:
    box = page.locator(what).first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_record_voided_at_headquarters_is_void_on_the_screen_that_stands(
    as_: As, team: Team
) -> None:
    page = as_("leader")
    begin(page)
    count(page, 7)
    send(page)
    expect(page.locator(ROW)).to_contain_text("arrived")
    voided(7, team)
    exchanged(page)
    expect(page.locator(ROW)).to_contain_text("void")


def test_the_bar_tells_as_soon_as_there_is_no_network_and_when_there_is_one_again(
    as_: As, team: Team
) -> None:
    page = as_("leader")
    begin(page)
    bar = page.locator(".bar")
    expect(bar).to_contain_text("Online")
    page.context.set_offline(True)
    expect(bar).to_contain_text("No network", timeout=2000)
    page.context.set_offline(False)
    expect(bar).to_contain_text("Online")


def test_nothing_moves_under_a_finger_that_is_down(as_: As, team: Team) -> None:
    page = as_("leader")
    begin(page)
    count(page, 7)
    send(page)
    expect(page.locator(ROW)).to_contain_text("arrived")
    voided(7, team)
    page.mouse.move(*middle(page, ROW))
    page.mouse.down()
    exchanged(page)
    page.wait_for_timeout(1500)
    expect(page.locator(ROW)).not_to_contain_text("void")
    page.mouse.move(1, 1)
    page.mouse.up()
    expect(page.locator(ROW)).to_contain_text("void")


def test_what_the_office_settled_waits_for_nobody_on_the_month_that_stands(
    as_: As, team: Team
) -> None:
    first, page = as_("member"), as_("leader")
    for one in (first, page):
        begin(one)
    page.context.set_offline(True)
    writes(page, "protocols", "5")
    writes(first, "protocols", "4")
    send(first)
    page.context.set_offline(False)
    send(page)
    to(page, "month")
    state = page.locator(f"{ROW} .ticks").first
    expect(state).to_have_attribute("data-state", "conflict")
    leave_as_is(receipt=Receipt.objects.get(outcome="CONFLICT").pk, by=OFFICE, at=now())
    exchanged(page)
    expect(state).to_have_attribute("data-state", "stayed")


def test_today_is_the_right_day_as_soon_as_the_phone_knows_that_its_clock_is_wrong(
    as_: As, team: Team, clock: Clock
) -> None:
    page = as_("leader")
    begin(page)
    expect(page.locator("h1")).to_have_text(f"Today, {timezone.localdate():%A}")
    clock.ahead = dt.timedelta(days=3)
    exchanged(page)
    expect(page.get_by_text("clock is slow by")).to_be_visible()
    expect(page.locator("h1")).to_have_text(f"Today, {timezone.localdate():%A}")
    clock.ahead = dt.timedelta()
    exchanged(page)
    expect(page.locator("h1")).to_have_text(f"Today, {timezone.localdate():%A}")


def test_when_somebody_last_checked_in_stands_after_a_wrong_clock_was_put_right(
    as_: As, team: Team, clock: Clock
) -> None:
    page = as_("leader")
    begin(page)
    clock.ahead = dt.timedelta(days=3)
    day = clock.today()
    to(page, "check-in")
    page.get_by_role("button", name="I am safe").click()
    send(page)
    expect(page.get_by_text("clock is slow by")).to_be_visible()
    clock.ahead = dt.timedelta()  # as if the phone's were right now
    exchanged(page)
    expect(page.get_by_text("clock is slow by")).to_have_count(0)
    expect(page.locator("a[href='#check-in']")).to_contain_text(f"Last {day}")
