"""R75, R81: firsts stand in a register that heads confirm; the target card counts from rows."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from marrow.capacity.models import Step
from marrow.entrusting.models import FirstTime
from marrow.programmes.actions import add_to_programme
from marrow.programmes.models import Partnership
from tests.acceptance.test_r73_local_staff_work_alone import posted, speaking, text
from tests.builders import NOW, OFFICE, PAPER, a_hospital, a_programme
from tests.builders.capability import Ward, a_service, a_ward, climbed
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


def test_r81_the_target_card_fills_itself_and_each_number_opens_its_rows(ward: Ward) -> None:
    programme = a_programme("card-test")
    pair = Partnership(
        id=uuid4(), programme=programme, mode="TWINNING", recipient=ward.hospital, starts_on="2026"
    )
    add_to_programme(
        programme=programme, rows=[pair], told={"mode": "TWINNING"}, source=PAPER, by=OFFICE, at=NOW
    )
    host = speaking("host", "recipient", ward.hospital)
    card = text(host, f"/agreements/of/{programme.key}/")
    assert "unknown: nothing of this kind is recorded there" in card
    climbed(ward, a_service(), 4, TODAY)
    card = text(host, f"/agreements/of/{programme.key}/")
    assert f"/entrusting/card/{programme.key}/specialties/" in card
    assert "Haemodialysis" in text(host, f"/entrusting/card/{programme.key}/specialties/")
