"""Writing: a row and its operation, in one transaction. The only way to save a domain row."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from marrow.core.journal.acts import Act
from marrow.core.journal.columns import as_text, columns, possible, written
from marrow.core.journal.sealing import line_mac
from marrow.core.journal.sequencer import sequence
from marrow.core.models import Operation, Record, kept
from marrow.core.refusals import Overtaken
from marrow.core.spoken import Spoken
from marrow.core.viewer import Viewer

REFERENCE = "reference"
BATCH = 500


@dataclass(frozen=True, slots=True)
class Origin:
    """The phone (installation) and its counter from which an operation came."""

    installation: uuid.UUID
    q: int


@dataclass(slots=True)
class Page:
    """What one action writes: collected, then put down together before the commit."""

    act: Act
    by: Viewer
    at: dt.datetime
    scope: str
    origin: Origin | None = None
    note: str = ""
    undoes: uuid.UUID | None = None
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    lines: list[Operation] = field(default_factory=list)

    def save(self, row: Record, *, scope: str = "") -> None:
        """Write the row and one operation with the columns that changed; nothing if none did."""
        if row._state.adding:
            self._create([row], scope)
        else:
            self._set(row, scope)

    def save_all(self, rows: Iterable[Record], *, scope: str = "") -> None:
        """New rows in bulk (one insert per 500); rows that exist are saved one by one."""
        fresh: dict[type[Record], list[Record]] = defaultdict(list)
        for row in rows:
            if row._state.adding:
                fresh[type(row)].append(row)
            else:
                self._set(row, scope)
        for batch in fresh.values():
            self._create(batch, scope)

    def remove(self, row: Record, *, scope: str = "") -> None:
        """Take the row out; the operation keeps all that it held."""
        gone = {f.attname: [written(getattr(row, f.attname)), None] for f in columns(type(row))}
        type(row)._base_manager.filter(pk=row.pk).delete()
        self._line(row, Operation.DELETE, gone, scope)

    def _create(self, rows: list[Record], scope: str) -> None:
        model = type(rows[0])
        for row in rows:
            for one in columns(model):
                possible(one, getattr(row, one.attname))
        model._base_manager.bulk_create(rows, batch_size=BATCH)
        for row in rows:
            values = {f.attname: getattr(row, f.attname) for f in columns(model)}
            row.as_read = {name: kept(v) for name, v in values.items()}
            new = {name: [None, written(v)] for name, v in values.items() if v not in (None, "")}
            self._line(row, Operation.CREATE, new, scope)

    def _set(self, row: Record, scope: str) -> None:
        model = type(row)
        if isinstance(row, Spoken) and row.overwrites():
            held = type(row)._base_manager.select_for_update().filter(pk=row.pk)
            row.catch_up(held.values_list("tongues", flat=True).get())
            row.forget_overwritten()
        fields = [
            f
            for f in columns(model)
            if f.attname in row.as_read and getattr(row, f.attname) != row.as_read[f.attname]
        ]
        for one in fields:
            possible(one, getattr(row, one.attname))
        changed = [f.attname for f in fields]
        if not changed:
            return
        stored = model._base_manager.select_for_update().filter(pk=row.pk).values(*changed).get()
        for name in changed:
            if written(stored[name]) != written(row.as_read[name]):
                raise Overtaken(
                    _("Somebody changed this meanwhile. Read it again, then repeat your change.")
                )
        model._base_manager.filter(pk=row.pk).update(**{n: getattr(row, n) for n in changed})
        moved = {n: [written(stored[n]), written(getattr(row, n))] for n in changed}
        row.as_read.update({n: kept(getattr(row, n)) for n in changed})
        self._line(row, Operation.SET, moved, scope)

    def _line(self, row: Record, kind: str, changes: dict[str, list[Any]], scope: str) -> None:
        self.lines.append(
            Operation(
                act=self.id,
                action=self.act.name,
                kind=kind,
                model=row._meta.label_lower,
                record=row.pk,
                changes=as_text(changes),
                by=self.by.person,
                at=self.at,
                via=self.by.via,
                origin=self.origin.installation if self.origin else None,
                origin_q=self.origin.q if self.origin else None,
                scope=scope or self.scope,
                note=self.note,
                undoes=self.undoes,
            )
        )


class Spoiled(Exception):
    """One of the acts that were to be put down together failed: none of them stands."""


@dataclass(slots=True)
class _Together:
    lines: list[Operation] = field(default_factory=list)
    spoiled: bool = False


_TOGETHER: ContextVar[_Together | None] = ContextVar("together", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Many acts in one transaction: their operations are put down at its end, in their order, by
    one insert. An act that fails takes all with it, also where its failure was caught on the way:
    raises `Spoiled`, or what was raised."""
    with transaction.atomic():
        held = _Together()
        token = _TOGETHER.set(held)
        try:
            yield
        finally:
            _TOGETHER.reset(token)
        if held.spoiled:
            raise Spoiled
        _put_down(held.lines)


@contextmanager
def journal(
    act: Act,
    *,
    by: Viewer,
    at: dt.datetime,
    scope: str = REFERENCE,
    origin: Origin | None = None,
    note: str = "",
    undoes: uuid.UUID | None = None,
) -> Iterator[Page]:
    """One action's page of the journal; rows and operations commit together or not at all.

    `scope` says who syncs it: `reference`, `mission:<id>` or `person:<id>`. `note` is the reason
    that the person gave. Numbers, chain and seal are given after the commit.
    """
    page = Page(act, by, at, scope, origin, note, undoes)
    held = _TOGETHER.get()
    if held is not None:
        try:
            yield page
        except BaseException:
            held.spoiled = True
            raise
        held.lines += _sealed(page.lines)
        return
    with transaction.atomic():
        yield page
        _put_down(_sealed(page.lines))


def _sealed(lines: list[Operation]) -> list[Operation]:
    """An act's lines, each with the seal of its place in the act."""
    for place, line in enumerate(lines):
        line.mac = line_mac(place, vars(line))
    return lines


def _put_down(lines: list[Operation]) -> None:
    Operation.objects.bulk_create(lines, batch_size=BATCH)
    transaction.on_commit(_number_soon)


_numbered_at = float("-inf")


def _number_soon() -> None:
    """Number what is committed, but not after every single act: a page of many costs as much.

    What is left is numbered by the next act, or by the worker within a second.
    """
    global _numbered_at  # noqa: PLW0603  one clock a process
    now = time.monotonic()
    if now - _numbered_at >= settings.NUMBER_EVERY:
        _numbered_at = now
        sequence()
