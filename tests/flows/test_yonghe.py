"""Yonghe's dialysis in a real Chromium: from nothing to five stations, to one that breaks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from marrow.accounts.models import Account
from marrow.capacity.actions import expect_hospital
from marrow.catalogue.models import Item, List
from marrow.core.words import names
from marrow.directory.actions import enter_organisation
from marrow.directory.models import Area, Organisation
from tests.builders import OFFICE, load_places
from tests.builders.calling import now
from tests.builders.capability import a_service
from tests.builders.catalogued import a_list, a_version
from tests.builders.leaving import an_account
from tests.flows.playing import DAYS, As, Clock, follow, keep, press, propose

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]
STATIONS = [f"Station {n}" for n in range(1, 6)]


@dataclass(frozen=True)
class County:
    hospital: Organisation
    list: List
    one: Item  # dialysis itself: one station that runs is enough
    five: Item  # the unit as it was planned: it needs all five

    @property
    def care(self) -> str:
        return f"/care/at/{self.hospital.pk}/"

    @property
    def matrix(self) -> str:
        return f"/care/list/{self.list.key}/?specialty=NEPHROLOGY"


@pytest.fixture
def county(world: dict[str, Account]) -> County:
    """A county, its hospital with a head and an office, and what the county should treat."""
    load_places("CN-141032")
    hospital = enter_organisation(
        kind="HOSPITAL", names=names("Yonghe County People’s Hospital"),
        area=Area.objects.get(code="CN-141032"), by=OFFICE, at=now(),
    )  # fmt: skip
    one = a_service("Haemodialysis", "dialysis-station", 1)
    five = a_service("Dialysis for the whole county", "dialysis-station", 5)
    listing = a_list("Yonghe’s list", "CN-141032")
    a_version(listing.key, [one, five], dt.date(2020, 1, 1))
    expect_hospital(key=listing.key, organisation=hospital.pk, by=OFFICE, at=now())
    an_account("dialysis-head", "head", hospital)
    an_account("yonghe-office", "recipient", hospital)
    return County(hospital, listing, one, five)


def test_yonghes_dialysis_from_nothing_to_five_stations_to_one_broken(
    as_: As, county: County, clock: Clock
) -> None:
    nothing_is_there(as_, county, clock)
    five_stations_arrive_and_run(as_, county, clock)
    it_is_done_alone(as_, county, clock)
    one_breaks(as_, county, clock)
    it_is_repaired(as_, county, clock)


def line(page: Page, county: County, item: Item) -> Locator:
    page.goto(county.matrix)
    return page.locator("tr", has=page.get_by_role("link", name=str(item), exact=True))


def ladder(page: Page, county: County, item: Item) -> Locator:
    page.goto(county.care)
    return rung(page, item)


def rung(page: Page, item: Item) -> Locator:
    return page.locator("#ladder tr", has=page.get_by_role("link", name=str(item), exact=True))


def nothing_is_there(as_: As, county: County, clock: Clock) -> None:
    """Nobody assessed it: unknown. Then the head says that it is referred away: must leave."""
    head, anyone = as_("dialysis-head"), as_("nobody")
    expect(line(anyone, county, county.one)).to_contain_text("not assessed")
    for item in (county.one, county.five):
        propose(head, county.care, item, "referred away", clock.today())
        expect(line(anyone, county, item)).to_contain_text("must leave")


def five_stations_arrive_and_run(as_: As, county: County, clock: Clock) -> None:
    """Received first, installed a fortnight later, each by its name."""
    clock.wait(30 * DAYS)
    office = as_("yonghe-office")
    office.goto(county.care)
    for label in STATIONS:
        follow(office, "Enter a machine")
        told = {"Machine": "dialysis-station", "How people tell it apart": label}
        keep(office, {**told, "Received on": clock.today()})
    machines = office.locator("section", has=office.get_by_role("heading", name="Machines"))
    expect(machines.get_by_text("not installed yet")).to_have_count(5)
    clock.wait(14 * DAYS)
    office = as_("yonghe-office")
    office.goto(county.care)
    for label in STATIONS:
        say(office, label, "works", clock.today(), "installed by the maker")
    expect(machines.locator(".tag", has_text="works")).to_have_count(5)
    expect(machines).to_contain_text(f"received {clock.today(-14)} · installed {clock.today()}")


def say(page: Page, label: str, state: str, on: str, words: str) -> None:
    """How a machine is, from a day on; told from the hospital's page, which shows it."""
    follow(page.locator(".do", has_text=label), "Say how it is")
    keep(page, {"How it is": state, "Since which day": on, "What broke, or who repaired it": words})


def it_is_done_alone(as_: As, county: County, clock: Clock) -> None:
    """Two signatures: the head's, and that of an expert of the sender from afar."""
    clock.wait(200 * DAYS)
    head, specialist, anyone = as_("dialysis-head"), as_("specialist"), as_("nobody")
    for item in (county.one, county.five):
        propose(head, county.care, item, "done alone", clock.today(), cases=40)
        press(head, "I saw it, and sign")
        expect(line(anyone, county, item)).to_contain_text("must leave")  # one signature only
        specialist.goto("/care/to-sign/")
        follow(specialist, str(item))
        press(specialist, "I saw it, and sign")
        expect(line(anyone, county, item)).to_contain_text("by locals alone")
        expect(ladder(anyone, county, item)).to_contain_text("5 × dialysis-station")


def one_breaks(as_: As, county: County, clock: Clock) -> None:
    """Four of five run: dialysis goes on, what needs all five is suspended and says so."""
    clock.wait(60 * DAYS)
    head, anyone = as_("dialysis-head"), as_("nobody")
    head.goto(county.care)
    say(head, "Station 3", "down", clock.today(), "The blood pump is stuck")
    expect(head.locator(".do", has_text="Station 3")).to_contain_text("The blood pump is stuck")
    row = ladder(anyone, county, county.five)
    expect(row).to_contain_text("dialysis-station: 4 of 5 work")
    expect(row).to_contain_text("not ready today")
    row = rung(anyone, county.one)
    expect(row).to_contain_text("dialysis-station: 4 of 5 work")
    expect(row).not_to_contain_text("not ready today")
    expect(line(anyone, county, county.one)).to_contain_text("by locals alone")
    expect(line(anyone, county, county.five)).to_contain_text("must leave")
    follow(anyone, str(county.five))  # the figure opens its rows
    expect(anyone.locator("main")).to_contain_text("dialysis-station: 4 of 5 work, needs 5")


def it_is_repaired(as_: As, county: County, clock: Clock) -> None:
    clock.wait(9 * DAYS)
    head, anyone = as_("dialysis-head"), as_("nobody")
    head.goto(county.care)
    say(head, "Station 3", "works", clock.today(), "A new pump by the engineer")
    expect(ladder(anyone, county, county.five)).to_contain_text("5 × dialysis-station")
    expect(line(anyone, county, county.five)).to_contain_text("by locals alone")
    # the week without it stays in the record: what was so, was so
    anyone.goto(f"{county.matrix}&on={clock.today(-3)}")
    row = anyone.locator("tr", has=anyone.get_by_role("link", name=str(county.five), exact=True))
    expect(row).to_contain_text("must leave")
    days = f"from={clock.today(-20)}&until={clock.today(-3)}"
    anyone.goto(f"/care/list/{county.list.key}/changes/?{days}")
    expect(anyone.locator("main")).to_contain_text("by locals alone → must leave")
