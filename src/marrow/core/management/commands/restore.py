"""`marrow restore FILE --yes`: put a backup in the place of the database."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from marrow.core.actions import restore
from marrow.core.refusals import Refused
from marrow.core.viewer import OPERATOR


class Command(BaseCommand):
    help = "Put a backup in the place of the database; stop the web server and workers before."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="what came after it shall be lost")

    def handle(self, *args: Any, file: Path, yes: bool = False, **options: Any) -> None:
        if not yes:
            raise CommandError(
                "Everything that was written after this backup would be lost. Stop the web server"
                " and the workers, then repeat with --yes."
            )
        try:
            told = restore(file=file, by=OPERATOR, at=timezone.now())
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused
        self.stdout.write(f"The backup is in its place. {told}")
        self.stdout.write("Now: marrow migrate; move the heads' file away; marrow journal verify.")
