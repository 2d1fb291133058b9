"""Take a backup: copy, prove, seal, and only then give it its name."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from marrow.core.backups import copies, files
from marrow.core.backups.access import may_keep_backups
from marrow.core.backups.files import keep_the_names, read
from marrow.core.backups.manifests import Manifest
from marrow.core.backups.sealing import seal
from marrow.core.backups.workplaces import workplace
from marrow.core.journal import Act, journal
from marrow.core.journal.acts import NEVER
from marrow.core.journal.sequencer import sequence
from marrow.core.models import Backup
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer

TAKE = Act("take_backup", _("Took a backup"), undo=NEVER)


def back_up(*, to: Path | None = None, by: Viewer, at: dt.datetime) -> Backup:
    """A sealed copy of the database and of its files; what was in the folder before stays."""
    may_keep_backups(by)
    folder = (to or Path(settings.BACKUPS)).absolute()
    name = f"marrow-{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}.backup"
    if (folder / name).exists():
        raise Refused(f"{name} is there already. Wait a second.")
    sequence()
    with workplace(folder / ".taking") as here:
        manifest = _copied(here / "copy", at)
        sealed, fingerprint = here / "sealed", hashlib.sha256()
        _write_sealed(manifest, here / "copy", sealed)
        for piece in read(sealed):
            fingerprint.update(piece)
        size = sealed.stat().st_size
        sealed.rename(folder / name)
        keep_the_names(folder)
    row = Backup(
        taken_at=at, file=name, folder=str(folder), size=size, sha256=fingerprint.hexdigest(),
        rows=sum(manifest.holds.rows.values()), head=manifest.head, database=manifest.database,
    )  # fmt: skip
    with journal(TAKE, by=by, at=at) as page:
        page.save(row)
    return row


def _copied(copy: Path, at: dt.datetime) -> Manifest:
    holds = copies.take(copy)
    digest = hashlib.sha256()
    for piece in read(copy):
        digest.update(piece)
    kept = files.kept_in(settings.UPLOADS)  # after the copy: what its rows name is there by now
    return Manifest(
        at, connection.vendor, digest.hexdigest(), copy.stat().st_size, holds, kept,
        files.lacking(holds.named, kept),
    )  # fmt: skip


def _write_sealed(manifest: Manifest, copy: Path, sealed: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield manifest.as_bytes()
        yield from read(copy)
        yield from files.contents(settings.UPLOADS, manifest.files)

    descriptor = os.open(sealed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as target:
        seal(pieces(), target)
        target.flush()
        os.fsync(target.fileno())
