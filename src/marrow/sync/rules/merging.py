"""Two sides changed one record: what of it goes together, value by value. No clock decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Merged:
    """What shall change here, and the names whose two values a person has to choose from."""

    values: Mapping[str, Any]
    parted: Mapping[str, Any]
    moved: bool  # somebody else had changed the record meanwhile

    @property
    def outcome(self) -> str:
        """As a receipt tells it."""
        if self.parted:
            return "CONFLICT"
        if not self.values:
            return "IDENTICAL"
        return "MERGED" if self.moved else "NEW"


def merge(before: Mapping[str, Any], here: Mapping[str, Any], sent: Mapping[str, Any]) -> Merged:
    """`before` is what the phone saw, `sent` what it made of it, `here` what is held now.

    A value that only one side changed is that side's; lists are merged as sets; a value that both
    changed to different ones stays as it is here and is parted. An absent name is None.
    """
    values: dict[str, Any] = {}
    parted: dict[str, Any] = {}
    for name, told in sent.items():
        was, now = before.get(name), here.get(name)
        if told in (now, was):
            continue
        if now == was:
            values[name] = told
        elif isinstance(now, list) and isinstance(told, list):
            values[name] = _as_sets(was or [], now, told)
        else:
            parted[name] = told
    moved = any(here.get(name) != was for name, was in before.items())
    return Merged(values, parted, moved)


def _as_sets(was: list[Any], now: list[Any], told: list[Any]) -> list[Any]:
    """What is here, without what the phone took out, and with what it put in."""
    gone = [value for value in was if value not in told]
    fresh = [value for value in told if value not in was and value not in now]
    return [value for value in now if value not in gone] + fresh
