"""Dates as sources give them: what each allows, and when two of them agree."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from marrow.core.partial_dates import agree, earliest, is_partial_date, latest

days = st.dates(min_value=dt.date(1000, 1, 1))
levels = st.sampled_from([4, 7, 10])
partial = st.builds(lambda day, length: day.isoformat()[:length], days, levels)


@given(days, levels)
def test_every_year_month_and_day_is_one_and_lies_within_itself(day: dt.date, length: int) -> None:
    text = day.isoformat()[:length]
    assert is_partial_date(text)
    assert earliest(text) <= day <= latest(text)


@given(partial)
def test_the_days_around_it_lie_outside(text: str) -> None:
    first, last = earliest(text), latest(text)
    assert first.isoformat().startswith(text)
    assert last.isoformat().startswith(text)
    if first > dt.date.min:
        assert not (first - dt.timedelta(days=1)).isoformat().startswith(text)
    if last < dt.date.max:
        assert not (last + dt.timedelta(days=1)).isoformat().startswith(text)


@given(partial, partial)
def test_two_agree_exactly_when_the_days_of_one_lie_within_the_other(one: str, other: str) -> None:
    within = earliest(one) >= earliest(other) and latest(one) <= latest(other)
    around = earliest(one) <= earliest(other) and latest(one) >= latest(other)
    assert agree(one, other) == agree(other, one) == (within or around)


@given(partial, partial)
def test_its_text_sorts_by_time(one: str, other: str) -> None:
    if one < other:
        assert earliest(one) <= earliest(other)


@given(st.text(alphabet="0123456789-", max_size=11) | st.text(max_size=11))
def test_what_is_read_as_a_date_is_one_and_nothing_else(text: str) -> None:
    if is_partial_date(text):
        assert earliest(text) <= latest(text)
        assert earliest(text).isoformat().startswith(text)
    else:
        assert len(text) not in (4, 7, 10) or not _is_day(text)


def _is_day(text: str) -> bool:
    full = text + "-01-01"[: 10 - len(text)] if len(text) == 4 else text + "-01"[: 10 - len(text)]
    try:
        return text.isascii() and dt.date.fromisoformat(full).year >= 1000
    except ValueError:
        return False
