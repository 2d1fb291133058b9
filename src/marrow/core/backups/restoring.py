"""Put a backup in the place of the database: everything that came after it is lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from marrow.core.backups import copies, files
from marrow.core.backups.access import may_keep_backups
from marrow.core.backups.drilling import unsealed
from marrow.core.backups.workplaces import workplace
from marrow.core.refusals import Refused
from marrow.core.viewer import Viewer

EMPTY = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"


def restore(*, file: Path, by: Viewer, at: dt.datetime) -> str:
    """Put it back, all or nothing; says where the database went that was there before."""
    may_keep_backups(by)
    if not file.is_file():
        raise Refused(f"There is no file {file}.")
    with workplace(settings.VAR / "restore") as here:
        manifest = unsealed(file, here / "copy", here / "files")
        if manifest.database != connection.vendor:
            raise Refused(
                f"This is a backup of {manifest.database}, MARROW_DATABASE is {connection.vendor}."
            )
        # files first: a database whose rows name files that are not there never stands
        put = files.put_back(here / "files", settings.UPLOADS, manifest.files, at)
        if connection.vendor == "postgresql":
            told = _into_postgresql(here / "copy")
        else:
            told = _into_file(here / "copy", at)
        return f"{told} Files put back: {put}."


def _into_postgresql(copy: Path) -> str:
    """One transaction: the old tables go and the new ones come, or nothing changes."""
    told = copy.with_name("restore.sql")
    copies.run("pg_restore", "--no-owner", "--no-privileges", f"--file={told}", str(copy))
    kept = "\n".join(
        line for line in told.read_text(encoding="utf-8").split("\n")
        if line != "CREATE SCHEMA public;"
    )  # fmt: skip
    told.write_text(EMPTY + kept, encoding="utf-8")
    connections.close_all()
    copies.run("psql", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1",
               "--output=/dev/null", f"--file={told}")  # fmt: skip
    return "The tables that were there are gone."


def _into_file(copy: Path, at: dt.datetime) -> str:
    """The file that was there keeps its rows under another name, beside the new one."""
    copies.measured_file(copy)
    base = Path(str(connection.settings_dict["NAME"]))
    connections.close_all()
    before = base.with_name(f"{base.name}.before-{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}")
    fresh = base.with_name(f"{base.name}.restored")
    files.copy(copy, fresh)
    for ending in ("", "-wal", "-shm"):
        old = base.with_name(base.name + ending)
        if old.exists():
            old.rename(before.with_name(before.name + ending))
    fresh.rename(base)
    files.keep_the_names(base.parent)
    return f"What was there stands in {before}."
