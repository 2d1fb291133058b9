"""Lists of those who are honoured, as they are pasted from a sheet or typed: one a line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

#: a sheet's cells are parted by tabs, typed lines by a semicolon or a bar
PARTED = re.compile(r"\t|;|；|\|")
#: a running number before the name
NUMBERED = re.compile(r"^\s*\d{1,3}\s*[.、．)）]\s*")
CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")
#: what stands over the first column, of names or of running numbers, as `folded` gives it
HEADS = frozenset(
    {
        "name", "names", "fullname", "nameofgroup", "group", "person", "surname", "surnameandname",
        "nom", "noms", "nometprénom", "nometprénoms", "nomsetprénoms", "nom,prénom", "nomdugroupe",
        "nomprénom", "prénometnom", "groupe", "personne", "姓名", "名称", "名字", "单位名称",
        "集体名称", "集体", "个人", "个人姓名", "获奖集体", "获奖个人", "医疗队名称",
        "序号", "编号", "序", "no", "no.", "n°", "#", "number", "num", "numéro",
    }
)  # fmt: skip
MOST = 500  # lines of one list


@dataclass(frozen=True, slots=True)
class Told:
    """One line: who, and of which unit ("" where none is told)."""

    name: str
    unit: str


def read(text: str) -> list[Told]:
    """The lines of a list; empty ones and a first line of headings are passed over."""
    found: list[Told] = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in PARTED.split(line)]
        if cells and cells[0].isdigit():
            cells = cells[1:]
        name = NUMBERED.sub("", cells[0]) if cells else ""
        if not name or (not found and folded(name) in HEADS):
            continue
        found.append(Told(name[:200], (cells[1] if len(cells) > 1 else "")[:200]))
    return found


def folded(text: str) -> str:
    """How two spellings are compared: width, case and spaces do not matter."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def twice(lines: Iterable[Told]) -> set[int]:
    """The places of lines that repeat an earlier one."""
    seen: set[tuple[str, str]] = set()
    found = set()
    for place, one in enumerate(lines):
        key = (folded(one.name), folded(one.unit))
        if key in seen:
            found.add(place)
        seen.add(key)
    return found


def points(text: str) -> list[tuple[str, str, str]]:
    """An order of the day, a point a line: (when, what, who); a line without a time has none."""
    found = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in PARTED.split(line)]
        when = cells[0].replace("：", ":")
        if CLOCK.fullmatch(when) or when in ("", "-", "–", "—"):
            cells = cells[1:]
        what, who = [*cells, "", ""][:2]
        if what:
            found.append((when.zfill(5) if CLOCK.fullmatch(when) else "", what, who))
    return found
