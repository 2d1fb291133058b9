"""Missions on an axis of years: only those whose start somebody dated.

A row for each name, with its bars in a picture of its own whose places are shares of its width: the
whole time from the first record to the last is seen on a phone and on a desk, and nothing scrolls.
`drawing.css` puts the names before the bars, or above them where there is little room.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marrow.ui.drawing.markup import Value, element, link, text

_HIGH = 30  # of a row, in pixels
_BAR = 16
_LEAST = 1.0  # a mission of a week is still seen; shares are hundredths of the width
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
    """Whole years from the first record to the last; lines at the multiples of `step`."""

    first: int
    last: int
    step: int

    def x(self, year: float) -> float:
        """How far along a year lies, in hundredths of the width."""
        return round(100 * (year - self.first) / (self.last - self.first), 2)

    def lines(self) -> range:
        return range(self.first + -self.first % self.step, self.last + 1, self.step)


def timeline(rows: Sequence[TimelineRow], *, today: dt.date, label: str) -> str:
    """One group, a row for each name and the years beneath; rows without a date are left out."""
    shown = [row for row in rows if row.spans or row.run]
    if not shown:
        return ""
    axis = _axis(shown, today)
    return element(
        "div",
        {"class": "timeline", "role": "group", "aria-label": label},
        *(_row(row, axis, today) for row in shown),
        element(
            "div",
            {"class": "timeline-row timeline-years", "aria-hidden": "true"},
            element("span", {"class": "timeline-name"}),
            _picture(*_years_told(axis)),
        ),
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
    return _Axis(first, last, step)


def _years(span: Span, today: dt.date) -> tuple[float, float]:
    """Start and end, never turned round: a source that contradicts itself leaves a short bar."""
    start = year_of(span.start)
    end = span.end or (today if span.on_post else span.start)
    return start, max(start, year_of(end))


def _picture(*inner: str) -> str:
    return element("svg", {"class": "timeline-bars", "height": _HIGH}, *inner)


def _lines(axis: _Axis) -> str:
    places = [_share(axis.x(year)) for year in axis.lines()]
    look: dict[str, Value] = {"y1": 0, "y2": "100%", "stroke": "var(--line)"}
    drawn = (element("line", {"x1": x, "x2": x, **look}) for x in places)
    return element("g", {"aria-hidden": "true"}, *drawn)


def _years_told(axis: _Axis) -> Iterator[str]:
    """The year of each line; on a phone every second is enough."""
    for place, year in enumerate(axis.lines()):
        x = axis.x(year)
        anchor = "start" if x < _LEAST else "end" if x > 100 - _LEAST else "middle"
        look = "timeline-year second" if place % 2 else "timeline-year"
        where: dict[str, Value] = {"x": _share(x), "y": 16, "text-anchor": anchor}
        yield element("text", {"class": look, **where, "fill": "var(--muted)"}, f"{year}")


def _row(row: TimelineRow, axis: _Axis, today: dt.date) -> str:
    name = link(row.href, {"class": "timeline-name"}, text(row.name), instead="span")
    bars = (_bar(span, axis, today) for span in sorted(row.spans, key=lambda s: s.start))
    return element(
        "div", {"class": "timeline-row"}, name, _picture(_lines(axis), _line(row, axis), *bars)
    )


def _line(row: TimelineRow, axis: _Axis) -> str:
    """The run of a series, through the whole of its last year."""
    if row.run is None:
        return ""
    left, right = axis.x(float(row.run.first)), axis.x(float(row.run.last) + 1)
    ends: dict[str, Value] = {"x1": _share(left), "x2": _share(min(right, 100.0))}
    across: dict[str, Value] = {"y1": _HIGH / 2, "y2": _HIGH / 2}
    look: dict[str, Value] = {"stroke": "var(--muted)", "stroke-dasharray": "2 4"}
    title = element("title", {}, text(row.run.title))
    return element("g", {}, title, element("line", {**ends, **across, **look}))


def _bar(span: Span, axis: _Axis, today: dt.date) -> str:
    left, right = (axis.x(year) for year in _years(span, today))
    wide = max(right - left, _LEAST)
    where: dict[str, Value] = {
        "x": _share(min(left, 100 - wide)), "y": (_HIGH - _BAR) / 2, "width": _share(wide),
        "height": _BAR, "rx": 3,
    }  # fmt: skip
    return link(
        span.href,
        {"aria-label": span.title},
        element("title", {}, text(span.title)),
        element("rect", {**where, **_paint(span)}),
    )


def _share(x: float) -> str:
    return f"{x:.2f}".rstrip("0").rstrip(".") + "%"


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
