"""What pages ask about backups: which there are, and which of them was ever restored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from marrow.core.backups.access import may_keep_backups
from marrow.core.models import Backup, Drill
from marrow.core.viewer import Viewer

SHOWN = 50
KEEPS = {"postgresql": "--base FOLDER --log FOLDER", "sqlite": "--replica FOLDER"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A backup with its last drill; `there` says whether its file is where it was put."""

    row: Backup
    drill: Drill | None
    there: bool


@dataclass(frozen=True, slots=True)
class State:
    """All backups, newest first; `drilled` is the newest that was restored without a fault.

    `keeps` are the words with which a moment is drilled on this kind of database.
    """

    backups: list[Shown]
    drills: list[Drill]
    drilled: Shown | None
    keeps: str


def state_of_backups(viewer: Viewer) -> State:
    may_keep_backups(viewer)
    drills = list(Drill.objects.order_by("-done_at")[:SHOWN])
    last: dict[str, Drill] = {}
    for one in drills:
        last.setdefault(one.sha256, one)
    rows = Backup.objects.order_by("-taken_at")[:SHOWN]
    shown = [Shown(row, last.get(row.sha256), _there(row)) for row in rows]
    good = [s for s in shown if s.there and s.drill and not s.drill.faults]
    return State(shown, drills, next(iter(good), None), KEEPS[connection.vendor])


def last_drilled_at(viewer: Viewer) -> dt.datetime | None:
    """When the newest backup that was restored without a fault was taken."""
    drilled = state_of_backups(viewer).drilled
    return drilled.row.taken_at if drilled else None


def _there(row: Backup) -> bool:
    return Path(row.folder, row.file).is_file()
