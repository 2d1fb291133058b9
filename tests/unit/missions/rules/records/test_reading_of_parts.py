"""Some of a team are not the team; several teams, senders and countries are not one."""

from __future__ import annotations

import pytest

from tests.unit.missions.rules.records.telling import codes, proposed, telling, value, values


@pytest.mark.parametrize(
    "prose",
    [
        "It has 40 members. Seven returned in May 2010, the other 33 in August.",
        "12 returned to China in June 2010; the others stayed on.",
        "Two of the nine members of the team returned to China in May 2010.",
        "The team of 20 was in Alba, except three doctors who stayed until March 2011.",
    ],
)
def test_some_who_go_home_are_not_the_team(prose: str) -> None:
    reading = telling("4th medical team", prose)
    assert value(reading, "returned_on") == ""
    assert proposed(reading, "CONTRADICTS", "returned_on") == []


def test_all_who_go_home_are_the_team() -> None:
    reading = telling("4th medical team", "It has 33 members. 33 returned in August 2010.")
    assert value(reading, "returned_on") == "2010-08"


def test_is_called_home() -> None:
    prose = "The team arrived in May 2008 and was pulled out in March 2009."
    assert value(telling("4th medical team", prose), "returned_on") == "2009-03"


@pytest.mark.parametrize(
    "prose",
    [
        "Together the 3rd and 4th teams treated 90,000 patients.",
        "The two Chinese teams saw 90,000 patients.",
        "The third and the fourth medical teams received 90,000 patients.",
    ],
)
def test_what_several_teams_did_is_no_figure_of_one(prose: str) -> None:
    reading = telling("4th medical team", prose)
    assert value(reading, "patients") == ""
    assert proposed(reading, "CUMULATIVE_NOT_OWN", "patients") == [""]


@pytest.mark.parametrize(
    ("prose", "sender"),
    [
        ("Hubei took over from Anhui in 1994.", "CN-HB"),
        ("The team is from Hubei (Anhui sent the previous ones).", "CN-HB"),
        ("Doctors from Hubei came in place of Anhui Province.", "CN-HB"),
        ("Hubei Province has been in charge of the teams since 1994.", "CN-HB"),
        ("The 4th team at the clinic (Hubei, 9 members) is in Alba.", "CN-HB"),
    ],
)
def test_who_sends_no_more_is_no_sender(prose: str, sender: str) -> None:
    reading = telling("4th medical team", prose)
    assert values(reading, "sender") == [sender]
    assert value(reading, "arrived_on") == ""
    assert proposed(reading, "CONTRADICTS", "sender") == []


def test_provinces_that_send_together_do_not_replace_each_other() -> None:
    reading = telling("4th medical team", "Hubei and Anhui are sending the team.")
    assert (values(reading, "sender"), values(reading, "sender_with")) == (["CN-HB"], ["CN-AH"])
    assert proposed(reading, "JOINT_SENDERS", "sender") == [""]


@pytest.mark.parametrize(
    ("prose", "size"),
    [
        ("The 4th team of 31 (two cooks among them) left in May 2009.", "31"),
        ("The 4th team arrived in Alba on 3 May 2009 with 31 members.", "31"),
        ("It comes from Hubei and numbers 31.", "31"),
        ("It counted 31 members.", "31"),
        ("The 4th team at the clinic (Hubei, 31 persons) works in Alba.", "31"),
    ],
)
def test_counts_its_people(prose: str, size: str) -> None:
    assert value(telling("4th medical team", prose), "size") == size


def test_counts_no_patients_as_its_people() -> None:
    prose = "The 4th team arrived in May 2009. They had patients who numbered 31."
    assert value(telling("4th medical team", prose), "size") == ""


def test_members_at_the_head_of_a_sentence_are_only_proposed() -> None:
    prose = "Thirty-one members, among them two dentists, worked in Alba."
    reading = telling("4th medical team", prose)
    assert (value(reading, "size"), proposed(reading, "UNSURE", "size")) == ("", ["31"])
    halves = "Ten members work in Alba, another nine work in Beton."
    assert proposed(telling("4th medical team", halves), "UNSURE", "size") == []


def test_a_crew_is_proposed_without_those_among_it() -> None:
    prose = "With a crew of 310, 90 doctors among them, the ship visited Kenya and Fiji in 2009."
    reading = telling("Hospital ship in Kenya", prose)
    assert proposed(reading, "UNSURE", "size") == ["310"]
    assert values(reading, "country") == ["KE", "FJ"]


def test_a_voyage_that_is_planned_calls_nowhere_yet() -> None:
    prose = "The hospital ship will call at Kenya and Fiji."
    assert values(telling("Hospital ship in Kenya", prose), "country") == []


def test_parts_of_a_team_in_several_places() -> None:
    prose = "The team of 9 came in May 2009; five are in Kisumu, four at Lamu."
    assert values(telling("4th medical team", prose), "site") == ["Kisumu", "Lamu"]
    patients = "It treated patients: 50 in Kisumu, 40 in Lamu."
    assert values(telling("4th medical team", patients), "site") == []


def test_a_place_told_of_either_of_two_teams_is_proposed() -> None:
    prose = (
        "The 4th team has 9 members. The 3rd team left in May 2009. "
        "They worked at Kisumu General Hospital."
    )
    reading = telling("4th medical team", prose)
    assert (values(reading, "site"), value(reading, "returned_on")) == ([], "")
    assert proposed(reading, "UNSURE", "site") == ["Kisumu General Hospital"]


