"""Whoever may enter a person may correct that entry and take it back: on the page and by a program.
A helped hospital does so for its own staff, and for nobody else's."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from marrow.core.models import Operation
from marrow.people.models import Credential, Person
from tests.builders import a_person
from tests.builders.calling import a_token, bearing, sent
from tests.builders.capability import Ward, a_ward
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
