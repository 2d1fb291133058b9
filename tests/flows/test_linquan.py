"""Linquan's oncology in a real Chromium: from "patients leave" to "the local team teaches"."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from marrow.accounts.models import Account
from marrow.capacity.actions import expect_hospital
from marrow.catalogue.models import Item, List
from marrow.core.words import names
from marrow.directory.actions import enter_organisation
from marrow.directory.fields import as_typed
from marrow.directory.models import Area, Organisation
from marrow.missions.models import Mission
from marrow.people.models import Person
from tests.builders import (
    OFFICE,
    a_batch,
    a_person,
    a_sending_hospital,
    a_sending_unit,
    a_series,
    a_site,
    load_places,
)
from tests.builders.calling import now
from tests.builders.catalogued import a_list, a_version, an_item
from tests.builders.leaving import an_account
from tests.builders.linking import linked
from tests.builders.on_post import STAGES, moved, seated
from tests.flows.playing import DAYS, As, Clock, follow, keep, press, propose

pytestmark = [pytest.mark.flow, pytest.mark.django_db(transaction=True)]
LOCAL = "Doctor Test Li"


@dataclass(frozen=True)
class County:
    hospital: Organisation
    township: Organisation
    list: List
    item: Item
    team: Mission

    @property
    def care(self) -> str:
        return f"/care/at/{self.hospital.pk}/"

    @property
    def people(self) -> str:
        return f"/entrusting/at/{self.hospital.pk}/"


@pytest.fixture
def county(world: dict[str, Account]) -> County:
    """A county hospital, a team that is to come with its surgeon, those who stay at home."""
    load_places("CN-341221")
    area = Area.objects.get(code="CN-341221")
    hospital, township = (
        enter_organisation(kind="HOSPITAL", names=names(name), area=area, by=OFFICE, at=now())
        for name in ("Linquan County People’s Hospital", "Township Test Hospital")
    )
    item = an_item("Surgery for gastric cancer", kind="TECHNIQUE", specialty="ONCOLOGY")
    listing = a_list("Linquan’s list", "CN-341221")
    a_version(listing.key, [item], dt.date(2020, 1, 1))
    expect_hospital(key=listing.key, organisation=hospital.pk, by=OFFICE, at=now())
    sender, team = a_sending_hospital(), a_batch(1, a_series(recipient="CN-341221"))
    a_site(team, organisation=hospital)
    a_sending_unit(team, sender)
    surgeon = a_person("Surgeon Test", sender, specialty="ONCOLOGY")
    account = an_account("surgeon", "member")
    linked(surgeon, account, now())
    seated(team, surgeon)
    team.seats.update(specialty="ONCOLOGY")
    an_account("oncology-head", "head", hospital)
    an_account("linquan-office", "recipient", hospital)
    an_account("sender-expert", "specialist", sender)
    return County(hospital, township, listing, item, team)


def test_linquans_oncology_from_patients_leave_to_the_local_team_teaches(
    as_: As, county: County, clock: Clock
) -> None:
    patients_leave(as_, county, clock)
    visitors_operate(as_, county, clock)
    a_local_doctor_learns(as_, county, clock)
    the_visitors_go_home(as_, county, clock)
    locals_do_it_alone(as_, county, clock)
    they_teach(as_, county, clock)
    the_figure_opens_its_rows(as_, county, clock)


def answer(page: Page, county: County, words: str) -> None:
    """What the list of the county says of the item today."""
    page.goto(f"/care/list/{county.list.key}/")
    expect(page.locator("tr", has=page.get_by_role("link", name=str(county.item)))).to_contain_text(
        words
    )


def left(office: Page, county: County, year: int, patients: int) -> None:
    """The office tells who left the county in a year."""
    office.goto(f"/need/{county.list.key}/")
    follow(office, "Tell who left")
    told = {
        "What for": str(county.item), "Year or month": str(year),
        "Patients who left": str(patients), "Kilometres, one way": "340",
        "To which place": as_typed(Area.objects.get(code="CN-BJ")), "What it cost": "38000",
        "Currency": "CNY", "The cost is": "of one patient",
        "Who told it": "the register of referrals",
    }  # fmt: skip
    keep(office, told)


def patients_leave(as_: As, county: County, clock: Clock) -> None:
    """410 in a year; the head says that it is referred away; the hospital confirms the need."""
    hospital, head, office = as_("linquan-office"), as_("oncology-head"), as_("office")
    left(office, county, timezone.localdate().year - 1, 410)
    propose(head, county.care, county.item, "referred away", clock.today())
    answer(office, county, "must leave")
    office.goto(f"/need/{county.list.key}/")
    expect(office.locator("main")).to_contain_text("410")
    follow(office, "Name a need")
    chosen = {"Hospital that should have it": str(county.hospital)}
    keep(office, {**chosen, "What is wanted": "a surgeon who teaches, for a year"})
    hospital.goto("/desk/")
    hospital.locator("a[href$='/confirm/']").first.click()
    press(hospital, "Yes, we need this")
    office.reload()
    follow(office, "Say what answers it")
    keep(office, {"What answers it": "the whole team"})
    expect(office.locator("main")).to_contain_text("planned")


def visitors_operate(as_: As, county: County, clock: Clock) -> None:
    """Each operation is on record; on the strength of two, head and surgeon sign the first step."""
    moved(county.team, *STAGES, at=now() + clock.ahead)
    surgeon, head = as_("surgeon"), as_("oncology-head")
    for _operation in range(2):
        surgeon.goto(f"/activity/hospitals/{county.hospital.pk}/record/")
        told = {"What was done": "operations done", "Whose work": str(county.team)}
        keep(surgeon, {**told, "Specialty": "oncology", "With which colleague": LOCAL})
    surgeon.goto(county.care)
    follow(surgeon, "Propose a step")
    keep(surgeon, {"What is it about": str(county.item)}, "Next")
    for box in surgeon.locator("input[name=deeds]").all():
        box.check()
    keep(surgeon, {"Level": "a visitor does it", "Since which day": clock.today()})
    expect(surgeon.locator("main").get_by_text("on record")).to_have_count(2)
    press(surgeon, "I saw it, and sign")
    sign(head, county)
    answer(as_("nobody"), county, "with visitors")
    so_it_is(as_("office"), county, "visitors do it")


def sign(page: Page, county: County) -> None:
    page.goto("/care/to-sign/")
    follow(page, str(county.item))
    press(page, "I saw it, and sign")
    expect(page.locator("main")).to_contain_text("Signed. The step holds.")


def so_it_is(office: Page, county: County, state: str) -> None:
    """What the measure says of the need, a person confirms."""
    office.goto(f"/need/at/{county.hospital.pk}/")
    follow(office, str(county.item))
    expect(office.locator("form.do")).to_contain_text(f"The measure says: {state}")
    press(office, "So it is")
    expect(office.locator("main").get_by_text("The measure says")).to_have_count(0)


def a_local_doctor_learns(as_: As, county: County, clock: Clock) -> None:
    """A colleague's logbook: cases that the surgeon watched, and the level that he signs."""
    head = as_("oncology-head")
    head.goto(county.people)
    follow(head, "Enter a colleague")
    keep(head, {"Name in English": LOCAL, "Profession": "doctor", "Specialty": "oncology"})
    doctor = Person.objects.get(unit=county.hospital)
    account = an_account("local-doctor", "member")
    linked(doctor, account, now())
    clock.wait(150 * DAYS)
    learner, surgeon = as_("local-doctor"), as_("surgeon")
    book = f"/entrusting/people/{doctor.pk}/"
    learner.goto(book)
    follow(learner, "Enter cases")
    learner.get_by_label("did it under supervision").check()
    told = {"What was done": str(county.item), "How many like it that day": "3"}
    keep(learner, {**told, "Who watched": "Surgeon Test"})
    surgeon.goto("/entrusting/cases/")
    press(surgeon, "It was so")
    surgeon.goto(book)
    follow(surgeon, "Sign what they may do")
    surgeon.locator("input[name=level][value='4']").check()
    keep(surgeon, {"What they may do": str(county.item)}, "I watched, and sign")
    head = as_("oncology-head")
    head.goto(county.people)
    expect(head.locator("tr", has_text=LOCAL)).to_contain_text("4")


