"""When a record says that a team travelled, what it did, and what it leaves open."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marrow.missions.rules.records import CODES, FIELDS, KINDS, read
from marrow.missions.rules.records.reading import COLUMNS_NEEDED
from tests.unit.missions.rules.records.telling import codes, proposed, telling, value, values


@pytest.mark.parametrize(
    ("prose", "field", "date"),
    [
        ("On 9 September 2006, the team left China for Kenya.", "departed_on", "2006-09-09"),
        ("The team arrived in Kenya on September 9, 2006.", "arrived_on", "2006-09-09"),
        ("The team arrived in early 2006.", "arrived_on", "2006"),
        ("The team returned to China at the end of 2005.", "returned_on", "2005"),
        ("They completed their mission in August 2008.", "returned_on", "2008-08"),
        ("The team worked there until May 2010.", "returned_on", "2010-05"),
        ("An agreement to send the 4th team was signed in June 2006.", "signed_on", "2006-06"),
    ],
)  # fmt: skip
def test_dates_its_journey_no_closer_than_its_words(prose: str, field: str, date: str) -> None:
    assert values(telling("4th medical team", prose), field) == [date]


def test_gives_each_date_to_its_own_verb() -> None:
    prose = "The 4th team arrived on 3 May 2006, moved to Alba in June 2007 and returned in 2008."
    reading = telling("4th medical team", prose)
    assert (value(reading, "arrived_on"), value(reading, "returned_on")) == ("2006-05-03", "2008")


def test_reads_a_span_of_work_as_arrival_and_return() -> None:
    reading = telling(
        "4th medical team", "The 4th team worked there from August 2004 to August 2006."
    )
    assert (value(reading, "arrived_on"), value(reading, "returned_on")) == ("2004-08", "2006-08")


def test_leaves_out_what_it_tells_of_the_team_before() -> None:
    prose = (
        "On 17 October 2007 the 5th medical team arrived to replace the 4th team, "
        "which had been working since September 2005 with 33 members."
    )
    reading = telling("5th medical team", prose)
    assert (value(reading, "arrived_on"), value(reading, "size")) == ("2007-10-17", "")


def test_proposes_the_day_of_handing_over_as_the_return() -> None:
    prose = "The 4th team came. The work was handed over to the 5th medical team in March 2010."
    reading = telling("4th medical team", prose)
    assert value(reading, "returned_on") == ""
    assert proposed(reading, "UNSURE", "returned_on") == ["2010-03"]


def test_takes_the_columns_date_when_the_prose_is_silent() -> None:
    told = telling("4th medical team", "It came.", start_actual="2009-05-06").first("departed_on")
    assert told
    assert (told.value, told.column) == ("2009-05-06", "start_actual")


def test_takes_only_the_year_of_a_column_that_says_the_first_of_january() -> None:
    assert value(telling("4th medical team", start_actual="2009-01-01"), "departed_on") == "2009"


def test_keeps_the_prose_and_doubts_a_column_that_says_otherwise() -> None:
    reading = telling(
        "4th medical team", "The team arrived in July 2009.", start_actual="2008-01-15"
    )
    assert value(reading, "arrived_on") == "2009-07"
    assert proposed(reading, "CONTRADICTS", "arrived_on") == ["2008-01-15"]


@pytest.mark.parametrize(
    ("prose", "cells"),
    [
        ("The team arrived on 31 February 2009.", {}),
        ("The team arrived in May 2009. It returned in March 2008.", {}),
        ("It came.", {"start_actual": "2009-05-05", "end_actual": "2009-02-02"}),
        ("It came.", {"start_actual": "2009-13-45"}),
    ],
)
def test_doubts_a_date_that_cannot_be(prose: str, cells: dict[str, str]) -> None:
    assert "DATE_IMPOSSIBLE" in codes(telling("4th medical team", prose, 1, **cells))


@pytest.mark.parametrize(
    ("prose", "months"),
    [
        ("They left on a two-year mission.", "24"),
        ("The team worked there for a year and a half.", "18"),
        ("The team will stay for 6 months.", "6"),
        ("China has been sending medical teams every two years.", ""),
    ],
)
def test_gives_its_term_but_not_the_rhythm_of_the_series(prose: str, months: str) -> None:
    assert value(telling("4th medical team", prose), "term_months") == months


def test_tells_since_when_the_series_runs_and_when_it_stopped_and_resumed() -> None:
    prose = (
        "China has been sending medical teams since April 1971. "
        "The medical teams withdrew in 1993 due to war but resumed in July 2003."
    )
    reading = telling("4th medical team", prose)
    assert value(reading, "series_since") == "1971-04"
    assert value(reading, "series_stopped") == "1993"
    assert value(reading, "series_resumed") == "2003-07"


def test_counts_what_its_team_did_with_the_words_that_soften_it() -> None:
    prose = "The team treated over 31,000 patients and performed about 520 operations."
    reading = telling("4th medical team", prose)
    patients, operations = reading.first("patients"), reading.first("operations")
    assert patients
    assert operations
    assert (patients.value, patients.precision) == ("31000", "OVER")
    assert (operations.value, operations.precision) == ("520", "ABOUT")


def test_keeps_visits_and_patients_apart() -> None:
    reading = telling(
        "4th medical team", "It recorded 6,300 outpatient visits and treated 900 inpatients."
    )
    assert (value(reading, "visits"), value(reading, "patients")) == ("6300", "900")


def test_never_takes_the_figure_of_a_whole_series_for_its_own() -> None:
    prose = "Since 1975, 20 teams with 650 members have treated 650,000 patients."
    reading = telling("21st medical team", prose)
    told = reading.first("cumulative_patients")
    assert told
    assert (told.value, told.period) == ("650000", "1975/")
    assert value(reading, "patients") == ""
    assert value(reading, "size") == ""
    assert value(reading, "cumulative_teams") == "20"
    assert value(reading, "cumulative_members") == "650"
    assert "CUMULATIVE_NOT_OWN" in codes(reading)


def test_proposes_nothing_of_what_was_still_to_be_done() -> None:
    reading = telling("4th medical team", "The team will perform 900 operations.")
    assert value(reading, "operations") == ""
    assert proposed(reading, "UNSURE", "operations") == [""]


def test_gives_the_worth_of_a_donation_in_its_currency() -> None:
    reading = telling("4th medical team donates drugs", "The drugs are worth over 90,000 RMB.")
    told = reading.first("donated_value")
    assert reading.kind == "DONATION"
    assert told
    assert (told.value, told.unit, told.precision) == ("90000", "CNY", "OVER")


def test_says_that_its_statistics_are_incomplete() -> None:
    reading = telling(
        "4th medical team", "According to incomplete statistics, it treated 900 patients."
    )
    assert value(reading, "incomplete") == "yes"


@pytest.mark.parametrize(
    ("title", "prose", "kind"),
    [
        ("4th Chinese medical team", "", "RESIDENT_BATCH"),
        ("Hospital ship visits Kenya", "It treated 90 patients.", "HOSPITAL_SHIP"),
        ("China sends earthquake relief team", "A medical team came.", "RELIEF_TEAM"),
        ("[EBOLA] China sends experts", "Three health experts came.", "OUTBREAK_EXPERTS"),
        ("Brightness Action in Kenya", "Doctors restored the sight of 90.", "SHORT_SURGICAL"),
        ("Medical team holds free clinic", "It saw 90 people.", "FREE_CLINIC"),
        ("China donates medicine to Kenya", "", "DONATION"),
        ("Seminar on hospital management", "It was held in May.", "TRAINING"),
        ("Hospitals to be twinned", "Two hospitals agreed.", "TWINNING"),
        ("China sends rescue team", "A 60-member rescue team came.", "RELIEF_TEAM"),
        ("China builds a road", "The road is long.", "NOT_A_MISSION"),
        ("Loan for medical vehicles", "A bank lent money.", "LOAN"),
    ],
)
def test_is_of_one_kind(title: str, prose: str, kind: str) -> None:
    assert telling(title, prose).kind == kind


def test_stands_in_the_series_of_the_island_it_names() -> None:
    prose = "The 20th medical team to Zanzibar arrived on 3 June 2009."
    reading = telling("Chinese medical team", prose, recipient_condensed="Tanzania",
                      recipient_iso2="TZ")  # fmt: skip
    assert reading.track == "SITE:Zanzibar"


def test_doubts_a_row_without_a_recipient() -> None:
    reading = telling(
        "4th medical team to Uganda", recipient_iso2="", recipient_condensed="Africa, regional"
    )
    assert [d.proposes for d in reading.doubts if d.code == "NO_RECIPIENT"] == ["UG"]


def test_takes_congo_for_either_of_the_two() -> None:
    reading = telling("4th medical team to Congo", recipient_iso2="CD", recipient_condensed="")
    assert "OTHER_COUNTRY" not in codes(reading)


def test_doubts_a_country_that_is_not_its_recipient() -> None:
    reading = telling("4th Chinese medical team to Uganda")
    assert [d.proposes for d in reading.doubts if d.code == "OTHER_COUNTRY"] == ["UG"]


@pytest.mark.parametrize("status", ["Pipeline: Pledge", "Cancelled", "Suspended"])
def test_doubts_what_may_not_have_taken_place(status: str) -> None:
    assert "STATUS" in codes(telling("4th medical team", status=status))


@pytest.mark.parametrize("words", ["a caf\ufffd in town", "the hÃ©pital", "Alba _„î town"])
def test_doubts_broken_characters(words: str) -> None:
    assert "BROKEN_TEXT" in codes(telling("4th medical team", f"The team worked near {words}."))


def test_knows_its_recipient_by_name_when_the_code_is_missing() -> None:
    assert (
        telling(
            "4th medical team", recipient_iso2="", recipient_condensed="Cote d'Ivoire"
        ).recipient
        == "CI"
    )


def test_has_the_same_fingerprint_however_its_spaces_and_capitals_fall() -> None:
    one = telling("4th Medical Team", "The team  came.", project_id="1")
    other = telling("4th medical team ", "The team came.", project_id="2")
    assert one.fingerprint == other.fingerprint != telling("5th medical team").fingerprint


def test_is_read_when_every_cell_is_missing() -> None:
    assert read({}, 7).kind == "NOT_A_MISSION"


_FRAGMENTS = st.sampled_from(
    [
        "the 12th medical team", "of 20 members", "arrived in Kenya", "on 9 May 2006", ". ", ", ",
        "from Hubei Province", "since 1975", "treated over 5,000 patients", "returned in 2008",
        "to replace the 11th team", "(7th from Gansu)", "at Alba Hospital", "and", "worth $5,000",
        "two-year mission", "No. 21", "31 June 2005", "\ufffd", "In ", "la 18e équipe médicale",
        "31/06/2007", "sixteen doctors, two cooks", "Women and Child Hospital of Alba", "each team",
        "died", "awarded the Legion of Honor", "From June 27 to July 1, 2011", "Kenya",
        "(95 persons)",
    ]
)  # fmt: skip
_CELL = st.one_of(st.text(max_size=120), st.lists(_FRAGMENTS, max_size=25).map(" ".join))


@settings(max_examples=300, deadline=None)
@given(
    cells=st.dictionaries(st.sampled_from([*COLUMNS_NEEDED, "title", "description"]), _CELL),
    number=st.integers(1, 9_999),
)
def test_is_never_refused_and_always_quotes_its_own_words(
    cells: dict[str, str], number: int
) -> None:
    reading = read(cells, number)
    assert reading.kind in KINDS
    for told in reading.told:
        assert told.field in FIELDS
        assert told.quote
        assert told.quote in cells[told.column]
        assert len(told.quote) <= 300
    for doubt in reading.doubts:
        assert doubt.code in CODES
        for column, words in doubt.quotes:
            assert words in cells[column]


@settings(max_examples=8, deadline=None)
@given(word=_CELL.filter(bool))
def test_is_read_however_long_its_cells_are(word: str) -> None:
    long = word * (30_000 // len(word))
    assert read({"title": "4th medical team", "description": long}, 1).kind


@pytest.mark.parametrize(
    ("prose", "left", "came", "home"),
    [
        ("It arrived on 5 March 2012 and left on 4 January 2011.", "", "2012-03-05", "2011-01-04"),
        ("It arrived on 31 February 2011 and left on 30 November 2013.", "", "", "2013-11-30"),
        ("It arrived in May 2009 after it left on 2 May 2009.", "2009-05-02", "2009-05", ""),
        ("It arrived in May 2009, having left Beijing on 2 May 2009.", "2009-05-02", "2009-05", ""),
    ],
)
def test_goes_home_where_its_leaving_is_told_after_its_coming(
    prose: str, left: str, came: str, home: str
) -> None:
    reading = telling("4th medical team", prose, year="2011")
    told = [value(reading, field) for field in ("departed_on", "arrived_on", "returned_on")]
    assert told == [left, came, home]
