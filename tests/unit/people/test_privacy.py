"""What looks like a patient's name or number: the server finds in a text what the phone finds."""

from __future__ import annotations

import json

import pytest

from marrow.people.rules import device_words, illness, offices, surnames
from marrow.people.rules.ordinary_words import ORDINARY, STATES
from marrow.people.rules.privacy import (
    called_patient_in,
    name_in,
    number_in,
    patient_in,
    titled_in,
)
from run import FIELD

#: of each text the part that tells who somebody is, and the part that names anybody; the phone's
#: own test reads the same table
CASES = json.loads((FIELD / "src/see/privacy.cases.json").read_text())
#: of words about care the part that calls somebody by a title who holds no office
TITLED = json.loads((FIELD / "src/see/titled.cases.json").read_text())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_who_is_told_of_is_found_and_days_doses_and_wards_are_nobody(case: dict[str, str]) -> None:
    text = case["text"]
    assert (number_in(text) or patient_in(text), name_in(text)) == (case["who"], case["name"])


def test_a_patient_is_no_promise_and_a_promise_names_none() -> None:
    assert not number_in("told patient Diallo that he comes back")
    assert patient_in("told patient Diallo that he comes back")


def test_the_phone_and_the_server_take_the_same_words_for_nobody() -> None:
    phones = (FIELD / "src/see/ordinaryWords.ts").read_text().split("`")
    assert tuple(phones[1].split()) == ORDINARY
    assert tuple(phones[3].split()) == STATES


def test_the_phone_and_the_server_know_the_same_words_of_illness_and_of_machines() -> None:
    phones = (FIELD / "src/see/illness.ts").read_text()
    words = phones.split("const LATIN = `")[1].split("`")[0]
    assert tuple(words.split()) == illness.WORDS
    assert all(part in phones for part in illness.CHINESE.split("|"))
    machines = (FIELD / "src/see/deviceWords.ts").read_text().split("`")[1]
    assert tuple(machines.split()) == device_words.DEVICES
    foreign = (FIELD / "src/see/surnames.ts").read_text()
    assert all(part in foreign for part in surnames.NO_FOREIGN.split("|"))


@pytest.mark.parametrize(
    "text",
    [
        "Patient Safety Week was held in all wards",
        "Patient Guinée forestière, transféré par la route",
        "患者陈述头痛一周",
    ],
)
def test_a_week_of_patient_safety_or_a_patient_of_a_region_names_nobody(text: str) -> None:
    assert not patient_in(text)


@pytest.mark.parametrize("case", TITLED, ids=lambda case: case["text"])
def test_in_words_about_care_a_title_names_a_patient_unless_an_office_stands_beside(
    case: dict[str, str],
) -> None:
    assert titled_in(case["text"]) == case["called"]


def test_the_phone_and_the_server_know_the_same_offices() -> None:
    phones = (FIELD / "src/see/offices.ts").read_text().split("`")[1::2]
    lists = (offices.OFFICES, offices.SPECIALISTS, offices.KINDS, offices.BODIES, offices.PLACES)
    assert [tuple(one.split()) for one in phones] == [*lists, offices.CHINESE_OFFICES]


@pytest.mark.parametrize(
    "text",
    ["M. Camara est décédé en mission", "Mr Wang died on duty", "张先生去世，我们怀念他"],
)
def test_a_colleague_who_died_is_a_patient_in_words_about_care_alone(text: str) -> None:
    assert not called_patient_in(text)
    assert patient_in(text)
