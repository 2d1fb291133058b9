"""`marrow restore-drill`: restore a backup, or a moment, to a place of its own, and compare."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from marrow.core.actions import drill, drill_to
from marrow.core.backups.moments import Kept, Moment
from marrow.core.refusals import Refused
from marrow.core.viewer import OPERATOR


class Command(BaseCommand):
    help = "Restore a backup, or a moment, to a temporary place and compare it; keep that it was."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?")
        parser.add_argument("--to", help="a moment with its zone: 2026-11-24T10:00:00+00:00")
        parser.add_argument("--base", type=Path, help="PostgreSQL: what pg_basebackup wrote")
        parser.add_argument("--log", type=Path, help="PostgreSQL: where its log is archived")
        parser.add_argument("--replica", default="", help="SQLite: what Litestream writes to")

    def handle(self, *args: Any, file: Path | None, to: str | None, **options: Any) -> None:
        if bool(file) == bool(to):
            raise CommandError("Name a backup, or a moment with --to.")
        try:
            if file:
                self._backup(file)
            elif to:
                kept = Kept(options["base"], options["log"], options["replica"])
                self._moment(_read(to), kept)
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused

    def _backup(self, file: Path) -> None:
        row = drill(file=file, by=OPERATOR, at=timezone.now())
        if row.faults:
            raise CommandError(f"This backup is not whole:\n{row.faults}")
        self.stdout.write(
            f"Restored and compared: {row.rows} rows, every table as it was counted, every file"
            f" as it was taken, the journal whole up to {row.head}."
        )

    def _moment(self, to: dt.datetime, kept: Kept) -> None:
        found = drill_to(to=to, kept=kept, by=OPERATOR, at=timezone.now())
        if found.row.faults:
            raise CommandError(f"This moment did not come back whole:\n{found.row.faults}")
        self.stdout.write("\n".join(_told(found)))


def _read(text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as strange:
        raise CommandError(f"{text} is no moment: 2026-11-24T10:00:00+00:00 is one.") from strange
    if moment.tzinfo is None:
        raise CommandError(f"Say the zone too: {text}+00:00 is in UTC.")
    return moment


def _told(found: Moment) -> list[str]:
    said = found.journal
    lines = [
        f"Restored to {found.row.moment}: {found.row.rows} rows, every table as its journal says.",
        (
            f"{said.there} operations of before it are there, the last of {said.last_at};"
            f" {said.left_out} of after it are not."
        ),
    ]
    if said.between:
        lines.append(f"{said.between} began shortly before it and were committed after it.")
    if found.first_out:
        lines.append(
            f"By the database's clock: the last commit in it is of {found.last_in},"
            f" the first that is not of {found.first_out}."
        )
    return lines
