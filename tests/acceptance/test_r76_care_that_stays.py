"""R16, R74, R76, R83: platform departments, whole families of techniques, stations, who does it."""

from __future__ import annotations

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from marrow.capacity.actions import expect_hospital
from marrow.capacity.models import Equipment, Step, SustainedCheck
from marrow.capacity.queries import a_year_before
from marrow.catalogue.actions import add_requirement
from marrow.catalogue.models import Item, Requirement
from marrow.core.words import names
from marrow.directory.actions import open_department
from marrow.directory.models import Organisation
from tests.builders import NOW, OFFICE
from tests.builders.capability import Ward, a_service, a_ward, climbed, gone_home, listed, proposed
from tests.builders.catalogued import a_list, a_version, an_item
from tests.builders.needing import a_recipient

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]
DAY = dt.timedelta(days=1)


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def ward() -> Ward:
    return a_ward()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def home(hospital: Organisation) -> str:
    return f"/care/at/{hospital.pk}/"


def test_r76_a_dialysis_unit_of_five_stations_knows_how_many_run(
    ward: Ward, signed_in: dict[str, Client], client: Client, today: dt.date
) -> None:
    """Five stations in use, then one is down: four run, and it is said since when and why."""
    item = a_service(machine="dialysis-station", wanted=1)
    climbed(ward, item, 4, NOW.date())
    office, at = signed_in["office"], home(ward.hospital)
    for number in range(1, 6):
        told = {
            "machine": "dialysis-station", "label": f"Station {number}",
            "installed_on": (today - 30 * DAY).isoformat(),
        }  # fmt: skip
        assert office.post(f"{at}machine/", told).status_code == 302
    assert "5 × dialysis-station" in page(client, at)
    broken = Equipment.objects.get(label="Station 3")
    said = {"state": "DOWN", "on": (today - 2 * DAY).isoformat(), "words": "The pump is stuck"}
    assert office.post(f"/care/machines/{broken.pk}/", said).status_code == 302
    shown = page(client, at)
    assert "dialysis-station: 4 of 5 work" in shown
    assert "The pump is stuck" in shown


def test_what_is_suspended_names_the_doctor_the_machine_and_the_supply_that_lack(
    ward: Ward, signed_in: dict[str, Client], client: Client, today: dt.date
) -> None:
    item = a_service(machine="dialysis-station", wanted=2)
    for need in (
        Requirement(kind="STAFF", role="DOCTOR", specialty="ANAESTHESIA", count=1),
        Requirement(kind="SUPPLY", resource="dialysate", names=names("dialysate")),
    ):
        add_requirement(item=item.key, need=need, by=OFFICE, at=NOW)
    listing = listed(item)
    climbed(ward, item, 4, NOW.date())
    office, at = signed_in["office"], home(ward.hospital)
    told = {"machine": "dialysis-station", "label": "One", "installed_on": today.isoformat()}
    assert office.post(f"{at}machine/", told).status_code == 302
    staff = {"role": "DOCTOR", "specialty": "ANAESTHESIA", "count": "0", "on": today.isoformat()}
    assert office.post(f"{at}staff/", staff).status_code == 302
    supply = {"resource": "dialysate", "count": "0", "on": today.isoformat()}
    assert office.post(f"{at}supply/", supply).status_code == 302
    for address in (at, f"/care/list/{listing.key}/item/{item.key}/"):
        shown = page(client, address)
        assert "dialysis-station: 1 of 1 work, needs 2" in shown
        assert "doctor · anaesthesia: has 0, needs 1" in shown.replace(
            "anaesthesiology", "anaesthesia"
        )
        assert "dialysate: out of stock" in shown
    assert (
        f"{at}#machines"
        in client.get(f"/care/list/{listing.key}/item/{item.key}/").content.decode()
    )


def test_the_public_reads_no_words_of_a_step_that_nobody_signed(
    ward: Ward, signed_in: dict[str, Client], client: Client
) -> None:
    row = proposed(ward, a_service(), 2, NOW.date())
    assert "with the visitor" not in page(client, f"/care/steps/{row.pk}/")
    assert "with the visitor" in page(signed_in["office"], f"/care/steps/{row.pk}/")
    held = climbed(ward, a_service("Another"), 2, NOW.date())
    assert "with the visitor" in page(client, f"/care/steps/{held.pk}/")


