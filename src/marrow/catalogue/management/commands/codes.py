"""`marrow codes load FILE`: a fuller list of codes for looking up, CSV or packed (.csv.gz)."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from marrow.catalogue.actions import load_codes
from marrow.catalogue.actions.codes import Loaded
from marrow.catalogue.actions.items import SYSTEMS
from marrow.core.journal.sequencer import sequence
from marrow.core.refusals import Refused
from marrow.core.viewer import OPERATOR
from marrow.core.words import Names, names
from marrow.sources.intake import tables

SHOWN = 10  # codes named in a line
#: what files call the columns of names
CALLED = {"en": ("en",), "zh": ("zh", "zh_CN", "zh-CN"), "fr": ("fr",)}


class Command(BaseCommand):
    help = "Load a classification: `codes load icd10.csv.gz --system ICD10`."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("what", choices=["load"])
        parser.add_argument("file", type=Path, help="columns: code, en, zh, fr")
        parser.add_argument("--system", choices=SYSTEMS, default="ICD10")
        parser.add_argument(
            "--yes", action="store_true", help="also where most of the codes that are here would go"
        )
        parser.add_argument("--title", default="", help="what the list is called")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if not file.is_file():
            raise CommandError(f"There is no file {file}.")
        try:
            if "code" not in tables.header(file, file.name):
                raise CommandError("The file has no column “code”.")
            loaded = load_codes(
                system=options["system"], title=options["title"] or file.name, rows=_rows(file),
                sha256=hashlib.sha256(file.read_bytes()).hexdigest(), by=OPERATOR,
                at=timezone.now(), replace=options["yes"],
            )  # fmt: skip
        except Refused as refused:
            raise CommandError(str(refused.message)) from refused
        sequence()
        for line in _told(loaded):
            self.stdout.write(line)


def _told(loaded: Loaded) -> Iterator[str]:
    kept = loaded.kept
    yield f"{kept.count} codes of {kept.system} are here; before there were {loaded.before}."
    if loaded.gone:
        yield f"{loaded.gone} codes went: the file does not hold them."
    if loaded.doubled:
        yield f"Codes in several rows, of which the last was taken: {_some(loaded.doubled)}."
    if loaded.without:
        yield f"Rows without a code, not taken: {loaded.without}."
    if loaded.too_long:
        yield f"Codes that are too long, not taken: {_some(loaded.too_long)}."


def _some(codes: list[str]) -> str:
    shown = ", ".join(code[:40] for code in codes[:SHOWN])
    return f"{shown} and {len(codes) - SHOWN} more" if len(codes) > SHOWN else shown


def _rows(file: Path) -> Iterator[tuple[str, Names]]:
    for _number, cells in tables.rows(file, file.name, lambda _number: None):
        told = [next((cells[c] for c in called if cells.get(c)), "") for called in CALLED.values()]
        yield cells["code"].strip(), names(*(text.strip()[:200] for text in told))
