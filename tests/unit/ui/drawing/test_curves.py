"""Counts over the years are drawn as they were: a stair, its names, its moments, nothing live."""

from __future__ import annotations

import datetime as dt
import itertools
from xml.etree import ElementTree

import pytest

from marrow.ui.drawing.curves import Line, Moment, curves

DAYS = [dt.date(2020, 1, 1), dt.date(2021, 1, 1), dt.date(2022, 1, 1)]
LINES = [Line("locals", "l4", [0, 3, 9]), Line("visitors", "l2", [2, 2, 0])]


def words(drawing: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(drawing).iter("text")]  # noqa: S314


def test_each_line_ends_with_its_name_and_last_count() -> None:
    said = words(curves(DAYS, LINES, label="x"))
    assert {"locals: 9", "visitors: 0", "2020", "2022"} <= set(said)


def test_a_count_holds_until_it_changes() -> None:
    drawing = ElementTree.fromstring(curves(DAYS, LINES[:1], label="x"))  # noqa: S314
    line = next(drawing.iter("polyline")).get("points", "")
    points = [tuple(map(float, p.split(","))) for p in line.split()]
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in itertools.pairwise(points))
    assert points[0][1] > points[-1][1]  # more is higher up


def test_names_at_the_end_do_not_lie_on_one_another() -> None:
    same = [Line("a", "l4", [1, 1, 1]), Line("b", "l2", [1, 1, 1])]
    drawing = ElementTree.fromstring(curves(DAYS, same, label="x"))  # noqa: S314
    rows = [
        float(t.get("y", 0)) for t in drawing.iter("text") if (t.text or "")[:2] in ("a:", "b:")
    ]
    assert abs(rows[0] - rows[1]) >= 14


@pytest.mark.parametrize("name", ["locals", "équipes locales", "当地人员独立完成", "W" * 20])
def test_a_long_name_at_the_end_has_room_for_its_number_on_a_phone(name: str) -> None:
    drawing = curves(DAYS, [Line(name, "l4", [1, 20, 1234])], label="x")
    last = next(t for t in ElementTree.fromstring(drawing).iter("text")  # noqa: S314
                if (t.text or "").startswith(name))  # fmt: skip
    assert last.text == f"{name}: 1234"
    wide = sum(17 if ord(sign) > 0x2E80 else 9 for sign in last.text)
    assert float(last.get("x", 0)) + wide <= 1000


def test_moments_outside_are_left_out_and_words_are_escaped() -> None:
    told = [Moment(dt.date(2021, 5, 1), "<b>left</b>"), Moment(dt.date(1999, 1, 1), "before")]
    drawing = curves(DAYS, LINES, told, label='"x"')
    assert "<b>" not in drawing
    assert "<b>left</b>" in words(drawing)
    assert "before" not in words(drawing)


def test_where_there_is_no_time_nothing_is_drawn() -> None:
    assert curves(DAYS[:1], [Line("a", "l4", [1])], label="x") == ""
    assert curves([DAYS[0]] * 2, [Line("a", "l4", [1, 1])], label="x") == ""
    assert curves(DAYS, [Line("a", "l4", [0, 0, 0])], label="x")
