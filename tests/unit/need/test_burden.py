"""Who left is settled, never added twice; unknown is never 0; precision is a share."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marrow.capacity.rules.care import Care
from marrow.need.rules.burden import Left, Telling, by_people, of_last_year, of_year
from marrow.need.rules.precision import Answer, Seat, answering, precision
from marrow.need.rules.saving import saved
from marrow.need.rules.states import proposed

TOP, PART = "/GN/", "/GN/county/"
TODAY = dt.date(2026, 11, 24)


def year(number: int, patients: int, path: str = TOP, **more: Any) -> Telling:
    return Telling(path, "YEAR", dt.date(number, 1, 1), patients, **more)


def month(number: int, at: int, patients: int, path: str = TOP) -> Telling:
    return Telling(path, "MONTH", dt.date(number, at, 1), patients)


def test_months_and_the_year_are_two_tellings_of_one_figure() -> None:
    months = [month(2025, m, 10) for m in range(1, 13)]
    assert of_year([*months, year(2025, 130)], 2025, TOP) == Left(120, tellings=tuple(months))
    assert of_year([*months[:5], year(2025, 130)], 2025, TOP).patients == 130  # type: ignore[union-attr]
    some = of_year(months[:5], 2025, TOP)
    assert some
    assert (some.patients, some.months, some.whole) == (50, 5, False)


def test_destinations_of_one_period_are_added() -> None:
    told = [year(2025, 30), year(2025, 12)]
    assert of_year(told, 2025, TOP).patients == 42  # type: ignore[union-attr]


def test_a_hospital_is_within_its_county_and_the_county_within_the_country() -> None:
    hospital = year(2025, 7, PART + "h/")
    assert of_year([hospital, year(2025, 20, PART)], 2025, TOP).patients == 20  # type: ignore[union-attr]
    parts = of_year([hospital, year(2025, 5, "/GN/other/")], 2025, TOP)
    assert parts
    assert (parts.patients, parts.whole) == (12, False)
    assert of_year([hospital, year(2025, 50)], 2025, TOP) == Left(50, tellings=(year(2025, 50),))
    other_year = of_year([hospital, year(2024, 50)], 2025, TOP)  # the area told of another year
    assert other_year
    assert other_year.patients == 7


def test_one_month_told_of_a_region_does_not_hide_a_year_of_its_hospitals() -> None:
    hospital, other = year(2025, 100, PART + "h/"), year(2025, 5, "/GN/other/")
    told = of_year([hospital, other, month(2025, 1, 1)], 2025, TOP)
    assert told
    assert (told.patients, told.whole, told.tellings) == (105, False, (hospital, other))
    more = of_year([hospital, *(month(2025, m, 60) for m in range(1, 6))], 2025, TOP)
    assert more
    assert (more.patients, more.months, more.whole) == (300, 5, False)  # at least: never both added
    assert of_year([hospital, *(month(2025, m, 1) for m in range(1, 13))], 2025, TOP).patients == 12  # type: ignore[union-attr]


def test_the_last_year_is_what_was_told_of_it_or_unknown() -> None:
    assert of_last_year([], TODAY, TOP) is None
    assert of_last_year([year(2023, 400)], TODAY, TOP) is None
    assert of_last_year([year(2025, 400)], TODAY, TOP).patients == 400  # type: ignore[union-attr]
    recent = [month(2025, 11, 3), month(2025, 12, 3), *(month(2026, m, 3) for m in range(1, 11))]
    assert of_last_year([*recent, year(2025, 400)], TODAY, TOP).patients == 36  # type: ignore[union-attr]
    assert of_last_year([month(2026, 11, 9)], TODAY, TOP) is None  # not over
    assert of_last_year([year(2025, 0)], TODAY, TOP) == Left(0, tellings=(year(2025, 0),))


known = st.one_of(st.none(), st.integers(0, 1000))
tellings = st.builds(
    Telling, st.sampled_from([TOP, PART, PART + "h/", "/GN/other/"]),
    st.sampled_from(["MONTH", "YEAR"]),
    st.builds(lambda y, m: dt.date(y, m, 1), st.integers(2024, 2026), st.integers(1, 12)),
    st.integers(0, 500),
)  # fmt: skip


@given(st.lists(known))
def test_unknown_never_counts_as_nought(found: list[int | None]) -> None:
    """All that are known come first, the most people first; nought is known."""
    ranked = sorted(found, key=by_people)
    told = [n for n in ranked if n is not None]
    assert ranked == sorted(told, reverse=True) + [None] * (len(found) - len(told))


@given(st.lists(tellings, max_size=12), st.lists(tellings, max_size=3))
def test_a_figure_is_there_only_where_somebody_told_it(
    told: list[Telling], more: list[Telling]
) -> None:
    found = of_last_year(told, TODAY, TOP)
    if found is None:
        assert not any(t.grain == "YEAR" and t.from_on.year == 2025 for t in told)
    else:
        assert found.tellings
        assert set(found.tellings) <= set(told)
        assert found.patients == sum(t.patients for t in found.tellings)
        assert found.patients <= sum(t.patients for t in told)
        assert of_last_year(told + more, TODAY, TOP) is not None


def test_what_was_saved_is_unknown_where_any_part_is() -> None:
    each: dict[str, Any] = {"kilometres": 500, "cost": Decimal(1000), "currency": "XOF"}
    before = {y: of_year([year(y, 40, **each)], y, TOP) for y in (2021, 2022)}
    after = {y: of_year([year(y, 10)], y, TOP) for y in (2024, 2025)}
    found = saved({**before, **after}, 2023)
    assert found
    assert (found.years, found.fewer, found.kilometres) == (2, 60, 60_000)
    assert (found.money, found.currency) == (60_000, "XOF")
    unknown = {2021: of_year([year(2021, 40)], 2021, TOP)}
    bare = saved({**before, **unknown, **after}, 2023)
    assert bare
    assert (bare.fewer, bare.kilometres, bare.money) == (60, None, None)
    assert saved(after, 2023) is None
    assert saved(before, 2023) is None
    part = {2024: of_year([month(2024, 1, 1)], 2024, TOP)}
    assert saved({**before, **part}, 2023) is None  # a month is no year


@pytest.mark.parametrize(
    ("state", "care", "answered", "says"),
    [
        ("VALIDATED", Care.BY_LOCALS, False, "MET"),
        ("PLANNED", Care.WITH_VISITORS, True, "ADDRESSED"),
        ("VALIDATED", Care.WITH_VISITORS, False, ""),
        ("ADDRESSED", Care.MUST_LEAVE, True, "PLANNED"),
        ("MET", Care.MUST_LEAVE, False, "VALIDATED"),
        ("MET", Care.BY_LOCALS, False, "SUSTAINED"),
        ("SUSTAINED", Care.WITH_VISITORS, True, "PLANNED"),
        ("IDENTIFIED", Care.BY_LOCALS, False, ""),  # its hospital never said that it needs it
        ("PLANNED", Care.NOT_ASSESSED, True, ""),
        ("DECLINED", Care.MUST_LEAVE, False, ""),
    ],
)
def test_the_measure_proposes(state: str, care: Care, says: str, *, answered: bool) -> None:
    met_on = dt.date(2025, 11, 24)
    assert proposed(state, care, answered=answered, met_on=met_on, on=TODAY) == says


def test_a_need_is_sustained_after_a_year_not_before() -> None:
    day = dt.date(2026, 6, 1)
    assert proposed("MET", Care.BY_LOCALS, answered=False, met_on=day, on=TODAY) == ""


names = st.sampled_from("abc")
seats = st.lists(st.builds(Seat, st.sampled_from("12345"), names, names), unique_by=lambda s: s.pk)
answers = st.lists(
    st.builds(Answer, names, st.sampled_from(["", "1", "2", "9"]), names, st.frozensets(names))
)


@given(seats, answers)
def test_precision_is_a_share(some: list[Seat], told: list[Answer]) -> None:
    share = precision(some, told)
    if share is None:
        assert not some
    else:
        assert 0 <= share.answering <= share.of == len(some)
        assert 0 <= share.percent <= 100


def test_a_team_answers_with_its_seats_of_the_specialty() -> None:
    told = [Answer("team", "", "NEPHROLOGY", frozenset({"NEPHROLOGY"}))]
    some = [
        Seat("1", "team", "NEPHROLOGY"),
        Seat("2", "team", "SURGERY"),
        Seat("3", "b", "NEPHROLOGY"),
    ]
    found = precision(some, told)
    assert found
    assert (found.answering, found.of) == (1, 3)
    assert precision([], told) is None


def test_a_linked_seat_of_another_specialty_answers_nothing() -> None:
    fit = frozenset({"NEPHROLOGY", "ANAESTHESIA"})
    some = [Seat("1", "a", "ANAESTHESIA"), Seat("2", "a", "OBSTETRICS"), Seat("3", "a", "")]
    told = [Answer("a", pk, "NEPHROLOGY", fit) for pk in "123"]
    assert answering(some, told) == {"1"}
