"""Which level should contain what, what a file's words mean, what changed between versions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marrow.catalogue.rules.levels import keeper, level_of
from marrow.catalogue.rules.needs import Need, needs_of
from marrow.catalogue.rules.severities import severity_of
from marrow.catalogue.rules.versions import difference, twice


@pytest.mark.parametrize(
    ("severity", "told", "level"),
    [
        ("MINOR", "", "COUNTY"), ("MODERATE", "", "CITY"), ("SERIOUS", "", "REGION"),
        ("SERIOUS", "COUNTRY", "COUNTRY"), ("MODERATE", "COUNTY", "COUNTY"),
    ],
)  # fmt: skip
def test_severity_says_the_level_unless_the_item_says_its_own(
    severity: str, told: str, level: str
) -> None:
    assert level_of(severity, told) == level


def test_a_country_without_regions_contains_what_a_region_should() -> None:
    assert keeper("REGION", ("COUNTY", "COUNTRY", "WORLD_REGION")) == "COUNTRY"
    assert keeper("CITY", ("COUNTY", "CITY", "REGION", "COUNTRY")) == "CITY"
    assert keeper("COUNTRY", ("WORLD_REGION",)) == ""


def test_a_line_of_needs_opens_its_sets_and_says_each_once() -> None:
    sets = {"theatre": "DOCTOR:ANAESTHESIA:1 table:1 oxygen"}
    assert needs_of("DOCTOR:BURNS:2 @theatre table:3", sets) == [
        Need("DOCTOR", "BURNS", "", 2), Need("DOCTOR", "ANAESTHESIA", "", 1),
        Need(thing="table", count=1), Need(thing="oxygen"),
    ]  # fmt: skip
    with pytest.raises(KeyError):
        needs_of("@nothing", {})


@pytest.mark.parametrize(
    ("word", "code"),
    [("大病", "SERIOUS"), (" Moderate ", "MODERATE"), ("légère", "MINOR"), ("", ""), ("odd", None)],
)
def test_words_of_severity_are_read_in_three_languages(word: str, code: str | None) -> None:
    assert severity_of(word) == code


@given(st.lists(st.integers(0, 30), unique=True), st.lists(st.integers(0, 30), unique=True))
def test_what_came_and_went_makes_the_new_version_of_the_old(
    old: list[int], new: list[int]
) -> None:
    found = difference(old, new)
    assert (set(old) | set(found.added)) - set(found.gone) == set(new)
    assert found.stayed + len(found.added) == len(new)


def test_what_stands_twice_is_named_once() -> None:
    assert twice([1, 2, 1, 3, 1, 2]) == [1, 2]
