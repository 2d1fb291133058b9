"""`marrow import KIND FILE [--dry-run]`: bring a file in from the command line.

The same mapping, limits and actions as by upload. `--dry-run` writes nothing and prints JSON.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError
from django.utils import timezone

from marrow.core.jobs import enqueue
from marrow.core.journal.sequencer import sequence
from marrow.core.refusals import Refused
from marrow.core.viewer import Grant, Viewer
from marrow.sources.actions.intakes import document_of
from marrow.sources.intake import tables
from marrow.sources.intake.kinds import KINDS, RAGGED, Kind, Taking, guess, mapped

OPERATOR = Viewer(
    uuid5(NAMESPACE_URL, "marrow:operator"), "operator", (Grant("office"),), "command"
)


class Command(BaseCommand):
    help = "Bring a file in: `import teams FILE.csv`, `import register FILE.csv.gz`."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("kind", choices=sorted(KINDS))
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="write nothing, print counts as JSON"
        )
        parser.add_argument("--title", default="", help="what the document is called")
        parser.add_argument("--publisher", default="")
        parser.add_argument(
            "--country", default="", help="the country of all rows that name none: MW, Malawi"
        )
        parser.add_argument("--quiet", action="store_true", help="no progress")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        kind = KINDS[options["kind"]]
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            mapping = self._mapping(kind, file, options["country"])
            if options["dry_run"]:
                whole = tables.rows(file, file.name, self._say_ragged)
                told = kind.dry_run(mapped(whole, mapping))
                self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
                return
            self._take(kind, file, mapping, options)
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused
        except (OperationalError, ProgrammingError) as away:
            raise CommandError(
                f"The database does not answer or has no tables yet ({away}). Make them with"
                " `marrow migrate`, then load the places with `marrow places`."
            ) from away

    def _say_ragged(self, number: int) -> None:
        self.stderr.write(f"Row {number} has another number of cells than the first; left out.")

    def _mapping(self, kind: Kind, file: Path, country: str) -> dict[str, str]:
        names = tables.header(file, file.name)
        mapping = guess(kind, names)
        if country:
            mapping |= {c.said: country for c in kind.columns if c.for_all}
        if missing := kind.missing(mapping):
            wanted = "; ".join(f"{c.label} ({', '.join((c.code, *c.spellings))})" for c in missing)
            raise CommandError(
                f"The file lacks these columns: {wanted}. It has: {', '.join(names)}."
            )
        return mapping

    def _take(
        self, kind: Kind, file: Path, mapping: dict[str, str], options: dict[str, Any]
    ) -> None:
        at = timezone.now()
        problems: Counter[str] = Counter()
        total = sum(1 for _row in tables.rows(file, file.name, self._say_ragged))
        title = options["title"] or file.name
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        document = document_of(digest, title, options["publisher"], kind.code, OPERATOR, at)

        def told(_row: int, code: str) -> None:
            problems[code] += 1

        def progress(position: int, _counts: dict[str, int]) -> None:
            if not options["quiet"]:
                sys.stderr.write(f"\r{position:,} of {total:,} rows")
                sys.stderr.flush()

        taking = Taking(
            rows=lambda: mapped(
                tables.rows(file, file.name, lambda number: told(number, RAGGED)), mapping
            ),
            document=document.pk, title=title, by=OPERATOR, at=at, told=told, progress=progress,
        )  # fmt: skip
        counts = kind.take(taking)
        if not options["quiet"]:
            sys.stderr.write("\n")
        sequence()
        if kind.after:
            enqueue(kind.after, key=kind.after, at=at)
        result = {"rows": total, **counts, "notes": dict(problems)}
        self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))
