"""Limits that a workbook told, month by month: those of other months go by the records.

Of a hospital the facts then hold `{"absence_cap": {month: people}, "departments": {id: {month:
people}}}`, None for a month without a limit; a list instead is told as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

Record = dict[str, Any]
Records = Mapping[str, Record]  # organisations by their id
Months = Mapping[str, int | None]
CAPS, PARTS = "absence_cap", "departments"


def months_of(caps: Any) -> dict[str, int | None]:
    """Caps by month, in either form."""
    if isinstance(caps, dict):
        return dict(caps)
    return {str(cap["month"]): cap["people"] for cap in caps or ()}


def laid(record: Record, fields: Mapping[str, Any]) -> Record:
    """A record with what was told of it."""
    found = record | dict(fields)
    if isinstance(told := fields.get(CAPS), dict):
        found[CAPS] = _beside(record[CAPS], told)
    if isinstance(homes := fields.get(PARTS), dict):
        found[PARTS] = [
            part | {CAPS: _beside(part[CAPS], homes.get(part["id"], {}))} for part in record[PARTS]
        ]
    return found


def _beside(caps: list[Record], told: Months) -> list[Record]:
    months = months_of(caps) | dict(told)
    return [{"month": m, "people": n} for m, n in sorted(months.items()) if n is not None]


def told_of(
    fields: Mapping[str, Any], key: str, before: Records, mine: Records, *,
    earlier: Mapping[str, Any], whole: bool,
) -> Record:  # fmt: skip
    """What is told of one hospital (`fields`, its lists as a whole) month by month: where they
    differ from what stood `before` in the plan for which the workbook was sent, or a workbook told
    them `earlier`; `whole`: of the hospital itself every month. `mine` goes by the records."""
    found = dict(fields)
    old, own = before.get(key), mine.get(key)
    if old is None or own is None:
        return found
    if CAPS in found:
        said = _said(old[CAPS], found[CAPS], earlier.get(CAPS), whole=whole)
        found[CAPS] = _differing(found[CAPS], own[CAPS], said)
    if PARTS in found and _called(old[PARTS]) == _called(found[PARTS]):
        found[PARTS] = dict(_of_parts(found[PARTS], old[PARTS], own[PARTS], earlier.get(PARTS)))
    return {f: v for f, v in found.items() if v or f not in (CAPS, PARTS)}


def _of_parts(
    parts: list[Record], old: list[Record], own: list[Record], earlier: Any
) -> Iterator[tuple[str, Months]]:
    before, mine = _limits(old), _limits(own)
    told = earlier if isinstance(earlier, dict) else _limits(earlier or ())
    for part in parts:
        key = part["id"]
        said = _said(before[key], part[CAPS], told.get(key), whole=False)
        if months := _differing(part[CAPS], mine.get(key, []), said):
            yield key, months


def _said(old: Any, new: Any, earlier: Any, *, whole: bool) -> Collection[str]:
    before, after = months_of(old), months_of(new)
    both = before.keys() | after.keys()
    return months_of(earlier).keys() | {m for m in both if whole or before.get(m) != after.get(m)}


def _differing(wanted: Any, mine: Any, said: Collection[str]) -> Months:
    new, own = months_of(wanted), months_of(mine)
    return {m: new.get(m) for m in sorted(said) if new.get(m) != own.get(m)}


def _limits(parts: Collection[Record]) -> dict[str, Any]:
    return {part["id"]: part[CAPS] for part in parts}


def _called(parts: Collection[Record]) -> set[tuple[str, str]]:
    return {(part["id"], part["specialty"]) for part in parts}
