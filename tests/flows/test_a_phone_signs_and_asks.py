"""What a phone answers and asks with no network: a case is signed or refused, a question goes to a
specialist and its answer is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.consults.actions import sign_opinion, take
from marrow.consults.models import Consult, Reading
from marrow.core.viewer import Viewer
from marrow.entrusting.models import LogCase
from marrow.people.models import Person
from tests.builders import NOW
from tests.builders.catalogued import an_item
from tests.builders.entrusted import House, a_house, logged
from tests.builders.on_post import Team, a_team_on_post
from tests.flows.test_a_call_from_a_full_phone import FULL
from tests.flows.test_a_team_on_two_phones import exchanged
from tests.flows.test_a_visit_from_a_phone import PASSCODE, begin, ready, send, unlock
from tests.flows.test_the_phone_for_everybody import SMALL, looked_at, saves, to

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]

LOOKS = """to => {
  Object.defineProperty(document, "visibilityState", {get: () => to, configurable: true});
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def team(world: dict[str, Account]) -> Team:
    return a_team_on_post(accounts=(world["leader"].pk, world["member"].pk))


@pytest.fixture
def house(world: dict[str, Account]) -> House:
    """Its visitor has the leader's account: a case waits for their sign-off."""
    found = a_house()
    Person.objects.filter(pk=found.expert.pk).update(account=world["leader"].pk)
    return found


def test_a_case_is_signed_in_two_taps_with_no_network(
    sign_in: Callable[[str], Page], world: dict[str, Account], house: House,
    context: BrowserContext,
) -> None:  # fmt: skip
    nurse: Viewer = house.as_nurse
    logged(house, an_item("Hernia repair"), by=nurse)
    page = sign_in("leader")
    begin(page)
    expect(page.get_by_role("link", name="Sign (1)")).to_be_visible()
    context.set_offline(True)
    page.get_by_role("link", name="Sign (1)").click()
    page.get_by_role("button", name="Sign …").dblclick()  # a thumb that taps twice signs nothing
    page.wait_for_timeout(300)
    page.get_by_role("button", name="Yes, it was so: sign").click()
    expect(page.get_by_text("Nothing waits for your signature.")).to_be_visible()
    assert LogCase.objects.get().state == "WAITING"
    context.set_offline(False)
    send(page)
    assert LogCase.objects.get().state == "CONFIRMED"


def test_a_case_that_was_not_so_is_refused_with_the_reason_and_no_network(
    sign_in: Callable[[str], Page], world: dict[str, Account], house: House,
    context: BrowserContext,
) -> None:  # fmt: skip
    logged(house, an_item("Hernia repair"), by=house.as_nurse)
    page = sign_in("leader")
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]
    begin(page)
    context.set_offline(True)
    expect(page.get_by_role("link", name="Sign (1)")).to_be_visible()
    faults: list[str] = []
    for tongue in ("zh", "fr", "en"):
        page.evaluate("to => localStorage.setItem('marrow-tongue', to)", tongue)
        page.reload()
        ready(page)
        page.locator("input[name=passcode]").fill(PASSCODE)
        page.locator("button[type=submit]:visible").click()
        page.wait_for_selector(".big")
        to(page, "sign")
        faults += looked_at(page, f"sign-card-{tongue}")  # what is folded up stands open now
    page.get_by_role("button", name="Do not sign, and say why").click()
    expect(page.get_by_label("Why was it not so?")).to_be_focused()  # a reason is asked for
    expect(page.get_by_text("Say why first.")).to_be_visible()
    page.get_by_label("Why was it not so?").fill("I was not there.")
    page.get_by_role("button", name="Do not sign, and say why").click()
    expect(page.get_by_text("Nothing waits for your signature.")).to_be_visible()
    to(page, "")
    expect(page.locator(".log")).to_contain_text("Not signed: it was not so")
    context.set_offline(False)
    send(page)
    case = LogCase.objects.get()
    assert (case.state, case.reason) == ("DECLINED", "I was not there.")
    assert not faults, "\n".join(faults)


def fills_in_a_question(page: Page) -> None:
    page.get_by_label("Which specialty").select_option("PAEDIATRICS")
    page.get_by_label("The case").fill("Fever for five days.")
    page.get_by_label("Your question").fill("Which drug first?")
    page.locator("select[name=age]").select_option("CHILD")
    page.get_by_label("Who agreed").select_option("GUARDIAN")
    page.get_by_label("How they agreed").select_option("SPOKEN")


def answers(case: Consult, world: dict[str, Account]) -> None:
    specialist = viewer_of(world["specialist"])
    take(consult=case.pk, by=specialist, at=NOW)
    sign_opinion(consult=case.pk, text="Artesunate, today.", by=specialist, at=NOW)


