"""Clear copies of a database, and databases made of copies: SQLite's file, PostgreSQL's dump."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.db import connection, transaction
from psycopg import sql

from marrow.core.backups.files import NAMING
from marrow.core.refusals import Refused

Ask = Callable[[str], list[tuple[Any, ...]]]
PROGRAMS = "/usr/lib/postgresql/*/bin"
END = """SELECT coalesce((SELECT max("last") FROM core_seal), 0),
 coalesce((SELECT mac FROM core_seal ORDER BY "last" DESC LIMIT 1), ''),
 (SELECT count(*) FROM core_operation)"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a copy holds: rows by table, and where its journal ends (number, seal, operations).

    `named` are the files that its rows name, with their fingerprints.
    """

    rows: dict[str, int]
    number: int
    mac: str
    operations: int
    named: dict[str, str] = field(default_factory=dict)


def measured(ask: Ask, tables: list[str]) -> Measured:
    rows = {name: int(ask(f'SELECT count(*) FROM "{name}"')[0][0]) for name in sorted(tables)}  # noqa: S608  names from the catalogue
    number, mac, operations = ask(END)[0]
    return Measured(rows, int(number), str(mac), int(operations), _named(ask, tables))


def _named(ask: Ask, tables: list[str]) -> dict[str, str]:
    """The files that rows name; SQLite tells an id without its strokes."""
    found = {}
    for table in NAMING.keys() & set(tables):
        for pk, sha256 in ask(f'SELECT id, sha256 FROM "{table}"'):  # noqa: S608  a table of ours
            found[f"{uuid.UUID(str(pk))}{NAMING[table]}"] = str(sha256)
    return found


def take(path: Path) -> Measured:
    """Put a copy of the database, as at one moment, at `path`; people go on working."""
    if connection.in_atomic_block:
        raise Refused("A backup is taken outside of any transaction.")
    if connection.vendor == "postgresql":
        return _dump(path)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    return measured_file(path)


def measured_file(path: Path) -> Measured:
    """What a SQLite file holds; refuses one that SQLite itself finds broken."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as base:

        def ask(what: str) -> list[tuple[Any, ...]]:
            return base.execute(what).fetchall()

        try:
            told = [row[0] for row in ask("PRAGMA integrity_check(3)")]
            tables = ask("SELECT name FROM sqlite_schema WHERE type = 'table'")
        except sqlite3.DatabaseError as broken:
            raise Refused(f"The copy is no whole database: {broken}.") from broken
        if told != ["ok"]:
            raise Refused(f"The copy is broken: {'; '.join(map(str, told))}")
        return measured(ask, [name for (name,) in tables if not name.startswith("sqlite_")])


def _dump(path: Path) -> Measured:
    """`pg_dump` and the counts look at one snapshot, so that they agree under a writer."""
    with transaction.atomic(), connection.cursor() as cursor:

        def ask(what: str) -> list[tuple[Any, ...]]:
            cursor.execute(what)
            return list(cursor.fetchall())

        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        snapshot = ask("SELECT pg_export_snapshot()")[0][0]
        run("pg_dump", "--format=custom", "--no-owner", "--no-privileges",
            f"--snapshot={snapshot}", f"--file={path}")  # fmt: skip
        return measured(ask, tables_of(ask))


def tables_of(ask: Ask) -> list[str]:
    return [n for (n,) in ask("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]


def program(name: str) -> str:
    """PostgreSQL's own program, the newest that is here."""
    found = sorted(Path("/").glob(f"{PROGRAMS.lstrip('/')}/{name}"), key=_version)
    if here := (str(found[-1]) if found else shutil.which(name)):
        return here
    raise Refused(
        f"{name} is not here. It comes with PostgreSQL's client programs (Debian:"
        " postgresql-client) and must not be older than the server."
    )


def _version(path: Path) -> float:
    text = path.parts[-3]
    return float(text) if text.replace(".", "", 1).isdigit() else 0.0


def run(name: str, *words: str, database: str = "") -> None:
    """Run one of PostgreSQL's programs on our server; its last words are the refusal."""
    held = connection.settings_dict
    env = {**os.environ, "PGDATABASE": database or str(held["NAME"])}
    for key, variable in (
        ("HOST", "PGHOST"), ("PORT", "PGPORT"), ("USER", "PGUSER"), ("PASSWORD", "PGPASSWORD"),
    ):  # fmt: skip
        if held[key]:
            env[variable] = str(held[key])
    ran = subprocess.run(
        [program(name), *words], env=env, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        told = [line for line in ran.stderr.splitlines() if line.strip()] or ["it ended"]
        if "No space left" in ran.stderr:
            raise OSError(28, "No space left on device")
        raise Refused(f"{name} failed: {told[-1]}")


@dataclass(frozen=True, slots=True)
class Restored:
    """A database that was made of a copy: what `MARROW_DATABASE` calls it, and what it holds."""

    address: str
    holds: Measured


@contextmanager
def restored(copy: Path, kind: str) -> Iterator[Restored]:
    """A database made of the copy, for a moment; never the one that people work with."""
    if kind == "sqlite":
        yield Restored(str(copy), measured_file(copy))
        return
    if connection.vendor != "postgresql":
        raise Refused("This is a backup of PostgreSQL: drill it where MARROW_DATABASE names one.")
    with _empty_database() as name:
        run("pg_restore", "--exit-on-error", "--no-owner", "--no-privileges", f"--dbname={name}",
            str(copy), database=name)  # fmt: skip
        with _connected(name) as base:

            def ask(what: str) -> list[tuple[Any, ...]]:
                return base.execute(what).fetchall()

            holds = measured(ask, tables_of(ask))
        yield Restored(_address(name), holds)


@contextmanager
def _empty_database() -> Iterator[str]:
    name = f"marrow_drill_{uuid.uuid4().hex[:12]}"
    with _connected(str(connection.settings_dict["NAME"])) as base:
        try:
            base.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege as denied:
            raise Refused(
                "The drill makes a database of its own: give this user the right to"
                " (ALTER ROLE … CREATEDB)."
            ) from denied
        try:
            yield name
        finally:
            base.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


@contextmanager
def _connected(name: str) -> Iterator[psycopg.Connection[Any]]:
    held = connection.settings_dict
    given = {
        "host": held["HOST"], "port": held["PORT"], "user": held["USER"],
        "password": held["PASSWORD"],
    }  # fmt: skip
    told = {key: value for key, value in given.items() if value}
    with closing(psycopg.connect(dbname=name, autocommit=True, **told)) as base:
        yield base


def _address(name: str) -> str:
    held = connection.settings_dict
    who = quote(str(held["USER"]), safe="")
    if held["PASSWORD"]:
        who += f":{quote(str(held['PASSWORD']), safe='')}"
    where = str(held["HOST"]) + (f":{held['PORT']}" if held["PORT"] else "")
    return f"postgres://{who + '@' if who else ''}{where}/{name}"
