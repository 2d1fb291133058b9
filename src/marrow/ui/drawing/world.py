"""The world map as SVG: land, a dot for each place with teams, an arc for each way there.

The colours are the page's own (`var(--link)` and others), so the picture follows the theme. The
presentation attributes stand for themselves; `drawing.css` adds what a page's base style hides.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from marrow.ui.drawing.labels import SIZE, Box, Dot, Label, Placement
from marrow.ui.drawing.land import STEP, land_path
from marrow.ui.drawing.markup import Value, element, link, text
from marrow.ui.drawing.projection import HEIGHT, WIDTH, on_sheet

_SMALLEST = 3.5  # radius of a dot that counts nothing, in viewBox units
_GROWTH = 1.9  # radius grows with the root of the count, so that the area tells it
_LARGEST = 15.0
_TOUCH = 12.0  # radius that can be hit with a finger
_HOME = 4.5  # half the side of the home square
_MARGIN = 16.0
_ALONE = 24.0  # the side of a place's own picture
_RING = 3.5  # from a dot's edge to the middle of its ring
# what lies beneath a name stays off its letters
_HALO: dict[str, Value] = {
    "paint-order": "stroke",
    "stroke": "var(--paper)",
    "stroke-width": 3,
    "stroke-linejoin": "round",
}
_FINE = 60  # steps in which a name looks at a way
_FAR = 16  # this many of the largest may have their name at the end of a line

Curve = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """A dot: `name` in the reader's tongue, degrees east and north, how many batches or sites.

    `title` is the whole sentence for the tooltip and for screen readers.
    """

    name: str
    lon: float
    lat: float
    count: int = 0
    href: str = ""
    title: str = ""
    on_post: bool = False
    ring: float | None = None  # a share from 0 to 1, as a ring round the dot; None draws none


@dataclass(frozen=True, slots=True)
class Arc:
    """A way from home to a point in degrees; heavier where a team is on post."""

    lon: float
    lat: float
    on_post: bool = False

    @classmethod
    def to(cls, place: Place) -> Arc:
        return cls(place.lon, place.lat, place.on_post)


@dataclass(frozen=True, slots=True)
class ZoomWords:
    """Names of the three buttons that `map.js` adds, in the reader's tongue."""

    closer: str
    wider: str
    whole: str


@dataclass(frozen=True, slots=True)
class _Drawn:
    place: Place
    dot: Dot
    label: Label | None
    is_home: bool


def world_map(
    places: Sequence[Place],
    arcs: Sequence[Arc] = (),
    home: Place | None = None,
    *,
    label: str,
    zoom: ZoomWords | None = None,
) -> str:
    """The map as one `<svg>`, `WIDTH` by `HEIGHT` units; `label` says what it shows.

    With links in it the picture is a group, for whatever lies inside an `img` is hidden from
    screen readers; without any it is an image.
    """
    drawn = _placed(_largest_first(places), home, arcs)
    linked = any(place.href for place in [*places, *([home] if home else [])])
    attributes = {
        "class": "map",
        "viewBox": f"0 0 {WIDTH:g} {HEIGHT:g}",
        "role": "group" if linked else "img",
        "aria-label": label,
        **_buttons(zoom),
    }
    ways = [_arc(arc, home) for arc in _light_first(arcs)] if home else []
    dots = [_dot(each) for each in drawn]
    names = [_name(each) for each in drawn if each.label]
    return element(
        "svg",
        attributes,
        element("g", {"aria-hidden": "true"}, _land(), *ways),
        *dots,
        element("g", {"aria-hidden": "true", "pointer-events": "none"}, *names),
    )


def _buttons(zoom: ZoomWords | None) -> dict[str, str]:
    if not zoom:
        return {}
    return {"data-closer": zoom.closer, "data-wider": zoom.wider, "data-whole": zoom.whole}


def _largest_first(places: Sequence[Place]) -> list[Place]:
    """Drawing order too: a small dot on a large one stays in reach."""
    return sorted(places, key=lambda p: (-p.count, not p.on_post, p.name, p.lon, p.lat))


def _light_first(arcs: Sequence[Arc]) -> list[Arc]:
    return sorted(arcs, key=lambda arc: (arc.on_post, arc.lon, arc.lat))


def _placed(places: Sequence[Place], home: Place | None, arcs: Sequence[Arc] = ()) -> list[_Drawn]:
    """Home is named first, then who is on post, then the largest; `places` largest first."""
    growth = _growth(places)
    asked = [(place, _as_dot(place, growth, rank < _FAR)) for rank, place in enumerate(places)]
    asked.sort(key=lambda pair: not pair[0].on_post)
    if home:
        asked.insert(0, (home, _as_square(home)))
    ways = [point for arc in arcs for point in _points(_curve(arc, home))] if home else []
    frame = Box(2, 2, WIDTH - 2, HEIGHT - 2)
    labels = Placement(frame, ways).place_all([dot for _, dot in asked])
    drawn = [
        _Drawn(place, dot, label, is_home=home is not None and not rank)
        for rank, ((place, dot), label) in enumerate(zip(asked, labels, strict=True))
    ]
    return sorted(drawn, key=lambda each: (each.is_home, -each.dot.radius))


def _growth(places: Sequence[Place]) -> float:
    most = max((place.count for place in places), default=0)
    return min(_GROWTH, (_LARGEST - _SMALLEST) / math.sqrt(max(most, 1)))


def _as_dot(place: Place, growth: float, large: bool) -> Dot:
    x, y = on_sheet(place.lon, place.lat, _MARGIN)
    radius = _SMALLEST + growth * math.sqrt(max(place.count, 0))
    return Dot(x, y, radius, _words(place) if place.name else "", far=large or place.on_post)


