"""Search as you type over places and organisations: accents, pinyin and spelling forgiven.

Every thing has one entry of folded lines. A query's words must each stand in it (as written;
else as they sound; else by half a word, for one slip of the finger), and the best are ranked.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from pypinyin import Style, lazy_pinyin
from rapidfuzz import fuzz

from marrow.core.journal.derived import follows
from marrow.directory.models import Alias, Area, Organisation, SearchEntry
from marrow.directory.rules import folded, is_chinese, sound, sounds_of

AREA = "AREA"
ORGANISATION = "ORGANISATION"
AREA_WEIGHT = {
    "COUNTRY": 9,
    "REGION": 8,
    "WORLD_REGION": 7,
    "FORMER_STATE": 6,
    "CITY": 7,
    "COUNTY": 6,
}
KIND_WEIGHT = {
    "HOSPITAL": 5,
    "COMMISSION": 5,
    "MINISTRY": 5,
    "UN_BODY": 5,
    "PRIMARY": 3,
    "OTHER": 2,
}
LONGEST = 1000
CANDIDATES = 200
BONES = 2  # sounds that a word must have to be found by them
HALVED = 4  # letters from which a word may be found by half of it
GOOD = 70.0  # of 100: how near a guess must come
BYWAY = 84.0  # of 100: the pinyin of a spelling that is not the name
NEAR = 78.0  # of 100: how near a word must come to one that was typed otherwise
Ranked = tuple[float, UUID, str]


def refresh(rows: Sequence[Area] | Sequence[Organisation]) -> None:
    """Write the entries of these places or organisations anew."""
    for start in range(0, len(rows), 500):
        _refresh(rows[start : start + 500])


@follows(Area, Organisation, Alias)
def refresh_touched(ids: set[UUID]) -> None:
    """Entries of places and organisations whose rows or spellings were touched; gone ones go."""
    SearchEntry.objects.filter(thing__in=ids).delete()
    spelled_of = Alias.objects.filter(pk__in=ids).values_list("organisation", "area")
    things = ids | {pk for pair in spelled_of for pk in pair if pk}
    refresh(list(Area.objects.filter(pk__in=things)))
    refresh(list(Organisation.objects.filter(pk__in=things)))


def _refresh(rows: Sequence[Area | Organisation]) -> None:
    ids = [row.pk for row in rows]
    spellings: dict[UUID, list[str]] = defaultdict(list)
    for alias in Alias.objects.filter(Q(organisation__in=ids) | Q(area__in=ids)):
        spellings[alias.organisation_id or alias.area_id].append(alias.text)  # type: ignore[index]
    SearchEntry.objects.filter(thing__in=ids).delete()
    SearchEntry.objects.bulk_create(_entry(row, spellings[row.pk]) for row in rows)


def _entry(row: Area | Organisation, aliases: Iterable[str]) -> SearchEntry:
    told = [*row.names.values(), *aliases]
    lines = list(dict.fromkeys(line for text in told for line in spelled(text)))
    if isinstance(row, Area):
        lines += [folded(row.code), row.iso3.lower(), *row.search.split("\n")]
        kind, weight = AREA, AREA_WEIGHT.get(row.kind, 5)
    else:
        kind, weight = ORGANISATION, KIND_WEIGHT.get(row.kind, 1)
        lines += [folded(row.place)]
    text = "\n".join(line for line in dict.fromkeys(lines) if line)[:LONGEST]
    sounds = " ".join(dict.fromkeys(sounds_of(text).split()))[:LONGEST]
    return SearchEntry(kind=kind, thing=row.pk, weight=weight, text=text, sounds=sounds)


@functools.lru_cache(maxsize=20_000)
def spelled(text: str) -> tuple[str, ...]:
    """A name as it may be typed: folded; Chinese also in pinyin and by initials."""
    plain = folded(text)
    if not is_chinese(text):
        return (plain,)
    return (
        plain,
        "".join(lazy_pinyin(plain)).replace(" ", ""),
        "".join(lazy_pinyin(plain, style=Style.FIRST_LETTER)).replace(" ", ""),
    )


def find(query: str, *, kind: str = "", limit: int = 12) -> list[Ranked]:
    """The best entries for what was typed: (score, id, kind), the best first."""
    typed = folded(query)[:80]
    words = typed.split()[:6]
    if not words:
        return []
    entries = SearchEntry.objects.filter(kind=kind) if kind else SearchEntry.objects.all()
    found = _as_written(entries, words) or _as_it_sounds(entries, words) or _by_half(entries, words)
    ranked = sorted(((_score(typed, words, entry), entry) for entry in found), key=_best_first)
    return [(score, entry.thing, entry.kind) for score, entry in ranked[:limit] if score >= GOOD]


def called(typed: str, kind: str) -> list[UUID]:
    """The things of which a name in any language, a spelling or a code is just this, folded. An
    entry has other lines too (initials, the town of a hospital), so its caller asks the names."""
    name = folded(typed)
    if not name:
        return []
    line = Q(text=name) | Q(text__startswith=f"{name}\n") | Q(text__endswith=f"\n{name}")
    line |= Q(text__contains=f"\n{name}\n")
    rows = SearchEntry.objects.filter(line, kind=kind).order_by("-weight", "id")
    return list(rows.values_list("thing", flat=True)[:CANDIDATES])


def _best_first(ranked: tuple[float, SearchEntry]) -> tuple[float, int, str]:
    score, entry = ranked
    return (-score - entry.weight, len(entry.text), entry.text)


def _as_written(entries: QuerySet[SearchEntry], words: list[str]) -> list[SearchEntry]:
    return _fetch(entries, [Q(text__contains=word) for word in words])


def _as_it_sounds(entries: QuerySet[SearchEntry], words: list[str]) -> list[SearchEntry]:
    heard = [(w, sound(w)) for w in words]
    if any(len(s) < BONES and not is_chinese(w) for w, s in heard):
        return []  # too little is left of it to tell anything by
    marks = [Q(sounds__contains=s) | Q(text__contains=w) for w, s in heard]
    return _alike(words, _fetch(entries, marks))


def _by_half(entries: QuerySet[SearchEntry], words: list[str]) -> list[SearchEntry]:
    marks = [
        Q(text__contains=w[: len(w) // 2 + 1]) | Q(text__contains=w[len(w) // 2 :])
        for w in words
        if len(w) >= HALVED
    ]
    return _alike(words, _fetch(entries, marks, CANDIDATES * 5) if marks else [])


def _alike(words: list[str], found: list[SearchEntry]) -> list[SearchEntry]:
    """Those in which every word that was typed has one that is near it: half a match is none."""
    return [e for e in found if all(_nearest(word, e) >= NEAR for word in words)]


def _nearest(word: str, entry: SearchEntry) -> float:
    if is_chinese(word):
        return fuzz.partial_ratio(word, entry.text)
    return max((fuzz.ratio(word, other) for other in set(entry.text.split())), default=0.0)


def _fetch(
    entries: QuerySet[SearchEntry], marks: list[Q], most: int = CANDIDATES
) -> list[SearchEntry]:
    for mark in marks:
        entries = entries.filter(mark)
    return list(entries.order_by("-weight", "id")[:most])


def _byways(lines: list[str]) -> set[str]:
    """The pinyin of a Chinese spelling beside the name's own: 卢安达 makes no Luanda of Rwanda."""
    chinese = [line for line in lines if is_chinese(line)]
    other = {sound for line in chinese[1:] for sound in spelled(line)[1:]}
    own = {sound for line in chinese[:1] for sound in spelled(line)[1:]}
    first = lines[: lines.index(chinese[0])] if chinese else []
    return other - own - set(first)


def _score(typed: str, words: list[str], entry: SearchEntry) -> float:
    """100 for a name that is what was typed, a little less where it starts so, or holds it."""
    lines = entry.text.split("\n")
    byways = _byways(lines)
    if typed in byways:
        return BYWAY
    lines = [line for line in lines if line not in byways] or lines
    if typed in lines:
        return 100.0
    if any(line.startswith(typed) for line in lines):
        return 97.0
    if any(f" {typed}" in line for line in lines):
        return 95.0
    if all(word in entry.text for word in words):
        return 90.0
    return max(fuzz.token_set_ratio(typed, line) for line in lines) * 0.2 + GOOD
