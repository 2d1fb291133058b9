"""Guinea's 31st team in a real Chromium: called for, refused, replaced, sent, lost for 41 hours,
heard again, handed over, certified, and remembered in the archive."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from marrow.accounts.models import Account
from marrow.directory.models import Organisation
from marrow.missions.models import Mission
from marrow.people.actions import add_to_person
from marrow.people.models import Credential, Person
from marrow.programmes.models import Series
from tests.builders import (
    OFFICE,
    a_batch,
    a_hospital,
    a_person,
    a_sending_hospital,
    a_series,
    a_site,
)
from tests.builders.calling import now
from tests.builders.leaving import a_leader, an_account
from tests.builders.linking import linked
from tests.flows.playing import DAYS, As, Clock, fill, follow, hand_in, keep, press, signs, stage

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]
HOURS = dt.timedelta(hours=1)


@dataclass
class Cast:
    series: Series
    hospital: Organisation
    people: dict[str, Person]


@pytest.fixture
def cast(world: dict[str, Account]) -> Cast:
    """Two hospitals that send, one that receives, four people; everybody has an account."""
    series, host = a_series(), a_hospital("Hôpital Test de Conakry")
    first, second = a_sending_hospital("First Test Hospital"), a_sending_hospital("Second Test")
    people = {
        "Chief": a_person("Chief Test", first, specialty="GENERAL_SURGERY", grade="CHIEF"),
        "Lapsing": a_person("Lapsing Test", first, specialty="ANAESTHESIA"),
        "Wanted": a_person("Wanted Test", second, specialty="ANAESTHESIA"),
        "Ready": a_person("Ready Test", first, specialty="ANAESTHESIA"),
    }
    today = timezone.localdate()
    for name, person in people.items():
        last = today + (50 if name == "Lapsing" else 2000) * DAYS
        paper = Credential(id=uuid4(), person=person, kind="LICENCE", number=name, expires_on=last)
        add_to_person(person=person.pk, part=paper, by=OFFICE, at=now())
    an_account("first", "unit", first)
    an_account("second", "unit", second)
    an_account("host", "recipient", host)
    chief = an_account("chief", "leader")
    linked(people["Chief"], chief, now())
    return Cast(series, host, people)


def test_guineas_31st_team_from_the_call_to_the_archive(as_: As, cast: Cast, clock: Clock) -> None:
    team = the_team_is_planned(as_, cast, clock)
    it_is_called_for_and_one_unit_refuses(as_, team, cast, clock)
    a_replacement_is_found(as_, team)
    the_team_is_made_ready_and_leaves(as_, team, clock)
    it_falls_silent_for_41_hours_and_is_heard_again(as_, team, clock)
    it_hands_over(as_, team, clock)
    it_is_certified(as_, team)
    it_stands_in_the_archive(as_, team)


def the_team_is_planned(as_: As, cast: Cast, clock: Clock) -> str:
    """The office enters batch 31 and opens its seats."""
    office = as_("office")
    office.goto(f"/programmes/{cast.series.programme.key}/")
    follow(office, "Guinea")
    office.get_by_text("Keep this page").click()
    follow(office, "Enter a batch")
    told = {"Number": "31", "Status": "planned", "Source: the document": "The office’s plan"}
    keep(office, {**told, "Source: its words": "batch 31 is planned"})
    mission = Mission.objects.get(number=31)
    a_site(mission, organisation=cast.hospital)
    team = f"/teams/{mission.pk}/"
    office.goto(team)
    days = {"First day": clock.today(40), "First day after": clock.today(580)}
    for role, specialty in (("team leader", "general surgery"), ("member", "anaesthesia")):
        follow(office, "Open a seat")
        keep(office, {"Role": role, "Specialty": specialty, **days})
    expect(office.locator("main")).to_contain_text("anaesthesia")
    return team


def it_is_called_for_and_one_unit_refuses(as_: As, team: str, cast: Cast, clock: Clock) -> None:
    """One unit puts two people forward; the licence of one of them ends before the team is home."""
    office = as_("office")
    stage(office, team, "recruiting", clock.today())
    follow(office, "Open a call")
    words = {
        "What the call says": "A surgeon who leads, an anaesthetist",
        "Last day": clock.today(20),
    }
    keep(office, words)

    unit = as_("first")
    unit.goto("/teams/")
    follow(unit, "Open")
    for name, seat in (("Chief Test", "team leader"), ("Lapsing Test", "member")):
        unit.get_by_label("Seat").select_option(
            value=unit.locator("option", has_text=seat).first.get_attribute("value")
        )
        keep(unit, {"Person": name}, "Put forward")
        expect(unit.locator("body")).to_contain_text("is not asked again")

    # the office sees whose licence ends, and asks another unit, which refuses with its reason
    office.goto(team)
    expect(office.locator(".do", has_text="Lapsing Test")).to_contain_text("licence ends on")
    ask(office, team, "Wanted Test")
    second = as_("second")
    agree(second, team, "Wanted Test", why_not="Our only anaesthetist of the night")
    office.goto(team)
    expect(office.locator("main")).to_contain_text("Our only anaesthetist of the night")


def agree(unit: Page, team: str, name: str, why_not: str = "") -> None:
    """A unit answers for one of its people."""
    unit.goto(team)
    follow(unit.locator(".do", has_text=name).first, "Answer")
    unit.get_by_label("We cannot" if why_not else "We agree").check()
    keep(unit, {"Why": why_not} if why_not else {})


def ask(office: Page, team: str, name: str) -> None:
    """The office asks somebody who fits the anaesthetist's seat."""
    office.goto(team)
    follow(office.locator(".do", has_text="anaesthesia"), "Who fits")
    press(office.locator(".do", has_text=name), "Ask")


