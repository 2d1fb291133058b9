"""A place or an organisation that is named in a form is the one that is meant, or asked again."""

from __future__ import annotations

import pytest
from django import forms
from django.test import Client

from marrow.directory.actions import add_alias
from marrow.directory.fields import OrganisationField, PlaceField
from marrow.directory.models import Area, Organisation
from tests.builders import NOW, OFFICE, a_hospital, a_sending_hospital
from tests.builders.calling import sent

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


@pytest.mark.parametrize("typed", ["Guinea", "GUINÉE", "几内亚", "gn", "GIN", "Guinea [GN]"])
def test_a_place_is_taken_by_its_name_in_any_language_or_its_code(typed: str) -> None:
    assert PlaceField().clean(typed) == Area.objects.get(code="GN")


@pytest.mark.parametrize("typed", ["Guinee Test", "Lankoa", "lkx", "Vanautu", "Guin"])
def test_a_place_that_is_not_known_is_never_taken_as_another(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match="Nothing is called"):
        PlaceField().clean(typed)


def test_the_places_near_to_what_was_typed_are_named() -> None:
    with pytest.raises(forms.ValidationError, match=r"Near to it: Vanuatu, .*\[VU\]\. Choose one"):
        PlaceField().clean("Vanautu")


def test_a_hospital_is_taken_by_its_other_spelling_and_not_by_one_that_is_only_near() -> None:
    hospital = a_hospital("Hôpital Régional")
    add_alias(organisation=hospital.pk, text="中几友好医院", language="zh", by=OFFICE, at=NOW)
    field = OrganisationField()
    for typed in ("hopital regional", "中几友好医院", str(hospital.pk), f"x [{hospital.pk}]"):
        assert field.clean(typed) == hospital
    for typed in ("Hopitl Regional", "Régional", "zjyhyy"):
        with pytest.raises(forms.ValidationError, match="Near to it: Hôpital Régional"):
            field.clean(typed)


def test_of_two_of_one_name_neither_is_taken_before_one_is_chosen() -> None:
    a_hospital("Hôpital Test"), a_sending_hospital("Hôpital Test")
    with pytest.raises(forms.ValidationError, match="Several are meant"):
        OrganisationField().clean("hopital test")


def test_a_program_cannot_move_a_hospital_to_a_place_that_nobody_named(
    calling: dict[str, Client],
) -> None:
    hospital = a_hospital("Health Centre Test")
    before = Organisation.objects.get(pk=hospital.pk).area
    told = {"area": "Vanautu", "source": {"title": "A letter", "words": "moved"}}
    answer = sent(calling["office"], "PATCH", f"/api/v1/organisations/{hospital.pk}", told)
    assert answer.status_code == 422
    assert "Vanuatu" in answer.content.decode()
    assert Organisation.objects.get(pk=hospital.pk).area == before


def test_a_right_is_never_limited_to_a_hospital_that_is_only_near(
    signed_in: dict[str, Client], people: dict[str, object]
) -> None:
    a_hospital("Hôpital Donka")
    told = {"role": "recipient", "scope": "organisation", "thing": "hopital donca"}
    address = f"/settings/accounts/{people['unit'].pk}/"  # type: ignore[attr-defined]
    answer = signed_in["admin"].post(address, told)
    assert answer.status_code == 422
    assert "Nothing is called so" in answer.content.decode()
