"""Which organisations may be one: alike in name, near each other, in one country. Derived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from uuid import UUID

from rapidfuzz import fuzz

from marrow.directory.models import Alias, Likeness, NotTheSame, Organisation
from marrow.directory.rules import alike, core_words, kilometres

CELL = 0.05  # degrees: about 5.5 km
NEAR = 5.0  # kilometres
LIKE = 0.84  # of the telling words, when near
LIKE_UNPLACED = 0.93  # when one of them has no coordinates
CLINICAL = ("HOSPITAL", "PRIMARY", "PRACTICE", "OTHER")
CROWDED = 60  # names in a cell beyond which only equal first letters are compared
#: id, every spelling, kind, degrees, area, district
Row = tuple[UUID, tuple[str, ...], str, float | None, float | None, UUID | None, str]


def find_likely(keep: Callable[[], None] = lambda: None) -> int:
    """Compare every organisation with those near it; replace the list. Returns the pairs."""
    rows = _rows()
    apart = {tuple(sorted(pair)) for pair in NotTheSame.objects.values_list("one", "other")}
    found: dict[tuple[UUID, UUID], Likeness] = {}
    for n, (one, other) in enumerate(_pairs(rows)):
        if n % 20_000 == 0:
            keep()
        pair = (min(one[0], other[0]), max(one[0], other[0]))
        if pair not in found and pair not in apart and (like := _compare(one, other)):
            (like.one_id, like.other_id), like.area_id = pair, one[5]
            found[pair] = like
    Likeness.objects.all().delete()
    Likeness.objects.bulk_create(found.values(), batch_size=1000)
    return len(found)


def _rows() -> list[Row]:
    columns = ("pk", "names", "kind", "lat", "lon", "area", "place")
    rows = Organisation.objects.filter(successor=None, kind__in=CLINICAL).values_list(*columns)
    spelled: dict[UUID, list[str]] = defaultdict(list)
    for pk, text in Alias.objects.exclude(organisation=None).values_list("organisation", "text"):
        spelled[pk].append(text)
    return [
        (pk, tuple(dict.fromkeys((*names.values(), *spelled[pk]))), kind, lat, lon, area, place)
        for pk, names, kind, lat, lon, area, place in rows.iterator(chunk_size=5000)
    ]


def _pairs(rows: list[Row]) -> Iterator[tuple[Row, Row]]:
    """Pairs worth comparing: in the same or a neighbouring cell, or the same words unplaced."""
    cells: dict[tuple[int, int], list[Row]] = defaultdict(list)
    unplaced: dict[tuple[UUID | None, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row[3] is not None and row[4] is not None:
            cells[(int(row[3] // CELL), int(row[4] // CELL))].append(row)
        for name in row[1]:
            unplaced[(row[5], " ".join(sorted(core_words(name)))[:40])].append(row)
    for (x, y), here in cells.items():
        for dx, dy in ((0, 0), (0, 1), (1, -1), (1, 0), (1, 1)):
            there = here if (dx, dy) == (0, 0) else cells.get((x + dx, y + dy), [])
            yield from _near(here, there, same=(dx, dy) == (0, 0))
    for same in unplaced.values():
        if len(same) <= CROWDED and any(row[3] is None for row in same):
            yield from _near(same, same, same=True)


def _near(here: list[Row], there: list[Row], *, same: bool) -> Iterator[tuple[Row, Row]]:
    crowded = len(here) * len(there) > CROWDED * CROWDED
    for n, one in enumerate(here):
        for other in there[n + 1 :] if same else there:
            if one[0] != other[0] and (not crowded or _initials(one) & _initials(other)):
                yield one, other


def _initials(row: Row) -> set[str]:
    return {name[:1].casefold() for name in row[1]}


def _compare(one: Row, other: Row) -> Likeness | None:
    if one[5] != other[5]:
        return None
    likeness = max((_like(a, b) for a in one[1] for b in other[1]), default=0.0)
    if not likeness:
        return None
    if one[3] is None or one[4] is None or other[3] is None or other[4] is None:
        same_place = bool(one[6]) and one[6] == other[6]
        return Likeness(alike=likeness) if likeness >= LIKE_UNPLACED and same_place else None
    apart = kilometres(one[3], one[4], other[3], other[4])
    if likeness < LIKE or apart > NEAR:
        return None
    return Likeness(alike=likeness, kilometres=round(apart, 2))


def _like(one: str, other: str) -> float:
    """Likeness 0–1 of two spellings; 0 where it is too little to matter."""
    words = " ".join(core_words(one)), " ".join(core_words(other))
    ratio = fuzz.token_sort_ratio(*words, score_cutoff=LIKE * 100) / 100
    return alike(one, other, ratio) if ratio else 0.0
