"""What phones are told of: scopes that a person reads, and records as they stand. Filled by rooms'
`sync.py`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marrow.core.viewer import Viewer

Scopes = Callable[[Viewer, dt.datetime], Iterable[str]]
Teller = Callable[[Iterable[UUID]], Mapping[UUID, Mapping[str, Any]]]
SCOPES: list[Scopes] = []


@dataclass(frozen=True, slots=True)
class Telling:
    """Under which type records of a table are told, and who says how they stand now."""

    type: str
    teller: Teller
    #: whether a record that is not told is told as gone; else nothing is told of it
    else_gone: bool = True


TELLERS: dict[str, Telling] = {}


def reads(scopes: Scopes) -> Scopes:
    """Name the function that gives the scopes of the journal which a person's phone reads."""
    SCOPES.append(scopes)
    return scopes


def tells(model: str, kind: str, *, else_gone: bool = True) -> Callable[[Teller], Teller]:
    """Name the function that gives rows of this table as JSON holds them, by id; one that is no
    more is left out, or one of which there is nothing to tell."""

    def name(teller: Teller) -> Teller:
        TELLERS[model] = Telling(kind, teller, else_gone)
        return teller

    return name


def scopes_of(viewer: Viewer, at: dt.datetime) -> list[str]:
    """The scopes that a phone reads, in the order in which they are sent: its person's first."""
    own = [f"person:{viewer.person}"] if viewer.person else []
    return [*own, *sorted({scope for found in SCOPES for scope in found(viewer, at)})]
