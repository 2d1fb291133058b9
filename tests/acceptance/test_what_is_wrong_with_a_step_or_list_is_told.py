"""Bad input of the ladder and of lists: each is refused or named, in words, on the page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from marrow.capacity.models import Step
from marrow.catalogue.models import Item, ListVersion
from marrow.directory.models import Organisation
from marrow.sources.models import Intake
from tests.acceptance.test_r73_local_staff_work_alone import posted, speaking, text
from tests.builders.capability import Ward, a_service, a_ward, climbed, proposed
from tests.builders.catalogued import a_list, an_item
from tests.builders.entrusted import TODAY

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("people")]


@pytest.fixture
def ward() -> Ward:
    return a_ward()


@pytest.fixture
def head(ward: Ward) -> Client:
    return speaking("chief", "head", ward.hospital)


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def told_of(office: Client, *lines: str) -> str:
    """What the preview says of a list that an office brings as a file."""
    file = "\n".join(("list,valid from,code of the item,severity of the item", *lines))
    sent = {"kind": "catalogue-list", "file": SimpleUploadedFile("list.csv", file.encode())}
    address = office.post("/imports/", sent).headers["Location"]
    mapping = {f"column-{code}": name for code, name in Intake.objects.get().mapping.items()}
    posted(office, f"{address}columns/", **mapping, title="The list of the test")
    return words(text(office, address))


def test_a_list_with_unknown_codes_rows_that_stand_twice_and_wrong_severities_is_told_so(
    signed_in: dict[str, Client], settings: Any, tmp_path: Path
) -> None:
    settings.UPLOADS = tmp_path
    named = next(iter(a_list().names.values()))
    an_item("Cholera", codes={"ICD10": ["A00"]})
    start = f"{named},2026-06-01"
    page = told_of(signed_in["office"], f"{start},A00,", f"{start},Q99.9,", f"{start},A00,",
                   f"{start},A00,terrible")  # fmt: skip
    for told in (
        "not in the catalogue", "stands on the list already", "the severity is none that is known",
    ):  # fmt: skip
        assert told in page
    assert not ListVersion.objects.exists()  # a preview writes nothing


def test_who_is_not_the_head_of_this_hospital_cannot_sign_for_it(ward: Ward) -> None:
    row = proposed(ward, a_service(), 2, TODAY)
    other = speaking(
        "other", "head", Organisation.objects.get(pk=str(ward.elsewhere.grants[0].thing))
    )
    assert other.post(f"/care/steps/{row.pk}/sign/HEAD/").status_code == 403
    assert Client().post(f"/care/steps/{row.pk}/sign/HEAD/").status_code == 302  # to sign in first
    assert not row.signatures.exists()


def test_of_two_who_sign_at_once_the_second_is_told(ward: Ward, head: Client) -> None:
    row = proposed(ward, a_service(), 2, TODAY)
    deputy = speaking("deputy", "head", ward.hospital)
    posted(head, f"/care/steps/{row.pk}/sign/HEAD/")
    answer = deputy.post(f"/care/steps/{row.pk}/sign/HEAD/")
    assert answer.status_code == 409
    assert "Somebody was faster" in words(answer.content.decode())
    assert row.signatures.count() == 1


def test_a_step_dated_before_its_evidence_is_refused_with_the_reason(
    ward: Ward, head: Client
) -> None:
    item: Item = a_service()
    address = f"/care/at/{ward.hospital.pk}/propose/{item.key}/"
    told = {"level": "3", "on": "2026-01-10", "cases": "6", "how": "with the visitor",
            "from_on": "2026-05-01", "until_on": "2026-06-01"}  # fmt: skip
    answer = head.post(address, told)
    assert answer.status_code == 422
    assert "before the cases" in words(answer.content.decode())
    assert not Step.objects.exists()
    posted(head, address, **{**told, "on": "2026-06-02"})


def test_evidence_that_is_voided_later_is_a_finding_on_the_step(ward: Ward, head: Client) -> None:
    row = climbed(ward, a_service(), 4, TODAY)
    shown = row.evidence.get()
    assert "lost its evidence" not in words(text(head, "/desk/"))
    posted(head, f"/care/evidence/{shown.pk}/void/", reason="Another ward’s cases")
    assert "lost its evidence" in words(text(head, "/desk/"))
    page = words(text(Client(headers={"accept-language": "en"}), f"/care/steps/{row.pk}/"))
    assert "Another ward’s cases" in page
    assert Step.objects.get().state == "HOLDS"  # a person decides, not the machine


def test_who_proposes_while_a_step_waits_is_told_so_and_led_to_it(ward: Ward, head: Client) -> None:
    item: Item = a_service()
    waits = proposed(ward, item, 4, TODAY)
    there = f"/care/steps/{waits.pk}/"
    address = f"/care/at/{ward.hospital.pk}/propose/{item.key}/"
    led = head.get(address)
    assert (led.status_code, led.headers["Location"]) == (302, there)
    assert "waits for signatures: this is it" in words(head.get(there).content.decode())
    told = {"level": "2", "on": TODAY.isoformat(), "cases": "6", "how": "with the visitor",
            "from_on": TODAY.isoformat(), "until_on": TODAY.isoformat()}  # fmt: skip
    answer = head.post(address, told)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "A step of this item waits for signatures: “done alone”" in words(page)
    assert "Somebody was faster" not in words(page)
    assert f'href="{there}"' in page
