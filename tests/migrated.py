"""A migrated, empty database, made once for each state of the migrations: tests begin with copies.

Migrating takes longer than most files of tests; a worker, a browser's journey or a process of its
own that is to be killed starts where it ends.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import version
from pathlib import Path

import psycopg
from django.conf import settings

ROOT = Path(__file__).parents[1]
SOURCES = ("src/marrow/*/migrations/*.py", "src/marrow/core/journal/sealing.py")
IN_MEMORY = "file:memorydb_default?mode=memory&cache=shared"  # as Django calls it in tests


def a_home(folder: Path, mode: str) -> dict[str, str]:
    """The environment of processes whose Marrow lives in this folder, migrated and empty."""
    base = folder / "marrow.sqlite3"
    shutil.copyfile(a_file(), base)
    return {
        **os.environ, "MARROW_VAR": str(folder / "var"), "MARROW_DATABASE": str(base),
        "MARROW_MODE": mode, "MARROW_JOURNAL_KEY": settings.JOURNAL_KEY,
    }  # fmt: skip


def a_file() -> Path:
    """Of SQLite; to be copied, not opened."""
    file = settings.VAR / f"migrated-{_state()}.sqlite3"
    with _one_at_a_time("file"):
        if not file.exists():
            for old in settings.VAR.glob("migrated-*.sqlite3*"):
                old.unlink()
            making = file.with_suffix(".sqlite3.making")
            _migrate(str(making))
            with closing(sqlite3.connect(making)) as base:
                base.execute("PRAGMA journal_mode=DELETE")  # a base in memory keeps no log
            making.rename(file)
    return file


def in_memory() -> sqlite3.Connection:
    """SQLite's base in memory, filled for all connections while this one is open."""
    kept = sqlite3.connect(IN_MEMORY, uri=True)
    with closing(sqlite3.connect(a_file())) as migrated:
        migrated.backup(kept)
    return kept


def a_template() -> str:
    """The name of a database of the PostgreSQL server in use, to make others from."""
    name = f"marrow_migrated_{_state()}"
    told = settings.DATABASES["default"]
    at = f"{told['HOST']}:{told['PORT']}" if told["PORT"] else told["HOST"]
    address = f"postgres://{told['USER']}:{told['PASSWORD']}@{at}"
    with (
        _one_at_a_time("template"),
        psycopg.connect(f"{address}/postgres", autocommit=True) as server,
    ):
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(f"DROP DATABASE IF EXISTS {name}_making")
            server.execute(f"CREATE DATABASE {name}_making")
            _migrate(f"{address}/{name}_making")
            server.execute(f"ALTER DATABASE {name}_making RENAME TO {name}")
    return name


def _migrate(address: str) -> None:
    env = {**os.environ, "MARROW_DATABASE": address, "MARROW_MODE": "test"}
    env["MARROW_JOURNAL_KEY"] = settings.JOURNAL_KEY
    words = [sys.executable, "manage.py", "migrate", "-v0", "--skip-checks"]
    subprocess.run(words, cwd=ROOT, env=env, check=True)


def _state() -> str:
    """Of all that a migrated database holds; the counter in it is sealed with the journal's key."""
    found = hashlib.sha256(f"{version('django')} {settings.JOURNAL_KEY}".encode())
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


@contextmanager
def _one_at_a_time(what: str) -> Iterator[None]:
    """Workers that start together: one migrates, the others wait and copy."""
    with (settings.VAR / f"migrated-{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
