"""A PostgreSQL server of our own, for a moment: a base backup and the log after it, up to a moment.

It listens on no network, writes into a copy of the base alone, and archives nothing.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.db import connection

from marrow.core.refusals import Refused

STARTING = 2.0  # seconds in which it may not have written that it runs
PORT = "5432"  # the name of the socket's file; no port of the machine is taken
#: a standby needs as much of these as the server had whose log it reads
NEEDED = (
    "max_connections", "max_worker_processes", "max_wal_senders", "max_prepared_xacts",
    "max_locks_per_xact",
)  # fmt: skip
CALLED = {
    "max_prepared_xacts": "max_prepared_transactions",
    "max_locks_per_xact": "max_locks_per_transaction",
}
STOPPED = re.compile(r"recovery stopping before commit of transaction \d+, time (.+)$", re.M)
TOO_SHORT = "recovery ended before configured recovery target was reached"


@dataclass(frozen=True, slots=True)
class Recovered:
    """The server as it was at the moment; how to reach it, and what it says of where it stopped.

    `last_in` and `first_out` are the hours at which the last transaction before the moment, and
    the first after it, were committed, by the database's own clock.
    """

    env: dict[str, str]
    address: str
    last_in: dt.datetime | None
    first_out: str


@contextmanager
def recovered(base: Path, log: Path, to: dt.datetime, here: Path) -> Iterator[Recovered]:
    """Make the server in the empty folder `here`, and take it away afterwards."""
    _refuse_what_is_no_base(base)
    data = here / "data"
    shutil.copytree(base, data, symlinks=True)
    for name in ("postgresql.auto.conf", "postmaster.pid", "standby.signal"):
        (data / name).unlink(missing_ok=True)
    (data / "recovery.signal").touch()
    socket = Path(tempfile.mkdtemp(prefix="marrow-"))
    try:
        _settings(data, log, to, socket)
        _hand_over(here, data, socket)
        with _running(data, base, socket):
            yield _asked(data, socket)
    finally:
        shutil.rmtree(socket, ignore_errors=True)
        shutil.rmtree(data, ignore_errors=True)


@contextmanager
def connected(env: dict[str, str]) -> Iterator[psycopg.Connection[Any]]:
    held = connection.settings_dict
    given = psycopg.connect(
        host=env["PGHOST"], port=env["PGPORT"], dbname=str(held["NAME"]),
        user=str(held["USER"]) or None, autocommit=True,
    )  # fmt: skip
    with closing(given) as base:
        yield base


def _refuse_what_is_no_base(base: Path) -> None:
    if not (base / "PG_VERSION").is_file() or not (base / "backup_label").is_file():
        raise Refused(f"{base} is no base backup: pg_basebackup --format=plain makes one.")
    if any((base / "pg_tblspc").iterdir()):
        raise Refused(f"{base} has tablespaces of its own: a drill would write into them.")


def _settings(data: Path, log: Path, to: dt.datetime, socket: Path) -> None:
    (data / "pg_hba.conf").write_text("local all all trust\n", encoding="utf-8")
    fetch = f'cp {shlex.quote(str(log))}/%f "%p"'
    told = {
        "restore_command": fetch, "recovery_target_time": to.isoformat(),
        "recovery_target_action": "promote", "recovery_target_inclusive": "on",
        "hot_standby": "off", "archive_mode": "off", "listen_addresses": "", "port": PORT,
        "unix_socket_directories": str(socket), "unix_socket_permissions": "0700",
        "hba_file": str(data / "pg_hba.conf"), "lc_messages": "C", "log_min_messages": "log",
        "log_timezone": "UTC", "fsync": "off", "logging_collector": "off",
        **_as_much_as_there_was(data),
    }  # fmt: skip
    (data / "postgresql.conf").write_text(
        "".join(f"{name} = {_quoted(value)}\n" for name, value in told.items()), encoding="utf-8"
    )


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _as_much_as_there_was(data: Path) -> dict[str, str]:
    ran = _ran([_program(data, "pg_controldata"), str(data)], LC_ALL="C")
    held = dict(re.findall(r"^(\w+) setting:\s+(\d+)$", ran.stdout, re.M))
    return {CALLED.get(name, name): held[name] for name in NEEDED if name in held}


def _program(data: Path, name: str) -> str:
    """Of the version that made the base: no other reads it."""
    version = (data / "PG_VERSION").read_text().strip()
    for folder in (f"/usr/lib/postgresql/{version}/bin", None):
        if found := shutil.which(name, path=folder):
            return found
    raise Refused(f"{name} of PostgreSQL {version} is not here: install its server's programs.")


def _hand_over(here: Path, *folders: Path) -> None:
    """PostgreSQL refuses to run as root: then the files are those of its own user."""
    for folder in folders:
        folder.chmod(0o700)
    if os.geteuid() != 0:
        return
    here.chmod(0o711)
    for folder in folders:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, "postgres", "postgres")


@contextmanager
def _running(data: Path, base: Path, socket: Path) -> Iterator[None]:
    """It answers once it has read the log up to the moment; else it ends."""
    control = [_program(data, "pg_ctl"), "-D", str(data)]
    _ran([*control, "-W", "-l", str(data / "log"), "start"], as_its_user=True)
    try:
        begun = time.monotonic()
        while not _answers(socket):
            young = time.monotonic() - begun < STARTING
            if not young and _ran([*control, "status"], as_its_user=True).returncode:
                raise Refused(_why(data / "log", base))
            time.sleep(0.2)
        yield
    finally:
        _ran([*control, "-w", "-m", "immediate", "stop"], as_its_user=True)


def _answers(socket: Path) -> bool:
    try:
        with connected({"PGHOST": str(socket), "PGPORT": PORT}):
            return True
    except psycopg.OperationalError as not_yet:
        if "does not exist" in str(not_yet) and "No such file" not in str(not_yet):
            raise Refused(f"The base backup is of another server: {not_yet}") from not_yet
        return False


def _why(log: Path, base: Path) -> str:
    said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    if TOO_SHORT in said:
        return (
            "The archived log ends before this moment: nothing that was committed after it is"
            " archived yet. Choose an earlier one, or wait for the next segment (archive_timeout)."
        )
    told = [line for line in said.splitlines() if "FATAL" in line or "PANIC" in line]
    return f"{base} could not be brought to this moment: {(told or ['it ended'])[-1]}"


def _ran(
    words: list[str], *, as_its_user: bool = False, **env: str
) -> subprocess.CompletedProcess[str]:
    user = "postgres" if as_its_user and os.geteuid() == 0 else None
    # what it starts keeps these open: a pipe would never end
    with tempfile.TemporaryFile("w+") as told:
        ran = subprocess.run(
            words, stdout=told, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, cwd="/",
            env={**os.environ, **env}, user=user, check=False,
        )  # fmt: skip
        told.seek(0)
        return subprocess.CompletedProcess(words, ran.returncode, told.read(), "")


def _asked(data: Path, socket: Path) -> Recovered:
    held = connection.settings_dict
    env = {"PGHOST": str(socket), "PGPORT": PORT}
    with connected(env) as base:
        row = base.execute("SELECT pg_last_xact_replay_timestamp()").fetchone()
    said = (data / "log").read_text(encoding="utf-8", errors="replace")
    stopped = STOPPED.findall(said)
    return Recovered(
        env, f"postgres://{quote(str(held['USER']), safe='')}@/{quote(str(held['NAME']), safe='')}",
        row[0] if row else None, stopped[-1].strip() if stopped else "",
    )  # fmt: skip
