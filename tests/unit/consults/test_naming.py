"""What says who the patient of a case is: the server finds in it what the phone finds."""

from __future__ import annotations

import json

import pytest

from marrow.consults.rules.illness_words import OF_ILLNESS
from marrow.consults.rules.naming import number_in_reference, who_is_told
from run import FIELD

#: the phone's own test reads the same table
TABLE = json.loads((FIELD / "src/see/cases.cases.json").read_text())


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["text"])
def test_a_case_that_begins_with_a_name_and_an_age_names_its_patient(case: dict[str, str]) -> None:
    assert who_is_told(case["text"]) == case["who"]


@pytest.mark.parametrize("case", TABLE["references"], ids=lambda case: case["text"])
def test_a_reference_is_a_number_of_a_register_and_no_telephone(case: dict[str, str]) -> None:
    assert number_in_reference(case["text"]) == case["number"]


def test_the_phone_and_the_server_take_the_same_words_for_illnesses() -> None:
    phones = (FIELD / "src/see/illnessWords.ts").read_text().split("`")[1]
    assert tuple(phones.split()) == OF_ILLNESS
