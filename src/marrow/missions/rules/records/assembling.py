"""Readings put together: the batches of each series in order, and what does not fit."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from marrow.missions.rules.records.countries import countries_in, is_called
from marrow.missions.rules.records.dates import months_of
from marrow.missions.rules.records.kinds import is_island
from marrow.missions.rules.records.told import (
    NUMBERED,
    Assembly,
    BatchRead,
    Doubt,
    Reading,
    SeriesRead,
    Told,
)

_SAME_TEAM = 18  # months: two tellings of one number further apart tell of two teams
_LEAST_TERM = 9  # months: batches do not follow one another faster than this
_MOST_GAPS = 12  # numbers missing in a row, beyond which the numbers themselves are in doubt
_SITE = "SITE:"


Tracks = Mapping[tuple[str, str], Sequence[Reading]]


def assemble(readings: Iterable[Reading], known: Tracks = MappingProxyType({})) -> Assembly:
    """The series that the readings tell of, and the readings that stand in no series.

    `known`: the batches of earlier files, by recipient and track, to stand apart from or to join.
    """
    kept = _same_ids(list(readings))
    numbered: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    others: list[Reading] = []
    for one in kept:
        placed = one.recipient and not _is_elsewhere(one)
        if one.kind in NUMBERED and placed and _number(one) is not None:
            numbered[one.recipient, one.track].append(one)
        else:
            others.append(one)
    joined = _join_sites(numbered, known)
    series = tuple(_series(*key, members) for key, members in sorted(joined.items()))
    return Assembly(series, tuple(_told_twice(others)))


def _is_elsewhere(one: Reading) -> bool:
    """True when the words plainly name another country, and its title does not name its own.

    In whose series it stands, a person decides.
    """
    doubted = any(d.code == "OTHER_COUNTRY" and d.proposes for d in one.doubts)
    return doubted and not any(is_called(one.recipient, named) for named in countries_in(one.title))


def _number(one: Reading) -> int | None:
    told = one.first("ordinal")
    return int(told.value) if told else None


def _dated(one: Reading) -> Told | None:
    return one.first("arrived_on") or one.first("departed_on")


def _when(one: Reading) -> float | None:
    """Where a team stands on the line of time, in months."""
    told = _dated(one)
    return months_of(told.value) if told else None


def _with(one: Reading, doubt: Doubt) -> Reading:
    return replace(one, doubts=(*one.doubts, doubt))


def _same_ids(readings: list[Reading]) -> list[Reading]:
    prints: dict[str, set[str]] = defaultdict(set)
    for one in readings:
        if one.project_id:
            prints[one.project_id].add(one.fingerprint)
    return [
        _with(one, Doubt("ID_MEANS_ANOTHER", "", (("id", one.project_id),)))
        if len(prints[one.project_id]) > 1
        else one
        for one in readings
    ]


def _told_twice(others: list[Reading]) -> list[Reading]:
    first: dict[str, Reading] = {}
    marked = []
    for one in others:
        known = first.setdefault(one.fingerprint, one)
        marked.append(one if known is one else _with(one, _twice(one.title, [known, one])))
    return marked


def _twice(name: str, readings: list[Reading]) -> Doubt:
    rows = ", ".join(str(one.row) for one in readings)
    return Doubt(
        "TOLD_TWICE",
        "",
        (("name", name[:120]), ("rows", rows)),
        quotes=tuple(("title", one.title[:200]) for one in readings if one.title),
    )


def _join_sites(
    numbered: dict[tuple[str, str], list[Reading]], known: Tracks
) -> dict[tuple[str, str], list[Reading]]:
    """A hospital in the title makes a series of its own only where its numbers need one.

    An island counts its teams for itself: that its name says, whatever else has been read.
    """
    joined: dict[tuple[str, str], list[Reading]] = {
        key: list(members) for key, members in numbered.items() if not _is_house(key[1])
    }
    for key in sorted(set(numbered) - set(joined)):
        recipient, _ = key
        beside = [k for k in (*numbered, *known) if k[0] == recipient and _is_house(k[1])]
        civil = [*joined.get((recipient, ""), ()), *known.get((recipient, ""), ())]
        members = numbered[key]
        alone = not civil and len(set(beside)) > 1
        if key in known or alone or (civil and _clash(civil, members)):
            joined[key] = list(members)
        else:
            joined.setdefault((recipient, ""), []).extend(members)
    return joined


def _is_house(track: str) -> bool:
    return track.startswith(_SITE) and not is_island(track)


def _clash(some: list[Reading], others: list[Reading]) -> bool:
    """True when two groups of batches cannot be one series: numbers, order or senders differ."""
    if _senders(some) and _senders(others) and _senders(some).isdisjoint(_senders(others)):
        return True
    return any(_at_odds(one, other) for one in some for other in others)


def _senders(members: list[Reading]) -> set[str]:
    return {told.value for one in members if (told := one.first("sender"))}


def _at_odds(one: Reading, other: Reading) -> bool:
    apart = (_number(one) or 0) - (_number(other) or 0)
    here, there = _when(one), _when(other)
    if here is None or there is None:
        return apart == 0
    if apart == 0:
        return abs(here - there) > _SAME_TEAM
    return (here - there) * apart < 0


def _series(recipient: str, track: str, members: list[Reading]) -> SeriesRead:
    by_number: dict[int, list[Reading]] = defaultdict(list)
    for one in members:
        by_number[_number(one) or 0].append(one)
    batches = tuple(_batch(number, by_number[number]) for number in sorted(by_number))
    senders = Counter(told.value for one in members if (told := one.first("sender")))
    sender = min(senders, key=lambda code: (-senders[code], code)) if senders else ""
    return SeriesRead(recipient, track, sender, batches, _series_doubts(members, batches))


def _batch(number: int, readings: list[Reading]) -> BatchRead:
    best = sorted(readings, key=lambda one: (-len({t.field for t in one.told}), one.row))
    doubts: list[Doubt] = []
    if len(best) > 1:
        doubts.append(_twice(f"{number}", best))
        doubts += _differ(best)
    return BatchRead(number, tuple(best), tuple(doubts))


def _differ(best: list[Reading]) -> list[Doubt]:
    """Two rows of one number whose dates lie too far apart to be one team."""
    first = best[0]
    doubts = []
    for other in best[1:]:
        here, there = _dated(first), _dated(other)
        if here and there and abs(months_of(here.value) - months_of(there.value)) > _SAME_TEAM:
            doubts.append(
                Doubt(
                    "CONTRADICTS",
                    here.field,
                    (("kept", here.value), ("other", there.value)),
                    there.value,
                    ((here.column, here.quote), (there.column, there.quote)),
                    *there.softness,
                )
            )
    return doubts


def _series_doubts(members: list[Reading], batches: tuple[BatchRead, ...]) -> tuple[Doubt, ...]:
    doubts: list[Doubt] = []
    beside = {d.params[0][1] for one in members for d in one.doubts if _names_beside(d)}
    for one, other in itertools.pairwise(batches):
        between = _between(one, other)
        doubts += [d for d in between if not (d.code == "GAP" and d.proposes in beside)]
    resumed = next((told for one in members if (told := one.first("series_resumed"))), None)
    if resumed:
        doubts.append(
            Doubt(
                "RESUMED",
                "series_resumed",
                (("date", resumed.value),),
                resumed.value,
                ((resumed.column, resumed.quote),),
            )
        )
    return tuple(doubts)


def _names_beside(doubt: Doubt) -> bool:
    """ "15th and 16th teams": the row tells of the other number too, so no record is missing."""
    return (doubt.code, doubt.field, doubt.proposes) == ("UNSURE", "ordinal", "")


def _between(one: BatchRead, other: BatchRead) -> list[Doubt]:
    """What stands between two batches that follow one another in the records."""
    low, high = one.number or 0, other.number or 0
    here, there = _told_when(one), _told_when(other)
    if here and there and months_of(there.value) < months_of(here.value):
        return [_backwards(low, high, here, there), *_missing(low, high)]
    step = high - low
    if step > 1 and here and there:
        spread = months_of(there.value) - months_of(here.value)
        if spread < step * _LEAST_TERM:
            return [_jump(low, high)]
    return [_jump(low, high)] if step > _MOST_GAPS else _missing(low, high)


def gaps_beside(told: set[int], stored: set[int]) -> list[Doubt]:
    """The numbers missing between the batches of this file and those of earlier files."""
    doubts: list[Doubt] = []
    for low, high in itertools.pairwise(sorted(told | stored)):
        if {low, high} <= told or {low, high} <= stored:
            continue
        doubts += [_jump(low, high)] if high - low > _MOST_GAPS else _missing(low, high)
    return doubts


def order_beside(told: Sequence[BatchRead], stored: Sequence[BatchRead]) -> list[Doubt]:
    """Batches of this file that came before or after their time, as earlier files tell it.

    A number that both tell of stands where this file puts it.
    """
    new = {one.number for one in told}
    both = [*told, *(one for one in stored if one.number not in new)]
    line = sorted(both, key=lambda one: one.number or 0)
    doubts: list[Doubt] = []
    for one, other in itertools.pairwise(line):
        if (one.number in new) == (other.number in new):
            continue
        here, there = _told_when(one), _told_when(other)
        if here and there and months_of(there.value) < months_of(here.value):
            doubt = _backwards(one.number or 0, other.number or 0, here, there)
            doubts.append(replace(doubt, quotes=tuple(q for q in doubt.quotes if q[1])))
    return doubts


def _told_when(batch: BatchRead) -> Told | None:
    return next((told for one in batch.readings if (told := _dated(one))), None)


def _backwards(low: int, high: int, here: Told, there: Told) -> Doubt:
    return Doubt(
        "OUT_OF_ORDER",
        "ordinal",
        (("low", str(low)), ("high", str(high)), ("first", here.value), ("then", there.value)),
        quotes=((here.column, here.quote), (there.column, there.quote)),
    )


def _jump(low: int, high: int) -> Doubt:
    return Doubt("NUMBER_JUMPS", "ordinal", (("low", str(low)), ("high", str(high))))


def _missing(low: int, high: int) -> list[Doubt]:
    return [
        Doubt("GAP", "ordinal", (("number", str(number)),), str(number))
        for number in range(low + 1, high)
    ][:_MOST_GAPS]
