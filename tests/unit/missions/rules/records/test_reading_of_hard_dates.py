"""Dates in rarer spellings, columns that cannot be, records that hide a numbered team ..."""

from __future__ import annotations

import pytest

from marrow.missions.rules.records import assemble
from tests.unit.missions.rules.records.telling import codes, proposed, telling, value, values

TITLE = "9th medical team"


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("on Sept. 12, 2009", "2009-09-12"),
        ("in Nov. 2009", "2009-11"),
        ("on Oct. 17, 2009", "2009-10-17"),
        ("on 2009.9.28", "2009-09-28"),
        ("on 2009/9/8", "2009-09-08"),
        ("2009年9月28日", "2009-09-28"),
        ("in June/July 2009", "2009"),
        ("in June or July 2009", "2009"),
    ],
)
def test_are_no_closer_than_their_words(written: str, date: str) -> None:
    assert values(telling(TITLE, f"The team arrived in Alba {written}."), "arrived_on") == [date]


def test_of_two_months_are_a_span_of_a_visit() -> None:
    prose = "The ship visited Alba from August to September 2009 and treated 300 patients."
    told = telling("Hospital ship in Alba", prose).first("held_on")
    assert told
    assert (told.value, told.period) == ("2009-08", "2009-08/2009-09")


def test_of_being_seen_off_are_a_departure() -> None:
    prose = "The 9th team was seen off on 28 December 2009 and reached Alba on New Year's Eve."
    reading = telling(TITLE, prose)
    assert (values(reading, "departed_on"), values(reading, "arrived_on")) == (["2009-12-28"], [])


def test_of_coming_and_going_on_one_day_are_doubted() -> None:
    reading = telling(TITLE, "It came.", start_actual="2009-10-17", end_actual="2009-10-17")
    assert (values(reading, "returned_on"), codes(reading)) == ([], {"DATE_IMPOSSIBLE"})


def test_in_a_column_do_not_pass_over_the_prose() -> None:
    prose = "The 9th team's 36 members went to Alba and Beton in December 2008."
    reading = telling(TITLE, prose, start_actual="2009-12-20")
    assert values(reading, "departed_on") == ["2008-12"]
    assert proposed(reading, "CONTRADICTS", "departed_on") == ["2009-12-20"]


def test_of_leaving_after_being_sent_are_the_way_home() -> None:
    prose = "In June 2009 Henan dispatched the 9th team to Kenya. The team left in June 2011."
    reading = telling(TITLE, prose)
    assert (value(reading, "departed_on"), value(reading, "returned_on")) == ("2009-06", "2011-06")
    assert codes(reading) == set()


def test_of_fleeing_are_no_return() -> None:
    prose = (
        "In February 2010 the members were evacuated to Beton. "
        "The 9th team arrived in May 2009 and left in June 2011."
    )
    assert values(telling(TITLE, prose), "returned_on") == ["2011-06"]


@pytest.mark.parametrize(
    "prose",
    [
        "Since 1975 it sends medical teams, with an interruption from 1996 to 2007.",
        "The medical teams stopped coming between 1996 and 2007.",
    ],
)
def test_of_a_stop_and_its_end_are_told(prose: str) -> None:
    reading = telling(TITLE, prose)
    assert (value(reading, "series_stopped"), value(reading, "series_resumed")) == ("1996", "2007")


def test_a_numbered_team_is_no_silent_row() -> None:
    prose = "The ninth team works in the acupuncture department of the hospital."
    reading = telling("Acupuncture team", prose)
    assert (reading.kind, value(reading, "ordinal")) == ("RESIDENT_BATCH", "9")


def test_who_sends_to_the_island_is_not_who_sends_to_the_mainland() -> None:
    prose = "Shandong Province sends teams to the mainland and Jiangsu sends to Zanzibar."
    mainland = telling("20th medical team to mainland Tanzania", prose)
    island = telling("20th medical team to Zanzibar", prose)
    assert (values(mainland, "sender"), values(island, "sender")) == (["CN-SD"], ["CN-JS"])
    assert "CONTRADICTS" not in codes(mainland) | codes(island)


@pytest.mark.parametrize(
    "prose",
    [
        "Nine are buried in the cemetery of the capital.",
        "Two members gave their lives.",
        "Three of them are buried in Alba.",
    ],
)
def test_of_whom_graves_tell_a_person_is_asked(prose: str) -> None:
    assert "DEATH" in codes(telling(TITLE, prose))


def test_of_whom_a_municipality_sends_is_the_sender() -> None:
    prose = "L'équipe, envoyée par la municipalité de Tianjin, est arrivée."
    assert values(telling(TITLE, prose), "sender") == ["CN-TJ"]


def test_two_numbers_in_one_title_leave_no_gap() -> None:
    rows = [
        telling("9th and 10th medical teams to Kenya", "The 9th team arrived in May 2007.", 1),
        telling("11th medical team to Kenya", "The 11th team arrived in May 2011.", 2),
    ]
    series = assemble(rows).series[0]
    assert [doubt.code for doubt in series.doubts if doubt.code == "GAP"] == []
    assert proposed(rows[0], "CONTRADICTS", "ordinal") == []