def test_r83_how_much_is_done_by_visitors_and_how_much_by_locals_over_the_years(
    ward: Ward, client: Client, today: dt.date
) -> None:
    """The curve of the hospital and of the area ends with what is so today, for both."""
    alone, together = a_service("Alone"), a_service("Together")
    listing = listed(alone, together)
    climbed(ward, alone, 4, NOW.date())
    climbed(ward, together, 2, NOW.date())
    for address in (home(ward.hospital), f"/care/list/{listing.key}/"):
        shown = page(client, address)
        assert "locals: 1" in shown
        assert "visitors: 1" in shown
    before = f"?from={NOW.date() - DAY}&until={today}"
    shown = page(client, f"/care/list/{listing.key}/changes/{before}")
    assert "not assessed → by locals alone" in shown
    assert "not assessed → with visitors" in shown


def test_r74_a_hospital_completes_a_whole_family_of_techniques_alone(
    ward: Ward, client: Client
) -> None:
    """Everything of one specialty, each with its step; what still leaves is one filter away."""
    family = [a_service(f"Technique {n}") for n in range(1, 4)]
    listing = listed(*family)
    for item in family[:2]:
        climbed(ward, item, 4, NOW.date())
    at = f"/care/list/{listing.key}/?specialty=NEPHROLOGY"
    assert "Technique 3" not in page(client, f"{at}&care=BY_LOCALS")
    climbed(ward, family[2], 4, NOW.date())
    assert "3 by locals alone" in page(client, at)
    assert "Technique 3" in page(client, f"{at}&care=BY_LOCALS")


def test_r74_the_hospital_s_own_page_says_when_a_family_is_whole(
    ward: Ward, client: Client
) -> None:
    """Techniques that nobody assessed there are unknown, and keep the family from being whole."""
    family = [
        an_item(f"Tumour technique {n}", kind="TECHNIQUE", specialty="ONCOLOGY") for n in (1, 2, 3)
    ]
    at = home(ward.hospital)
    assert "By family of techniques" not in page(client, at)
    climbed(ward, family[0], 4, NOW.date())
    climbed(ward, family[1], 2, NOW.date())
    shown = page(client, at)
    assert "Oncology 1 of 3 done alone 1 technique of the catalogue was not assessed" in shown
    for item in family[1:]:
        climbed(ward, item, 4, NOW.date())
    assert "Oncology the whole family is done alone" in page(client, at)


def test_r16_a_platform_department_is_named_with_what_it_can_do(
    ward: Ward, signed_in: dict[str, Client], client: Client
) -> None:
    item: Item = a_service("Ultrasound of the kidney")
    department = open_department(
        organisation=ward.hospital.pk, kind="PLATFORM", names=names("Ultrasound"), by=OFFICE, at=NOW
    )
    told = {
        "level": "2", "on": NOW.date().isoformat(), "cases": "6", "how": "with the visitor",
        "from_on": NOW.date().isoformat(), "until_on": NOW.date().isoformat(),
        "department": str(department.pk),
    }  # fmt: skip
    address = f"{home(ward.hospital)}propose/{item.key}/"
    assert signed_in["office"].post(address, told).status_code == 302
    row = Step.objects.get()
    assert row.department == department
    assert "Ultrasound" in page(client, f"/care/steps/{row.pk}/")
    wrong = {**told, "department": str(uuid4())}
    assert signed_in["office"].post(address, wrong).status_code == 422


def test_a_step_down_is_seen_on_the_hospital_s_page_with_its_reason(
    ward: Ward, client: Client
) -> None:
    item = a_service()
    climbed(ward, item, 4, NOW.date() - DAY)
    proposed(ward, item, 2, NOW.date(), by=ward.head, reason="The last trained nurse left")
    shown = page(client, home(ward.hospital))
    assert "fell back" in shown
    assert "The last trained nurse left" in shown


def test_today_ends_with_how_much_is_treated_without_leaving_and_the_change_of_a_year(
    ward: Ward, signed_in: dict[str, Client], today: dt.date
) -> None:
    alone, together, old = a_service("Alone"), a_service("Together"), a_service("Old")
    listing = listed(alone, together, old)
    now = dt.datetime.combine(today, dt.time(), dt.UTC)
    climbed(ward, old, 4, today - 400 * DAY, at=now)
    climbed(ward, alone, 4, today - DAY, at=now)
    climbed(ward, together, 2, today - DAY, at=now)
    office = signed_in["office"]
    assert 'hx-get="/care/mine/"' in office.get("/desk/").content.decode()
    shown = page(office, "/care/mine/")
    assert "2 of 3 by locals alone" in shown
    assert "+1 since" in shown
    assert "1 more with visitors" in shown
    assert f"/care/list/{listing.key}/changes/" in office.get("/care/mine/").content.decode()
    assert "/care/mine/" not in signed_in["member"].get("/desk/").content.decode()


