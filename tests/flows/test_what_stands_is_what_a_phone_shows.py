"""What stands at headquarters is what a phone shows, and what a mistake takes out."""

from __future__ import annotations

from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from marrow.accounts.models import Account, RoleGrant
from marrow.activity.actions import fill_report, void_visits, void_voice
from marrow.activity.models import Report, Visits, Voice
from marrow.sync.actions import leave_as_is
from marrow.sync.models import Receipt
from tests.builders import OFFICE
from tests.builders.calling import now
from tests.builders.on_post import Team, a_team_on_post
from tests.flows.playing import As
from tests.flows.test_a_team_on_two_phones import exchanged, writes
from tests.flows.test_a_visit_from_a_phone import begin, count, send
from tests.flows.test_the_grid_of_a_month import held
from tests.flows.test_the_phone_for_everybody import choose, saves, to

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(world: dict[str, Account]) -> Team:
    return a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))


def opens_the_month(page: Page) -> None:
    to(page, "month")
    page.locator(".log a", has_text="Counts of the month").first.click()


def test_a_month_that_was_a_mistake_is_unknown_again_whoever_wrote_it_and_says_why(
    as_: As, team: Team
) -> None:
    page = as_("leader")
    begin(page)
    writes(page, "protocols", "5")
    send(page)
    values = {"PROTOCOL": Decimal(4), "RESCUE": Decimal(3)}  # the office chose, and another wrote
    fill_report(report=Report.objects.get().pk, values=values, by=OFFICE, at=now())
    exchanged(page)
    opens_the_month(page)
    page.get_by_text("It was a mistake").click()
    page.get_by_label("Why").fill("It is of another team")
    page.get_by_role("button", name="Void it").click()
    expect(page.locator("#note")).to_have_text("Saved on this phone.")
    send(page)
    assert held() == {}
    opens_the_month(page)
    expect(page.locator("ul.told")).to_contain_text("It is of another team")
    expect(page.locator("ul.told")).not_to_contain_text("two values")


def test_a_months_record_names_the_disputed_cell_alone_and_tells_what_stands_since(
    as_: As, team: Team
) -> None:
    first, page = as_("member"), as_("leader")
    for one in (first, page):
        begin(one)
    page.context.set_offline(True)
    to(page, "counts")
    page.get_by_label("protocols").fill("5")
    page.get_by_label("rescues of the").fill("9")
    saves(page)
    writes(first, "protocols", "4")
    send(first)
    page.context.set_offline(False)
    send(page)
    opens_the_month(page)
    box = page.locator("section.alarm")
    expect(box).to_contain_text("5")
    expect(box, "that one was taken").not_to_contain_text("rescues")
    cells = page.locator("dl.pairs")
    expect(cells).to_contain_text("4")
    leave_as_is(receipt=Receipt.objects.get(outcome="CONFLICT").pk, by=OFFICE, at=now())
    exchanged(page)
    opens_the_month(page)
    expect(box).to_have_count(0)
    sent = page.locator("section.note")
    expect(sent).to_contain_text("this phone had sent")
    expect(sent).to_contain_text("5")
    expect(sent, "that one was taken").not_to_contain_text("rescues")
    expect(cells).to_contain_text("4")
    expect(cells).not_to_contain_text("5")


def test_who_wrote_a_record_is_told_who_voided_it_and_why(as_: As, team: Team) -> None:
    page = as_("leader")
    begin(page)
    count(page, 7)
    send(page)
    void_visits(visits=Visits.objects.get().pk, reason="Counted twice", by=team.member, at=now())
    exchanged(page)
    to(page, "month")
    page.locator(".log a", has_text="Visits × 7").first.click()
    expect(page.get_by_text("Mate Test 31: Counted twice")).to_be_visible()


def test_what_the_office_left_when_a_role_came_back_is_what_stands_at_headquarters(
    as_: As, team: Team, world: dict[str, Account]
) -> None:
    page = as_("leader")
    begin(page)
    count(page, 8)
    count(page, 4)
    send(page)
    page.context.set_offline(True)
    to(page, "month")
    page.locator(".log a", has_text="× 8").click()
    page.get_by_role("link", name="Correct").click()
    page.get_by_label("Visits (not patients)").fill("80")
    saves(page)
    to(page, "month")
    page.locator(".log a", has_text="× 4").click()
    page.get_by_text("It was a mistake").click()
    page.get_by_label("Why").fill("Twice")
    page.get_by_role("button", name="Void it").click()
    expect(page.locator("#note")).to_have_text("Saved on this phone.")
    roles = list(RoleGrant.objects.filter(account=world["leader"]))
    RoleGrant.objects.filter(account=world["leader"]).delete()
    page.context.set_offline(False)
    send(page)
    RoleGrant.objects.bulk_create(roles)
    for row in Receipt.objects.filter(outcome="QUARANTINED"):
        leave_as_is(receipt=row.pk, by=OFFICE, at=now())
    exchanged(page)
    to(page, "month")
    expect(page.locator(".sums").first).to_have_text("Visits12")
    expect(page.locator(".log").first).to_contain_text("× 8")
    expect(page.locator(".log").first).not_to_contain_text("void")

    void_visits(visits=Visits.objects.get(count=8).pk, reason="Never", by=OFFICE, at=now())
    exchanged(page)
    to(page, "")
    to(page, "month")
    expect(page.locator(".sums").first).to_have_text("Visits4")
    assert Receipt.objects.exclude(settled_at=None).count() == 2


def test_a_patients_words_that_the_office_took_back_are_shown_so_on_the_phone_that_kept_them(
    as_: As, team: Team
) -> None:
    page = as_("leader")
    begin(page)
    to(page, "record/VOICE")
    choose(page, "a patient")
    page.get_by_label("Their own words").fill("I see again.")
    saves(page)
    send(page)
    void_voice(voice=Voice.objects.get().pk, reason="Not his words", by=OFFICE, at=now())
    exchanged(page)
    to(page, "month")
    row = page.locator(".log li", has_text="I see again.")
    expect(row).to_contain_text("void")
    row.get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("Not his words")
    expect(page.get_by_text("It was a mistake")).to_have_count(0)
