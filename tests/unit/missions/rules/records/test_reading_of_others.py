"""What a record tells of another team, another country or a sender ..."""

from __future__ import annotations

import pytest

from tests.unit.missions.rules.records.telling import codes, proposed, telling, value, values


def test_is_no_figure_of_the_team_that_takes_over() -> None:
    prose = (
        "The ministry said farewell to the 10th team, which performed 6,000 surgeries "
        "in two years. In May 2009 the 11th arrived."
    )
    reading = telling("11th medical team", prose)
    assert (value(reading, "operations"), value(reading, "arrived_on")) == ("", "2009-05")
    assert codes(reading) == set()


@pytest.mark.parametrize("title", ["10th medical team", "11th medical team"])
def test_is_no_contradiction_where_one_goes_and_one_comes(title: str) -> None:
    prose = "Alba bade farewell to the 10th medical team and welcomed the 11th."
    assert codes(telling(title, prose)) == set()


def test_is_neither_sender_nor_size_of_those_who_came_later() -> None:
    prose = (
        "Three experts arrived in May 2009. "
        "The 23rd team of 19 people from Beijing was already there."
    )
    reading = telling("Ebola experts", prose)
    assert (values(reading, "size"), values(reading, "sender")) == (["3"], [])
    assert codes(reading) == set()


@pytest.mark.parametrize(
    ("place", "stopped"), [("Chad", ""), ("Kenya", "2008"), ("the country", "2008")]
)
def test_stops_the_series_only_of_its_own_country(place: str, stopped: str) -> None:
    prose = f"The medical team was withdrawn from {place} in 2008."
    assert value(telling("4th medical team", prose), "series_stopped") == stopped


@pytest.mark.parametrize("who", ["China sent medical teams there", "The team worked in Alba"])
def test_may_be_two_runs_of_one_series(who: str) -> None:
    reading = telling("4th medical team", f"{who} from 1975 to 1996 and since 2007.")
    fields = ("series_since", "series_stopped", "series_resumed", "arrived_on")
    assert [value(reading, field) for field in fields] == ["1975", "1996", "2007", ""]


@pytest.mark.parametrize(
    ("title", "doubted"),
    [("Medical team", True), ("Shanghai's 18th team", True), ("18th medical team", False)],
)
def test_may_be_the_count_of_the_sender(title: str, doubted: bool) -> None:
    reading = telling(title, "Shanghai's 18th medical detachment arrived in May 2009.")
    assert value(reading, "ordinal") == "18"
    assert ("ORDINAL_OF_SENDER" in codes(reading)) is doubted


def test_is_a_death_of_the_series_too() -> None:
    assert "DEATH" in codes(telling("4th medical team", "9 doctors have died since 1978."))


@pytest.mark.parametrize("place", ["PNG", "Kenya"])
def test_comes_and_leaves(place: str) -> None:
    prose = f"The team came to {place} in October 2010 and left in October 2012."
    reading = telling("4th medical team", prose, year="2010")
    told = [value(reading, f) for f in ("departed_on", "arrived_on", "returned_on")]
    assert (told, codes(reading)) == (["", "2010-10", "2012-10"], set())


def test_begins_its_work_when_it_has_come_most_likely() -> None:
    prose = "The team began its work in January 2011."
    reading = telling("4th medical team", prose, year="2011")
    assert proposed(reading, "UNSURE", "arrived_on") == ["2011-01"]
    sure = telling("4th medical team", f"{prose} It arrived in December 2010.", year="2011")
    assert (value(sure, "arrived_on"), codes(sure)) == ("2010-12", set())


@pytest.mark.parametrize(
    ("prose", "others"),
    [
        ("The team was sent by Henan Province and Hunan Province.", ["CN-HN"]),
        ("Henan and Hunan provinces jointly sent the team.", ["CN-HN"]),
        ("The doctors are from Henan, Hubei and Hunan provinces.", ["CN-HB", "CN-HN"]),
        ("The team from Henan was sent to hospitals that Hunan built.", []),
    ],
)
def test_shares_the_sending_of_one_team(prose: str, others: list[str]) -> None:
    reading = telling("4th medical team", prose)
    assert values(reading, "sender") == ["CN-HA"]
    assert values(reading, "sender_with") == others
    assert proposed(reading, "CONTRADICTS", "sender") == []
    assert proposed(reading, "JOINT_SENDERS", "sender") == [""] * len(others)
