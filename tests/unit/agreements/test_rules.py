"""What stands, how long somebody served, and where two sides differ: decided without a database."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from marrow.agreements.rules import (
    DONE,
    DROPPED,
    UNDER_WAY,
    UNKNOWN,
    far_apart,
    stands,
    years_served,
)

TODAY = dt.date(2026, 11, 28)


@pytest.mark.parametrize(
    ("aim", "reached", "state"),
    [(12, None, UNKNOWN), (12, 0, UNDER_WAY), (12, 11, UNDER_WAY), (12, 12, DONE), (0, 0, DONE),
     (None, None, UNKNOWN)],
)  # fmt: skip
def test_what_nobody_told_is_unknown_and_nothing_is_no_number(
    aim: int | None, reached: int | None, state: str
) -> None:
    told = [None if n is None else Decimal(n) for n in (aim, reached)]
    assert stands(*told) == state


def test_a_day_makes_a_task_done_and_a_dropped_one_stays_dropped() -> None:
    assert stands(None, None, done=True) == DONE
    assert stands(Decimal(3), Decimal(3), done=True, dropped=True) == DROPPED


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [("2014-03", "", 12), ("2014", "", 11), ("2025-11-28", "", 1), ("2025-11-29", "", 0),
     ("2009", "2021-06", 11), ("2024", "2024", 0), ("", "2020", None)],
)  # fmt: skip
def test_years_served_are_those_that_are_certain(since: str, until: str, years: int | None) -> None:
    assert years_served(since, until, TODAY) == years


def test_two_points_between_the_sides_are_far_and_unknown_is_not() -> None:
    assert far_apart(4, 2)
    assert not far_apart(3, 2)
    assert not far_apart(None, 0)
