"""Who fits a post, who nearly fits, and what is missing: nothing is hidden."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marrow.people.rules.fitting import (
    FITS,
    LEVELS,
    NEARLY,
    NOT,
    Candidate,
    Departure,
    Wanted,
    at_least,
    home_by,
    lacks,
    rests_until,
    verdict,
)

D = dt.date
POST = Wanted("ANAESTHESIA", "ATTENDING", {"fr": "B1"}, D(2027, 3, 14), D(2028, 9, 14))
ABLE = Candidate(
    "ANAESTHESIA", "CHIEF", {"fr": "B2"}, licence_until=D(2030, 1, 1), has_licence=True,
    needs_licence=True, willing=True, homecomings=(D(2024, 1, 1),),
)  # fmt: skip


def codes(who: Candidate, wanted: Wanted = POST) -> list[str]:
    return [lack.code for lack in lacks(who, wanted)]


def test_somebody_who_lacks_nothing_fits() -> None:
    assert codes(ABLE) == []
    assert verdict(lacks(ABLE, POST)) == FITS


@pytest.mark.parametrize(
    ("changed", "code", "says"),
    [
        ({"specialty": "INTERNAL"}, "SPECIALTY", NOT),
        ({"willing": False}, "UNWILLING", NOT),
        ({"away": ((D(2027, 1, 1), None),)}, "AWAY", NOT),
        ({"away": ((D(2027, 1, 1), D(2027, 3, 15)),)}, "AWAY", NOT),
        ({"homecomings": (D(2026, 6, 1),)}, "REST", NEARLY),
        ({"has_licence": False}, "NO_LICENCE", NEARLY),
        ({"licence_until": D(2028, 1, 1)}, "LICENCE_ENDS", NEARLY),
        ({"grade": "RESIDENT"}, "GRADE", NEARLY),
        ({"languages": {}}, "LANGUAGE", NEARLY),
        ({"languages": {"fr": "A2"}}, "LANGUAGE", NEARLY),
    ],
)
def test_each_lack_is_named(changed: dict[str, object], code: str, says: str) -> None:
    who = replace(ABLE, **changed)  # type: ignore[arg-type]
    assert codes(who) == [code]
    assert verdict(lacks(who, POST)) == says


def test_away_until_tells_the_last_day_away_not_the_first_day_back() -> None:
    (away,) = lacks(replace(ABLE, away=((D(2027, 1, 1), D(2027, 3, 15)),)), POST)
    assert away.params == (("until", "2027-03-14"),)


def test_days_that_touch_do_not_overlap() -> None:
    before = ((D(2026, 1, 1), D(2027, 3, 14)),)
    after = ((D(2028, 9, 14), None),)
    assert codes(replace(ABLE, away=before + after)) == []


def test_a_licence_whose_end_nobody_told_is_neither_good_for_ever_nor_over() -> None:
    assert codes(replace(ABLE, licence_until=None)) == ["LICENCE_UNTOLD"]
    assert verdict(lacks(replace(ABLE, licence_until=None), POST)) == NEARLY
    early = replace(ABLE, licence_until=D(2028, 1, 1), end_untold=True)
    assert codes(early) == ["LICENCE_UNTOLD"], "the other one may last, and may not"
    assert codes(replace(ABLE, end_untold=True)) == [], "another is told to last"


def test_an_interpreter_needs_no_licence() -> None:
    assert codes(replace(ABLE, needs_licence=False, has_licence=False)) == []


def test_many_small_lacks_are_too_many() -> None:
    who = replace(ABLE, grade="RESIDENT", languages={}, has_licence=False)
    assert verdict(lacks(who, POST)) == NOT


@given(st.sampled_from(LEVELS), st.sampled_from(LEVELS))
def test_levels_are_ordered(one: str, other: str) -> None:
    assert at_least(one, other) or at_least(other, one)
    assert at_least(one, other) == (LEVELS.index(one) >= LEVELS.index(other))
    assert not at_least("", other)


def test_rest_is_asked_after_a_mission_that_is_still_to_end() -> None:
    """On post until a month before the post begins: home too short, though not home yet."""
    assert codes(replace(ABLE, homecomings=(D(2020, 1, 1), D(2027, 2, 1)))) == ["REST"]
    assert codes(replace(ABLE, homecomings=(D(2029, 1, 1),))) == []


@pytest.mark.parametrize(("months", "until"), [(None, "2027-05-31"), (24, "2028-05-31")])
def test_a_programme_rests_its_people_by_its_own_rule(months: int | None, until: str) -> None:
    rested = replace(ABLE, homecomings=(D(2026, 6, 1),))
    found = lacks(rested, replace(POST, rest_months=months))
    assert [dict(lack.params)["until"] for lack in found] == [until]
    assert lacks(rested, replace(POST, rest_months=6)) == []


def test_who_leaves_again_later_fits_before_it_where_there_is_rest_between() -> None:
    """Home from the post on 14 September 2028; a year of rest is due before they leave again."""
    again = D(2029, 9, 14)
    assert codes(replace(ABLE, departures=(Departure(D(2026, 1, 1)), Departure(again)))) == []
    day_before = again - dt.timedelta(days=1)
    soon = replace(ABLE, departures=(Departure(day_before),))
    assert codes(soon) == ["REST_BEFORE"]
    assert verdict(lacks(soon, POST)) == NEARLY
    assert codes(replace(ABLE, departures=(Departure(day_before, 6),))) == []
    assert lacks(soon, replace(POST, rest_months=6)) != [], "it is the mission to which one goes"


@given(st.dates(D(2020, 1, 1), D(2040, 1, 1)), st.integers(0, 60))
def test_home_by_that_day_leaves_the_rest_and_a_day_later_does_not(
    leaves: dt.date, months: int
) -> None:
    home = home_by(leaves, months)
    assert rests_until(home, months) <= leaves < rests_until(home + dt.timedelta(days=1), months)