@pytest.mark.parametrize(("language", "title"), [("en", "Today"), ("fr", "Aujourd’hui")])
def test_today_keeps_its_title_when_the_care_that_stays_comes_into_it(
    language: str, title: str, signed_in: dict[str, Client]
) -> None:
    office, spoken = signed_in["office"], {"accept-language": language}
    today = office.get("/desk/", headers=spoken).content.decode()
    assert f"<title>{title} · Marrow</title>" in today
    assert '"ignoreTitle": true' in today, "no answer of a panel names the page"
    panel = office.get("/care/mine/", headers={**spoken, "hx-request": "true"}).content.decode()
    assert "<title" not in panel
    assert '<div id="stars">' in panel


def test_the_change_of_a_year_on_today_is_the_one_that_opens_behind_it(
    ward: Ward, signed_in: dict[str, Client], today: dt.date
) -> None:
    stays, joins = a_service("Stays"), a_service("Joins")
    listing, office = listed(stays), signed_in["office"]
    now = dt.datetime.combine(today, dt.time(), dt.UTC)
    for item in (stays, joins):
        climbed(ward, item, 4, today - 400 * DAY, at=now)
    a_version(listing.key, (stays, joins), today - DAY)
    shown = page(office, "/care/mine/")
    assert "2 of 2 by locals alone · +1 since" in shown
    assert "the list then held 1" in shown
    behind = page(office, f"/care/list/{listing.key}/changes/?from={a_year_before(today)}")
    assert re.search(r"by locals alone 1 [0 ]*\+1 [0 ]*2 ", behind)


def test_a_list_that_did_not_hold_a_year_ago_is_not_told_as_a_rise_from_nothing(
    ward: Ward, signed_in: dict[str, Client], today: dt.date
) -> None:
    item = a_service()
    now = dt.datetime.combine(today, dt.time(), dt.UTC)
    climbed(ward, item, 4, today - 400 * DAY, at=now)
    a_version(a_list("New list").key, (item,), today - DAY)
    shown = page(signed_in["office"], "/care/mine/")
    assert f"nothing was listed yet on {a_year_before(today)}" in shown
    assert "+1" not in shown


@pytest.mark.parametrize(
    ("asked", "said"),
    [("on=2090-01-01", "2090-01-01 is still to come"), ("on=soon", "“soon” is no day"),
     ("on=2026-02-31", "“2026-02-31” is no day"), ("known=never", "“never” is no day")],
)  # fmt: skip
def test_a_day_to_come_or_none_is_told_so(
    ward: Ward, client: Client, today: dt.date, asked: str, said: str
) -> None:
    listing = listed(a_service())
    shown = page(client, f"/care/list/{listing.key}/?{asked}")
    assert said in shown
    assert f"as of {today.isoformat()}" in shown
    if asked.startswith("on"):
        assert said in page(client, f"{home(ward.hospital)}?{asked}")


def test_as_known_on_a_day_the_line_names_the_hospitals_that_should_have_it_then(
    ward: Ward, client: Client, today: dt.date
) -> None:
    listing = listed(a_service())
    now = dt.datetime.combine(today, dt.time(), dt.UTC)
    expect_hospital(key=listing.key, organisation=ward.hospital.pk, by=OFFICE, at=now)
    named = f"Should have what is listed: {ward.hospital}"
    assert named in page(client, f"/care/list/{listing.key}/")
    before = (today - DAY).isoformat()
    then = page(client, f"/care/list/{listing.key}/?on={before}&known={before}")
    assert "Nobody said which hospitals should have what is listed" in then


def test_who_answered_finds_the_answer_and_the_way_to_take_it_back(
    people: object, client: Client
) -> None:
    """Its number, its words, who and when, on the hospital's page; the public reads no words."""
    ward, item = a_ward(31), a_service()
    left = timezone.localdate() - dt.timedelta(days=200)
    climbed(ward, item, 4, left - dt.timedelta(days=9))
    gone_home(ward, left)
    ours = Client()
    ours.force_login(
        a_recipient(ward.hospital.pk), backend="django.contrib.auth.backends.ModelBackend"
    )
    home = f"/care/at/{ward.hospital.pk}/"
    ask = f"{home}still/{item.key}/{ward.mission.pk}/3/"
    told = {"still": "no", "cases": "12", "words": "we stopped"}
    assert ours.post(ask, told).status_code == 302, ours.post(ask, told).content
    row = SustainedCheck.objects.get()
    history = f"/history/capacity.sustainedcheck/{row.pk}/"
    shown = ours.get(ask, follow=True).content.decode()
    for words in ("12 cases since", "we stopped", "Mariama Test", history):
        assert words in shown, words
    assert "Take back" in ours.get(history).content.decode()
    public = client.get(home).content.decode()
    assert "12 cases since" in public
    assert "we stopped" not in public
    assert "Mariama Test" not in public
