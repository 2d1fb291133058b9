"""What a plan takes otherwise than the records say: the difference of two problems, laid over one.

Facts are plain JSON: `{list: {"gone": [key], "changed": {key: {field: value}}, "new": [record]}}`,
and under "head" the fields of the problem itself. Where a record is no longer there, what was said
of it falls away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marrow.plan.rules.problem import Problem

Facts = Mapping[str, Any]
Record = dict[str, Any]
#: by list: the fields that name a record
KEYS: Mapping[str, tuple[str, ...]] = {
    "organisations": ("id",), "people": ("id",), "missions": ("id",), "seats": ("id",),
    "cells": ("destination", "specialty", "half_year"), "couples": ("a", "b"),
    "budgets": ("area", "year"), "published": ("seat",), "pins": ("seat",),
}  # fmt: skip
HEAD = ("currency", "rest_days", "specialties", "trade", "horizon_from", "horizon_to")
SEAT_FIELDS = ("accepts", "grade_min", "language", "certificates", "position", "weight")


def _json(problem: Problem) -> Record:
    told: Record = problem.model_dump(mode="json", by_alias=True)
    for o in told["organisations"]:
        for home in (o, *o["departments"]):
            home["absence_cap"] = sorted(home["absence_cap"], key=lambda cap: str(cap["month"]))
    return told


def _by_key(records: list[Record], name: str) -> dict[str, Record]:
    return {"|".join(str(one[f]) for f in KEYS[name]): one for one in records}


def difference(base: Problem, wanted: Problem) -> dict[str, Any]:
    """What makes `wanted` of `base`; of name, seed and weights nothing, for a plan has its own."""
    before, after = _json(base), _json(wanted)
    found: dict[str, Any] = {}
    for name in KEYS:
        old, new = _by_key(before[name], name), _by_key(after[name], name)
        told = {
            "gone": [key for key in old if key not in new],
            "changed": {
                key: fields for key, one in new.items()
                if key in old and (fields := _other(old[key], one))
            },
            "new": [one for key, one in new.items() if key not in old],
        }  # fmt: skip
        if any(told.values()):
            found[name] = told
    if head := _other({f: before[f] for f in HEAD}, {f: after[f] for f in HEAD}):
        found["head"] = head
    return found


def _other(old: Record, new: Record) -> Record:
    return {field: value for field, value in new.items() if old.get(field) != value}


def overlaid(problem: Problem, facts: Facts, but: tuple[str, ...] = ()) -> Problem:
    """The problem with these facts, lists in `but` as they are."""
    if not facts:
        return problem
    told = _json(problem) | {f: v for f, v in facts.get("head", {}).items() if f in HEAD}
    for name in KEYS:
        if name in facts and name not in but:
            told[name] = _laid(told[name], facts[name], name)
    return Problem.model_validate(told)


def _laid(records: list[Record], told: Mapping[str, Any], name: str) -> list[Record]:
    rows = _by_key(records, name)
    for key in told.get("gone", ()):
        rows.pop(key, None)
    for key, fields in told.get("changed", {}).items():
        if key in rows:
            rows[key] = rows[key] | fields
    return list((rows | _by_key(list(told.get("new", ())), name)).values())


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: of which record, which field (none: the whole record)."""

    list: str
    key: str
    what: str  # gone, new, changed
    field: str = ""
    before: Any = None
    after: Any = None


def changes(base: Problem, facts: Facts) -> Iterator[Change]:
    """Facts one by one, with what stood before."""
    before = _json(base)
    for field, value in facts.get("head", {}).items():
        yield Change("head", "", "changed", field, before.get(field), value)
    for name in KEYS:
        told = facts.get(name, {})
        rows = _by_key(before[name], name)
        for key in told.get("gone", ()):
            yield Change(name, key, "gone")
        for one in told.get("new", ()):
            yield Change(name, "|".join(str(one[f]) for f in KEYS[name]), "new")
        for key, fields in told.get("changed", {}).items():
            for field, value in fields.items():
                yield Change(name, key, "changed", field, rows.get(key, {}).get(field), value)


def without(facts: Facts, name: str, key: str, fields: tuple[str, ...]) -> dict[str, Any]:
    """Facts without these fields of a record: something else was said of it since."""
    told = facts.get(name, {})
    changed = dict(told.get("changed", {}))
    if key not in changed:
        return dict(facts)
    changed[key] = {f: v for f, v in changed[key].items() if f not in fields}
    return {**facts, name: {**told, "changed": {k: v for k, v in changed.items() if v}}}
