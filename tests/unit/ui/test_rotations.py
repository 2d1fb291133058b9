"""The calendar of rotations: which year it is can be read at every width."""

from __future__ import annotations

import datetime as dt
import re

from django.utils.translation import override

from marrow.plan.queries.calendar import months_of
from marrow.ui.drawing.rotations import Bar, Rotation, rotations


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


def test_words_that_have_no_room_in_a_bar_are_left_out_whole_and_never_cut() -> None:
    first, last = dt.date(2026, 11, 1), dt.date(2028, 11, 1)

    def words(days: int, label: str, follows: int = 0) -> list[tuple[str, str]]:
        bars = [Bar(label, "whole", "/", first, first + dt.timedelta(days=days), short="4")]
        if follows:
            bars.append(Bar("", "next", "/", first + dt.timedelta(days=follows), last))
        drawn = rotations([Rotation("Guinea", bars)], months=months_of(first, last), label="R")
        return re.findall(r'<text [^>]*class="rotation-words([^"]*)"[^>]*>([^<]+)</text>', drawn)

    assert words(500, "4 · 14 of 16") == [("", "4 · 14 of 16")]
    assert words(150, "4 · 14 of 16") == [(" broad", "4 · 14 of 16"), (" narrow", "4")]
    assert words(90, "第4批 · 已安排14个，共16个岗位") == [(" broad", "4"), (" narrow", "4")] or [
        ("", "4")
    ]
    assert words(5, "4 · 14 of 16") == []
    assert words(500, "4 · 14 of 16", follows=90) == [("", "4")], "the next bar lies over it"
