"""Neither a person nor a paper stands twice on the roster."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from marrow.core.refusals import Refused
from marrow.people.actions import add_to_person, change_person
from marrow.people.models import Credential, Person
from tests.builders import NOW, OFFICE, a_person

pytestmark = [pytest.mark.both, pytest.mark.django_db, pytest.mark.usefixtures("places")]


def test_the_same_licence_told_twice_is_one_licence() -> None:
    person = a_person()
    for told in (
        {"number": "A2", "given_by": "Test Board"},
        {"number": "a2", "expires_on": dt.date(2030, 1, 1)},
        {"number": "A2", "given_by": "Test Board"},
    ):
        part = Credential(kind="LICENCE", **told)
        add_to_person(person=person.pk, part=part, by=OFFICE, at=NOW)
    one = Credential.objects.get()
    assert (one.given_by, one.expires_on) == ("Test Board", dt.date(2030, 1, 1))


def test_nobody_is_renamed_into_a_double_of_a_colleague() -> None:
    one = a_person("Race Person", birth_year=1980)
    other = a_person("Another Person", one.unit, birth_year=1980)
    with pytest.raises(Refused, match="entered already"):
        change_person(person=other.pk, names={"en": "race  person"}, by=OFFICE, at=NOW)
    renamed = change_person(person=other.pk, names={"en": "Third Person"}, by=OFFICE, at=NOW)
    assert renamed.names == {"en": "Third Person"}
    older = a_person("Race Person", one.unit, birth_year=1981)
    with pytest.raises(Refused, match="entered already"):
        change_person(person=older.pk, birth_year=1980, by=OFFICE, at=NOW)


def test_of_two_who_were_entered_twice_before_the_rest_can_still_be_put_right() -> None:
    one = a_person("Race Person", birth_year=1980)
    twin = a_person("Another Person", one.unit, birth_year=1980)
    twin.names = one.names
    twin.save()
    assert change_person(person=twin.pk, grade="CHIEF", by=OFFICE, at=NOW).grade == "CHIEF"


def test_somebody_without_a_year_of_birth_whose_name_is_known_is_asked_about(
    signed_in: dict[str, Client],
) -> None:
    one = a_person("He Lan", birth_year=1994)
    told = {"name_en": "he  LAN", "unit": str(one.unit_id), "kind": "DOCTOR"}
    for language, words in (
        ("fr", "s’agit-il de cette personne"), ("zh-hans", "是否为同一人"), ("en", "is it them?"),
    ):  # fmt: skip
        shown = signed_in["office"].post(
            "/people/new/", told, headers={"accept-language": language}
        )
        assert (shown.status_code, words in shown.content.decode()) == (422, True), language
    assert Person.objects.count() == 1
    assert a_person("He Lan", one.unit, birth_year=1990), "told with their year it is another"
    assert a_person("Hu Lan", one.unit)
    with pytest.raises(Refused, match="without a year of birth"):
        a_person("Hu Lan", one.unit, birth_year=1980)


def test_nobody_is_renamed_into_somebody_who_may_be_a_colleague() -> None:
    one = a_person("He Lan", birth_year=1994)
    other = a_person("Hu Lan", one.unit)
    with pytest.raises(Refused, match="is it them"):
        change_person(person=other.pk, names={"en": "He Lan"}, by=OFFICE, at=NOW)
    twin = a_person("Li Lan", one.unit)
    Person.objects.filter(pk=twin.pk).update(names=one.names)
    assert change_person(person=twin.pk, birth_year=1990, by=OFFICE, at=NOW).birth_year == 1990
