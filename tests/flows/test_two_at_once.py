"""Nobody's words are lost: two at one record or seat, a double click, a session that ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, BrowserContext, Page, expect

from marrow.accounts.models import Account
from marrow.core.journal.verifying import verify
from marrow.core.models import Operation
from marrow.missions.models import Mission
from marrow.teams.actions import answer_for_unit, invite
from marrow.teams.models import Assignment, Call
from tests.builders import NOW, OFFICE, a_batch, a_person
from tests.builders.forming import a_seat, unit_of
from tests.builders.leaving import an_account

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]
Come = Callable[[str], Page]
PASSWORD = "correct horse 7"


@pytest.fixture
def team(world: dict[str, Account]) -> Mission:
    an_account("second", "office")
    return a_batch(31, size=9)


@pytest.fixture
def come(browser: Browser, address: str, team: Mission) -> Iterator[Come]:
    """Somebody comes in, each in a browser of their own."""
    opened: list[BrowserContext] = []

    def as_(name: str) -> Page:
        context = browser.new_context(base_url=address, locale="en-GB")
        context.set_default_timeout(15_000)
        opened.append(context)
        page = context.new_page()
        page.goto("/sign-in/")
        sign_in(page, name)
        page.wait_for_url("**/desk/")
        return page

    yield as_
    for context in opened:
        context.close()


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def put_forward(team: Mission, *names: str) -> list[UUID]:
    """People whose units agreed, for one seat."""
    seat, found = a_seat(team), []
    for name in names:
        person = a_person(name)
        asked = invite(seat=seat.pk, person=person.pk, by=OFFICE, at=NOW)
        answer_for_unit(assignment=asked.pk, agrees=True, by=unit_of(person), at=NOW)
        found.append(asked.pk)
    return found


def write_call(page: Page, team: Mission, words: str) -> None:
    page.goto(f"/teams/{team.pk}/call/")
    page.get_by_label("What the call says").fill(words)
    page.get_by_label("Last day").fill("2027-03-01")
    page.get_by_label("Everybody may read it").check()


def test_two_edit_the_same_record_and_both_values_are_shown(come: Come, team: Mission) -> None:
    one, other = come("office"), come("second")
    for page in (one, other):
        page.goto(f"/office/missions/{team.pk}/change/")
        page.get_by_label("Source: the document").fill("A paper")
        page.get_by_label("Source: its words").fill("as it says")
    one.get_by_label("Persons").fill("11")
    other.get_by_label("Persons").fill("12")
    one.get_by_role("button", name="Keep").click()
    expect(one.get_by_role("status")).to_contain_text("Kept")
    other.get_by_role("button", name="Keep").click()
    expect(other.locator("main")).to_contain_text("now it is: 11. Yours is kept here.")
    expect(other.get_by_label("Persons")).to_have_value("12")
    expect(other.get_by_label("Source: its words")).to_have_value("as it says")
    assert Mission.objects.get(pk=team.pk).size == 11
    other.get_by_role("button", name="Keep").click()
    expect(other.get_by_role("status")).to_contain_text("Kept")
    assert Mission.objects.get(pk=team.pk).size == 12


def test_two_give_the_same_seat_and_one_is_told_by_whom_it_was_given(
    come: Come, team: Mission
) -> None:
    put_forward(team, "First Test", "Second Test")
    one, other = come("office"), come("second")
    for page in (one, other):
        page.goto(f"/teams/{team.pk}/")
    row = one.locator("div", has_text="First Test: ").last
    row.get_by_role("button", name="Select").click()
    expect(one.get_by_role("status")).to_contain_text("Kept")
    row = other.locator("div", has_text="Second Test: ").last
    row.get_by_role("button", name="Select").click()
    told = "First Test was given this seat meanwhile, by Office."
    expect(other.locator("main")).to_contain_text(told)
    held = Assignment.objects.filter(state="SELECTED")
    assert [a.person.names["en"] for a in held] == ["First Test"]


def test_a_double_click_publishes_once(come: Come, team: Mission) -> None:
    page = come("office")
    write_call(page, team, "A cook is wanted.")
    page.get_by_role("button", name="Keep").dblclick()
    expect(page.locator("main")).to_contain_text("A cook is wanted.")
    assert Call.objects.count() == 1
    assert Operation.objects.filter(model="teams.call").count() == 1
    assert not verify().broken


def test_two_presses_that_arrive_at_once_publish_once(come: Come, team: Mission) -> None:
    """Whatever a browser does with a second click: both reach the server, none waits for one."""
    page = come("office")
    write_call(page, team, "A cook is wanted.")
    form = page.locator("form.fields")
    pressed = """form => {
        const send = () => fetch(location.href, {method: "POST", body: new FormData(form)});
        return Promise.all([send(), send(), send()]).then(all => all.map(a => a.url));
    }"""
    arrived = form.evaluate(pressed)
    assert len(set(arrived)) == 1
    assert "/teams/calls/" in arrived[0]
    assert Call.objects.count() == 1
    assert Operation.objects.filter(model="teams.call").count() == 1


def test_a_session_that_ended_while_a_form_was_open_loses_no_word(
    come: Come, team: Mission
) -> None:
    page = come("office")
    write_call(page, team, "A cook is wanted, who <can> drive.\nAnd swim.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("status")).to_have_text(
        "Your session ended. What you wrote is kept; sign in and it is here again."
    )
    assert "cook" not in page.url
    sign_in(page, "office")
    page.wait_for_url(f"**/teams/{team.pk}/call/")
    expect(page.get_by_role("status")).to_contain_text("look it over, then send it")
    words = page.get_by_label("What the call says")
    expect(words).to_have_value("A cook is wanted, who <can> drive.\nAnd swim.")
    expect(page.get_by_label("Everybody may read it")).to_be_checked()
    assert not Call.objects.exists()
    page.get_by_role("button", name="Keep").click()
    expect(page.locator("main")).to_contain_text("who <can> drive.")
    assert Call.objects.count() == 1


def test_a_press_in_a_panel_after_the_session_ended_waits_on_its_page(
    come: Come, team: Mission
) -> None:
    put_forward(team, "First Test")
    page = come("office")
    page.goto(f"/teams/{team.pk}/")
    Session.objects.all().delete()
    page.get_by_role("button", name="Select").click()
    sign_in(page, "office")
    page.wait_for_url(f"**/teams/{team.pk}/")
    assert not Assignment.objects.filter(state="SELECTED").exists()
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("status")).to_contain_text("Kept")
    assert Assignment.objects.filter(state="SELECTED").count() == 1


def test_who_signs_in_on_the_same_machine_does_not_see_them(come: Come, team: Mission) -> None:
    page = come("office")
    write_call(page, team, "A cook is wanted.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Keep").click()
    sign_in(page, "second")
    page.wait_for_url("**/desk/")
    expect(page.locator("main")).not_to_contain_text("kept")
    page.goto(f"/teams/{team.pk}/call/")
    expect(page.get_by_label("What the call says")).to_have_value("")
    elsewhere = come("office")
    elsewhere.get_by_role("link", name="Look it over").click()
    expect(elsewhere.get_by_label("What the call says")).to_have_value("A cook is wanted.")
