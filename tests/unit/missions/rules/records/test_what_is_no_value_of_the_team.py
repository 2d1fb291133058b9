"""A figure or a day that the words do not plainly give to this team is a doubt, or nothing."""

from __future__ import annotations

import pytest

from tests.unit.missions.rules.records.telling import codes, proposed, telling, value, values

TITLE = "9th medical team"
ARRIVED = "The 9th team arrived in Alba in May 2009. "


@pytest.mark.parametrize(
    "prose",
    [
        "Over the four decades Chinese doctors treated more than 900,000 patients.",
        "In the past three decades 250,000 patients were treated.",
        "In the course of thirty-five years they have treated 400,000 patients.",
        "Throughout half a century, medics from Alba treated 120,000 patients.",
        "En quarante ans, 250 000 malades ont été soignés.",
        "Depuis 1979, on a soigné près de 3 millions de patients.",
        "Au cours des trente dernières années, elle a soigné 200 000 malades.",
        "Chinese doctors have treated 90,000 patients in this country.",
        "The team treated 1.5 million patients.",
        "Elle a soigné 1,5 million de patients.",
    ],
)
def test_over_many_years_no_patients_are_the_teams(prose: str) -> None:
    reading = telling(TITLE, ARRIVED + prose)
    assert values(reading, "patients") == []
    assert codes(reading) & {"CUMULATIVE_NOT_OWN", "UNSURE"}
    assert proposed(reading, "UNSURE", "patients") in ([], [""])


@pytest.mark.parametrize(
    ("prose", "number"),
    [
        ("In two years it treated 9,000 patients.", "9000"),
        ("In their two years the doctors of the 9th team saw 42,000 outpatients.", "42000"),
        ("En deux ans elle a soigné 45 000 malades.", "45000"),
        ("Elle a soigné 45 mille patients.", "45000"),
    ],
)
def test_over_its_own_term_they_are(prose: str, number: str) -> None:
    assert values(telling(TITLE, ARRIVED + prose), "patients") == [number]


@pytest.mark.parametrize(
    "prose",
    [
        "The team treats some 400 patients a day.",
        "Each week the team treated 900 patients.",
        "Every month, it receives 1,200 outpatients.",
        "The doctors treat 2,000 patients per month in two hospitals.",
        "They treated 8,000 patients annually.",
        "On average the team treated 90 patients daily.",
        "L'équipe a soigné 300 patients par jour.",
        "Chaque mois, elle a traité 1 500 patients.",
        "The team treats an average of 60 patients.",
    ],
)
def test_a_rate_is_no_total(prose: str) -> None:
    reading = telling(TITLE, ARRIVED + prose)
    assert values(reading, "patients") == []
    assert proposed(reading, "UNSURE", "patients") == [""]


def test_a_rate_beside_a_total_leaves_the_total() -> None:
    prose = "It treats 50 patients a day, and has performed a total of 300 operations."
    assert values(telling(TITLE, ARRIVED + prose), "operations") == ["300"]


@pytest.mark.parametrize(
    "prose",
    [
        "In all 14 teams with 412 people have served in Alba.",
        "At that time 6 Chinese medical teams of 77 members were working in the country.",
        "Between 1979 and 2005 Henan sent twelve teams, 290 members in all.",
    ],
)
def test_people_of_many_teams_are_no_size(prose: str) -> None:
    reading = telling(TITLE, ARRIVED + prose)
    assert values(reading, "size") == []
    assert "CUMULATIVE_NOT_OWN" in codes(reading)


def test_a_size_beyond_a_hundred_is_looked_at() -> None:
    reading = telling("150-member 9th medical team arrives in Kenya", "It came.")
    assert values(reading, "size") == []
    assert proposed(reading, "UNSURE", "size") == ["150"]


@pytest.mark.parametrize(
    ("prose", "number"),
    [
        ("The 9th team from Henan to Alba has 28 members.", "28"),
        ("The 9th team's 24 doctors went to three hospitals.", "24"),
        ("The team counted 19 persons, mostly surgeons.", "19"),
        ("A medical team numbering 11 landed at Alba.", "11"),
        ("The ninth team to Alba, of sixteen members from Henan, arrived.", "16"),
        ("The 9th medical team, seven people, works in Alba.", "7"),
        ("The ninth, of 13, arrived in June 2010.", "13"),
    ],
)
def test_a_plain_size_is_read(prose: str, number: str) -> None:
    assert values(telling(TITLE, prose), "size") == [number]


@pytest.mark.parametrize(
    "prose",
    [
        "The 9th team works in a hospital which has 40 members of staff.",
        "The 9th team, 3 members from Henan and 5 from Hunan, arrived.",
        "The village of the team has 300 people.",
    ],
)
def test_people_of_others_and_parts_are_no_size(prose: str) -> None:
    assert values(telling(TITLE, prose), "size") == []


