"""`marrow open-export FILE`: what waits on a phone whose passcode was forgotten, opened here."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from marrow.sync.actions import receive
from marrow.sync.models import Installation
from marrow.sync.mrw import NotRead, open_file, read_file
from marrow.sync.recovery import NotOpened, open_export
from marrow.sync.rules import Batch


class Command(BaseCommand):
    help = "Open a field app's file with the recovery key; take its lines unproved, or print them."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--take", action="store_true", help="take the lines as if they came")

    def handle(self, *args: Any, file: Path, take: bool, **options: Any) -> None:
        found = _opened(file.read_bytes())
        if not take:
            for line in found.lines:
                self.stdout.write(line.decode())
            return
        if not Installation.objects.filter(pk=found.installation).exists():
            raise CommandError("This phone was never made known here.")
        answer = receive(batch=found, at=timezone.now())
        if answer.fork:
            raise CommandError("Another phone sent under these numbers: nothing was taken.")
        self.stdout.write(f"Held up to line {answer.ack}; {len(answer.notes)} with a note.")


def _opened(data: bytes) -> Batch:
    """What a file of the field app holds, of today or of the app's first months."""
    try:
        batch = open_file(read_file(data)).batch
        return replace(batch, wall=None, held=0, epoch="", cursors=None)
    except NotRead as wrong:
        if wrong.why != "OLD":
            raise CommandError(f"This export cannot be opened: {wrong}.") from wrong
    try:
        found = open_export(data)
    except NotOpened as wrong:
        raise CommandError(f"This export cannot be opened: {wrong}.") from wrong
    return Batch(found.installation, found.first, found.before, None, "export", found.lines)
