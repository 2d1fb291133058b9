"""The shipped words of what items need: `DOCTOR:ANAESTHESIA:1 anaesthesia-machine:1 @theatre`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

ROLES = ("DOCTOR", "NURSE", "TECHNICIAN", "PHARMACIST", "ENGINEER")


@dataclass(frozen=True, slots=True)
class Need:
    """Staff (role and specialty) or a thing (its code); count None where it is not told."""

    role: str = ""
    specialty: str = ""
    thing: str = ""
    count: int | None = None


def needs_of(text: str, sets: Mapping[str, str]) -> list[Need]:
    """What a line asks for, each once: what is said first counts. KeyError: no such set."""
    found: dict[tuple[str, str, str], Need] = {}
    for need in _each(text, sets):
        found.setdefault((need.role, need.specialty, need.thing), need)
    return list(found.values())


def _each(text: str, sets: Mapping[str, str]) -> Iterator[Need]:
    for word in text.split():
        if word.startswith("@"):
            yield from _each(sets[word[1:]], sets)
            continue
        first, *more = word.split(":")
        if first in ROLES:
            specialty, number = (*more, "", "")[:2]
            yield Need(first, specialty, "", int(number) if number else None)
        else:
            yield Need(thing=first, count=int(more[0]) if more else None)
