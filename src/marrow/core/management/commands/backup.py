"""`marrow backup`: a sealed copy of the whole database, while people go on working."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from marrow.core.actions import back_up
from marrow.core.backups import manifests
from marrow.core.refusals import Refused
from marrow.core.viewer import OPERATOR


class Command(BaseCommand):
    help = "Take a backup of the database and of its files: copied, counted, sealed."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, help="the folder; MARROW_BACKUPS where none is told")

    def handle(self, *args: Any, to: Path | None = None, **options: Any) -> None:
        try:
            row = back_up(to=to, by=OPERATOR, at=timezone.now())
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused
        file = Path(row.folder, row.file)
        held = manifests.of(file)
        self.stdout.write(
            f"{file}\n{row.rows} rows, {len(held.files)} files, {row.size} bytes,"
            f" sha256 {row.sha256}\nThe journal ends at {row.head}.\n"
            f"It counts as missing until it is drilled: marrow restore-drill {file}"
        )
        if held.lacking:
            self.stderr.write(
                "Rows name these files, and they are not there, or not as they were sent:"
                f" {', '.join(held.lacking)}"
            )