def the_visitors_go_home(as_: As, county: County, clock: Clock) -> None:
    """When a team goes home its figure goes with it, unless something stayed."""
    clock.wait(30 * DAYS)
    moved(county.team, "HANDING_OVER", "DEBRIEFING", at=now() + clock.ahead)
    answer(as_("nobody"), county, "must leave")


def locals_do_it_alone(as_: As, county: County, clock: Clock) -> None:
    """No visitor is there any more: the head signs, and an expert of the sender from afar."""
    head = as_("oncology-head")
    propose(head, county.care, county.item, "done alone", clock.today(), cases=6)
    press(head, "I saw it, and sign")
    sign(as_("sender-expert"), county)
    answer(as_("nobody"), county, "by locals alone")
    so_it_is(as_("office"), county, "met: locals do it")
    head.goto(county.care)
    row = head.locator("#ladder tr", has=head.get_by_role("link", name=str(county.item)))
    expect(row).to_contain_text("1 person")
    expect(row).to_contain_text("fragile")  # it rests on one


def they_teach(as_: As, county: County, clock: Clock) -> None:
    """Experience goes down to the township: on that the highest level is signed."""
    clock.wait(90 * DAYS)
    head = as_("oncology-head")
    head.goto(f"{county.people}brought-on/")
    follow(head, "Record what was handed down")
    told = {"To which house": as_typed(county.township)}
    keep(head, {**told, "Specialty": "oncology", "What was passed on": "To find it early"})
    propose(head, county.care, county.item, "taught to others", clock.today(), cases=12)
    press(head, "I saw it, and sign")
    sign(as_("sender-expert"), county)


def the_figure_opens_its_rows(as_: As, county: County, clock: Clock) -> None:
    """A full year later fewer leave, and from the figure one comes to who signed what."""
    came = timezone.localdate()
    clock.wait((dt.date(came.year + 2, 1, 20) - came).days * DAYS)
    office, anyone = as_("office"), as_("nobody")
    left(office, county, came.year + 1, 30)
    office.goto(f"/need/CN-341221/{county.item.key}/")
    expect(office.locator("main")).to_contain_text("380 fewer left than before")
    anyone.goto(f"/care/list/{county.list.key}/")
    follow(anyone, "1 by locals alone")
    expect(anyone.locator("main")).to_contain_text("0 must leave")
    follow(anyone, str(county.item))
    row = anyone.locator("tr", has=anyone.get_by_role("link", name=str(county.hospital)))
    expect(row).to_contain_text("done alone, and ready")
    follow(row, came.isoformat())
    main = anyone.locator("main")
    for words in ("12 cases", "as the register tells", "Oncology-Head", "Sender-Expert"):
        expect(main).to_contain_text(words)