@pytest.mark.parametrize(
    "prose",
    [
        "The 8th, which had 12 members, treated 60,000 patients.",
        "It went in place of 12 members of the eighth, who treated 60,000 patients.",
        "The 8th team returned in May 2009. It treated 60,000 patients.",
        "The team treated nobody yet; the 8th team treated 60,000 patients.",
        "Eleven patients in twelve were content.",
    ],
)
def test_what_a_neighbour_did_is_not_told(prose: str) -> None:
    reading = telling(TITLE, ARRIVED + prose)
    assert values(reading, "patients") == []
    assert values(reading, "returned_on") == []
    assert values(reading, "size") == []


@pytest.mark.parametrize(
    "prose",
    [
        "In June 2010 the president left the country.",
        "Six Cuban doctors left in March 2010.",
        "When the country took up relations with Taiwan in March 2010, some wept.",
        "The relations with Taiwan ended in March 2010.",
        "In March 2010, after an election, the minister returned.",
        "It is not the 8th medical team from Henan, which arrived in March 2010.",
        "In November 2011 the 10th team, of 18, took over.",
        "In March 2010 ten Russian surgeons arrived in Alba.",
        "The team did not return in March 2010.",
    ],
)
def test_the_journeys_of_others_are_not_the_teams(prose: str) -> None:
    reading = telling(TITLE, ARRIVED + prose)
    assert [t.value for t in reading.told if t.field.endswith("ed_on")] == ["2009-05"]
    assert not codes(reading) & {"CONTRADICTS", "DATE_IMPOSSIBLE"}


def test_who_is_denied_to_be_the_team_is_not_it() -> None:
    prose = "Experts eliminated malaria. They are not the 9th medical team from Guangxi."
    reading = telling("Team of malaria experts", prose)
    assert (value(reading, "ordinal"), value(reading, "sender")) == ("", "")


@pytest.mark.parametrize(
    ("prose", "day"),
    [
        ("The team will work until June 2011.", "2011-06"),
        ("They would stay in Alba until June 2011.", "2011-06"),
        ("It is to return in June 2011.", "2011-06"),
        ("The members are expected to return to China in June 2011.", "2011-06"),
        ("The team was scheduled to return in June 2011.", "2011-06"),
        ("Elle doit rester jusqu'en juin 2011.", "2011-06"),
        ("L'équipe devrait rentrer en juin 2011.", "2011-06"),
        ("L'équipe travaillera jusqu'en juin 2011.", "2011-06"),
    ],
)
def test_a_plan_is_no_return(prose: str, day: str) -> None:
    reading = telling(TITLE, ARRIVED + prose)
    assert values(reading, "returned_on") == []
    assert values(reading, "planned_end_on") == [day]


@pytest.mark.parametrize(
    "prose",
    [
        "It worked at Alba Hospital till June 2011.",
        "It came back to Henan in June 2011.",
        "The team stayed in Alba until June 2011.",
    ],
)
def test_what_has_been_is_a_return(prose: str) -> None:
    assert values(telling(TITLE, ARRIVED + prose), "returned_on") == ["2011-06"]


@pytest.mark.parametrize(
    ("prose", "arrived", "returned"),
    [
        ("The 9th team was recalled early, in May 2010, after it had arrived in June 2009.",
         ["2009-06"], ["2010-05"]),
        ("No doctor of the 9th team arrived in 2009; the team came in Feb. 2010.", ["2010-02"], []),
        ("It came in May 2009. The last of the eight teams returned in 2011.", ["2009-05"], []),
        ("It arrived in May 2009, beside a Cuban brigade of 90 doctors who arrived in 2008.",
         ["2009-05"], []),
        ("6 members left in December 2010, the other 10 returned in May 2011.", [], []),
    ],
)  # fmt: skip
def test_days_stand_with_whom_they_belong_to(
    prose: str, arrived: list[str], returned: list[str]
) -> None:
    reading = telling(TITLE, prose)
    assert (values(reading, "arrived_on"), values(reading, "returned_on")) == (arrived, returned)
    assert values(reading, "size") == []


@pytest.mark.parametrize(
    "prose",
    [
        "By 2010, 5,000 patients had been treated by the previous teams.",
        "It is hoped that the team will treat 5,000 patients.",
        "Some 5,000 patients were treated by local nurses.",
        "En l'espace de dix ans, les équipes chinoises ont soigné 5 000 malades.",
    ],
)
def test_patients_of_others_and_of_hopes_are_not_the_teams(prose: str) -> None:
    reading = telling(TITLE, ARRIVED + prose)
    assert values(reading, "patients") == []
    assert proposed(reading, "UNSURE", "patients") in ([], [""])


def test_the_last_months_are_no_term() -> None:
    prose = "The team has performed 450 operations over the last six months."
    assert values(telling(TITLE, prose), "term_months") == []
