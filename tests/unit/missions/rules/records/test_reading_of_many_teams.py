"""A figure that is not this team's, or no single figure at all ..."""

from __future__ import annotations

import pytest

from marrow.missions.rules.records import Reading
from marrow.missions.rules.records.figures import bounds, count
from tests.unit.missions.rules.records.telling import codes, proposed, telling, value, values

TITLE = "9th medical team"


def _doubted(reading: Reading, field: str) -> list[tuple[str, str]]:
    return [(d.code, dict(d.params)["value"]) for d in reading.doubts if d.field == field]


@pytest.mark.parametrize(
    "prose",
    [
        "Since 1976 Chinese teams have treated 650,000 patients.",
        "Since October 1976 Chinese medical teams have treated 650,000 patients.",
        "From 1976 Chinese teams have treated 650,000 patients over the past thirty years.",
        "Between 1976 and 2006 Chinese teams have treated 650,000 patients.",
    ],
)
def test_takes_no_year_for_a_number_of_teams(prose: str) -> None:
    reading = telling(TITLE, prose)
    assert values(reading, "cumulative_teams") == []
    assert value(reading, "cumulative_patients") == "650000"


def test_takes_no_year_for_a_number_of_people() -> None:
    reading = telling(
        TITLE, "Since 1976 doctors have been sent. Since 1976, 650 doctors were sent."
    )
    assert values(reading, "cumulative_members") == ["650"]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("one hundred and twenty-one", 121),
        ("a hundred and five", 105),
        ("one hundred twenty", 120),
        ("two thousand and six", 2006),
        ("three thousand four hundred and twelve", 3412),
        ("one hundred and five thousand", 105_000),
        ("fifteen hundred", 1500),
        ("twenty-seven", 27),
    ],
)
def test_is_read_in_words(words: str, number: int) -> None:
    assert count(words) == number


def test_in_hundreds_is_a_size_that_a_person_looks_at() -> None:
    reading = telling(TITLE, "The team has one hundred and twenty-one members.")
    assert value(reading, "size") == ""
    assert proposed(reading, "UNSURE", "size") == ["121"]


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("3,000 to 4,000", (3000, 4000)),
        ("3,500-4,000", (3500, 4000)),
        ("100~200", (100, 200)),
        ("between 200 and 300", (200, 300)),
        ("from 3 to 4 thousand", (3000, 4000)),
        ("twenty to thirty", (20, 30)),
        ("twenty-five", None),
        ("2008 - 300", None),
    ],
)
def test_has_a_least_and_a_most_where_it_is_a_span(
    words: str, ends: tuple[int, int] | None
) -> None:
    assert bounds(words) == ends


@pytest.mark.parametrize(
    ("prose", "field", "said"),
    [
        ("The 9th team treated 3,000 to 4,000 patients.", "patients", "3000–4000"),
        ("The 9th team treated an estimated 3,500-4,000 patients.", "patients", "3500–4000"),
        ("The 9th team did between 200 and 300 operations.", "operations", "200–300"),
        ("The 9th team did 100~200 operations.", "operations", "100–200"),
        ("The 9th team trained 20 to 30 nurses.", "trained", "20–30"),
        ("The 9th team of 20 to 25 members arrived in May 2009.", "size", "20–25"),
    ],
)
def test_between_two_bounds_is_doubted_and_never_exact(prose: str, field: str, said: str) -> None:
    reading = telling(TITLE, prose)
    assert values(reading, field) == []
    assert _doubted(reading, field) == [("UNSURE", said)]
    assert proposed(reading, "UNSURE", field) == [""]


def test_between_two_bounds_is_of_the_series_where_it_runs_over_years() -> None:
    reading = telling(TITLE, "Since 1976 Chinese teams have treated 3,000 to 4,000 patients.")
    assert values(reading, "cumulative_patients") == []
    assert _doubted(reading, "patients") == [("CUMULATIVE_NOT_OWN", "3000–4000")]


@pytest.mark.parametrize(
    "prose",
    [
        "The 9th team of 12 members arrived in May 2009. 300 doctors were sent in 30 years.",
        "The 9th team of 12 members arrived in May 2009. In 30 years, 300 doctors were sent.",
        "The 9th team of 12 came in May 2009. Over the past thirty years China sent 300 doctors.",
    ],
)
def test_of_people_sent_over_many_years_is_no_size_of_one_team(prose: str) -> None:
    reading = telling(TITLE, prose)
    assert values(reading, "size") == ["12"]
    assert "CONTRADICTS" not in codes(reading)


def test_of_people_sent_over_many_years_is_of_the_series() -> None:
    reading = telling(TITLE, "The team has 12 members. In 30 years, 300 doctors were sent.")
    assert values(reading, "cumulative_members") == ["300"]


def test_of_teams_between_two_years_tells_of_the_series_and_of_no_journey() -> None:
    reading = telling(TITLE, "Between 1975 and 2005 China sent 14 teams.")
    assert values(reading, "arrived_on") == values(reading, "returned_on") == []
    (teams,) = reading.all("cumulative_teams")
    assert (teams.value, teams.period) == ("14", "1975/2005")


def test_of_a_generation_is_no_stay_of_one_team() -> None:
    reading = telling(TITLE, "From 1975 to 2005 Chinese doctors worked at Alba Hospital.")
    assert values(reading, "arrived_on") == values(reading, "returned_on") == []


def test_of_what_teams_did_is_not_of_one_team() -> None:
    reading = telling(TITLE, "In 2009 Chinese teams treated 3,000 patients.")
    assert values(reading, "patients") == []
    assert value(reading, "cumulative_patients") == "3000"


def test_is_of_another_country_where_the_prose_sends_the_team_there() -> None:
    prose = "The 9th Chinese medical team to Eritrea left Zhengzhou on 5 May 2010."
    (doubt,) = [d for d in telling(TITLE, prose).doubts if d.code == "OTHER_COUNTRY"]
    assert doubt.proposes == "ER"
