"""Where names stand on the map: beside their dot, never on another name, dot or leader line.

Where there is a choice they keep off the ways too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

SIZE = 13.6  # letter height in viewBox units (12 px on a sheet 880 px wide)
_GAP = 5.0  # between a dot and its name
_LINE = SIZE * 1.2
# of the letter height, as in the widest of the usual fonts (DejaVu, Verdana)
_WIDE, _CAPITAL, _MIDDLE, _NARROW = 1.0, 0.74, 0.62, 0.39
# sides to try, as steps right and down from the dot
_AROUND = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (-1, -1), (1, 1), (-1, 1))
_RAISED = ((1, -1), (-1, -1), (0, -1), (1, 0), (-1, 0), (0, 1))
_AWAY = ((-1, 1), (1, 1), (-1, -1), (1, -1), (-1, 0), (1, 0), (0, -1), (0, 1))
_STEPS = 12  # boxes that stand for a leader line
_ANCHOR = {1: "start", 0: "middle", -1: "end"}
_SLIM = frozenset("iljtfrI.,'’:;|()[]- ")
_BROAD = frozenset("mwMW—…%@")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in viewBox units, y downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def within(self, other: Box) -> bool:
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )


@dataclass(frozen=True, slots=True)
class Dot:
    """What is to be named: centre and radius in viewBox units.

    `far` allows a leader line; `raised` puts the name above, out of the way of what starts here.
    """

    x: float
    y: float
    radius: float
    words: str
    far: bool = False
    raised: bool = False

    @property
    def box(self) -> Box:
        r = self.radius
        return Box(self.x - r, self.y - r, self.x + r, self.y + r)


@dataclass(frozen=True, slots=True)
class Label:
    """A name's box, and the edge that touches the dot (`start`, `middle` or `end` of the words).

    `leader` is where a thin line from the dot ends, if the name is far from it.
    """

    box: Box
    anchor: str
    leader: tuple[float, float] | None = None

    @property
    def baseline(self) -> tuple[float, float]:
        """Where the words are fixed: widths are estimates, so only this edge is exact."""
        middle = (self.box.left + self.box.right) / 2
        x = {"start": self.box.left, "middle": middle, "end": self.box.right}[self.anchor]
        return x, self.box.bottom - SIZE * 0.3


def width_of(words: str) -> float:
    """Estimated width in viewBox units: Chinese is square, Latin letters about half."""
    return SIZE * sum(_share(letter) for letter in words)


def _share(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF" or letter in _BROAD:
        return _WIDE
    if letter in _SLIM:
        return _NARROW
    return _CAPITAL if letter.isupper() else _MIDDLE


@dataclass(slots=True)
class Placement:
    """Greedy: whoever asks first gets the best spot, who finds none goes without.

    `ways` are points of lines that a name may cover, but had better not.
    """

    frame: Box
    ways: Sequence[tuple[float, float]] = ()
    dots: list[Box] = field(default_factory=list)
    names: list[Box] = field(default_factory=list)  # and the lines that lead to them

    def place_all(self, dots: Sequence[Dot]) -> list[Label | None]:
        """One label a dot, in the order given, most important first; None where none fits."""
        self.dots.extend(dot.box for dot in dots)
        return [self._place(dot) for dot in dots]

    def _place(self, dot: Dot) -> Label | None:
        if not dot.words:
            return None
        free = [label for label in _candidates(dot) if self._free(label, dot)]
        if not free:
            return None
        near = [label for label in free if not label.leader] or free
        label = min(near, key=lambda each: self._covered(each, dot))  # the first of the best
        self.names += [label.box, *_along(dot, label)]
        return label

    def _free(self, label: Label, dot: Dot) -> bool:
        box = label.box
        return (
            box.within(self.frame)
            and not any(box.meets(other) for other in self._others(dot))
            and not any(step.meets(n) for step in (box, *_along(dot, label)) for n in self.names)
        )

    def _covered(self, label: Label, dot: Dot) -> tuple[int, bool]:
        """How many dots its line runs over, and whether it stands on a way."""
        line, box = _along(dot, label), label.box
        over = sum(any(step.meets(other) for step in line) for other in self._others(dot))
        on_way = any(box.left < x < box.right and box.top < y < box.bottom for x, y in self.ways)
        return over, on_way

    def _others(self, dot: Dot) -> Iterable[Box]:
        return (box for box in self.dots if box != dot.box)


def _along(dot: Dot, label: Label) -> list[Box]:
    """The leader line as small boxes, from the rim of the dot to its end."""
    if label.leader is None:
        return []
    x, y = label.leader
    steps = [(step + 1) / _STEPS for step in range(_STEPS)]
    points = ((dot.x + (x - dot.x) * t, dot.y + (y - dot.y) * t) for t in steps)
    return [Box(px - 1, py - 1, px + 1, py + 1) for px, py in points]


def _candidates(dot: Dot) -> Iterator[Label]:
    wide = width_of(dot.words)
    reach = dot.radius + _GAP
    for dx, dy in _RAISED if dot.raised else _AROUND:
        yield Label(_beside(dot, dx, dy, reach, wide), _ANCHOR[dx])
    for distance in (reach + 14, reach + 26, reach + 40, reach + 60) if dot.far else ():
        for dx, dy in _AWAY:
            box = _beside(dot, dx, dy, distance, wide)
            yield Label(box, _ANCHOR[dx], _touched(box, dx, dy))


def _touched(box: Box, dx: int, dy: int) -> tuple[float, float]:
    """Where a leader line ends at a name that lies to this side of its dot."""
    if not dx:
        return (box.left + box.right) / 2, box.bottom + 2 if dy < 0 else box.top - 2
    return (box.right + 2 if dx < 0 else box.left - 2), (box.top + box.bottom) / 2


def _beside(dot: Dot, dx: int, dy: int, reach: float, wide: float) -> Box:
    """The box of a name to one of eight sides of a dot, its edge `reach` from the centre."""
    lift = reach if not dx else reach * 0.7
    middle = dot.y + dy * (lift + _LINE / 2 if not dx else lift)
    left = dot.x - wide / 2 + dx * (reach * (0.7 if dy else 1) + wide / 2)
    return Box(left, middle - _LINE / 2, left + wide, middle + _LINE / 2)
