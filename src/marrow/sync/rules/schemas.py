"""Forms change, phones stay old: a line of any form that we ever released is read as today's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Told = Mapping[str, Any]
Upcaster = Callable[[Told], Told]
#: a type's form and what makes the next one's line of it; released ones are never taken out
UPCASTERS: dict[tuple[str, int], Upcaster] = {}


class Newer(ValueError):
    """The line is of a form that this server does not know yet."""


def upcasts(kind: str, schema: int) -> Callable[[Upcaster], Upcaster]:
    """Name the function that makes a line of form `schema + 1` of one of form `schema`."""

    def name(upcaster: Upcaster) -> Upcaster:
        UPCASTERS[kind, schema] = upcaster
        return upcaster

    return name


def newest(kind: str) -> int:
    """The number of a type's form today; the first is 1."""
    return max((schema + 1 for told, schema in UPCASTERS if told == kind), default=1)


def as_today(line: Told) -> Told:
    """The line as today's form has it. One that tells no form is of the first; raises Newer."""
    schema = line.get("s", 1)
    if type(schema) is not int or not 1 <= schema <= newest(line["t"]):
        raise Newer(str(schema))
    for step in range(schema, newest(line["t"])):
        line = UPCASTERS[line["t"], step](line)
    return line
