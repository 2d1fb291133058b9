"""What a backup says of itself: sealed with it, as its first piece."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from marrow.core.backups.copies import Measured
from marrow.core.backups.files import Kept
from marrow.core.backups.sealing import Damaged, pieces_of


@dataclass(frozen=True, slots=True)
class Manifest:
    """`sha256` and `size` are those of the clear copy; `database` is sqlite or postgresql.

    `files` follow the copy in this order; `lacking` are those that rows named and that were not
    there, or not as they were sent, when it was taken.
    """

    taken_at: dt.datetime
    database: str
    sha256: str
    size: int
    holds: Measured
    files: tuple[Kept, ...] = ()
    lacking: tuple[str, ...] = ()

    def as_bytes(self) -> bytes:
        told = asdict(self) | {"taken_at": self.taken_at.isoformat()}
        return json.dumps(told, sort_keys=True).encode()

    @property
    def head(self) -> str:
        """The journal's end as a line of a heads' file."""
        end = self.holds
        return f"{self.taken_at.date().isoformat()} {end.number}:{end.mac} {end.operations}"


def read(text: bytes) -> Manifest:
    try:
        told: dict[str, Any] = json.loads(text)
        told["taken_at"] = dt.datetime.fromisoformat(told["taken_at"])
        told["holds"] = Measured(**told["holds"])
        told["files"] = tuple(Kept(**one) for one in told.get("files", ()))
        told["lacking"] = tuple(told.get("lacking", ()))
        return Manifest(**told)
    except (ValueError, TypeError, KeyError) as strange:
        raise Damaged("The backup's own list of what it holds cannot be read.") from strange


def of(file: Path) -> Manifest:
    """What a sealed file says of itself; nothing after it is read."""
    with file.open("rb") as source:
        return read(next(pieces_of(source)))
