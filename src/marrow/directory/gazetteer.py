"""The world's places: ISO 3166, regions, former states, China down to counties."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from marrow.core.book import same_id
from marrow.core.viewer import Viewer
from marrow.core.words import names
from marrow.directory.actions import load_areas
from marrow.directory.models import Alias, Area

DATA = Path(__file__).parent / "data"
LEVELS = {"province": Area.Kind.REGION, "city": Area.Kind.CITY, "county": Area.Kind.COUNTY}
APART = {"CN-TW", "CN-HK", "CN-MO"}  # one area each: ISO 3166 gives them codes of their own


def load_world(by: Viewer, at: dt.datetime) -> None:
    """Load every place; a second call adds nothing."""
    areas = places()
    load_areas(areas=areas.values(), aliases=_aliases(areas), by=by, at=at)


def places() -> dict[str, Area]:
    """Code → place, parents first."""
    found: dict[str, Area] = {}
    for row in _table("regions.tsv"):
        _put(found, Area.Kind.WORLD_REGION, row["code"], row["parent"], row)
    for row in _table("countries.tsv"):
        kind = Area.Kind.FORMER_STATE if row["ends"] else Area.Kind.COUNTRY
        area = _put(found, kind, row["iso2"], row["subregion"] or row["region"] or "001", row)
        area.iso3, area.m49, area.ended_on = row["iso3"], row["m49"], row["ends"]
    provinces = {"CN": "CN"}
    for row in _table("china.tsv"):
        code = row["iso"] or f"CN-{row['code']}"
        if row["level"] == "province":
            provinces[row["code"]] = code
        if row["level"] not in LEVELS or code in APART:
            continue
        above = provinces.get(row["parent"]) or f"CN-{row['parent']}"
        area = _put(found, LEVELS[row["level"]], code, above, row)
        area.search = "\n".join((row["pinyin"], row["initials"]))
    return found


def _put(found: dict[str, Area], kind: str, code: str, parent: str, row: dict[str, str]) -> Area:
    above = found.get(parent)
    area = Area(
        id=same_id("area", code),
        kind=kind,
        code=code,
        names=names(row["name_en"], row["name_zh"], row["name_fr"]),
        parent=above,
        path=f"{above.path if above else '/'}{code}/",
        lat=float(row["lat"]) if row.get("lat") else None,
        lon=float(row["lon"]) if row.get("lon") else None,
    )
    found[code] = area
    return area


def _aliases(areas: dict[str, Area]) -> Iterator[Alias]:
    for row in _table("country_aliases.tsv"):
        area = areas[row["iso2"]]
        words = (row["iso2"], row["lang"], row["alias"])
        yield Alias(id=same_id("alias", *words), area=area, language=row["lang"], text=row["alias"])


def _table(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        yield from csv.DictReader(lines, delimiter="\t", restval="")
