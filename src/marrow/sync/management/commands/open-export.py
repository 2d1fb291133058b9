"""`marrow open-export FILE`: what waits on a phone whose passcode was forgotten, opened here."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from marrow.sync.actions import receive
from marrow.sync.models import Installation
from marrow.sync.recovery import NotOpened, open_export
from marrow.sync.rules import Batch


class Command(BaseCommand):
    help = "Open a field app's export with the recovery key; take its lines, or print them."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--take", action="store_true", help="take the lines as if they came")

    def handle(self, *args: Any, file: Path, take: bool, **options: Any) -> None:
        try:
            found = open_export(file.read_bytes())
        except NotOpened as wrong:
            raise CommandError(f"This export cannot be opened: {wrong}.") from wrong
        if not take:
            for line in found.lines:
                self.stdout.write(line.decode())
            return
        if not Installation.objects.filter(pk=found.installation).exists():
            raise CommandError("This phone was never made known here.")
        batch = Batch(found.installation, found.first, found.before, None, "export", found.lines)
        answer = receive(batch=batch, at=timezone.now())
        if answer.fork:
            raise CommandError("Another phone sent under these numbers: nothing was taken.")
        self.stdout.write(f"Held up to line {answer.ack}; {len(answer.notes)} with a note.")