@pytest.mark.parametrize(
    "prose",
    [
        "The team has worked at Kisumu General Hospital since 2 May 2009.",
        "The team was in Kisumu from 2 May 2009.",
    ],
)
def test_a_first_day_on_post_is_proposed_as_the_arrival(prose: str) -> None:
    reading = telling("4th medical team", prose)
    assert value(reading, "arrived_on") == ""
    assert proposed(reading, "UNSURE", "arrived_on") == ["2009-05-02"]


@pytest.mark.parametrize(
    ("day", "date"),
    [("8 sept. 2009", "2009-09-08"), ("3 avr. 2009", "2009-04-03"), ("5 févr. 2009", "2009-02-05")],
)
def test_short_months_in_french(day: str, date: str) -> None:
    prose = f"L'équipe est arrivée à Kisumu le {day}. Elle compte neuf membres."
    assert value(telling("4e équipe médicale", prose), "arrived_on") == date


@pytest.mark.parametrize(
    ("title", "prose", "kind"),
    [
        ("Surgeons lecture in Kisumu", "A surgeon gave lectures at the hospital.", "TRAINING"),
        ("Surgeons for Kenya", "China sent a team of surgeons for six months.", "SIX_MONTH_TEAM"),
        ("4th medical team", "The 4th team came for six months.", "RESIDENT_BATCH"),
    ],
)
def test_kinds(title: str, prose: str, kind: str) -> None:
    assert telling(title, prose).kind == kind
    assert "BROKEN_TEXT" not in codes(telling(title, prose))


def test_a_departure_that_was_put_off_is_not_the_planned_one() -> None:
    prose = "The team was to leave in 2008, but its departure was put off until 5 May 2009."
    reading = telling("4th medical team", prose)
    assert (value(reading, "departed_on"), codes(reading)) == ("2009-05-05", set())


@pytest.mark.parametrize(
    ("when", "date"),
    [
        ("in the night of 3 to 4 May 2009", "2009-05"),
        ("some time between March and May 2009", ""),
        ("on 4 May 2009", "2009-05-04"),
    ],
)
def test_is_no_more_precise_than_the_words(when: str, date: str) -> None:
    assert value(telling("4th medical team", f"It arrived {when}."), "arrived_on") == date


def test_the_time_of_its_operations_is_not_its_stay() -> None:
    prose = "The team performed 90 operations between May 2009 and May 2010."
    reading = telling("4th medical team", prose)
    assert (value(reading, "arrived_on"), value(reading, "operations")) == ("", "90")


def test_a_newspaper_sends_no_team() -> None:
    prose = "By the Hunan Daily and the Hubei Evening News the team came in May 2009."
    assert values(telling("4th medical team", prose), "sender") == []


def test_months_before_the_end_are_no_term() -> None:
    prose = "The team left Kenya five months before its term ended."
    assert value(telling("4th medical team", prose), "term_months") == ""


@pytest.mark.parametrize(
    "prose",
    [
        "Hunan has sent teams to Kenya since 1981, each with 12 members.",
        "China has sent 21,000 medical workers to 66 countries since 1963.",
        "Nationwide 21,000 medical workers have been sent to Africa.",
    ],
)
def test_what_counts_all_series_or_each_team_is_no_total_of_this_one(prose: str) -> None:
    reading = telling("4th medical team", prose)
    assert value(reading, "cumulative_members") == ""
    assert "CUMULATIVE_NOT_OWN" not in codes(reading)


def test_relations_that_are_resumed_are_no_series() -> None:
    prose = "After relations were resumed in 2005 medical teams came again."
    assert value(telling("4th medical team", prose), "series_resumed") == ""
    teams = "Medical teams were withdrawn in 1996 but resumed in 2005."
    assert value(telling("4th medical team", teams), "series_resumed") == "2005"


def test_the_team_that_is_withdrawn_did_its_work_itself() -> None:
    prose = "The 4th team came in May 2009. It treated 90 patients and withdrew in June."
    reading = telling("4th medical team", prose)
    assert (value(reading, "patients"), codes(reading)) == ("90", set())
    home = "The 4th team came in May 2009. They were withdrawn on 3 June 2010."
    assert value(telling("4th medical team", home), "returned_on") == "2010-06-03"


def test_a_year_before_a_figure_is_no_figure() -> None:
    prose = "On 3 May 2009 three Chinese health experts arrived in Kisumu."
    assert value(telling("Ebola experts", prose), "size") == "3"


def test_leaves_the_country_that_has_an_article() -> None:
    prose = "The team of 9 left the Gambia in August 2009."
    reading = telling("4th medical team", prose, recipient_condensed="Gambia", recipient_iso2="GM")
    assert (value(reading, "returned_on"), value(reading, "departed_on")) == ("2009-08", "")


def test_what_a_crew_includes_is_a_part_of_it() -> None:
    prose = "Its crew of 310 includes 90 medics. The ship visited Kenya and Fiji."
    assert proposed(telling("Hospital ship", prose), "UNSURE", "size") == ["310"]
    whole = telling("4th medical team", "The team includes 12 doctors.")
    assert value(whole, "size") == "12"


@pytest.mark.parametrize(
    ("title", "prose"),
    [
        ("4th medical team", "Its forerunner saw 900 patients and left in May 2009."),
        ("4e équipe médicale", "Elle a succédé à la troisième, rentrée le 3 sept. 2009."),
    ],
)
def test_what_its_forerunner_did_is_not_its_own(title: str, prose: str) -> None:
    reading = telling(title, prose)
    said = [value(reading, field) for field in ("patients", "departed_on", "returned_on")]
    assert (said, codes(reading)) == (["", "", ""], set())
