"""A record of a team ..."""

from __future__ import annotations

import pytest

from tests.unit.missions.rules.records.telling import codes, proposed, telling, value, values


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("21st Chinese medical team", "21"),
        ("China sends 21 th medical team to Kenya", "21"),
        ("The twenty-first Chinese medical team", "21"),
        ("Chinese medical team No. 21 in Kenya", "21"),
        ("Medical team to Kenya, batch 12", "12"),
        ("China sends 3rd Medical Team to Kenya", "3"),
        ("9th Chinese medical team (7th from Sichuan)", "9"),
    ],
)
def test_gives_the_number_in_its_title(title: str, number: str) -> None:
    assert value(telling(title), "ordinal") == number


def test_takes_no_number_from_the_first_time_that_a_team_came() -> None:
    reading = telling("Chinese doctors in Kenya", "For the first time since the war a team came.")
    assert value(reading, "ordinal") == ""
    assert "NO_ORDINAL" in codes(reading)


def test_takes_the_number_from_the_prose_when_the_title_has_none() -> None:
    reading = telling("Chinese medical team", "The 8th medical team of 9 members arrived in Kenya.")
    assert value(reading, "ordinal") == "8"


def test_tells_the_senders_own_number_apart() -> None:
    reading = telling(
        "9th Chinese medical team", "The 9th team (7th team from Hubei Province) came."
    )
    assert (value(reading, "ordinal"), value(reading, "sender_ordinal")) == ("9", "7")
    assert "ORDINAL_OF_SENDER" not in codes(reading)


def test_doubts_a_number_that_its_own_prose_contradicts() -> None:
    reading = telling(
        "8th Chinese medical team", "The 7th medical team of 14 people arrived on 3 March 2009."
    )
    assert value(reading, "ordinal") == "8"
    assert value(reading, "arrived_on") == "2009-03-03"
    assert proposed(reading, "CONTRADICTS", "ordinal") == ["7"]


@pytest.mark.parametrize(
    ("prose", "size"),
    [
        ("A 27-member Chinese medical team arrived.", "27"),
        ("The team was made up of twenty-seven doctors and nurses.", "27"),
        ("The team consists of 27 members.", "27"),
        ("The 4th medical team comprising 27 medical personnel left Wuhan.", "27"),
        ("27 medical personnel arrived in Kenya in 2009.", "27"),
        ("A 27-strong team left for Kenya.", "27"),
        ("The 4th medical team of 10 members, including 7 medical doctors, arrived.", "10"),
    ],
)
def test_gives_the_size_of_its_team(prose: str, size: str) -> None:
    reading = telling("4th Chinese medical team", prose)
    assert values(reading, "size") == [size]
    assert "CONTRADICTS" not in codes(reading)


def test_keeps_the_word_that_softens_a_size() -> None:
    told = telling("4th medical team", "The team consists of about 30 members.").first("size")
    assert told
    assert (told.value, told.precision) == ("30", "ABOUT")


def test_proposes_a_sum_of_doctors_and_others_as_the_size() -> None:
    reading = telling("4th medical team", "The team was composed of 9 doctors and 2 interpreters.")
    assert value(reading, "size") == ""
    assert proposed(reading, "UNSURE", "size") == ["11"]


def test_takes_no_size_from_local_doctors_sent_for_training() -> None:
    reading = telling("4th medical team", "It sent 8 doctors to China for training in surgery.")
    assert value(reading, "size") == ""


def test_counts_its_women() -> None:
    reading = telling("4th medical team", "The team of 27 members, including nine women, arrived.")
    assert (value(reading, "size"), value(reading, "women")) == ("27", "9")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Guangxi Zhuang Autonomous Region", "CN-GX"),
        ("Heilongjiang Province", "CN-HL"),
        ("Shaanxi Province", "CN-SN"),
        ("Shanxi Province", "CN-SX"),
        ("Inner Mongolia Autonomous Region", "CN-NM"),
        ("Szechuan", "CN-SC"),
    ],
)
def test_gives_the_province_that_sends(words: str, code: str) -> None:
    reading = telling("4th medical team", f"{words} has been responsible for sending the teams.")
    assert value(reading, "sender") == code


def test_gives_the_later_province_where_the_sender_changed() -> None:
    prose = (
        "Jilin Province was originally responsible for sending the teams, "
        "but the province changed to Hainan in 1990."
    )
    assert values(telling("4th medical team", prose), "sender") == ["CN-HI"]


def test_gives_the_armed_forces_as_the_sender_of_a_military_team() -> None:
    reading = telling("4th Chinese military medical team", "The team of 9 members arrived.")
    assert (reading.track, value(reading, "sender")) == ("MILITARY", "PLA")


def test_is_civil_when_it_only_sets_itself_apart_from_military_teams() -> None:
    prose = "Teams come since 1980 (not to be confused with the military medical teams of the PLA)."
    assert telling("4th Chinese medical team", prose).track == ""


def test_proposes_the_province_when_only_a_city_is_told() -> None:
    reading = telling("4th medical team", "The team left Nanning on 4 May 2009.")
    assert value(reading, "sender") == ""
    assert proposed(reading, "UNSURE", "sender") == ["CN-GX"]


def test_takes_no_sender_from_a_hospital_named_after_a_chinese_city() -> None:
    reading = telling("20th medical team to Tirunesh Beijing Hospital", "It arrived in May 2009.")
    assert value(reading, "sender") == ""
