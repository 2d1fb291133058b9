"""Files beside the database: what lies in the folder of uploads, and which of them rows name.

A file is in its place before the row that names it is written, and never changes. So the copy of
the database is taken first and the folder is read after it: what a row of the copy names is there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from marrow.core.refusals import Refused

PIECE = 1024 * 1024  # bytes read at once
HALF = ".part"  # the ending of a file that is still being received
#: tables whose rows each name a file by their id, and the ending of its name
NAMING: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Kept:
    """A file by its name under the folder of uploads; `size` is in bytes."""

    name: str
    size: int
    sha256: str


def named_by(table: str, ending: str) -> None:
    """Say that each row of a table (columns `id` and `sha256`) has a file called by its id."""
    NAMING[table] = ending


def kept_in(folder: Path) -> tuple[Kept, ...]:
    """Every whole file in the folder; a file that goes while it is read is left out."""
    found = []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_symlink() or not path.is_file() or path.suffix == HALF:
            continue
        digest, size = hashlib.sha256(), 0
        try:
            for piece in read(path):
                digest.update(piece)
                size += len(piece)
        except FileNotFoundError:
            continue
        found.append(Kept(path.relative_to(folder).as_posix(), size, digest.hexdigest()))
    return tuple(found)


def lacking(named: dict[str, str], kept: tuple[Kept, ...]) -> tuple[str, ...]:
    """The names that rows give of files that are not there, or are not what was sent."""
    there = {one.name: one.sha256 for one in kept}
    return tuple(sorted(name for name, sha256 in named.items() if there.get(name) != sha256))


def contents(folder: Path, kept: tuple[Kept, ...]) -> Iterator[bytes]:
    """The files one after the other; refuses when one is no longer what it was a moment ago."""
    for one in kept:
        digest = hashlib.sha256()
        for piece in read(folder / one.name):
            digest.update(piece)
            yield piece
        if digest.hexdigest() != one.sha256:
            raise Refused(f"{one.name} was changed while the backup was taken. Take another.")


def put_back(source: Path, folder: Path, kept: tuple[Kept, ...], at: dt.datetime) -> int:
    """Put files where they were; tells how many were lacking. None that is there is lost."""
    put = 0
    for one in kept:
        target = folder / _safe(one.name)
        if target.is_file() and _digest(target) == one.sha256:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f"{target.name}.restored{HALF}")
        copy(source / _safe(one.name), fresh)
        if target.exists():
            target.rename(f"{target}.before-{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}")
        fresh.rename(target)
        keep_the_names(target.parent)
        put += 1
    return put


def _safe(name: str) -> str:
    """A name that stays inside of the folder."""
    told = PurePosixPath(name)
    if told.is_absolute() or ".." in told.parts or "\\" in name or not told.parts:
        raise Refused(f"A file in the backup has a name that leads elsewhere: {name}")
    return name


def place_in(folder: Path, name: str) -> Path:
    """Where a file of this name is laid out, its folder made."""
    place = folder / _safe(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    for piece in read(path):
        digest.update(piece)
    return digest.hexdigest()


def read(path: Path) -> Iterator[bytes]:
    """The file piece by piece."""
    with path.open("rb") as source:
        while piece := source.read(PIECE):
            yield piece


def copy(source: Path, target: Path) -> None:
    """A copy that is on the disk when this returns."""
    with target.open("wb") as new:
        for piece in read(source):
            new.write(piece)
        new.flush()
        os.fsync(new.fileno())


def keep_the_names(folder: Path) -> None:
    """New names in a folder are on the disk when this returns."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
