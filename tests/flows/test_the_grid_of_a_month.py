"""The grid of a month on a phone: what was touched is judged, and each save is one line."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from marrow.accounts.models import Account
from marrow.activity.actions import fill_report, review, send_back, submit
from marrow.activity.models import Count, Report
from marrow.core.models import Operation
from marrow.sync.models import Receipt
from tests.builders import OFFICE
from tests.builders.calling import now
from tests.builders.on_post import Team, a_team_on_post
from tests.flows.playing import As
from tests.flows.test_a_team_on_two_phones import exchanged, writes
from tests.flows.test_a_visit_from_a_phone import begin, count, send
from tests.flows.test_the_phone_for_everybody import SMALL, looked_at, saves, to

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(world: dict[str, Account]) -> Team:
    return a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))


def held() -> dict[tuple[str, str], Decimal]:
    """What stands in reports, by month and kind."""
    rows = Count.objects.select_related("report", "indicator")
    return {(f"{row.report.month:%Y-%m}", row.indicator.words): row.value for row in rows}


def this_month(back: int = 0) -> str:
    """As a phone names it; `back` months before."""
    day = timezone.localdate().replace(day=1)
    year, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return f"{year}-{month + 1:02}"


def test_one_cell_with_a_fraction_keeps_no_other_from_being_saved(as_: As, team: Team) -> None:
    page = as_("leader")
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    begin(page)
    writes(page, "protocols", "4")
    send(page)
    report = Report.objects.get()
    fill_report(report=report.pk, values={"PROTOCOL": Decimal("4.5")}, by=OFFICE, at=now())
    exchanged(page)

    to(page, "counts")
    protocols, rescues = page.get_by_label("protocols"), page.get_by_label("rescues of the")
    expect(protocols).to_have_value("4.5")
    writes(page, "rescues of the", "3")
    send(page)
    month = this_month()
    assert held() == {(month, "PROTOCOL"): Decimal("4.5"), (month, "RESCUE"): 3}

    to(page, "counts")
    protocols.fill("5.5")
    rescues.fill("4")
    page.get_by_role("button", name="Save on this phone").click()
    expect(page.get_by_text("Not saved yet: look at the marked cells.")).to_be_visible()
    expect(protocols).to_be_focused()
    assert protocols.evaluate(ON_TOP), "nothing lies on the cell that is named"
    expect(protocols).to_have_attribute("aria-invalid", "true")
    expect(protocols).to_have_accessible_description(
        "A whole number from 0 to 9,999,999; leave it empty if unknown."
    )
    expect(rescues).not_to_have_attribute("aria-invalid", "true")
    assert not looked_at(page, "grid-wrong")
    to(page, "")
    to(page, "counts")
    expect(rescues, "nothing of it is lost").to_have_value("4")
    expect(protocols).to_have_value("5.5")
    protocols.fill("5")
    expect(page.get_by_text("A whole number from 0")).to_have_count(0)
    saves(page)
    send(page)
    assert held() == {(month, "PROTOCOL"): 5, (month, "RESCUE"): 4}
    assert not Receipt.objects.filter(outcome__in=["QUARANTINED", "CONFLICT"]).exists()


# whether a thumb at its middle meets it
ON_TOP = """one => {
  const { left, top, width, height } = one.getBoundingClientRect();
  return document.elementFromPoint(left + width / 2, top + height / 2) === one;
}"""
CHOSEN_AND_SAVED = """month => {
  const select = document.querySelector("form select");
  select.value = month;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  document.querySelector("form button[type=submit]").click();
}"""


def test_a_month_chosen_and_saved_at_once_is_the_month_that_was_shown(as_: As, team: Team) -> None:
    page = as_("leader")
    begin(page)
    to(page, "counts")
    page.get_by_label("protocols").fill("4")
    page.evaluate(CHOSEN_AND_SAVED, this_month(1))
    expect(page.locator("#note")).to_have_text("Saved on this phone.")
    send(page)
    assert held() == {(this_month(), "PROTOCOL"): 4}
    assert not Receipt.objects.filter(outcome="QUARANTINED").exists()


def lines(page: Page) -> int:
    """How many lines this phone keeps, sent or not."""
    return int(page.evaluate(LINES))


LINES = """async () => {
  const name = (await indexedDB.databases()).map(one => one.name).find(one => /^m-/.test(one));
  const base = await new Promise(done => {
    const asked = indexedDB.open(name);
    asked.onsuccess = () => done(asked.result);
  });
  const count = await new Promise(done => {
    const asked = base.transaction("ops").objectStore("ops").count();
    asked.onsuccess = () => done(asked.result);
  });
  base.close();
  return count;
}"""


def twice(page: Page, name: str) -> None:
    """Two presses in one tick: sooner than any thumb."""
    page.get_by_role("button", name=name).first.evaluate("one => { one.click(); one.click(); }")
    expect(page.locator("#note")).to_have_text("Saved on this phone.")
    page.wait_for_timeout(300)
    page.locator("#note").evaluate("note => { note.textContent = ''; }")


def test_what_is_pressed_twice_is_one_line(as_: As, team: Team) -> None:
    page = as_("leader")
    begin(page)
    page.context.set_offline(True)
    count(page, 7)
    assert lines(page) == 1
    page.locator("#note").evaluate("note => { note.textContent = ''; }")
    page.locator(".log a").first.click()
    page.get_by_text("It was a mistake").click()
    page.get_by_label("Why", exact=True).fill("Twice")
    twice(page, "Void it")
    assert lines(page) == 2, "void it"
    to(page, "counts")
    page.get_by_label("protocols").fill("4")
    twice(page, "Save on this phone")
    assert lines(page) == 3, "the grid of a month"
    to(page, "check-in")
    twice(page, "I am safe")
    assert lines(page) == 4, "a check-in"
    to(page, "ask/new")
    page.get_by_label("Which specialty").select_option("PAEDIATRICS")
    page.get_by_label("The case").fill("Fever since three days")
    page.get_by_label("Your question").fill("Which test first?")
    page.get_by_label("Who agreed").select_option("PATIENT")
    page.get_by_label("How they agreed").select_option("SPOKEN")
    twice(page, "Save on this phone")
    assert lines(page) == 5, "a question"
    page.context.set_offline(False)
    send(page)
    assert Operation.objects.filter(action="void_visits").count() == 1


def test_a_month_that_the_office_closed_says_so_and_takes_no_number_until_it_is_sent_back(
    as_: As, team: Team
) -> None:
    page = as_("leader")
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    begin(page)
    writes(page, "protocols", "4")
    send(page)
    report = Report.objects.get().pk
    submit(report=report, by=team.leader, at=now())
    exchanged(page)
    to(page, "counts")
    save = page.get_by_role("button", name="Save on this phone")
    cell = page.get_by_label("protocols")
    expect(page.get_by_text("This month was handed in and is not changed here.")).to_be_visible()
    expect(cell).to_have_value("4")
    expect(cell).not_to_be_editable()
    expect(save).to_be_hidden()
    assert not looked_at(page, "grid-closed")
    page.locator("form select").first.select_option(this_month(1))
    expect(cell).to_be_editable()
    expect(save).to_be_visible()
    expect(page.get_by_text("is not changed here")).to_have_count(0)

    review(report=report, by=OFFICE, at=now())
    exchanged(page)
    to(page, "month")
    page.get_by_role("link", name=f"Counts of the month · {this_month()}").click()
    expect(page.get_by_text("The office has reviewed this month")).to_be_visible()
    expect(page.get_by_role("link", name="Correct")).to_have_count(0)
    expect(page.get_by_text("It was a mistake")).to_have_count(0)

    send_back(report=report, reason="A cell is missing", by=OFFICE, at=now())
    exchanged(page)
    writes(page, "protocols", "5")
    send(page)
    assert held() == {(this_month(), "PROTOCOL"): 5}
    assert not Receipt.objects.filter(outcome="QUARANTINED").exists()
