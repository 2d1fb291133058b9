"""What a record leaves open, a person decides: nothing is dropped in silence."""

from __future__ import annotations

import pytest

from tests.unit.missions.rules.records.telling import codes, proposed, telling, value


def test_a_second_date_in_brackets_is_a_doubt() -> None:
    prose = "The 18th team arrived on 3 May 2012 (the ministry gives 5 June 2012)."
    reading = telling("18th medical team", prose, year="2012")
    assert value(reading, "arrived_on") == "2012-05-03"
    assert proposed(reading, "CONTRADICTS", "arrived_on") == ["2012-06-05"]


def test_another_head_count_is_a_doubt() -> None:
    prose = "It has 24 members. The ministry of health speaks of 26 members."
    reading = telling("18th medical team", prose)
    assert value(reading, "size") == "24"
    assert proposed(reading, "CONTRADICTS", "size") == ["26"]


def test_a_first_team_that_left_may_have_left_either_country() -> None:
    reading = telling("2nd medical team", "The first team, which had left in March 2013, had 20.")
    assert value(reading, "series_since") == ""
    assert proposed(reading, "UNSURE", "series_since") == ["2013-03"]


def test_a_first_team_that_returned_begins_no_series() -> None:
    reading = telling("2nd medical team", "The first team returned in March 2013.")
    assert (value(reading, "series_since"), proposed(reading, "UNSURE", "series_since")) == ("", [])


@pytest.mark.parametrize(
    "prose",
    [
        "A dental mission of 6 people visited in May 2012.",
        "A group of optometrists from Hunan fitted 1,000 spectacles.",
    ],
)
def test_people_who_went_for_no_known_kind_are_asked_about(prose: str) -> None:
    reading = telling("Visit to the capital", prose)
    assert reading.kind == "NOT_A_MISSION"
    assert codes(reading) == {"KIND_OPEN"}


def test_a_hospital_that_is_built_asks_nothing() -> None:
    reading = telling("Construction of a hospital", "China built a hospital of 100 beds.")
    assert (reading.kind, codes(reading)) == ("NOT_A_MISSION", set())


def test_several_teams_told_together_are_no_one_mission() -> None:
    reading = telling("China sends medical teams", "China has sent medical teams since 1976.")
    assert reading.is_of_many
    assert "MANY_TEAMS" in codes(reading)
    assert not telling("China sends a medical team", "A team of 5 came.").is_of_many


def test_work_in_another_country_is_a_doubt_that_proposes_it() -> None:
    reading = telling("Cataract surgery", "They carried out 200 operations in Lomé, Togo.")
    other = [d for d in reading.doubts if d.code == "OTHER_COUNTRY"]
    assert [d.proposes for d in other] == ["TG"]


def test_a_goal_is_no_figure() -> None:
    reading = telling("9th medical team", "The goal for the next year is 500 operations.")
    assert value(reading, "operations") == ""
    assert "UNSURE" in codes(reading)


def test_a_team_that_is_only_compared_with_gives_no_number() -> None:
    prose = "The team has treated 300 patients, 50 more than the first team did."
    assert value(telling("Chinese medical team", prose), "ordinal") == ""


def test_back_at_its_post_is_not_home() -> None:
    prose = "The team fled the fighting and returned to Nairobi on 1 May 2009."
    assert value(telling("8th medical team", prose), "returned_on") == ""


def test_a_departure_that_nobody_knows_of_is_a_doubt() -> None:
    prose = "It was to leave in March 2009. It is unknown whether the team arrived."
    assert "STATUS" in codes(telling("8th medical team", prose))


def test_an_agreement_signed_after_the_team_came_is_only_proposed() -> None:
    prose = "The team arrived in May 2009 and the agreement was signed in July 2009."
    reading = telling("8th medical team", prose)
    assert value(reading, "signed_on") == ""
    assert proposed(reading, "UNSURE", "signed_on") == ["2009-07"]


def test_the_province_that_sends_the_teams_is_a_doubt_beside_another() -> None:
    prose = "Yunnan Province is responsible for sending the teams. The team came from Sichuan."
    reading = telling("8th medical team", prose)
    assert proposed(reading, "CONTRADICTS", "sender") == ["CN-YN"]


@pytest.mark.parametrize(
    ("title", "prose", "cells"),
    [
        ("Brightness Action in Kenya and Rwanda", "Doctors came.", {}),
        ("Brightness Action", "Doctors came.", {"all_recipients": "Kenya, Rwanda"}),
        ("8th medical team", "The team arrived in Bamako, the capital of Rwanda.", {}),
    ],
)
def test_another_country_in_the_row_is_asked_about(
    title: str, prose: str, cells: dict[str, str]
) -> None:
    reading = telling(title, prose, 1, **cells)
    assert [d.params for d in reading.doubts if d.code == "OTHER_COUNTRY"] == [
        (("country", "Rwanda"),)
    ]


def test_a_row_without_words_is_asked_about() -> None:
    assert codes(telling("", "")) == {"KIND_OPEN"}


@pytest.mark.parametrize(
    ("title", "prose"),
    [
        ("15th medical team", "China cancelled the dispatch of the 15th team of 12 members."),
        ("7th medical team", "The 7th team of 12 people will arrive in Nairobi in July 2010."),
    ],
)
def test_a_team_that_was_called_off_or_only_planned_is_a_doubt(title: str, prose: str) -> None:
    assert "STATUS" in codes(telling(title, prose))


def test_what_was_planned_in_french_is_not_done() -> None:
    prose = "Elle compte réaliser 500 opérations. Elle devait rentrer en juillet 2011."
    reading = telling("21e équipe médicale chinoise", prose)
    assert (value(reading, "operations"), value(reading, "returned_on")) == ("", "")
    assert value(reading, "planned_end_on") == "2011-07"


def test_a_date_that_was_missed_is_not_that_of_the_arrival() -> None:
    prose = "It should have started in January 2009 but arrived eight months later."
    assert value(telling("19th medical team", prose), "arrived_on") == ""


def test_a_holiday_is_no_end_of_a_term() -> None:
    prose = (
        "The team arrived in June 2008, left for a holiday in China on 3 May 2009 and returned on "
        "2 June 2009."
    )
    reading = telling("27th medical team", prose)
    assert (value(reading, "departed_on"), value(reading, "returned_on")) == ("", "")


def test_a_share_in_words_is_no_figure() -> None:
    prose = "The team worked in Nairobi; 3 of 4 patients with cataract were treated by it."
    assert value(telling("16th medical team", prose), "patients") == ""