def test_a_question_is_asked_with_no_network_and_its_answer_is_read_with_none(
    sign_in: Callable[[str], Page], world: dict[str, Account], team: Team,
    context: BrowserContext,
) -> None:  # fmt: skip
    page = sign_in("member")
    begin(page)
    context.set_offline(True)
    page.get_by_role("link", name="Ask a specialist").click()
    page.get_by_role("link", name="Ask a question").click()
    page.get_by_role("button", name="Save on this phone").click()
    expect(page.locator("form .stands .note")).to_have_text("Choose a specialty.")
    fills_in_a_question(page)
    saves(page)
    expect(page.locator(".log")).to_contain_text("on this phone")
    context.set_offline(False)
    send(page)
    case = Consult.objects.get()
    answers(case, world)
    page.reload()
    ready(page)
    unlock(page)
    expect(page.get_by_role("link", name="1 new answer(s)")).to_be_visible()
    context.set_offline(True)
    page.get_by_role("link", name="1 new answer(s)").click()
    page.get_by_role("link", name="Which drug first?").click()
    expect(page.locator("#screen")).to_contain_text("Artesunate, today.")
    context.set_offline(False)
    send(page)
    assert Reading.objects.filter(reader=world["member"].pk).count() == 1


def asks(page: Page) -> Consult:
    """A question that the server has, and whose number the phone knows."""
    begin(page)
    to(page, "ask/new")
    fills_in_a_question(page)
    saves(page)
    send(page)
    to(page, "")
    exchanged(page)
    to(page, "ask")
    expect(page.locator("#screen .log")).to_contain_text("waits for a specialist")
    return Consult.objects.get()


def looks(page: Page, state: str) -> None:
    """Another app is before this one, or it is looked at again."""
    page.evaluate(LOOKS, state)


def readings(page: Page) -> int:
    page.wait_for_timeout(1000)
    exchanged(page)
    page.wait_for_timeout(500)
    return Reading.objects.count()


def test_an_answer_that_comes_while_the_phone_lies_in_a_pocket_is_read_when_somebody_looks(
    sign_in: Callable[[str], Page], world: dict[str, Account], team: Team
) -> None:
    page = sign_in("member")
    case = asks(page)
    to(page, f"ask/{case.pk}")
    expect(page.locator("#screen")).to_contain_text("Which drug first?")
    looks(page, "hidden")
    answers(case, world)
    exchanged(page)  # the round of every quarter of an hour
    expect(page.locator("#screen")).to_contain_text("Artesunate, today.")
    assert readings(page) == 0
    looks(page, "visible")
    assert readings(page) == 1


def test_the_list_of_questions_that_stands_tells_of_a_new_answer_and_a_full_phone_shows_it(
    sign_in: Callable[[str], Page], world: dict[str, Account], team: Team
) -> None:
    page = sign_in("member")
    case = asks(page)
    answers(case, world)
    exchanged(page)
    expect(page.locator("#screen .log")).to_contain_text("new answer")
    page.evaluate(FULL)  # from now on nothing is kept
    page.get_by_role("link", name="Which drug first?").click()
    expect(page.locator("#screen")).to_contain_text("Artesunate, today.")
    page.wait_for_timeout(500)
    expect(page.locator("#screen")).to_contain_text("Artesunate, today.")
    assert readings(page) == 0


def test_an_answer_that_was_read_is_no_question_that_was_asked_and_no_record(
    sign_in: Callable[[str], Page], world: dict[str, Account], team: Team
) -> None:
    page = sign_in("member")
    case = asks(page)
    answers(case, world)
    exchanged(page)
    to(page, f"ask/{case.pk}")
    expect(page.locator("#screen")).to_contain_text("Artesunate, today.")
    assert readings(page) == 1
    to(page, "")
    rows = page.locator("#screen .log li")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Asked a specialist")
    to(page, "safe")
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text="Answer read")).to_have_count(1)


def test_an_answer_that_is_read_on_a_full_phone_is_no_save_and_takes_no_word_on_one_back(
    sign_in: Callable[[str], Page], world: dict[str, Account], team: Team
) -> None:
    page = sign_in("member")
    case = asks(page)
    answers(case, world)
    exchanged(page)
    refused = page.get_by_text("The last time you saved, it was not kept")
    page.evaluate(FULL)
    to(page, f"ask/{case.pk}")
    expect(page.locator("#screen")).to_contain_text("Artesunate, today.")
    page.wait_for_timeout(700)
    to(page, "safe")
    expect(refused).to_have_count(0)
    to(page, "record/VISIT")
    page.get_by_label("Visits (not patients)").fill("7")
    page.get_by_role("button", name="Save on this phone").click()
    page.wait_for_timeout(700)
    to(page, "safe")
    expect(refused).to_be_visible()
    page.evaluate("window.hasRoom = true")
    to(page, f"ask/{case.pk}")
    expect(page.locator("#screen")).to_contain_text("Artesunate, today.")
    page.wait_for_timeout(700)
    to(page, "safe")
    expect(refused).to_be_visible()
