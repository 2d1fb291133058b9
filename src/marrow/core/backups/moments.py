"""The drill of a moment: restore what was there then, to a place of its own, and prove both sides.

What was written before the moment is there, what was written after it is not: the journal of the
restored database is read beside the one that people go on writing in, operation by operation.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from marrow.core.backups import clusters, copies, files, replicas
from marrow.core.backups.access import may_keep_backups
from marrow.core.backups.beside import END, LINES, Beside, beside, end_is_ours
from marrow.core.backups.copies import Measured
from marrow.core.backups.drilling import MOST, verified
from marrow.core.backups.workplaces import workplace
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.journal.sequencer import sequence
from marrow.core.models import Drill
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer

DRILL_MOMENT = Act("drill_moment", _("Drilled the return to a moment"), undo=NEVER)


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a moment can be restored from: `base` and `log` of PostgreSQL, `replica` of SQLite."""

    base: Path | None = None
    log: Path | None = None
    replica: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """What the drill found; `last_in` and `first_out` are the commits about the moment, if told."""

    row: Drill
    journal: Beside
    last_in: str = ""
    first_out: str = ""


@dataclass(slots=True)
class _Base:
    """A database as it was at the moment, open for reading."""

    address: str
    holds: Measured
    lines: Iterator[tuple[Any, ...]]
    end: tuple[Any, ...] | None
    last_in: str = ""
    first_out: str = ""
    env: dict[str, str] = field(default_factory=dict)


def drill_to(*, to: dt.datetime, kept: Kept, by: Viewer, at: dt.datetime) -> Moment:
    """Restore the moment and compare; that it was done is kept, whatever it found."""
    may_keep_backups(by)
    if to >= at:
        raise Refused("The moment must have passed.")
    sequence()
    with workplace(settings.VAR / "drill") as here, _restored(kept, to, here) as base:
        found = beside(base.lines, to)
        faults = [*found.faults, *_about(base)]
        faults += verified(base.address, "", here, base.env)
        moment = found, base.last_in, base.first_out
        rows, end = sum(base.holds.rows.values()), f"{base.holds.number}:{base.holds.mac}"
    row = Drill(
        done_at=at, file=_name(kept)[-255:], sha256="", taken_at=None, moment=to, rows=rows,
        head=end, faults="\n".join(faults[:MOST]),
    )  # fmt: skip
    with journal(DRILL_MOMENT, by=by, at=at) as page:
        page.save(row)
    return Moment(row, *moment)


def _about(base: _Base) -> Iterator[str]:
    if not end_is_ours(base.end):
        yield "the seal at its end is none of this journal"
    for name in files.lacking(base.holds.named, files.kept_in(settings.UPLOADS)):
        yield f"{name}: a row names this file, and it is not there"


def _name(kept: Kept) -> str:
    return kept.replica or str(kept.base)


@contextmanager
def _restored(kept: Kept, to: dt.datetime, here: Path) -> Iterator[_Base]:
    if connection.vendor == "postgresql":
        if not (kept.base and kept.log and kept.base.is_dir() and kept.log.is_dir()):
            raise Refused("Name the folders of a base backup and of the archived log.")
        with clusters.recovered(kept.base.absolute(), kept.log.absolute(), to, here) as server:
            yield from _in_postgresql(server)
        return
    if not kept.replica:
        raise Refused("Name the replica that Litestream keeps of this database.")
    copy = here / "copy"
    replicas.laid_out(kept.replica, to, copy)
    with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True)) as file:
        end = file.execute(END).fetchone()
        yield _Base(str(copy), copies.measured_file(copy), file.execute(LINES), end)


def _in_postgresql(server: clusters.Recovered) -> Iterator[_Base]:
    with clusters.connected(server.env) as base:

        def ask(what: str) -> list[tuple[Any, ...]]:
            return base.execute(what).fetchall()

        holds = copies.measured(ask, copies.tables_of(ask))
        end = next(iter(ask(END)), None)
        lines = base.cursor().stream(LINES)
        told = f"{server.last_in:%Y-%m-%d %H:%M:%S.%f%z}" if server.last_in else ""
        yield _Base(server.address, holds, lines, end, told, server.first_out, server.env)
