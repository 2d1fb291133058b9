"""`marrow take-file FILE…`: take phones' files that came by hand, and write their receipts."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from marrow.core.refusals import Refused
from marrow.core.viewer import OPERATOR
from marrow.sync.carried import take_file


class Command(BaseCommand):
    help = "Take files (.mrw) that phones wrote; a receipt (.ack) for the phone lies beside each."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("files", type=Path, nargs="+")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        refused = 0
        for file in files:
            try:
                row, back = take_file(data=file.read_bytes(), by=OPERATOR, at=timezone.now())
            except Refused as wrong:
                self.stderr.write(f"{file.name}: {wrong.message}")
                refused += 1
                continue
            file.with_suffix(".ack").write_bytes(back)
            told = f"{row.fresh} new, {row.known} known already, {row.aside} set aside"
            if row.missing:
                told += f"; {row.missing} before it are missing: take the earlier file first"
            self.stdout.write(f"{file.name}: {told}.")
        if refused:
            raise CommandError(f"Not taken: {refused} of {len(files)}.")
