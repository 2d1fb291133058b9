"""What can be brought in: each room tells of its own kind of file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

from marrow.core.viewer import Viewer
from marrow.core.words import Names, names
from marrow.sources.intake.tables import Numbered

ALL = "="  # in a mapping "country" is a column of the file, "=country" what holds for all its rows


@dataclass(frozen=True, slots=True)
class Column:
    """A column that we need or can use, and what files call it (compared without case or signs).
    Of one `for_all` the same can be said for the whole file: it stands where a cell is empty."""

    code: str
    label: Promise
    spellings: tuple[str, ...]
    needed: bool = False
    for_all: bool = False

    @property
    def said(self) -> str:
        """Under which key of a mapping stands what holds for all rows."""
        return f"{ALL}{self.code}"


@dataclass(slots=True)
class Taking:
    """What a room gets to take in a file: its rows by our columns, and where to tell of progress.

    `told` keeps a row that was not taken, or a doubt about it, with the code of the reason.
    `progress` says how far it is, and raises `core.jobs.Stopped` when it was cancelled.
    """

    rows: Callable[[], Iterator[Numbered]]
    document: UUID
    title: str
    by: Viewer
    at: dt.datetime
    told: Callable[[int, str], None]
    progress: Callable[[int, dict[str, int]], None]
    over: Callable[[], None] = lambda: None  # all rows were taken: the last counts are kept


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do: counts, a few rows as they will stand, and problems by code."""

    counts: dict[str, int]
    sample: list[dict[str, str]]
    problems: dict[str, int]
    lines: tuple[tuple[int, str], ...] = ()  # the first rows to look at, by their code
    cut: bool = False  # the file goes on beyond the rows that were counted


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. `problems` are the sentences of its row codes."""

    code: str
    label: Promise
    document_kind: str
    columns: tuple[Column, ...]
    preview: Callable[[Iterable[Numbered], Viewer], Preview]  # as this viewer would take it in
    take: Callable[[Taking], dict[str, int]]
    dry_run: Callable[[Iterable[Numbered]], dict[str, Any]]
    problems: dict[str, Names]
    counts: dict[str, Names]
    after: str = ""  # the kind of a job to do once it is in
    one_of: tuple[str, ...] = ()  # columns of which at least one is needed
    roles: tuple[str, ...] = ("office",)  # who may bring it in
    writes: tuple[str, ...] = ()  # counts of which a preview with none at all would write nothing
    leaves_out: bool = False  # every row that it tells of was not taken: none is a mere doubt
    #: and what they need besides their role; raises NotAllowed
    may: Callable[[Viewer], object] = lambda _viewer: None

    def missing(self, mapping: dict[str, str]) -> list[Column]:
        """The columns that a mapping lacks: those needed, and `one_of` when none of it is there."""
        told = {c.code for c in self.columns if mapping.get(c.code) or mapping.get(c.said)}
        lacking = [c for c in self.columns if c.needed and c.code not in told]
        if self.one_of and not told & set(self.one_of):
            lacking += [c for c in self.columns if c.code in self.one_of]
        return lacking


KINDS: dict[str, Kind] = {}
RAGGED = "RAGGED"
RESUMED = "resumed"
LEFT = "left"
#: what may be wrong with a row of any kind of file
OF_ANY = {
    RAGGED: names(
        "not taken: more or fewer cells than the first row",
        "未接收：单元格数与首行不同",
        "non prise : plus ou moins de cellules que la première ligne",
    ),
    LEFT: names(
        "rows left out; the reasons stand below",
        "行未接收，原因见下",
        "lignes écartées ; les raisons sont données plus bas",
    ),
    RESUMED: names(
        "rows were taken before it was interrupted; they count as known",
        "行在中断前已接收，计入已有",
        "lignes prises avant une interruption ; elles comptent comme connues",
    ),
}


def bring_in(kind: Kind) -> None:
    KINDS[kind.code] = kind


def mapped(rows: Iterable[Numbered], mapping: dict[str, str]) -> Iterator[Numbered]:
    """Rows by our columns, from rows by the file's names."""
    named = {code: name for code, name in mapping.items() if name}
    pairs = [(code, name) for code, name in named.items() if not code.startswith(ALL)]
    for_all = {code[1:]: said for code, said in named.items() if code.startswith(ALL)}
    for number, cells in rows:
        told = {code: cells.get(name, "") for code, name in pairs}
        yield number, told | {c: said for c, said in for_all.items() if not told.get(c, "").strip()}


def guess(kind: Kind, header: list[str]) -> dict[str, str]:
    """Which of the file's columns is which of ours, by their names; '' where none is alike."""
    plain = {_plain(name): name for name in header}
    found: dict[str, Any] = {}
    for column in kind.columns:
        names = (_plain(s) for s in (column.code, *column.spellings))
        found[column.code] = next((plain[n] for n in names if n in plain), "")
    return found


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())
