"""Guinea's neurosurgery in a real Chromium: handed from batch to batch, and still done by locals a
year after the last visitors left."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from marrow.accounts.models import Account
from marrow.capacity.actions import expect_hospital
from marrow.catalogue.models import Item, List
from marrow.directory.models import Organisation
from marrow.missions.models import Mission
from tests.builders import OFFICE, a_batch, a_hospital, a_person, a_series, a_site
from tests.builders.calling import now
from tests.builders.catalogued import a_list, a_version, an_item
from tests.builders.leaving import an_account
from tests.builders.linking import linked
from tests.builders.on_post import STAGES, moved, seated
from tests.flows.playing import DAYS, As, Clock, follow, hand_in, keep, press, propose, signs

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True)
class Ward:
    hospital: Organisation
    item: Item
    list: List
    first: Mission
    second: Mission

    @property
    def care(self) -> str:
        return f"/care/at/{self.hospital.pk}/"


@pytest.fixture
def ward(world: dict[str, Account]) -> Ward:
    """Two batches of one series, each with a neurosurgeon who leads it, and one hospital."""
    series, hospital = a_series(), a_hospital("Hôpital de l’amitié sino-guinéenne")
    teams = [a_batch(number, series, status="PLANNED") for number in (27, 28)]
    for team, name in zip(teams, ("outgoing", "incoming"), strict=True):
        a_site(team, organisation=hospital)
        person = a_person(f"{name.title()} Test", specialty="NEUROSURGERY")
        account = an_account(name, "leader")
        linked(person, account, now())
        seated(team, person, "LEADER")
        team.seats.update(specialty="NEUROSURGERY")
    item = an_item("Removal of a meningioma", kind="TECHNIQUE", specialty="NEUROSURGERY")
    listing = a_list("What Guinea should treat")
    a_version(listing.key, [item], dt.date(2020, 1, 1))
    expect_hospital(key=listing.key, organisation=hospital.pk, by=OFFICE, at=now())
    an_account("neuro-head", "head", hospital)
    an_account("hospital-office", "recipient", hospital)
    return Ward(hospital, item, listing, *teams)


def test_guineas_neurosurgery_handed_from_batch_to_batch_and_still_done_a_year_later(
    as_: As, ward: Ward, clock: Clock
) -> None:
    the_first_batch_does_it_with_locals(as_, ward, clock)
    it_is_handed_over(as_, ward, clock)
    the_second_batch_brings_it_to_an_end(as_, ward, clock)
    after_three_months_it_is_still_done(as_, ward, clock)
    after_six_nobody_answers(as_, ward, clock)
    after_a_year_it_is_still_done(as_, ward, clock)


def answer(page: Page, ward: Ward, words: str) -> None:
    page.goto(f"/care/list/{ward.list.key}/")
    row = page.locator("tr", has=page.get_by_role("link", name=str(ward.item), exact=True))
    expect(row).to_contain_text(words)


def both_sign(proposes: Page, head: Page, ward: Ward, level: str, on: str, cases: int) -> None:
    """A visitor proposes and signs what the cases show; the head signs it too."""
    propose(proposes, ward.care, ward.item, level, on, cases=cases)
    press(proposes, "I saw it, and sign")
    expect(proposes.locator("main")).to_contain_text("Another must sign")
    head.goto("/care/to-sign/")
    follow(head, str(ward.item))
    press(head, "I saw it, and sign")
    expect(head.locator("main")).to_contain_text("The step holds")


def the_first_batch_does_it_with_locals(as_: As, ward: Ward, clock: Clock) -> None:
    moved(ward.first, *STAGES, at=now() + clock.ahead)
    clock.wait(300 * DAYS)
    both_sign(as_("outgoing"), as_("neuro-head"), ward, "done together", clock.today(), 9)
    answer(as_("nobody"), ward, "with visitors")


def it_is_handed_over(as_: As, ward: Ward, clock: Clock) -> None:
    """The handover names who is being trained and how far they are; three sign it."""
    moved(ward.second, *STAGES, at=now() + clock.ahead)
    clock.wait(20 * DAYS)
    moved(ward.first, "HANDING_OVER", at=now() + clock.ahead)
    leader, team = as_("outgoing"), f"/teams/{ward.first.pk}/"
    leader.goto(team)
    follow(leader, "Begin the handover")
    keep(leader, {"Mission that follows": str(ward.second)})
    expect(leader.locator("#capability")).to_contain_text("Removal of a meningioma")
    expect(leader.locator("#capability")).to_contain_text("done together")
    follow(leader, "Add a trainee")
    told = {"What they learn": str(ward.item), "Or who, without a name": "a surgeon of the ward"}
    told |= {"How far they are": "works with the teacher near", "What comes next": "ten cases"}
    keep(leader, told)
    hand_in(leader)
    for who in ("outgoing", "incoming", "hospital-office"):
        signs(as_(who), team)
    moved(ward.first, "DEBRIEFING", "CLOSED", at=now() + clock.ahead)
    # the first batch is home, the second stands there: nothing is lost
    answer(as_("nobody"), ward, "with visitors")


def the_second_batch_brings_it_to_an_end(as_: As, ward: Ward, clock: Clock) -> None:
    clock.wait(300 * DAYS)
    both_sign(as_("incoming"), as_("neuro-head"), ward, "done alone", clock.today(), 14)
    clock.wait(30 * DAYS)
    moved(ward.second, "HANDING_OVER", "DEBRIEFING", at=now() + clock.ahead)
    answer(as_("nobody"), ward, "by locals alone")  # the visitors have gone: something stayed


def check(page: Page, cases: str) -> None:
    """Asked on Today: two taps, and the number where somebody counted."""
    page.goto("/desk/")
    page.locator(".do, li", has_text="Is it still done without the visitors?").get_by_role(
        "link", name="Answer", exact=True
    ).first.click()
    page.get_by_label("Yes, it is still done by our own people").check()
    keep(page, {"How many since the visitors left": cases})


def told(page: Page, ward: Ward) -> Page:
    page.goto(ward.care)
    return page


def after_three_months_it_is_still_done(as_: As, ward: Ward, clock: Clock) -> None:
    clock.wait(93 * DAYS)
    check(as_("hospital-office"), "4")
    expect(told(as_("nobody"), ward).locator("#ladder")).to_contain_text("3 months: still done")


def after_six_nobody_answers(as_: As, ward: Ward, clock: Clock) -> None:
    """It is asked, then late, and everybody sees that it was not answered."""
    clock.wait(115 * DAYS)
    anyone = as_("nobody")
    expect(told(anyone, ward).locator("#ladder")).to_contain_text("not answered since")
    expect(anyone.locator("#ladder")).to_contain_text("late")
    office = as_("office")
    office.goto("/care/")
    expect(office.locator("main")).to_contain_text("A hospital has not answered")


def after_a_year_it_is_still_done(as_: As, ward: Ward, clock: Clock) -> None:
    clock.wait(165 * DAYS)
    hospital = as_("hospital-office")
    check(hospital, "9")  # the one that is late, then the one of the year
    check(hospital, "17")
    anyone = told(as_("nobody"), ward)
    expect(anyone.locator("#ladder")).to_contain_text("12 months: still done")
    answer(anyone, ward, "by locals alone")
