"""Guinea's 31st team in a real Chromium: planned, an anaesthetist drops out, mended, published."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from marrow.accounts.models import Account
from marrow.directory.models import Organisation
from marrow.missions.models import Mission
from marrow.programmes.models import Series
from marrow.teams.models import Assignment
from tests.builders import a_batch, a_sending_hospital, a_series
from tests.builders.forming import a_seat
from tests.builders.planning import SEATS, licensed
from tests.flows.playing import DAYS, As, Clock, follow, keep, press

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True)
class Roster:
    series: Series
    hospital: Organisation


@pytest.fixture
def roster(world: dict[str, Account]) -> Roster:
    """The 30th team with its seats, and a hospital that has two anaesthetists."""
    series, hospital = a_series(), a_sending_hospital()
    batch = a_batch(30, series, months=18)
    today = timezone.localdate()
    for role, specialty in SEATS:
        a_seat(
            batch, role, specialty=specialty, from_on=today - 500 * DAYS,
            until_on=today + 48 * DAYS,
        )  # fmt: skip
        licensed(f"First {specialty.title()} Test", specialty, hospital)
    licensed("Second Anaesthesia Test", "ANAESTHESIA", hospital)
    return Roster(series, hospital)


def test_guineas_31st_is_planned_mended_and_published(
    as_: As, roster: Roster, clock: Clock
) -> None:
    office = as_("office")
    the_office_plans(office, roster, clock)
    first = one_drops_out(office, clock)
    the_plan_is_published(office, roster, first)


def test_a_name_is_drawn_onto_a_seat_and_pinned(as_: As, roster: Roster, clock: Clock) -> None:
    office = as_("office")
    the_office_plans(office, roster, clock)
    seat = office.locator(".do", has_text="GN31-02")
    seat.get_by_text("Who else could").click()
    drawn = seat.locator("button[data-person]").first
    name = drawn.inner_text().removeprefix("Pin ")
    drawn.drag_to(seat.locator("b").first)
    expect(seat).to_contain_text(f"pinned for the next answer: {name}")
    expect(office.locator("main")).to_contain_text("changed since it was solved")


def the_office_plans(office: Page, roster: Roster, clock: Clock) -> None:
    office.goto("/plan/")
    follow(office, "Begin a plan")
    office.get_by_label(str(roster.series)).check()
    told = {"Name": "Guinea 31", "First day": clock.today(), "First day after": clock.today(400)}
    keep(office, told, "Begin")
    expect(office.locator("main")).to_contain_text("GN31-02")
    press(office, "Solve")
    expect(office.locator("#run")).to_contain_text("The planner is at work")
    clock.wait(0 * DAYS)
    office.reload()
    expect(office.locator("main")).to_contain_text("no plan is better: proved")
    expect(office.locator("main")).to_contain_text("3 of 3")


def one_drops_out(office: Page, clock: Clock) -> str:
    """The one whom the planner chose cannot go; the change is seen, then taken."""
    here = office.locator(".do", has_text="GN31-02")
    sits = re.search(r"(First|Second) Anaesthesia Test", here.inner_text())
    assert sits
    chosen = sits.group(1)  # who sits there is told before who else could
    follow(office, "Somebody drops out")
    keep(office, {"Who": f"{chosen} Anaesthesia Test", "Why": "health"})
    clock.wait(0 * DAYS)
    office.reload()
    other = "Second" if chosen == "First" else "First"
    expect(office.locator("#run")).to_contain_text("1 seat would change")
    expect(office.locator("#run")).to_contain_text(f"{other} Anaesthesia Test")
    press(office, "Take it")
    expect(office.locator(".do", has_text="GN31-02")).to_contain_text(f"{other} Anaesthesia Test")
    return other


def the_plan_is_published(office: Page, roster: Roster, anaesthetist: str) -> None:
    follow(office, "Publish")
    expect(office.locator("#asked")).to_contain_text("3 people are asked")
    press(office, "Publish")
    expect(office.locator("main")).to_contain_text("This plan is published")
    mission = Mission.objects.get(series=roster.series, number=31)
    asked = Assignment.objects.get(seat__mission=mission, seat__specialty="ANAESTHESIA")
    assert str(asked.person) == f"{anaesthetist} Anaesthesia Test"
    assert asked.state == "INVITED"
