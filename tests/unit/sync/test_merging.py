"""Three-way merge: every value that only one side changed is kept, two are never made one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marrow.sync.rules import merge, said_at

VALUES = st.dictionaries(st.sampled_from("abc"), st.integers(0, 2) | st.none())


def test_values_that_only_one_side_changed_go_together() -> None:
    found = merge({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 1, "b": 3})
    assert (found.values, found.parted, found.outcome) == ({"b": 3}, {}, "MERGED")


def test_a_value_that_both_changed_stays_and_waits_for_a_person() -> None:
    found = merge({"a": 1, "b": 1}, {"a": 2, "b": 1}, {"a": 3, "b": 4})
    assert (found.values, found.parted, found.outcome) == ({"b": 4}, {"a": 3}, "CONFLICT")


def test_the_same_value_from_both_is_no_conflict() -> None:
    assert merge({"a": 1}, {"a": 2}, {"a": 2}).outcome == "IDENTICAL"


def test_an_empty_cell_is_a_value_of_its_own() -> None:
    assert merge({}, {"a": 5}, {"a": 7}).parted == {"a": 7}
    assert merge({"a": 5}, {"a": 5}, {"a": None}).values == {"a": None}
    assert merge({"a": 5}, {}, {"a": 6}).parted == {"a": 6}


def test_lists_are_merged_as_sets() -> None:
    found = merge({"a": ["x", "y"]}, {"a": ["x", "y", "z"]}, {"a": ["y", "w"]})
    assert (found.values, found.parted) == ({"a": ["y", "z", "w"]}, {})


@given(VALUES, VALUES, VALUES)
def test_nothing_is_lost_and_nobody_wins_silently(
    before: dict[str, int | None], here: dict[str, int | None], sent: dict[str, int | None]
) -> None:
    found = merge(before, here, sent)
    for name, told in sent.items():
        was, now = before.get(name), here.get(name)
        result = found.values.get(name, now) if name in found.values else now
        if name in found.parted:
            assert told not in (was, now)
            assert now != was
        elif told != was:
            assert result == told
        else:
            assert result == now


AT = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("told", "slow", "right"),
    [
        (AT - dt.timedelta(days=3), 0, AT - dt.timedelta(days=3)),
        (AT - dt.timedelta(days=400), 399 * 86_400, AT - dt.timedelta(days=1)),
        (AT + dt.timedelta(days=400), -401 * 86_400, AT - dt.timedelta(days=1)),
        (AT + dt.timedelta(days=1), 0, AT),
        (dt.datetime(1, 1, 1, tzinfo=dt.UTC), -999_999_999, AT),
    ],
)
def test_a_word_is_as_old_as_the_phone_says_once_its_clock_is_put_right(
    told: dt.datetime, slow: int, right: dt.datetime
) -> None:
    assert said_at(told, slow, AT) == right
