"""Two grains of one figure are settled, never added; an outlier is far from its own series."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marrow.activity.rules.months import after, expected
from marrow.activity.rules.outliers import standing_out
from marrow.activity.rules.settling import (
    DAILY,
    MONTHLY,
    SINGLE,
    Cell,
    Part,
    Told,
    settled,
    whole_of,
)

MARCH = dt.date(2026, 3, 1)
HERE, THERE, TEAM, OTHERS = (UUID(int=n) for n in range(1, 5))
KEY = ("VISIT", MARCH, "")


def told(grain: str, value: int, place: UUID | None = HERE, mission: UUID | None = None) -> Told:
    return Told("VISIT", MARCH, grain, Decimal(value), place, mission)


def test_what_nobody_told_of_has_no_cell() -> None:
    assert settled([]) == {}


@given(report=st.integers(0, 999), singles=st.lists(st.integers(1, 9), min_size=1))
def test_a_report_stands_and_the_single_records_stand_beside_it(
    report: int, singles: list[int]
) -> None:
    cell = settled([told(MONTHLY, report), *(told(SINGLE, n) for n in singles)])[KEY]
    assert [cell.value, cell.differs] == [report, report - sum(singles)]


def test_a_place_without_a_report_keeps_its_single_records() -> None:
    cell = settled([told(MONTHLY, 10), told(SINGLE, 3), told(SINGLE, 4, THERE)])[KEY]
    assert cell == Cell(Decimal(14), Decimal(10), Decimal(3))


def test_a_visit_is_in_a_number_of_a_day_or_told_by_itself_and_the_report_stands_over_both() -> (
    None
):
    of_team = [told(DAILY, 40, None, TEAM), told(SINGLE, 3, HERE, TEAM)]
    assert settled(of_team)[KEY] == Cell(Decimal(43), None, Decimal(43))
    with_report = settled([*of_team, told(MONTHLY, 44, HERE, TEAM)])[KEY]
    assert [with_report.value, with_report.single, with_report.differs] == [44, 43, 1]
    elsewhere = settled([*of_team, told(MONTHLY, 41, THERE, TEAM)])[KEY]
    assert [elsewhere.value, elsewhere.single, elsewhere.differs] == [44, 40, 1]


def test_two_teams_are_two_things_and_add_up() -> None:
    cell = settled([told(MONTHLY, 10, HERE, TEAM), told(MONTHLY, 5, HERE, OTHERS)])[KEY]
    assert cell.value == 15


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([], None),
        ([Part("", "", Decimal(9)), Part("ENT", "", Decimal(4))], 9),
        ([Part("ENT", "", Decimal(4)), Part("", "LOCAL", Decimal(7))], 4),
        ([Part("", "LOCAL", Decimal(7)), Part("", "OTHER", Decimal(1))], 8),
        ([Part("ENT", "LOCAL", Decimal(2)), Part("ENT", "OTHER", Decimal(1))], 3),
        ([Part("", "", Decimal(0))], 0),
    ],
)
def test_the_parts_of_a_report_are_not_added_to_its_whole(
    parts: list[Part], whole: int | None
) -> None:
    assert whole_of(parts) == whole


def test_a_team_is_expected_from_its_first_report_until_a_year_after_its_last() -> None:
    assert list(expected(MARCH, after(MARCH), dt.date(2026, 6, 20))) == [
        MARCH, after(MARCH), after(MARCH, 2),
    ]  # fmt: skip
    assert len(list(expected(MARCH, MARCH, dt.date(2036, 1, 1)))) == 13


def test_a_hospital_is_expected_to_report_as_long_as_it_stands() -> None:
    assert len(list(expected(MARCH, None, dt.date(2036, 3, 1)))) == 120


def test_a_value_far_from_its_series_stands_out_and_a_steady_one_does_not() -> None:
    series = [100.0, 104, 98, 101, 99, 103, 97, 100, 102, 900]
    assert standing_out(series) == [9]
    assert standing_out([*series[:9], 106]) == []
    assert standing_out([0.0] * 11 + [3]) == []  # a difference of three is never told
    assert standing_out([0.0] * 11 + [400]) == [11]
    assert standing_out([1.0, 900]) == []  # too few to say


@given(st.lists(st.floats(0, 1e6), max_size=30), st.floats(0.5, 50))
def test_equal_months_never_stand_out(values: list[float], one: float) -> None:
    assert standing_out([one] * 12) == []
    assert all(0 <= place < len(values) for place in standing_out(values))
