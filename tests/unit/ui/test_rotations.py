"""The calendar of rotations: which year it is can be read at every width."""

from __future__ import annotations

import datetime as dt
import re

from django.utils.translation import override

from marrow.plan.queries.calendar import months_of
from marrow.ui.drawing.rotations import Rotation, rotations


def heads(first: dt.date, last: dt.date) -> list[tuple[str, float, str]]:
    """What stands over the calendar: look, place of a hundred, words."""
    told = rotations([Rotation("Guinea", [])], months=months_of(first, last), label="Rotations")
    found = re.findall(r'<text class="([^"]*)" x="([\d.]+)%" y="\d+">([^<]+)</text>', told)
    return [(look, float(x), words) for look, x, words in found]


def test_the_first_label_of_each_year_carries_the_year_though_no_label_is_a_january() -> None:
    told = heads(dt.date(2026, 11, 30), dt.date(2029, 12, 1))
    assert [w for look, _x, w in told if w.isdigit() and "narrow" not in look] == [
        "2026", "2027", "2028", "2029",
    ]  # fmt: skip
    assert "Jan" not in [w for _look, _x, w in told]


def test_on_a_phone_where_every_second_label_is_left_out_each_year_is_read_as_well() -> None:
    told = heads(dt.date(2026, 11, 30), dt.date(2029, 12, 1))
    assert [w for look, _x, w in told if w.isdigit() and "second" not in look] == [
        "2026", "2027", "2028", "2029",
    ]  # fmt: skip


def test_no_label_runs_out_of_the_calendar() -> None:
    for months in range(2, 40):
        last = dt.date(2026 + (10 + months) // 12, (10 + months) % 12 + 1, 2)
        assert max(x for _look, x, _words in heads(dt.date(2026, 11, 1), last)) <= 94


def test_a_chinese_month_is_written_with_its_number() -> None:
    with override("zh-hans"):
        assert "11月" in [w for _look, _x, w in heads(dt.date(2026, 11, 1), dt.date(2027, 5, 1))]
