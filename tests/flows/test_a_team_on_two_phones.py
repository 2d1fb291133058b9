"""What mates and the office wrote is on every phone of the team: in its month, and in its grid."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.activity.actions import fill_report
from marrow.activity.models import Count, Report
from marrow.sync.models import Receipt
from tests.builders import NOW
from tests.builders.on_post import Team, a_team_on_post
from tests.flows.playing import As
from tests.flows.test_a_visit_from_a_phone import PASSCODE, begin, ready, send
from tests.flows.test_the_phone_for_everybody import PICTURES, SMALL, looked_at, saves, to

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(world: dict[str, Account]) -> Team:
    return a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))


# While a round runs another is not begun, and what runs already may not hear what was just written:
# asked for until one began after this, and waited for until the phone has kept what it was told.
EXCHANGE = """async () => {
  const from = performance.now();
  const begun = () => performance.getEntriesByType("resource")
    .some((one) => one.name.endsWith("/sync/v1") && one.startTime >= from);
  while (!begun()) {
    window.dispatchEvent(new Event("online"));
    await new Promise((then) => setTimeout(then, 200));
  }
  await navigator.locks.request("marrow-push", () => undefined);
}"""


def exchanged(page: Page) -> None:
    """A round with the server, begun by hand, for nothing waits."""
    page.evaluate(EXCHANGE)
    page.wait_for_timeout(200)  # what only tells is drawn anew


def writes(page: Page, kind: str, value: str) -> None:
    to(page, "counts")
    page.get_by_label(kind).fill(value)
    saves(page)


def stands() -> dict[str, tuple[int, bool]]:
    return {
        cell.indicator.words: (int(cell.value), cell.contested)
        for cell in Count.objects.select_related("indicator")
    }


def test_a_second_phone_goes_on_from_what_the_first_wrote_and_only_at_once_they_differ(
    as_: As, team: Team
) -> None:
    a, b = as_("leader"), as_("member")
    for page in (a, b):
        begin(page)
    to(b, "record/LECTURE")
    b.get_by_label("How many people it reached").fill("40")
    saves(b)
    writes(b, "protocols", "4")
    send(b)
    exchanged(a)

    to(a, "month")
    whole = a.locator("#whole-team")
    expect(whole.locator(".sums").first).to_have_text("Lecture1People reached40")
    day = timezone.localdate().isoformat()
    expect(whole.locator(".log li")).to_have_text([f"LectureMate Test 31 · {day}"])
    to(a, "counts")
    expect(a.get_by_label("protocols")).to_have_value("4")
    writes(a, "protocols", "5")
    send(a)
    assert stands() == {"PROTOCOL": (5, False)}
    assert not Receipt.objects.filter(outcome="CONFLICT").exists()

    exchanged(b)
    to(b, "counts")
    expect(b.get_by_label("protocols")).to_have_value("5")
    for page, value in ((a, "6"), (b, "7")):
        page.context.set_offline(True)
        writes(page, "protocols", value)
        to(page, "counts")
        expect(page.get_by_label("protocols")).to_have_value(value)
    for page in (a, b):
        page.context.set_offline(False)
        send(page)
    assert stands() == {"PROTOCOL": (6, True)}, "both are kept, and it stands in no figure"
    to(b, "month")
    expect(b.locator("#whole-team")).to_contain_text("protocols shared · two phones differ6")
    to(b, "counts")
    expect(b.get_by_label("two phones differ")).to_have_value("6")
    exchanged(a)
    assert not faults_of(a), "axe finds nothing"


def test_a_phone_says_that_the_office_put_back_a_number_that_it_had_taken_out(
    as_: As, team: Team, world: dict[str, Account]
) -> None:
    page = as_("member")
    begin(page)
    for value in ("6", ""):
        writes(page, "protocols", value)
        send(page)
    assert stands() == {}
    fill_report(
        report=Report.objects.get().pk, values={"PROTOCOL": Decimal(6)},
        by=viewer_of(world["office"]), at=NOW,
    )  # fmt: skip
    exchanged(page)
    told = page.get_by_text("protocols shared: unknown → 6 · put there by the office")
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    to(page, "counts")
    expect(told).to_be_visible()
    assert not looked_at(page, "put-back-counts")
    to(page, "month")
    page.locator(".log a[href^='#rec/'], ul a[href^='#rec/']").first.click()
    expect(told).to_be_visible()
    assert not looked_at(page, "put-back-record")


def faults_of(page: Page) -> list[str]:
    """What axe finds on what two phones wrote; in three languages where pictures are asked for."""
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    found: list[str] = []
    for tongue in ("zh", "fr", "en") if PICTURES else ("en",):
        page.evaluate("to => localStorage.setItem('marrow-tongue', to)", tongue)
        page.reload()
        ready(page)
        page.locator("input[name=passcode]").fill(PASSCODE)
        page.locator("button[type=submit]:visible").click()
        page.wait_for_selector(".big")
        for screen in ("month", "counts", "team"):
            to(page, screen)
            found += looked_at(page, f"two-{screen}-{tongue}")
    return found
