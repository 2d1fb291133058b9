"""Heads of the journal in a file outside the database, one line a day, only ever added to.

    2026-11-24 1054:5d41…  1054

The day, the last number with its seal, and how many operations there were in all. Whoever cuts the
journal's tail with its seals, or wipes it, would have to change this file too: keep copies of it
on another machine.
"""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from marrow.core.journal.verifying import Head, head

PATIENCE = dt.timedelta(hours=1)  # between tries when the file cannot be written


def heads_file() -> Path:
    return Path(getattr(settings, "HEADS", settings.VAR / "heads.txt"))


@dataclass(slots=True)
class HeadKeeper:
    """A worker's duty: one line when it starts, and one on each new day, whoever is first."""

    file: Path
    day: dt.date | None = None
    not_before: dt.datetime | None = None

    def keep(self, at: dt.datetime) -> None:
        """Add a line if one is due; raises OSError, then waits an hour before the next try."""
        today = at.date()
        if self.day == today or (self.not_before and at < self.not_before):
            return
        end = head(today.isoformat())
        if end.count == 0:
            return  # nothing to prove yet: the first operation brings the first line
        try:
            if self.day is None or not _has_line_of(self.file, today):
                _add(self.file, str(end))
        except OSError:
            self.not_before = at + PATIENCE
            raise
        self.day = today


def _has_line_of(file: Path, day: dt.date) -> bool:
    """Another worker may have been first."""
    if not file.exists():
        return False
    return any(line.startswith(f"{day.isoformat()} ") for line in _lines(file))


def _add(file: Path, line: str) -> None:
    """One write at the end, on the disk before it returns; a torn line before it is left alone."""
    torn = file.exists() and file.read_bytes()[-1:] not in (b"", b"\n")
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        os.write(descriptor, (("\n" if torn else "") + line + "\n").encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8", errors="replace").splitlines()


def kept_heads(file: Path) -> tuple[list[Head], list[str]]:
    """The heads of a file, and a sentence for each line that cannot be read."""
    heads, faults = [], []
    for number, line in enumerate(_lines(file), start=1):
        if not line.strip():
            continue
        try:
            heads.append(Head.read(line))
        except ValueError:
            faults.append(f"line {number} of {file.name} cannot be read")
    return heads, faults
