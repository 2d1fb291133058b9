"""`marrow journal verify|head`: prove that nothing was altered; write down where it ends."""

from __future__ import annotations

import argparse
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from marrow.core.journal.comparing import differences
from marrow.core.journal.heads import heads_file, kept_heads
from marrow.core.journal.proofs import PROOFS
from marrow.core.journal.verifying import Head, head, verify

MOST = 500  # differences that are listed: more are one disaster
NOT_COMPARED = (
    "The tables were not compared: a row that was changed past the journal, or a waiting operation"
    " that was taken away, is not noticed."
)
NOT_PROVED = (
    "This cannot notice who holds the journal's key, nor that all tables and the journal were put"
    " back together as they were at some moment since the last head that was kept (--heads)."
)


class Command(BaseCommand):
    help = "Verify the journal, or print its head to keep elsewhere."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("what", choices=("verify", "head"))
        parser.add_argument(
            "--heads", type=Path, help="a file of heads that was kept elsewhere, read beside ours"
        )
        parser.add_argument(
            "--tables",
            action=argparse.BooleanOptionalAction,
            default=True,
            help="compare every table with its operations too, or not: that takes half of the time",
        )

    def handle(
        self,
        *args: Any,
        what: str,
        heads: Path | None = None,
        tables: bool = True,
        **options: Any,
    ) -> None:
        if what == "head":
            self.stdout.write(str(head(timezone.now().date().isoformat())))
            return
        kept, broken = self._heads(heads)
        verdict = verify(*kept)
        self.stdout.write(
            f"{verdict.operations} operations under {verdict.seals} seals,"
            f" {verdict.waiting} waiting for a number"
        )
        broken += [*verdict.broken, *(fault for proof in PROOFS for fault in proof())]
        if tables:
            broken += map(str, islice(differences(), MOST))
        if broken:
            raise CommandError("\n".join(("The journal is broken:", *broken)))
        self.stdout.write("Every byte is as it was sealed.")
        if tables:
            self.stdout.write("Every table is what its operations say.")
        self.stdout.write(NOT_PROVED if tables else f"{NOT_COMPARED}\n{NOT_PROVED}")

    def _heads(self, elsewhere: Path | None) -> tuple[list[Head], list[str]]:
        """The heads that workers wrote here, and those of the file that was given."""
        kept: list[Head] = []
        broken: list[str] = []
        for file in (heads_file(), elsewhere):
            if file is None:
                continue
            try:
                found, faults = kept_heads(file)
            except OSError as wrong:
                if file == elsewhere:
                    raise CommandError(f"{file} cannot be read: {wrong.strerror}.") from wrong
                self.stdout.write(f"No head is kept in {file} yet: an older copy is not noticed.")
                continue
            kept += found
            broken += faults
        return kept, broken
