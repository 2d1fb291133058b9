"""Teams on an axis of months: who is on post, who follows, and where both are there together.

A row for each destination, as in the timeline: places are shares of the width, so the whole time is
seen on a phone and on a desk. Where a bar has no room for its words it has its short ones, or none;
its title has them whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import east_asian_width

from marrow.ui.drawing.markup import Value, element, link, text

_HIGH, _BAR = 40, 26
_LEAST = 1.5
_MOST_LINES = 13
_LAST_NAME = 94  # of a hundred: a name that begins later runs out of the picture
_DESK, _PHONE = 700, 320  # px across: less than there is
_LETTER, _SIGN, _BESIDE = 7, 13, 18  # px: of 13 px type, of Chinese, and left free


@dataclass(frozen=True, slots=True)
class Bar:
    """A team's time; `end` is the first day after it."""

    label: str
    title: str
    href: str
    start: dt.date
    end: dt.date
    on_post: bool = False
    short: str = ""


@dataclass(frozen=True, slots=True)
class Rotation:
    name: str
    bars: Sequence[Bar]


def rotations(
    rows: Sequence[Rotation], *, months: Sequence[tuple[dt.date, str]], label: str
) -> str:
    """The rows with the months above, and the year beneath the first that is named of it; `months`
    are first days with their names, the last one the end of the axis."""
    axis = _Axis(months[0][0], months[-1][0])
    lines = [axis.x(day) for day, _name in months[:-1]]
    head = element(
        "div", {"class": "timeline-row timeline-years", "aria-hidden": "true"},
        element("span", {"class": "timeline-name"}), _picture(36, *_heads(axis, months[:-1])),
    )  # fmt: skip
    drawn = (_row(row, axis, lines) for row in rows)
    return element("div", {"class": "timeline", "role": "group", "aria-label": label}, head, *drawn)


@dataclass(frozen=True, slots=True)
class _Axis:
    first: dt.date
    last: dt.date

    def x(self, day: dt.date) -> float:
        share = 100 * (day - self.first).days / max(1, (self.last - self.first).days)
        return round(min(100.0, max(0.0, share)), 2)


def _heads(axis: _Axis, months: Sequence[tuple[dt.date, str]]) -> Iterator[str]:
    """Every second name is left out on a phone, so a year may first be seen one name later."""
    step = -(-len(months) // _MOST_LINES)
    shown = [(day, name) for day, name in months[::step] if axis.x(day) <= _LAST_NAME]
    for n, (day, name) in enumerate(shown):
        look = "timeline-year second" if n % 2 else "timeline-year"
        x = _share(axis.x(day))
        yield element("text", {"class": look, "x": x, "y": 14}, text(name))
        if n == 0 or shown[n - 1][0].year != day.year:
            yield element("text", {"class": look, "x": x, "y": 31}, text(str(day.year)))
        elif n % 2 == 0 and shown[n - 2][0].year != day.year:
            narrow: dict[str, Value] = {"class": "timeline-year narrow", "x": x, "y": 31}
            yield element("text", narrow, text(str(day.year)))


def _row(row: Rotation, axis: _Axis, lines: Sequence[float]) -> str:
    look: dict[str, Value] = {"y1": 0, "y2": "100%", "stroke": "var(--line)"}
    drawn = [element("line", {"x1": _share(x), "x2": _share(x), **look}) for x in lines]
    grid = element("g", {"aria-hidden": "true"}, *drawn)
    bars = sorted(row.bars, key=lambda b: b.start)
    both = [_both(a, b, axis) for a, b in pairwise(bars) if b.start < a.end]
    drawn_bars = [_bar(a, axis, b.start if b else a.end) for a, b in pairwise([*bars, None]) if a]
    name = element("span", {"class": "timeline-name"}, text(row.name))
    return element(
        "div", {"class": "timeline-row"}, name,
        _picture(_HIGH, grid, *drawn_bars, *both),
    )  # fmt: skip


def _bar(bar: Bar, axis: _Axis, follows: dt.date) -> str:
    """The one that follows lies over it, so its words have room until that one's first day."""
    left, right = axis.x(bar.start), axis.x(bar.end)
    wide = max(right - left, _LEAST)
    fill = "var(--link)" if bar.on_post else "var(--sheet)"
    box: dict[str, Value] = {
        "x": 1, "y": 1, "width": "100%", "height": _BAR - 2, "rx": 5, "fill": fill,
        "stroke": "var(--link)", "stroke-width": 1.5, "class": "rotation-box",
    }  # fmt: skip
    inside = element(
        "svg", {"x": _share(min(left, 100 - wide)), "y": 3, "width": _share(wide), "height": _BAR},
        element("rect", box), *_words(bar, min(wide, axis.x(follows) - left)),
    )  # fmt: skip
    return link(bar.href, {"aria-label": bar.title}, element("title", {}, text(bar.title)), inside)


def _words(bar: Bar, room: float) -> Iterator[str]:
    """What has room at each of the two widths, whole: nothing is cut in a word."""
    desk, phone = (_that_fits(bar, room * across / 100) for across in (_DESK, _PHONE))
    alike = desk == phone
    for told, look in ((desk, "" if alike else " broad"), ("" if alike else phone, " narrow")):
        if told:
            where: dict[str, Value] = {"x": 9, "y": 18}
            place = " on-post" if bar.on_post else ""
            yield element("text", where | {"class": f"rotation-words{place}{look}"}, text(told))


def _that_fits(bar: Bar, room: float) -> str:
    told = (bar.label, bar.short)
    return next((words for words in told if _width(words) + _BESIDE <= room), "")


def _width(words: str) -> int:
    return sum(_SIGN if east_asian_width(sign) in "WF" else _LETTER for sign in words)


def _both(before: Bar, after: Bar, axis: _Axis) -> str:
    """The days on which both teams are there, beneath their bars."""
    left, right = axis.x(after.start), axis.x(min(before.end, after.end))
    where: dict[str, Value] = {
        "x": _share(left), "y": _BAR + 5, "width": _share(max(right - left, _LEAST)), "height": 4,
        "fill": "var(--good)", "aria-hidden": "true",
    }  # fmt: skip
    return element("rect", where)


def _picture(high: int, *inner: str) -> str:
    return element("svg", {"class": "rotation-bars", "height": high}, *inner)


def _share(x: float) -> str:
    return f"{x:.2f}".rstrip("0").rstrip(".") + "%"