def a_replacement_is_found(as_: As, team: str) -> None:
    office = as_("office")
    office.goto(team)
    press(office.locator(".do", has_text="Chief Test"), "Select")
    ask(office, team, "Ready Test")
    agree(as_("first"), team, "Ready Test")
    office.goto(team)
    line = office.locator(".do", has_text="Ready Test")
    line.locator("div", has_text="Ready Test").last.get_by_role("button", name="Select").click()
    expect(office.locator(".do", has_text="anaesthesia")).to_contain_text("selected")


def the_team_is_made_ready_and_leaves(as_: As, team: str, clock: Clock) -> None:
    office = as_("office")
    stage(office, team, "selected", clock.today())
    clock.wait(10 * DAYS)
    office = as_("office")
    stage(office, team, "training", clock.today())
    follow(office, "Training")
    follow(office, "Plan a training")
    keep(office, {"Day": clock.today(), "What it is about": "Malaria"})
    follow(office, "Who was there")
    keep(office, {"Chief Test": "present", "Ready Test": "present"})
    clock.wait(24 * DAYS)
    office = as_("office")
    for name in ("in transit", "on post"):
        stage(office, team, name, clock.today())
    expect(office.locator("main")).to_contain_text("formed in 34 days")


def it_falls_silent_for_41_hours_and_is_heard_again(as_: As, team: str, clock: Clock) -> None:
    post = team.replace("/teams/", "/posts/")
    leader = as_("chief")
    leader.goto(post)
    press(leader, "I am safe")
    clock.wait(41 * HOURS)
    office = as_("office")
    office.goto("/desk/")
    expect(office.locator("main")).to_contain_text("for 41 hours")
    office.goto(post)
    expect(office.locator("main")).to_contain_text("no word for 41 hours")
    leader = as_("chief")
    leader.goto(post)
    follow(leader, "With a few words, or for the whole team")
    leader.get_by_label("I have heard from the whole team").check()
    fill(leader, {"A few words": "The line was cut by rain"})
    press(leader, "I am safe")
    office.goto("/desk/")
    expect(office.locator("main")).not_to_contain_text("No word from a team")


def it_hands_over(as_: As, team: str, clock: Clock) -> None:
    follows = a_batch(32, Mission.objects.get(number=31).series, status="PLANNED")
    a_leader(follows, "next-chief")
    clock.wait(540 * DAYS)
    office = as_("office")
    stage(office, team, "handing over", clock.today())
    leader = as_("chief")
    leader.goto(team)
    follow(leader, "Begin the handover")
    keep(leader, {"Mission that follows": str(follows)})
    follow(leader, "Add open patients")
    keep(leader, {"How many": "2", "What they need": "plates to be removed"})
    follow(leader, "Add a promise")
    keep(leader, {"What was promised": "reagents", "To whom": "laboratory"})
    hand_in(leader)
    signs(leader, team)

    office = as_("office")
    stage(office, team, "debriefing", clock.today())
    office.goto(f"{team}stage/")
    fill(office, {"Next stage": "closed", "Since which day": clock.today()})
    press(office, "Keep")
    expect(office.locator(".errorlist")).to_contain_text("recipient hospital")
    signs(as_("host"), team)
    following = as_("next-chief")
    expect(following.locator("main")).to_contain_text("A handover waits for your signature")
    signs(following, team)
    following.goto("/desk/")
    expect(following.locator("main")).to_contain_text("Promised by the team before: reagents")
    stage(office, team, "closed", clock.today())


def it_is_certified(as_: As, team: str) -> None:
    """Certificates for all in one click; a stranger checks the code that stands on one."""
    office = as_("office")
    office.goto(team.replace("/teams/", "/recognition/"))
    follow(office, "Issue 2 certificates")
    keep(office, {"Issuing office (English)": "Test Commission"}, "Issue them all")
    with office.expect_download() as paper:
        follow(office, "Print all 2 (PDF)")
    assert Path(paper.value.path()).read_bytes().startswith(b"%PDF")
    code = office.locator(".do", has_text="Ready Test").locator("a[href^='/certificates/']")
    words = code.inner_text()
    stranger = as_("nobody")
    stranger.goto("/certificates/")
    keep(stranger, {"Code on the certificate": words}, "Check")
    expect(stranger.locator("main")).to_contain_text("Genuine")
    expect(stranger.locator("main")).to_contain_text("Ready Test")


def it_stands_in_the_archive(as_: As, team: str) -> None:
    """Everybody reads what the team was; of the people, only how many."""
    stranger = as_("nobody")
    stranger.goto(team.replace("/teams/", "/batches/"))
    page = stranger.locator("main")
    for words in ("31st medical team to Guinea", "closed", "Hôpital Test de Conakry", "Persons\n2"):
        assert words in page.inner_text(), words
    expect(page).not_to_contain_text("Lapsing Test")
    expect(page).not_to_contain_text("Chief Test")
