"""Search as you type over items and loaded codes: three languages, pinyin, code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TypeVar

from django.db.models import Q, QuerySet

from marrow.catalogue.models import Code, Item
from marrow.core.words import Names, in_tongue
from marrow.directory.rules import folded
from marrow.directory.search import spelled

LONGEST = 800
CANDIDATES = 300
R = TypeVar("R", Item, Code)
_UE = re.compile(r"([nl])ue")  # no other syllable of pinyin has ue after n or l


def searched(names: Names, aliases: Iterable[str], codes: Iterable[str]) -> str:
    """What is looked through: each name folded, Chinese also in pinyin and initials, each code."""
    lines = [line for told in (*names.values(), *aliases) for line in spelled(told)]
    lines += [code.casefold() for code in codes]
    return "\n".join(dict.fromkeys(filter(None, lines)))[:LONGEST]


def of_item(item: Item) -> str:
    codes = [code for told in item.codes.values() for code in told]
    return searched(item.names, item.aliases, [*codes, item.key])


def words_of(typed: str) -> list[str]:
    """The words that were typed; a code keeps its point."""
    return [w.casefold() if is_code(w) else folded(w) for w in typed[:80].split()[:6] if folded(w)]


def as_pinyin(typed: str) -> str:
    """What was typed with ü as the pinyin that we keep has it: "nüe" and "nue" are "nve"."""
    return " ".join(_UE.sub(r"\1ve", w) for w in words_of(typed.casefold().replace("ü", "v")))


def is_code(word: str) -> bool:
    """K35.8, 51.23, N18: a letter or none, digits, a point or none."""
    bare = word.replace(".", "")
    return any(c.isdigit() for c in bare) and bare.isascii() and bare.isalnum()


def narrowed(rows: QuerySet[R], typed: str) -> QuerySet[R]:
    """Those in which every word that was typed stands; none where only signs were typed."""
    if typed.strip() and not words_of(typed):
        return rows.none()
    for word, sounded in zip(words_of(typed), as_pinyin(typed).split(" "), strict=False):
        here = Q(search__contains=word)
        rows = rows.filter(here if sounded == word else here | Q(search__contains=sounded))
    return rows


def ranked(rows: QuerySet[R], typed: str, language: str | None = None) -> list[R]:
    """At most 300 of those that answer: the whole name first, its beginning, then a part."""
    words = words_of(typed)
    if not words:
        return []
    wanted, sounded = " ".join(words), as_pinyin(typed)
    found = list(narrowed(rows, typed).order_by("id")[:CANDIDATES])
    return sorted(found, key=lambda row: min(_far(row, w, language) for w in (wanted, sounded)))


def _far(row: Item | Code, wanted: str, language: str | None) -> tuple[int, int, str]:
    """How far a row is from what was typed: 0 is the same; shorter names before longer ones."""
    name = folded(in_tongue(row.names, language))
    lines = row.search.split("\n")
    if wanted in (name, *lines):
        rank = 0
    elif name.startswith(wanted):
        rank = 1
    elif any(line.startswith(wanted) for line in lines):
        rank = 2
    else:
        rank = 3
    return rank, len(name), name


def codes_told(codes: Mapping[str, Iterable[str]]) -> list[str]:
    """ "ICD10 K35", for pages and files."""
    return [f"{system} {code}" for system, told in codes.items() for code in told]
