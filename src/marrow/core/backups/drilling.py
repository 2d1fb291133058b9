"""The drill: restore a backup to a place of its own, and compare it with what it says of itself."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from marrow.core.backups import copies, files, manifests
from marrow.core.backups.access import may_keep_backups
from marrow.core.backups.copies import Measured
from marrow.core.backups.files import place_in, read
from marrow.core.backups.manifests import Manifest
from marrow.core.backups.sealing import Damaged, pieces_of
from marrow.core.backups.workplaces import no_full_disk, workplace
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.models import Drill
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer

DRILL = Act("drill_backup", _("Drilled a backup"), undo=NEVER)
MOST = 20  # faults that are kept: more are one disaster


@dataclass(frozen=True, slots=True)
class Found:
    """What the drill found: the manifest where it could be read, and the faults."""

    manifest: Manifest | None
    faults: tuple[str, ...]


def drill(*, file: Path, by: Viewer, at: dt.datetime) -> Drill:
    """Restore and compare; that it was done is kept, whatever it found."""
    may_keep_backups(by)
    if not file.is_file():
        raise Refused(f"There is no file {file}.")
    with no_full_disk(file.parent):
        digest = hashlib.sha256()
        for piece in read(file):
            digest.update(piece)
    with workplace(settings.VAR / "drill") as here:
        found = _look(file, here / "copy")
    manifest = found.manifest
    row = Drill(
        done_at=at, file=file.name, sha256=digest.hexdigest(),
        taken_at=manifest.taken_at if manifest else None,
        rows=sum(manifest.holds.rows.values()) if manifest else None,
        head=manifest.head if manifest else "", faults="\n".join(found.faults[:MOST]),
    )  # fmt: skip
    with journal(DRILL, by=by, at=at) as page:
        page.save(row)
    return row


def _look(file: Path, copy: Path) -> Found:
    try:
        manifest = unsealed(file, copy)
    except Damaged as damaged:
        return Found(None, (str(damaged),))
    try:
        with copies.restored(copy, manifest.database) as base:
            faults = _unlike(manifest.holds, base.holds) + _files_lost(manifest, base.holds)
            faults += verified(base.address, manifest.head, copy.parent)
    except Damaged as damaged:
        return Found(manifest, (str(damaged),))
    return Found(manifest, tuple(faults))


def unsealed(file: Path, copy: Path, folder: Path | None = None) -> Manifest:
    """The clear copy, written to `copy`, if it is the one that was sealed.

    Files are laid out in `folder`; without one they are read and compared, and kept nowhere.
    """
    with file.open("rb") as source:
        pieces = pieces_of(source)
        manifest = manifests.read(next(pieces))
        if _written(pieces, manifest.size, copy) != manifest.sha256:
            raise Damaged("The copy in the backup is not the one that was taken.")
        for one in manifest.files:
            place = place_in(folder, one.name) if folder else None
            if _written(pieces, one.size, place) != one.sha256:
                raise Damaged(f"{one.name} in the backup is not the file that was taken.")
        if next(pieces, None) is not None:
            raise Damaged("The backup holds more than it says.")
    return manifest


def _written(pieces: Iterator[bytes], size: int, place: Path | None) -> str:
    """Take as many bytes as it has; tells the fingerprint of what there was."""
    digest = hashlib.sha256()
    with place.open("xb") if place else nullcontext() as target:
        while size > 0 and (piece := next(pieces, b"")):
            digest.update(piece)
            size -= len(piece)
            if target:
                target.write(piece)
    return digest.hexdigest()


def _files_lost(manifest: Manifest, held: Measured) -> list[str]:
    """Files that rows of the restored database name, and that the backup should hold."""
    lost = set(files.lacking(held.named, manifest.files)) - set(manifest.lacking)
    return [f"{name}: a row names this file, and it is not in the backup" for name in sorted(lost)]


def _unlike(told: Measured, held: Measured) -> list[str]:
    """Tables with another number of rows, and another end of the journal."""
    names = sorted({*told.rows, *held.rows})
    faults = [
        f"{name}: {told.rows.get(name, 'no such table')} rows were there,"
        f" {held.rows.get(name, 'no such table')} are"
        for name in names
        if told.rows.get(name) != held.rows.get(name)
    ]
    if (told.number, told.mac) != (held.number, held.mac):
        faults.append(f"the journal ended at {told.number}, here it ends at {held.number}")
    return faults


def verified(
    address: str, head: str, folder: Path, more: Mapping[str, str] = MappingProxyType({})
) -> list[str]:
    """What `journal verify --tables` finds in the restored copy, with the head that was told."""
    heads = folder / "heads.txt"
    heads.write_text(f"{head}\n" if head and " 0:" not in head else "", encoding="utf-8")
    env = {
        **os.environ, "MARROW_DATABASE": address, "MARROW_HEADS": str(heads),
        "MARROW_MODE": settings.MODE, "MARROW_VAR": str(settings.VAR),
        "MARROW_JOURNAL_KEY": settings.JOURNAL_KEY, "MARROW_RECORD_KEY": settings.RECORD_KEY,
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"], **more,
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-m", "django", "journal", "verify", "--tables", "--skip-checks"],
        env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode == 0:
        return []
    told = [line for line in ran.stderr.splitlines() if line.strip()]
    return told[-MOST:] or ["the journal could not be verified"]
