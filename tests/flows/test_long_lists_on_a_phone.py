"""A long list on a phone says how much of it stands there, and opens the rest."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from marrow.accounts.models import Account
from tests.builders.on_post import Team, a_team_on_post
from tests.flows.playing import As
from tests.flows.test_a_team_on_two_phones import exchanged
from tests.flows.test_a_visit_from_a_phone import begin
from tests.flows.test_the_phone_for_everybody import to
from tests.unit.sync.phones import Phone

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]

RECORDS = """async many => {
  const until = async found => {
    for (let n = 0; n < 2000 && !found(); n += 1) await new Promise(then => setTimeout(then, 5));
  };
  for (let n = 1; n <= many; n += 1) {
    location.hash = "record/VISIT";
    await until(() => document.querySelector("#screen form input[name=count]"));
    document.querySelector("#screen form").requestSubmit();
    await until(() => !document.querySelector("#screen form"));
  }
}"""


@pytest.fixture
def team(world: dict[str, Account]) -> Team:
    return a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))


def opens_all(page: Page, within: str, few: int, whole: int) -> None:
    rows = page.locator(f"{within} > ul.log > li")
    expect(page.get_by_text(f"{few} of {whole} shown")).to_be_visible()
    expect(rows).to_have_count(few)
    page.get_by_role("button", name="Show more").click()
    expect(rows).to_have_count(whole)
    expect(page.get_by_role("button", name="Show more")).to_have_count(0)


def test_what_a_team_recorded_is_told_as_so_many_of_so_many_and_all_of_it_can_be_seen(
    as_: As, team: Team, world: dict[str, Account]
) -> None:
    mate = Phone(world["member"])
    for n in range(1, 206):
        mate.count(team.mission.pk, n)
    mate.push()
    page = as_("leader")
    begin(page)
    exchanged(page)
    to(page, "month/2026-11")
    opens_all(page, "#whole-team", 200, 205)
    to(page, "")
    to(page, "month/2026-11")
    expect(page.locator("#whole-team > ul.log > li"), "who comes back").to_have_count(205)


@pytest.mark.long
def test_each_of_many_records_can_be_opened_from_the_month_and_from_where_they_are(
    as_: As, team: Team
) -> None:
    page = as_("leader")
    begin(page)
    page.context.set_offline(True)
    page.evaluate(RECORDS, 303)
    to(page, "")
    expect(page.get_by_role("link", name="The newest 30 stand here")).to_be_visible()
    to(page, "month")
    opens_all(page, "#screen", 200, 303)
    to(page, "safe")
    opens_all(page, "#screen", 300, 303)
