"""Lines over the years: how counts grew and fell, with moments marked above them.

The picture keeps its shape on any width; on a narrow page its box scrolls rather than shrink its
words, and the numbers of the axis stay where they can be read.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from marrow.core.words import colon
from marrow.ui.drawing.markup import Value, element, text

_WIDE, _HIGH = 1000, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 850, 64, 262
_NARROW, _FULL = 9.6, 17.0  # a letter and a Chinese sign, in the large type of a phone
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
_GRID = 4  # lines at most
_APART = 16  # between the ends of two lines' names
_ROW = 17  # between the words of two moments
_RULE, _MARK = "var(--line)", "var(--muted)"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name at its end, the colour's token, a value for each day."""

    name: str
    colour: str
    values: Sequence[int]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened, told above the lines."""

    on: dt.date
    words: str


def curves(
    days: Sequence[dt.date], lines: Sequence[Line], moments: Sequence[Moment] = (), *, label: str
) -> str:
    """The lines over these days (in order, two at least) as a box of SVG; '' where there is no
    time."""
    if len(days) < 2 or days[0] == days[-1]:
        return ""
    most = max((v for one in lines for v in one.values), default=0)
    axis = _Axis(
        days[0], days[-1], most, min(_RIGHT, _WIDE - 8 - max(map(_length, lines), default=0))
    )
    inner = [*_grid(axis), *_years(axis), *_told(axis, moments)]
    inner += [_line(axis, days, one) for one in lines]
    inner += _names(axis, lines)
    bare = 0 if moments else _TOP - 16  # without words above the lines there is no room for them
    box = {
        "viewBox": f"0 {bare} {_WIDE} {_HIGH - bare}",
        "role": "img",
        "aria-label": label,
        "class": "curves",
    }
    shown: dict[str, Value] = {"class": "curves-box", "tabindex": 0}
    return element("div", shown, _axis_alone(axis, bare), element("svg", box, *inner))


@dataclass(frozen=True, slots=True)
class _Axis:
    first: dt.date
    last: dt.date
    most: int
    right: float  # where the lines end, so that behind it their names have room

    @property
    def step(self) -> int:
        return next((s for s in _STEPS if self.most <= s * _GRID), self.most)

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return _LEFT + share * (self.right - _LEFT)

    def y(self, value: int) -> float:
        return _BOTTOM - value / self.highest * (_BOTTOM - _TOP)

    @property
    def highest(self) -> int:
        """The line of the grid above every value."""
        return max(-(-self.most // self.step) * self.step, 1) if self.step else 1

    @property
    def grid(self) -> range:
        """The values of its lines."""
        return range(0, self.highest + 1, self.step or 1)


def _axis_alone(axis: _Axis, bare: int) -> str:
    """The axis once more, which stays at the edge where the picture scrolls under it."""
    box: dict[str, Value] = {
        "viewBox": f"0 {bare} {_LEFT} {_HIGH - bare}",
        "class": "curves-axis",
        "aria-hidden": "true",
    }
    return element("svg", box, *(_number(axis, value) for value in axis.grid))


def _number(axis: _Axis, value: int) -> str:
    return _words(_LEFT - 8, axis.y(value) + 4, str(value), "end")


def _grid(axis: _Axis) -> list[str]:
    found = []
    for value in axis.grid:
        y = axis.y(value)
        at: dict[str, Value] = {"x1": _LEFT, "x2": axis.right, "y1": y, "y2": y, "stroke": _RULE}
        found += [element("line", at), _number(axis, value)]
    return found


def _years(axis: _Axis) -> list[str]:
    years = range(
        axis.first.year + (axis.first > dt.date(axis.first.year, 1, 1)), axis.last.year + 1
    )
    apart = next((s for s in _STEPS if len(years) <= s * 12), 1)
    shown = [y for y in years if y % apart == 0]
    return [_words(axis.x(dt.date(y, 1, 1)), _HIGH - 16, str(y), "middle") for y in shown]


def _line(axis: _Axis, days: Sequence[dt.date], one: Line) -> str:
    """Counts hold until they change: a stair, not a slope that was never there."""
    points, last = [], None
    for day, value in zip(days, one.values, strict=True):
        if last is not None and value != last:
            points.append((axis.x(day), axis.y(last)))
        points.append((axis.x(day), axis.y(value)))
        last = value
    told = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return element(
        "polyline",
        {"points": told, "fill": "none", "stroke": f"var(--{one.colour})", "stroke-width": 3},
    )


def _names(axis: _Axis, lines: Sequence[Line]) -> list[str]:
    """The lines' names at their ends, pushed apart where they would lie on one another."""
    found, below = [], float("-inf")
    for one in sorted(lines, key=lambda line: -line.values[-1]):
        below = max(axis.y(one.values[-1]) + 4, below + _APART)
        found.append(_words(axis.right + 8, below, _told_last(one), "start"))
    return found


def _told_last(one: Line) -> str:
    return f"{one.name}{colon()}{one.values[-1]}"


def _length(one: Line) -> float:
    """How long the words at its end may be drawn."""
    wide = (unicodedata.east_asian_width(sign) in "WF" for sign in _told_last(one))
    return sum(_FULL if is_wide else _NARROW for is_wide in wide)


def _told(axis: _Axis, moments: Sequence[Moment]) -> list[str]:
    found = []
    inside = [m for m in moments if axis.first <= m.on <= axis.last]
    for row, moment in enumerate(sorted(inside, key=lambda m: m.on)):
        x, y = axis.x(moment.on), 14 + row % 3 * _ROW
        right = x > (_LEFT + axis.right) / 2
        at: dict[str, Value] = {"x1": x, "x2": x, "y1": y - 8, "y2": _BOTTOM, "stroke": _MARK,
              "stroke-dasharray": "2 3"}  # fmt: skip
        words = _words(x - 5 if right else x + 5, y, moment.words, "end" if right else "start")
        found += [element("line", at), words]
    return found


def _words(x: float, y: float, words: str, anchor: str) -> str:
    return element("text", {"x": x, "y": y, "text-anchor": anchor}, text(words))
