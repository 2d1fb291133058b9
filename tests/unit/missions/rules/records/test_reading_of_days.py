"""The days of gifts and short missions, of columns beside prose, and dates that cannot be."""

from __future__ import annotations

import pytest

from tests.unit.missions.rules.records.telling import codes, proposed, telling, value, values

TITLE = "4th medical team"


@pytest.mark.parametrize(
    ("title", "prose", "field", "day"),
    [
        ("Team donates drugs", "On May 3, 2009, the team donated drugs.", "given_on", "2009-05-03"),
        ("Free clinic", "On 3 May 2009 the team treated 90 people.", "held_on", "2009-05-03"),
        ("Cataract surgery", "In May 2009 they offered free operations.", "held_on", "2009-05"),
        ("Cataract surgery", "In 2008 doctors performed 90 operations.", "held_on", ""),
    ],
)
def test_are_told_by_the_prose(title: str, prose: str, field: str, day: str) -> None:
    reading = telling(title, prose)
    assert value(reading, field) == day
    assert value(reading, "departed_on") == value(reading, "arrived_on") == ""


def test_are_a_span_whose_year_is_told_once() -> None:
    prose = "From June 27 to July 1, 2009, doctors performed about 200 cataract operations."
    told = telling("Cataract surgery", prose).first("held_on")
    assert told
    assert (told.value, told.period) == ("2009-06-27", "2009-06-27/2009-07-01")


def test_of_a_short_mission_are_no_journey() -> None:
    reading = telling("Cataract surgery", "They operated.", start_actual="2009-06-27")
    assert (value(reading, "held_on"), value(reading, "departed_on")) == ("2009-06-27", "")


@pytest.mark.parametrize(
    ("prose", "cells", "field", "other"),
    [
        ("It arrived July 28, 2009.", {"start_actual": "2009-07-10"}, "arrived_on", "2009-07-10"),
        ("It left on May 20, 2009.", {"start_planned": "2009-05-11"}, "departed_on", ""),
        ("It arrived in May 2009.", {"start_planned": "2009-07-06"}, "arrived_on", ""),
    ],
)  # fmt: skip
def test_that_differ_from_a_column_are_a_contradiction(
    prose: str, cells: dict[str, str], field: str, other: str
) -> None:
    assert proposed(telling(TITLE, prose, 1, **cells), "CONTRADICTS", field) == [other]


def test_agree_with_a_journey_of_some_days() -> None:
    reading = telling(TITLE, "It arrived on May 9, 2009.", start_actual="2009-05-06")
    assert "CONTRADICTS" not in codes(reading)


def test_that_were_only_planned_are_proposed() -> None:
    reading = telling(TITLE, "It came.", start_planned="2009-05-06", end_planned="2011-05-06")
    assert values(reading, "departed_on") == values(reading, "returned_on") == []
    assert proposed(reading, "UNSURE", "departed_on") == ["2009-05-06"]
    assert values(reading, "planned_end_on") == ["2011-05-06"]


def test_that_cannot_be_give_no_value() -> None:
    reading = telling(TITLE, "The team arrived on 31/06/2007.")
    assert (value(reading, "arrived_on"), codes(reading)) == ("", {"DATE_IMPOSSIBLE"})
    late = telling(TITLE, "It left in May 2009.", end_actual="2009-02-01")
    assert (value(late, "returned_on"), codes(late)) == ("", {"DATE_IMPOSSIBLE"})


@pytest.mark.parametrize(
    ("written", "date"),
    [("15/06/2009", "2009-06-15"), ("06/15/2009", "2009-06-15"), ("05/06/2009", "2009")],
)
def test_in_figures_are_no_closer_than_is_sure(written: str, date: str) -> None:
    assert value(telling(TITLE, f"The team arrived on {written}."), "arrived_on") == date


def test_of_leaving_are_proposed_where_nobody_knows_whether_it_left() -> None:
    prose = "In 2009 the team was dispatched. It is unknown if the team left."
    reading = telling(TITLE, prose)
    assert value(reading, "departed_on") == ""
    assert proposed(reading, "UNSURE", "departed_on") == ["2009"]


@pytest.mark.parametrize(
    "prose",
    [
        "It worked at Alba Hospital, Beton Hospital, and Ceford District Hospital for two years.",
        "China agreed to send a team of 41 doctors and 5 cooks for two years.",
        "It worked in Alba for two years.",
    ],
)
def test_of_a_term_stand_after_its_places(prose: str) -> None:
    assert values(telling(TITLE, prose), "term_months") == ["24"]


def test_since_when_one_team_worked_are_not_those_of_the_series() -> None:
    prose = "China has sent medical teams since 1973. The team has trained 14 nurses since 2008."
    reading = telling(TITLE, prose)
    assert (values(reading, "series_since"), codes(reading)) == (["1973"], set())


def test_are_quoted_by_the_clause_that_states_them() -> None:
    prose = (
        "In June 2009, the two countries signed a deal to send the 4th medical team of 37 doctors "
        "who will work there to exchange experiences and to maintain the devices of the hospital "
        "and to teach in the faculty of medicine and in the school of nurses of the old capital."
    )
    reading = telling(TITLE, prose)
    size, signed = reading.first("size"), reading.first("signed_on")
    assert size
    assert signed
    assert "37 doctors" in size.quote
    assert "June 2009" in signed.quote
    assert max(len(size.quote), len(signed.quote)) <= 160
