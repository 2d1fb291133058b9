"""`marrow journal verify|head`: prove that nothing was altered; write down where it ends."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marrow.core.journal.verifying import Head, head, verify


class Command(BaseCommand):
    help = "Verify the journal, or print its head to keep elsewhere."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("what", choices=("verify", "head"))
        parser.add_argument("--heads", type=Path, help="a file of heads that were kept, one a line")

    def handle(self, *args: Any, what: str, heads: Path | None = None, **options: Any) -> None:
        if what == "head":
            self.stdout.write(str(head()))
            return
        kept = [Head.read(line) for line in heads.read_text().splitlines() if line] if heads else []
        verdict = verify(*kept)
        self.stdout.write(
            f"{verdict.operations} operations under {verdict.seals} seals,"
            f" {verdict.waiting} waiting for a number"
        )
        if verdict.broken:
            raise CommandError("\n".join(("The journal is broken:", *verdict.broken)))
        self.stdout.write("Every byte is as it was sealed.")
