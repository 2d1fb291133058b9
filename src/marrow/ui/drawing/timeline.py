"""Missions on an axis of years: only those whose start somebody dated."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marrow.ui.drawing.labels import SIZE, width_of
from marrow.ui.drawing.markup import Value, element, link, text

WIDTH = 1000.0  # units of the viewBox
_NAMES = 190.0  # width of the names' column
_PADDING = 22.0
_ROW = 30.0  # height of a row
_BAR = 16.0
_LEAST = 6.0  # a mission of a week is still seen
_STEPS = (1, 2, 5, 10, 20, 50)  # years between two lines of the axis
_LINES = 12  # at most this many


@dataclass(frozen=True, slots=True)
class Span:
    """A bar. Without `end` it runs to `today` when on post, else only its start is marked.

    `exact` is False where a source gives less than a day: the bar's edge is then dashed.
    """

    title: str
    href: str
    start: dt.date
    end: dt.date | None = None
    on_post: bool = False
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """From when to when a series ran, as a thin dashed line: its batches have no dates."""

    title: str
    first: str  # years
    last: str


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One series or recipient and its dated missions."""

    name: str
    spans: Sequence[Span]
    href: str = ""
    run: Run | None = None


@dataclass(frozen=True, slots=True)
class _Axis:
    """Whole years `first` to `last`, both on a line."""

    first: int
    last: int
    step: int

    def x(self, year: float) -> float:
        share = (year - self.first) / (self.last - self.first)
        return _NAMES + share * (WIDTH - _NAMES - _PADDING)

    def lines(self) -> range:
        return range(self.first, self.last + 1, self.step)


def timeline(rows: Sequence[TimelineRow], *, today: dt.date, label: str) -> str:
    """One `<svg>`, 1000 units wide and 30 a row; rows without a date are left out."""
    shown = [row for row in rows if row.spans or row.run]
    if not shown:
        return ""
    axis = _axis(shown, today)
    height = len(shown) * _ROW + _ROW
    return element(
        "svg",
        {
            "class": "timeline",
            "viewBox": f"0 0 {WIDTH:g} {height:g}",
            "role": "group",
            "aria-label": label,
        },
        element("g", {"aria-hidden": "true"}, *_grid(axis, len(shown) * _ROW)),
        *(_row(row, number, axis, today) for number, row in enumerate(shown)),
    )


def year_of(day: dt.date) -> float:
    """A day as a fraction of years: 1 July 1977 is about 1977.5."""
    start, end = dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
    return day.year + (day - start).days / ((end - start).days + 1)


def _axis(rows: Sequence[TimelineRow], today: dt.date) -> _Axis:
    ends = [year for row in rows for span in row.spans for year in _years(span, today)]
    ends += [float(year) for row in rows if row.run for year in (row.run.first, row.run.last)]
    first, last = math.floor(min(ends)), math.floor(max(ends)) + 1
    step = next((s for s in _STEPS if (last - first) / s <= _LINES), _STEPS[-1])
    first -= first % step
    last += -last % step
    return _Axis(first, last, step)


def _years(span: Span, today: dt.date) -> tuple[float, float]:
    """Start and end, never turned round: a source that contradicts itself leaves a short bar."""
    start = year_of(span.start)
    end = span.end or (today if span.on_post else span.start)
    return start, max(start, year_of(end))


def _grid(axis: _Axis, height: float) -> Iterator[str]:
    for year in axis.lines():
        x = axis.x(year)
        ends = {"x1": x, "x2": x, "y1": 2, "y2": height}
        yield element("line", {**ends, "stroke": "var(--line)"})
        words: dict[str, Value] = {"x": x, "y": height + SIZE + 4, "font-size": SIZE}
        yield element(
            "text",
            {"class": "timeline-year", "text-anchor": "middle", **words, "fill": "var(--muted)"},
            f"{year}",
        )


def _row(row: TimelineRow, number: int, axis: _Axis, today: dt.date) -> str:
    top = number * _ROW
    words: dict[str, Value] = {
        "x": 0,
        "y": top + _ROW * 0.66,
        "font-size": SIZE,
        "fill": "var(--ink)",
    }
    name = element("text", {"class": "timeline-name", **words}, text(_short(row.name)))
    bars = (_bar(span, top, axis, today) for span in sorted(row.spans, key=lambda s: s.start))
    full = element("title", {}, text(row.name))
    return element("g", {}, link(row.href, {}, full, name), _line(row, top, axis), *bars)


def _line(row: TimelineRow, top: float, axis: _Axis) -> str:
    """The run of a series, through the whole of its last year."""
    if row.run is None:
        return ""
    left, right = axis.x(float(row.run.first)), axis.x(float(row.run.last) + 1)
    middle = top + _ROW / 2
    ends: dict[str, Value] = {"x1": left, "x2": right, "y1": middle, "y2": middle}
    look: dict[str, Value] = {"stroke": "var(--muted)", "stroke-dasharray": "2 4"}
    return element("g", {}, element("title", {}, text(row.run.title)), element("line", ends | look))


def _short(name: str) -> str:
    """A name that fits its column; the whole of it is in the tooltip."""
    if width_of(name) <= _NAMES - _PADDING:
        return name
    while name and width_of(name + "…") > _NAMES - _PADDING:
        name = name[:-1]
    return name.rstrip() + "…"


def _bar(span: Span, top: float, axis: _Axis, today: dt.date) -> str:
    left, right = (axis.x(year) for year in _years(span, today))
    wide = min(max(right - left, _LEAST), WIDTH - left)
    where = {"x": left, "y": top + (_ROW - _BAR) / 2, "width": wide, "height": _BAR, "rx": 3}
    return link(
        span.href,
        {"aria-label": span.title},
        element("title", {}, text(span.title)),
        element("rect", {**where, **_paint(span)}),
    )


def _paint(span: Span) -> dict[str, str]:
    """Solid where both ends are known, hollow where the end is not, dashed where it is rough."""
    colour = "var(--link)" if span.on_post else "var(--muted)"
    known = span.end is not None or span.on_post
    return {
        "fill": colour if known else "var(--paper)",
        "fill-opacity": "1" if span.on_post or not known else "0.6",
        "stroke": colour,
        "stroke-dasharray": "" if span.exact else "3 2",
    }
