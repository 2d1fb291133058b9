"""R16, R75, R81: firsts stand in a register that heads confirm; target cards count from rows."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from marrow.accounts.models import Account
from marrow.capacity.models import Step
from marrow.directory.models import Organisation
from marrow.entrusting.models import FirstTime
from marrow.programmes.actions import add_to_programme
from marrow.programmes.models import Partnership, Programme
from tests.acceptance.test_r73_local_staff_work_alone import (
    a_colleague,
    posted,
    speaking,
    text,
)
from tests.builders import NOW, OFFICE, PAPER, a_hospital, a_programme
from tests.builders.calling import a_token, bearing
from tests.builders.capability import Ward, a_service, a_ward, climbed
from tests.builders.catalogued import an_item
from tests.builders.entrusted import TODAY

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def ward() -> Ward:
    return a_ward()


def proposed(client: Client, ward: Ward, step: Step) -> FirstTime:
    """The first as the page begins it from the step, kept as it stands."""
    address = f"/entrusting/at/{ward.hospital.pk}/first/?step={step.pk}"
    assert f"[{step.item.key}]" in text(client, address)
    posted(client, address, item=step.item.key, side="LOCAL", within="GN",
           happened_on=TODAY.isoformat(), by_whom="LOCALS", evidence="the unit's book")  # fmt: skip
    return FirstTime.objects.get(item=step.item)


def test_r75_the_ladder_offers_a_first_a_person_enters_it_and_the_head_confirms(ward: Ward) -> None:
    step = climbed(ward, a_service(), 4, TODAY)
    office, head = (speaking(f"their-{r}", r, ward.hospital) for r in ("recipient", "head"))
    assert FirstTime.objects.count() == 0
    assert "look it over" in text(office, "/entrusting/firsts/")
    row = proposed(office, ward, step)
    assert row.step == step
    assert "look it over" not in text(office, "/entrusting/firsts/")
    assert office.post(f"/entrusting/firsts/{row.pk}/confirm/").status_code == 403
    assert "A first waits for your word" in text(head, "/desk/")
    posted(head, f"/entrusting/firsts/{row.pk}/confirm/")
    elsewhere = speaking("elsewhere", "head", a_hospital("Hôpital Ailleurs"))
    register = text(elsewhere, f"/entrusting/firsts/?year={TODAY.year}&specialty=NEPHROLOGY")
    assert "the first of Guinea" in register
    assert "Haemodialysis" not in text(elsewhere, "/entrusting/firsts/?year=1999")


def test_r75_what_was_no_first_is_told_with_its_reason(ward: Ward) -> None:
    head = speaking("head-x", "head", ward.hospital)
    row = proposed(head, ward, climbed(ward, a_service(), 4, TODAY))
    posted(head, f"/entrusting/firsts/{row.pk}/decline/", reason="done here in 2011")
    assert "done here in 2011" in text(head, f"/entrusting/firsts/{row.pk}/")


def a_partnership(
    programme: Programme, hospital: Organisation, starts_on: str, ends_on: str = ""
) -> Partnership:
    pair = Partnership(
        id=uuid4(), programme=programme, mode="TWINNING", recipient=hospital, starts_on=starts_on,
        ends_on=ends_on,
    )  # fmt: skip
    add_to_programme(
        programme=programme, rows=[pair], told={"mode": "TWINNING"}, source=PAPER, by=OFFICE, at=NOW
    )
    return pair


def test_r81_the_target_card_fills_itself_and_each_number_opens_its_rows(ward: Ward) -> None:
    programme = a_programme("card-test")
    a_partnership(programme, ward.hospital, "2026")
    host = speaking("host", "recipient", ward.hospital)
    card = text(host, f"/agreements/of/{programme.key}/")
    assert "unknown: nothing of this kind is recorded there" in card
    climbed(ward, a_service(), 4, TODAY)
    card = text(host, f"/agreements/of/{programme.key}/")
    assert f"/entrusting/card/{programme.key}/specialties/" in card
    assert "Haemodialysis" in text(host, f"/entrusting/card/{programme.key}/specialties/")


def test_r81_each_partnership_has_a_card_of_its_own_beside_the_whole(
    ward: Ward, people: dict[str, Account]
) -> None:
    """The four numbers: specialties, key staff, gaps, management systems. What the second house
    did, and what was done before the partnership, is not on the first one's card."""
    programme, other = a_programme("card-test"), a_ward(32)
    first = a_partnership(programme, ward.hospital, TODAY.isoformat()[:7])
    second = a_partnership(programme, other.hospital, "2020", "2021")
    system = an_item("Clinical pathways", kind="SERVICE", specialty="HOSPITAL_MANAGEMENT")
    head = speaking("chief", "head", ward.hospital)
    step = climbed(ward, a_service(), 4, TODAY)
    climbed(ward, system, 4, TODAY)
    climbed(other, a_service("Peritoneal dialysis"), 4, TODAY)  # after its partnership had ended
    row = proposed(head, ward, step)
    posted(head, f"/entrusting/firsts/{row.pk}/confirm/")
    doctor = a_colleague(head, ward, "Docteure Essai")
    told = {"person": doctor.pk, "grade": "KEY", "track": "CLINICAL", "shown_by": "a letter"}
    posted(head, f"/entrusting/at/{ward.hospital.pk}/talent/", since=TODAY.isoformat(), **told)
    program = bearing(a_token(people["auditor"], scope="READ")[1])
    address = f"/api/v1/programmes/{programme.key}/target-cards"
    whole, *each = program.get(address).json()["cards"]
    cards = {card["partnership"]: card["figures"] for card in each}
    counts = {
        "specialties": 1, "platforms": None, "people": None, "grades": 1, "firsts": 1,
        "systems": 1,
    }  # fmt: skip
    assert whole["figures"] == cards[str(first.pk)] == counts
    assert cards[str(second.pk)]["specialties"] == 0
    assert cards[str(second.pk)]["grades"] is None  # nobody told: unknown, not none
    page = text(head, f"/agreements/of/{programme.key}/")
    for figure, what in (("specialties", "Haemodialysis"), ("systems", "Clinical pathways"),
                         ("grades", "Docteure Essai"), ("firsts", "Haemodialysis")):  # fmt: skip
        rows = f"/entrusting/card/{programme.key}/{figure}/?partnership={first.pk}"
        assert rows in page
        assert what in text(head, rows)
        assert what not in text(head, rows.replace(str(first.pk), str(second.pk)))


def test_r16_platform_departments_are_counted_as_a_class_of_their_own(ward: Ward) -> None:
    programme = a_programme("card-test")
    a_partnership(programme, ward.hospital, "2026")
    host = speaking("host", "recipient", ward.hospital)
    rows = f"/entrusting/card/{programme.key}/platforms/"
    climbed(ward, a_service(), 4, TODAY)
    assert rows not in text(host, f"/agreements/of/{programme.key}/")  # unknown, not none
    for name, specialty in (("Chest X-ray", "RADIOLOGY"), ("Obstetric scan", "ULTRASOUND")):
        climbed(ward, an_item(name, kind="TECHNIQUE", specialty=specialty), 4, TODAY)
    assert f'{rows}">2</a>' in text(host, f"/agreements/of/{programme.key}/")
    shown = text(host, rows)
    assert "Chest X-ray" in shown
    assert "Obstetric scan" in shown
    assert "Haemodialysis" not in shown
