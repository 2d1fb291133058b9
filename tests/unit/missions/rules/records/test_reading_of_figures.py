"""A figure in a record ..."""

from __future__ import annotations

import pytest

from tests.unit.missions.rules.records.telling import codes, proposed, telling, value, values

TITLE = "4th medical team"


@pytest.mark.parametrize(
    ("prose", "total"),
    [
        ("China sent sixteen doctors, two cooks and an interpreter.", "19"),
        ("The team of 10 medical personnel and 1 engineer arrived.", "11"),
        ("The team of seven medical doctors left. They are surgeons, as well as a cook.", "8"),
    ],
)
def test_is_added_up_only_as_a_proposal(prose: str, total: str) -> None:
    reading = telling(TITLE, prose)
    assert value(reading, "size") == ""
    assert proposed(reading, "UNSURE", "size") == [total]


def test_agrees_with_a_total_that_is_told_elsewhere() -> None:
    prose = "The team has 46 members. It will be a team of 41 medical staff and 5 support staff."
    reading = telling(TITLE, prose)
    assert (values(reading, "size"), codes(reading)) == (["46"], set())


@pytest.mark.parametrize(
    "prose",
    [
        "The 4th team (95 persons) came.",
        "A medical team (of 95 people) came.",
        "The 95 man team came.",
        "The 95 members of the team worked at Alba Hospital.",
    ],
)
def test_gives_the_size_in_many_words(prose: str) -> None:
    assert value(telling(TITLE, prose), "size") == "95"


def test_is_of_a_part_where_it_is_so_many_of_the_others() -> None:
    prose = "Eight of the 45 members of the team came from the previous one."
    assert value(telling(TITLE, prose), "size") == ""


def test_is_of_a_part_where_it_is_placed_apart() -> None:
    prose = (
        "The 4th medical team of 21 members worked there from 2007 to 2009. "
        "In July 2009 the 11 man team working at Alba Hospital returned to China."
    )
    reading = telling(TITLE, prose)
    assert (values(reading, "size"), values(reading, "returned_on")) == (["21"], ["2009"])
    assert "CONTRADICTS" not in codes(reading)


def test_is_of_each_team_where_several_are_told() -> None:
    reading = telling("3 medical teams to Kenya", "Each team consists of 13 experts.")
    assert value(reading, "size") == ""
    assert proposed(reading, "UNSURE", "size") == ["39"]


@pytest.mark.parametrize(
    ("prose", "field", "figure"),
    [
        ("The team trained 14 acupuncturists.", "trained", "14"),
        ("About 600 people were treated by the team.", "patients", "600"),
        ("It offered free services to about 600 members of the Alba community.", "patients", "600"),
    ],
)
def test_counts_what_was_done(prose: str, field: str, figure: str) -> None:
    reading = telling(TITLE, prose)
    assert (value(reading, field), value(reading, "size")) == (figure, "")


@pytest.mark.parametrize(
    "prose", ["It gave 9643 inpatient treatments.", "Over 200 patients died before it came."]
)
def test_counts_no_patients_where_it_counts_something_else(prose: str) -> None:
    assert value(telling(TITLE, prose), "patients") == ""


def test_of_another_year_is_not_its_own_and_never_proposed() -> None:
    prose = "In May 2009 it operated. In 2008, more than 500 patients were treated."
    reading = telling("Free cataract surgery", prose)
    assert value(reading, "patients") == ""
    assert proposed(reading, "CUMULATIVE_NOT_OWN", "patients") == [""]


def test_of_members_sent_over_the_years_is_not_of_those_still_to_be_chosen() -> None:
    prose = (
        "A delegation will select 46 medical personnel to renew a friendship since 1981. "
        "Up to now 318 Chinese doctors and nurses have served in the country."
    )
    assert values(telling(TITLE, prose), "cumulative_members") == ["318"]


def test_of_a_whole_series_is_kept_though_its_first_team_is_named() -> None:
    prose = "Since the first team in 1964, China has sent 25 medical teams with over 1,300 members."
    reading = telling(TITLE, prose)
    told = (value(reading, "cumulative_teams"), value(reading, "cumulative_members"))
    assert told == ("25", "1300")
    assert "CONTRADICTS" not in codes(reading)


def test_that_is_a_year_counts_nothing() -> None:
    reading = telling(TITLE, "The team worked in 2010 while saving patients.")
    assert value(reading, "patients") == ""


@pytest.mark.parametrize(
    "prose",
    [
        "It gave $20,000 worth of drugs.",
        "It gave drugs worth $20,000.",
        "It gave drugs worth $20 000.",
    ],
)
def test_of_money_stands_before_or_after_its_worth(prose: str) -> None:
    told = telling(TITLE, prose).first("donated_value")
    assert told
    assert (told.value, told.unit) == ("20000", "USD")


def test_of_what_is_still_to_be_given_is_only_proposed() -> None:
    reading = telling(TITLE, "The team intends to give equipment worth $20,000.")
    assert proposed(reading, "UNSURE", "donated_value") == ["20000"]


@pytest.mark.parametrize("gap", [" ", "\u00a0", "\u202f"])
def test_is_read_whole_where_a_space_groups_it(gap: str) -> None:
    prose = (
        f"The team gave 98{gap}000 consultations, treated 12{gap}000 patients "
        f"and performed 1{gap}200 operations."
    )
    reading = telling(TITLE, prose)
    told = [value(reading, field) for field in ("visits", "patients", "operations")]
    assert told == ["98000", "12000", "1200"]


def test_beside_a_year_or_a_day_is_not_grouped_with_it() -> None:
    reading = telling(TITLE, "In 2009 300 operations were performed.")
    assert value(reading, "operations") == "300"


def test_is_grouped_by_a_point_in_french() -> None:
    reading = telling("4e équipe médicale", "Elle a fait 2.400 interventions chirurgicales.")
    assert value(reading, "operations") == "2400"


@pytest.mark.parametrize(
    ("prose", "size"),
    [
        ("A 19-member team came.", "19"),
        ("The team of 10 arrived in May 2009.", "10"),
        ("The 4th team from Shandong province, of 25 members, was sent.", "25"),
        ("The team, consisting of 14 acupuncturists, arrived.", "14"),
        ("The 4th team, of 27 members, worked there.", "27"),
        ("It was a team of 2 to 3 doctors.", ""),
        ("The team consists of 14 acupuncturists and a cook.", ""),
    ],
)
def test_is_the_size_only_where_it_counts_the_whole_team(prose: str, size: str) -> None:
    assert value(telling(TITLE, prose), "size") == size
