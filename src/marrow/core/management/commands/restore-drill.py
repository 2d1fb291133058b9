"""`marrow restore-drill FILE`: restore it to a place of its own, compare, keep that it was done."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from marrow.core.actions import drill
from marrow.core.refusals import Refused
from marrow.core.viewer import OPERATOR


class Command(BaseCommand):
    help = "Restore a backup to a temporary place and compare it with what it says of itself."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            row = drill(file=file, by=OPERATOR, at=timezone.now())
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused
        if row.faults:
            raise CommandError(f"This backup is not whole:\n{row.faults}")
        self.stdout.write(
            f"Restored and compared: {row.rows} rows, every table as it was counted, every file"
            f" as it was taken, the journal whole up to {row.head}."
        )