def _as_square(home: Place) -> Dot:
    x, y = on_sheet(home.lon, home.lat, _MARGIN)
    return Dot(x, y, _HOME, home.name, far=True, raised=True)


def _words(place: Place) -> str:
    return f"{place.name} {place.count}" if place.count else place.name


def _land() -> str:
    return element(
        "path",
        {
            "class": "map-land",
            "d": land_path(),
            "transform": f"scale({STEP})",
            "fill": "var(--wash,var(--line))",
            "stroke": "var(--line)",
            "stroke-width": 1.2,
        },
    )


def _curve(arc: Arc, home: Place) -> Curve:
    """Start, the point that draws the curve to itself, and end."""
    (ax, ay), (bx, by) = (on_sheet(p.lon, p.lat, _MARGIN) for p in (home, arc))
    lift = 0.16 * math.hypot(bx - ax, by - ay) + 12
    qx, qy = (ax + bx) / 2, max((ay + by) / 2 - lift - abs(by - ay) * 0.35, -40.0)
    return ax, ay, qx, qy, bx, by


def _points(
    curve: tuple[float, float, float, float, float, float],
) -> Iterator[tuple[float, float]]:
    ax, ay, qx, qy, bx, by = curve
    for step in range(_FINE + 1):
        t = step / _FINE
        s = 1 - t
        yield s * s * ax + 2 * s * t * qx + t * t * bx, s * s * ay + 2 * s * t * qy + t * t * by


def _arc(arc: Arc, home: Place) -> str:
    """A curve that leaves towards the north, as the ways of a globe do on this sheet."""
    points = [round(value, 1) for value in _curve(arc, home)]
    return element(
        "path",
        {
            "class": "map-way",
            "d": "M{:g} {:g}Q{:g} {:g} {:g} {:g}".format(*points),
            "fill": "none",
            "stroke": "var(--link)",
            "stroke-width": 1.8 if arc.on_post else 0.9,
            "stroke-opacity": "0.9" if arc.on_post else "0.35",
        },
    )


def _dot(drawn: _Drawn) -> str:
    place, title = drawn.place, drawn.place.title or _words(drawn.place)
    return link(
        place.href,
        {"class": "map-place", "aria-label": title} if place.href else {"class": "map-place"},
        element("title", {}, text(title)),
        element("circle", {**_at(drawn.dot), "r": _TOUCH, "fill": "transparent"}),
        _ring(drawn.dot, place.ring),
        _square(drawn.dot) if drawn.is_home else _disc(drawn.dot, place.on_post),
    )


def _ring(dot: Dot, share: float | None) -> str:
    """The share as an arc that begins above, over a thin whole circle."""
    if share is None:
        return ""
    radius = dot.radius + _RING
    shape: dict[str, Value] = {**_at(dot), "r": radius, "fill": "none"}
    told = min(max(share, 0.0), 1.0) * 2 * math.pi * radius
    drawn: dict[str, Value] = {
        "stroke": "var(--l4)", "stroke-width": 3,
        "stroke-dasharray": f"{told:.1f} {2 * math.pi * radius:.1f}",
        "transform": f"rotate(-90 {dot.x:.1f} {dot.y:.1f})",
    }  # fmt: skip
    whole = element("circle", {**shape, "stroke": "var(--line)", "stroke-width": 3})
    return whole + (element("circle", {**shape, **drawn}) if told else "")


def place_alone(place: Place) -> str:
    """The dot and the ring of a place that lies on no map, as a picture of its own."""
    dot, side = Dot(_ALONE / 2, _ALONE / 2, 5.0, ""), f"{_ALONE:g}"
    shape = {"class": "place-alone", "viewBox": f"0 0 {side} {side}", "width": side,
             "height": side, "aria-hidden": "true"}  # fmt: skip
    return element("svg", shape, _ring(dot, place.ring), _disc(dot, place.on_post))


def _at(dot: Dot) -> dict[str, float]:
    return {"cx": dot.x, "cy": dot.y}


def _disc(dot: Dot, on_post: bool) -> str:
    colour = {"fill": "var(--link)"} if on_post else {"fill": "var(--muted)", "opacity": "0.75"}
    return element("circle", {**_at(dot), "r": dot.radius, **colour})


def _square(dot: Dot) -> str:
    side = 2 * _HOME
    where = {"x": dot.x - _HOME, "y": dot.y - _HOME, "width": side, "height": side}
    return element("rect", {**where, "fill": "var(--ink)"})


def _name(drawn: _Drawn) -> str:
    if drawn.label is None:
        return ""
    x, y = drawn.label.baseline
    count = "" if drawn.is_home else _count(drawn.place.count)
    return _leader(drawn.dot, drawn.label) + element(
        "text",
        {
            "class": "map-home" if drawn.is_home else "map-name",
            "x": x,
            "y": y,
            "text-anchor": drawn.label.anchor,
            "font-size": SIZE,
            "fill": "var(--ink)",
            **_HALO,
        },
        text(drawn.place.name),
        count,
    )


def _count(count: int) -> str:
    if not count:
        return ""
    return " " + element("tspan", {"class": "map-count", "fill": "var(--muted)"}, f"{count}")


def _leader(dot: Dot, label: Label) -> str:
    if label.leader is None:
        return ""
    x, y = label.leader
    ends = {"x1": dot.x, "y1": dot.y, "x2": x, "y2": y}
    return element("line", {**ends, "stroke": "var(--muted)", "stroke-width": 0.7})
