from __future__ import annotations

import datetime as dt
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from marrow.ui.drawing.timeline import Run, Span, TimelineRow, timeline, year_of

TODAY = dt.date(2023, 11, 3)
days = st.dates(dt.date(1960, 1, 1), dt.date(2040, 1, 1))
rows = st.lists(
    st.builds(
        TimelineRow,
        name=st.text(max_size=40),
        spans=st.lists(
            st.builds(
                Span,
                title=st.text(max_size=20),
                href=st.just("/missions/1"),
                start=days,
                end=st.none() | days,
                on_post=st.booleans(),
                exact=st.booleans(),
            ),
            max_size=8,
        ),
    ),
    min_size=1,
    max_size=8,
)


def drawn(*spans: Span) -> Element:
    svg = timeline([TimelineRow("Guinea", spans, "/gn")], today=TODAY, label="Dated missions")
    root: Element = fromstring(svg)
    return root


def bars(root: Element) -> list[Element]:
    return list(root.iter("rect"))


@given(rows)
def test_every_dated_mission_has_a_bar_with_a_link_inside_the_picture(
    some: list[TimelineRow],
) -> None:
    svg = timeline(some, today=TODAY, label="Dated")
    spans = [span for row in some for span in row.spans]
    if not spans:
        assert svg == ""
        return
    root = fromstring(svg)
    assert len(bars(root)) == len([a for a in root.iter("a") if a.find("rect") is not None])
    assert len(bars(root)) == len(spans)
    for bar in bars(root):
        x, wide = (float(bar.get(key, "").removesuffix("%")) for key in ("x", "width"))
        assert 0 <= x <= x + wide <= 100.02


def test_a_mission_on_post_runs_to_today() -> None:
    start = dt.date(2022, 1, 1)
    open_end, closed = (
        bars(drawn(span))[0]
        for span in (
            Span("30", "/x", start, on_post=True),
            Span("30", "/x", start, end=TODAY),
        )
    )
    assert open_end.get("width") == closed.get("width")
    assert open_end.get("fill") == "var(--link)"


def test_an_end_that_nobody_told_leaves_a_hollow_mark() -> None:
    bar = bars(drawn(Span("1", "/x", dt.date(1968, 6, 1)), Span("2", "/y", TODAY, TODAY)))[0]
    assert (bar.get("fill"), bar.get("width")) == ("var(--paper)", "1%")


def test_a_rough_date_has_a_dashed_edge() -> None:
    assert bars(drawn(Span("1", "/x", dt.date(1968, 1, 1), exact=False)))[0].get("stroke-dasharray")


def test_the_axis_has_whole_years_and_not_too_many() -> None:
    root = drawn(Span("1", "/x", dt.date(1968, 6, 1)), Span("30", "/y", TODAY, on_post=True))
    assert [text.text for text in root.iter("text")] == [f"{y}" for y in range(1970, 2021, 5)]


def test_the_axis_starts_in_the_year_of_the_first_record_and_ends_with_the_last() -> None:
    root = drawn(Span("1", "/x", dt.date(1968, 1, 1)), Span("30", "/y", dt.date(2023, 12, 31)))
    first, last = bars(root)
    assert first.get("x") == "0%"
    assert float(last.get("x", "").removesuffix("%")) > 98
    run = Run("Kenya", "1963", "1990")
    early = fromstring(
        timeline([TimelineRow("x", [Span("1", "/x", TODAY)], "", run)], today=TODAY, label="")
    )
    [line] = [each for each in early.iter("line") if each.get("stroke-dasharray")]
    assert line.get("x1") == "0%"


def test_nothing_dated_is_no_picture() -> None:
    assert timeline([TimelineRow("Libya", [])], today=TODAY, label="") == ""


def test_a_long_name_stays_whole_for_it_may_break() -> None:
    name = "The Independent State of Somewhere Long"
    root = fromstring(
        timeline([TimelineRow(name, [Span("1", "/x", TODAY)])], today=TODAY, label="")
    )
    assert name in [each.text for each in root.iter() if each.get("class") == "timeline-name"]


def test_a_day_becomes_a_share_of_its_year() -> None:
    assert year_of(dt.date(1977, 1, 1)) == 1977
    assert year_of(dt.date(1977, 7, 2)) == pytest.approx(1977.5, abs=0.005)
    assert 1977.99 < year_of(dt.date(1977, 12, 31)) < 1978
