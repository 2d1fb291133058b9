"""Whoever may enter a person may correct that entry and take it back: on the page and by a program.
A helped hospital does so for its own staff, and for nobody else's."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from marrow.accounts.queries import viewer_of
from marrow.capacity.actions import answer_check, receive_machine, tell_of_machine
from marrow.capacity.models import Equipment, EquipmentChange, SustainedCheck
from marrow.capacity.queries import checks_of
from marrow.core.models import Operation
from marrow.core.refusals import Overtaken
from marrow.people.models import Credential, Person
from tests.builders import NOW, a_hospital, a_person
from tests.builders.calling import a_token, bearing, sent
from tests.builders.capability import Ward, a_service, a_ward, climbed, gone_home
from tests.builders.needing import a_recipient

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.fixture
def ward() -> Ward:
    return a_ward()


@pytest.fixture
def hospital(ward: Ward) -> tuple[Client, Client]:
    """The hospital's office on its page, and its program."""
    account = a_recipient(ward.hospital.pk)
    page = Client()
    page.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return page, bearing(a_token(account)[1])


def entered(page: Client, ward: Ward) -> Person:
    told = {"name_fr": "Fatou Esai", "kind": "NURSE", "specialty": "NURSING"}
    where = reverse("entrusting:colleague", args=[ward.hospital.pk])
    assert page.post(where, told).status_code == 302
    return Person.objects.get(unit=ward.hospital)


def test_a_hospital_corrects_its_own_entry_on_the_page(
    ward: Ward, hospital: tuple[Client, Client]
) -> None:
    page, _program = hospital
    row = entered(page, ward)
    assert f"/people/{row.pk}/change/" in page.get(f"/people/{row.pk}/").content.decode()
    told = {"name_fr": "Fatou Esai", "kind": "NURSE", "specialty": "NURSING"}
    seen = {f"initial-{name}": value for name, value in told.items()}
    told["name_fr"] = "Fatou Essai"
    assert page.post(f"/people/{row.pk}/change/", told | seen).status_code == 302
    row.refresh_from_db()
    assert row.names == {"fr": "Fatou Essai"}
    licence = {"kind": "LICENCE", "number": "E-1", "expires_on": "2031-06-30"}
    assert page.post(f"/people/{row.pk}/add/credential/", licence).status_code == 302
    assert Credential.objects.get(person=row).number == "E-1"


def test_a_hospital_takes_its_own_entry_back(ward: Ward, hospital: tuple[Client, Client]) -> None:
    page, _program = hospital
    row = entered(page, ward)
    act = Operation.objects.get(record=row.pk).act
    assert page.post(f"/journal/undo/{act}/").status_code == 302
    assert not Person.objects.filter(pk=row.pk).exists()


def test_its_program_corrects_too_and_neither_reaches_somebody_of_another_house(
    ward: Ward, hospital: tuple[Client, Client]
) -> None:
    page, program = hospital
    told = {"unit": str(ward.hospital.pk), "names": {"fr": "Awa Esai"}, "kind": "NURSE"}
    made = sent(program, "POST", "/api/v1/people", told)
    assert made.status_code == 201
    where = f"/api/v1/people/{made.json()['id']}"
    answer = sent(program, "PATCH", where, {"names": {"fr": "Awa Essai"}})
    assert (answer.status_code, answer.json()["names"]["fr"]) == (200, "Awa Essai")
    other = a_person("Somebody Else")
    assert page.get(f"/people/{other.pk}/change/").status_code == 404
    answer = sent(program, "PATCH", f"/api/v1/people/{other.pk}", {"names": {"fr": "X Y"}})
    assert answer.status_code == 404


def answered(ward: Ward, item: Any, account: Any, *, still: bool) -> SustainedCheck:
    return answer_check(
        organisation=ward.hospital.pk, item=item.key, mission=ward.mission.pk, months=3,
        answer=SustainedCheck(still=still), by=viewer_of(account), at=NOW,
    )  # fmt: skip


def test_an_accidental_no_longer_is_taken_back_by_who_tapped_it_and_answered_anew(
    ward: Ward,
) -> None:
    item, left = a_service(), NOW.date() - dt.timedelta(days=200)
    climbed(ward, item, 4, left - dt.timedelta(days=9))
    gone_home(ward, left)
    account, page = a_recipient(ward.hospital.pk), Client()
    page.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    row = answered(ward, item, account, still=False)
    with pytest.raises(Overtaken, match="Who answered can take it back"):
        answered(ward, item, account, still=True)
    act = Operation.objects.get(record=row.pk).act
    history = page.get(f"/history/capacity.sustainedcheck/{row.pk}/").content.decode()
    assert f"/journal/undo/{act}/" in history
    assert page.post(f"/journal/undo/{act}/").status_code == 302
    answered(ward, item, account, still=True)
    first = checks_of([ward.hospital.pk])[0].answer
    assert first is not None
    assert first.still is True


def test_a_colleague_of_another_house_takes_no_word_of_this_hospital_back(ward: Ward) -> None:
    machine = Equipment(id=uuid4(), machine="x-ray", label="X", installed_on=NOW.date())
    receive_machine(organisation=ward.hospital.pk, machine=machine, by=ward.head, at=NOW)
    account, page = a_recipient(ward.hospital.pk), Client()
    page.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    change = tell_of_machine(
        equipment=machine.pk, state="DOWN", on=NOW.date(), words="no power",
        by=viewer_of(account), at=NOW,
    )  # fmt: skip
    act = Operation.objects.get(record=change.pk).act
    other = Client()
    elsewhere = a_recipient(a_hospital("Hôpital Ailleurs").pk, "of-another")
    other.force_login(elsewhere, backend="django.contrib.auth.backends.ModelBackend")
    refused = other.post(f"/journal/undo/{act}/")
    assert refused.status_code == 403
    assert "or who told it of their own hospital" in refused.content.decode()
    assert page.post(f"/journal/undo/{act}/").status_code == 302
    assert not EquipmentChange.objects.filter(pk=change.pk).exists()
