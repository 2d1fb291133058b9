"""What the office did not take is told on the phone that wrote it, and decided at the office."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from marrow.accounts.models import Account, RoleGrant
from marrow.activity.actions import submit
from marrow.activity.models import Report
from marrow.sync.actions import end_phone
from marrow.sync.models import Receipt
from tests.builders import ADMIN
from tests.builders.calling import now
from tests.builders.on_post import Team, a_team_on_post
from tests.flows.playing import As
from tests.flows.test_a_team_on_two_phones import writes
from tests.flows.test_a_visit_from_a_phone import begin, count, send
from tests.flows.test_the_phone_for_everybody import SMALL, looked_at, to
from tests.unit.sync.phones import Phone
from tests.unit.sync.test_intents import operates, says

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(world: dict[str, Account]) -> Team:
    return a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))


def of_colour(page: Page, name: str) -> str:
    """A colour of the app's, as the browser tells it."""
    script = """name => {
      const dot = document.body.appendChild(document.createElement("i"));
      dot.style.color = `var(${name})`;
      const told = getComputedStyle(dot).color;
      dot.remove();
      return told;
    }"""
    return str(page.evaluate(script, name))


def test_the_phone_says_what_was_not_taken_and_why_and_adds_it_to_no_sum(
    as_: As, team: Team, world: dict[str, Account]
) -> None:
    page = as_("leader")
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    begin(page)
    writes(page, "protocols", "4")
    count(page, 3)
    send(page)

    page.context.set_offline(True)
    writes(page, "protocols", "5")
    submit(report=Report.objects.get().pk, by=team.leader, at=now())
    page.context.set_offline(False)
    send(page)
    note = page.locator("#note")
    expect(note).to_have_text("Arrived at the office and set aside: a person looks at it there.")
    warned, good = (of_colour(page, name) for name in ("--warn", "--good"))
    assert note.evaluate("note => getComputedStyle(note).color") == warned != good
    to(page, "month")
    page.get_by_role("link", name="Counts of the month ·").click()
    expect(page.get_by_text("The report of this month was handed in")).to_be_visible()
    expect(page.get_by_text("protocols shared: 4 → 5").first).to_be_visible()
    faults = looked_at(page, "not-taken-count")

    page.context.set_offline(True)
    to(page, "")
    count(page, 77)
    RoleGrant.objects.filter(account=world["leader"]).delete()
    page.context.set_offline(False)
    send(page)
    assert Receipt.objects.filter(outcome="QUARANTINED").count() == 2
    to(page, "month")
    expect(page.locator(".sums").first).to_have_text("Visits3")
    expect(page.get_by_text("Not taken by the office, and so not in these sums: 1")).to_be_visible()
    assert not [*faults, *looked_at(page, "not-taken-month")]


def test_the_office_sees_on_a_narrow_screen_what_each_line_is_about(
    as_: As, team: Team, world: dict[str, Account]
) -> None:
    leader = Phone(world["leader"])
    record = operates(leader, team)
    data = {"of": "record", "record": str(record), "sha256": "z" * 64}
    says(leader, "file", "create", data)
    says(leader, "file", "create", {**data, "record": str(uuid4()), "sha256": "c" * 64})
    operates(leader, team, with_whom="w" * 121)
    leader.push()
    page = as_("office")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/phones/set-aside/")
    expect(page.locator("article.do")).to_have_count(3)
    expect(page.get_by_text("operations supervised · 2026-11-20 · Hôpital Test 31")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_why_a_line_was_set_aside_is_not_wider_than_a_narrow_screen_in_french(
    as_: As, team: Team, world: dict[str, Account]
) -> None:
    leader = Phone(world["leader"])
    end_phone(phone=leader.row.pk, by=ADMIN, at=now())
    operates(leader, team)
    leader.push()
    page = as_("office")
    here = str(page.evaluate("location.origin"))
    page.context.add_cookies([{"name": "django_language", "value": "fr", "url": here}])
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/phones/set-aside/")
    expect(page.locator("article.do .tag")).to_contain_text("ne se connecte plus")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
