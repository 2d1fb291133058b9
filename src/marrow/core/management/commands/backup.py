"""`marrow backup`: a sealed copy of the whole database, while people go on working."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from marrow.core.actions import back_up
from marrow.core.refusals import Refused
from marrow.core.viewer import OPERATOR


class Command(BaseCommand):
    help = "Take a backup of the database: copied, counted, sealed."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, help="the folder; MARROW_BACKUPS where none is told")

    def handle(self, *args: Any, to: Path | None = None, **options: Any) -> None:
        try:
            row = back_up(to=to, by=OPERATOR, at=timezone.now())
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused
        self.stdout.write(
            f"{Path(row.folder, row.file)}\n{row.rows} rows, {row.size} bytes,"
            f" sha256 {row.sha256}\nThe journal ends at {row.head}.\n"
            "It counts as missing until it is drilled: marrow restore-drill"
            f" {Path(row.folder, row.file)}"
        )
