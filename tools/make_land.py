"""Write `src/marrow/ui/drawing/land.path`: the outline of the land as one SVG path.

    python tools/make_land.py .../world-atlas/land-110m.json

The argument is the TopoJSON file of the npm package `world-atlas` (Natural Earth 1:110m, public
domain). Each ring is cut at the edge of the map, projected, cropped to the sheet, thinned by the
area that each corner adds (Visvalingam), and written as whole half-units with relative moves, which
is the shortest notation. Only the standard library and the projection itself are used.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from marrow.ui.drawing.land import STEP  # noqa: E402
from marrow.ui.drawing.projection import CENTRE, HEIGHT, WIDTH, project_turned  # noqa: E402

Point = tuple[float, float]
Ring = list[Point]

TARGET = ROOT / "src/marrow/ui/drawing/land.path"
SPARE = 1.0  # units drawn outside the sheet, so that the crop leaves no visible edge
LEAST_CORNER = 1.5  # square units: corners that add less are left out
LEAST_ISLAND = 4.0  # square units: islands smaller than this are left out


def rings(topology: dict[str, Any]) -> Iterator[Ring]:
    """Each ring of the land in degrees, from delta-coded arcs."""
    arcs = decoded_arcs(topology)
    for shape in topology["objects"]["land"]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        for polygon in polygons:
            for ring in polygon:
                yield joined(ring, arcs)


def decoded_arcs(topology: dict[str, Any]) -> list[Ring]:
    """Every arc in degrees, from steps on the file's own grid."""
    return [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    x = y = 0
    points: Ring = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * scale_x + left, y * scale_y + bottom))
    return points


def joined(numbers: list[int], arcs: list[Ring]) -> Ring:
    points: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return points


def turned(ring: Ring) -> Ring:
    """Longitudes counted from the centre, without the jump at the date line."""
    result: Ring = []
    for lon, lat in ring:
        near = result[-1][0] if result else lon - CENTRE
        result.append((lon - CENTRE + 360 * round((near - lon + CENTRE) / 360), lat))
    return result


def cut(ring: Ring, axis: int, edge: float, keep: int) -> Ring:
    """The part of a ring on one side of an edge (Sutherland and Hodgman); keep is 1 or -1."""
    result: Ring = []
    for here, there in zip(ring, ring[1:] + ring[:1], strict=True):
        a, b = (here[axis] - edge) * keep, (there[axis] - edge) * keep
        if a >= 0:
            result.append(here)
        if (a >= 0) != (b >= 0):
            t = a / (a - b)
            (ax, ay), (bx, by) = here, there
            result.append((ax + t * (bx - ax), ay + t * (by - ay)))
    return result


def sheets(ring: Ring) -> Iterator[Ring]:
    """A ring's parts on the map that runs from -180 to 180, projected and cropped."""
    for shift in (-360, 0, 360):
        part = [(x + shift, y) for x, y in ring]
        for edge, keep in ((-180.0, 1), (180.0, -1)):
            part = cut(part, 0, edge, keep)
        part = [project_turned(x, y) for x, y in part]
        for axis, edge, keep in (
            (0, -SPARE, 1),
            (0, WIDTH + SPARE, -1),
            (1, -SPARE, 1),
            (1, HEIGHT + SPARE, -1),
        ):
            part = cut(part, axis, edge, keep)
        if len(part) >= 3 and area(part) >= LEAST_ISLAND:
            yield part


def area(ring: Ring) -> float:
    """Square units, whichever way the ring runs."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs)) / 2


def thinned(ring: Ring, least: float) -> Ring:
    """Drop, one by one, the corner whose triangle is smallest, until none is below `least`."""
    points = list(ring)
    while len(points) > 4:
        size, index = min(
            (area([points[i - 1], points[i], points[(i + 1) % len(points)]]), i)
            for i in range(len(points))
        )
        if size >= least:
            break
        del points[index]
    return points


def notation(ring: Ring) -> str:
    """`Mx y` in whole steps, then `l` with each corner counted from the one before."""
    spots = [(round(x / STEP), round(y / STEP)) for x, y in ring]
    moves: list[int] = []
    for (ax, ay), (bx, by) in pairwise(spots):
        if (ax, ay) != (bx, by):
            moves += [bx - ax, by - ay]
    return f"M{_listed(list(spots[0]))}l{_listed(moves)}z"


def _listed(numbers: list[int]) -> str:
    """A minus parts two numbers as well as a space does."""
    return " ".join(str(number) for number in numbers).replace(" -", "-")


def path(topology: dict[str, Any]) -> str:
    parts = [part for ring in rings(topology) for part in sheets(turned(ring))]
    return "".join(notation(thinned(part, LEAST_CORNER)) for part in parts)


def main() -> None:
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    TARGET.write_text(path(topology) + "\n", encoding="utf-8")
    sys.stdout.write(f"{TARGET.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
