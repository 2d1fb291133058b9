"""A moment comes back: what was written before it is there, what was written after it is not."""

from __future__ import annotations

import datetime as dt
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import migrated
from tests.builders import ROOT

pytestmark = [pytest.mark.long, pytest.mark.sqlite]


def run_py() -> object:
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass
class Home:
    """A Marrow of its own, with what keeps its moments."""

    env: dict[str, str]
    words: tuple[str, ...]

    def marrow(self, *words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=self.env,
            capture_output=True, text=True, check=False, input=given,
        )  # fmt: skip

    def written(self, name: str) -> None:
        """An account is opened and given a role, of which the journal tells."""
        for words in (("open", name, "--name", name), ("give", name, "head")):
            ran = self.marrow("account", *words, given="correct horse 7\n")
            assert ran.returncode == 0, ran.stderr

    def asked(self, what: str) -> None:
        """Behind the journal's back."""
        code = f"from django.db import connection as c; c.cursor().execute({what!r})"
        ran = self.marrow("shell", "-c", code)
        assert ran.returncode == 0, ran.stderr

    def drilled(self, to: dt.datetime) -> subprocess.CompletedProcess[str]:
        return self.marrow("restore-drill", "--to", to.isoformat(), *self.words)


def now() -> dt.datetime:
    """A moment with quiet on both sides of it."""
    time.sleep(1.1)
    told = dt.datetime.now(dt.UTC)
    time.sleep(1.1)
    return told


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder that PostgreSQL's own user may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="marrow-moments-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def on_postgresql(room: Path) -> Iterator[Home]:
    """A server that archives its log, a base backup of it, and Marrow over it."""
    run = run_py()
    programs = run.postgres_programs()  # type: ignore[attr-defined]
    if programs is None:
        pytest.skip("PostgreSQL is not here")
    log, base = room / "log", room / "base"
    log.mkdir()
    if os.geteuid() == 0:
        shutil.chown(log, "postgres")
    options = f" -c archive_mode=on -c archive_command='cp %p {log}/%f'"
    with run.postgres(options) as address:  # type: ignore[attr-defined]
        env = {
            **migrated.a_home(room, "demo"), "MARROW_DATABASE": address,
            "DJANGO_SETTINGS_MODULE": "marrow.server.settings",
        }  # fmt: skip
        home = Home(env, ("--base", str(base), "--log", str(log)))
        assert home.marrow("migrate", "-v0").returncode == 0
        words = [programs / "pg_basebackup", "-D", base, "-c", "fast", "-X", "none", "-d", address]
        subprocess.run(words, check=True, capture_output=True)
        yield home


def the_log_is_archived(home: Home) -> None:
    log = Path(home.words[3])
    before = len(list(log.iterdir()))
    home.asked("SELECT pg_switch_wal()")
    for _turn in range(50):
        if len(list(log.iterdir())) > before:
            return
        time.sleep(0.1)


def test_postgresql_comes_back_to_a_moment_and_holds_nothing_of_after_it(
    on_postgresql: Home,
) -> None:
    home = on_postgresql
    home.written("before")
    moment = now()
    home.written("after")
    the_log_is_archived(home)
    told = home.drilled(moment)
    assert told.returncode == 0, told.stderr
    assert re.search(r"^[1-9]\d* operations of before it are there", told.stdout, re.M)
    assert re.search(r"; [1-9]\d* of after it are not\.", told.stdout)
    first_out = re.search(r"the first that is not of (\S+ \S+)\.$", told.stdout, re.M)
    assert first_out, "the database's clock says the same"
    assert dt.datetime.fromisoformat(first_out[1]) > moment

    # a control that must fail: what this journal has otherwise is told
    forged = "UPDATE core_operation SET mac = 'x' WHERE id = (SELECT min(id) FROM core_operation)"
    home.asked(forged)
    told = home.drilled(moment)
    assert "1 operations are there that this journal has not" in told.stderr

    told = home.drilled(now())
    assert "The archived log ends before this moment" in told.stderr
    assert list((Path(home.env["MARROW_VAR"]) / "drill").iterdir()) == [
        Path(home.env["MARROW_VAR"]) / "drill/lock"
    ]


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Home]:
    """A Marrow whose file Litestream sends to a replica."""
    if shutil.which("litestream") is None:
        pytest.skip("Litestream is not here")
    env = migrated.a_home(tmp_path, "demo") | {"DJANGO_SETTINGS_MODULE": "marrow.server.settings"}
    replica = tmp_path / "replica"
    words = ["litestream", "replicate", env["MARROW_DATABASE"], f"file://{replica}"]
    sending = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield Home(env, ("--replica", str(replica)))
    finally:
        sending.terminate()
        sending.wait()


def test_sqlite_comes_back_to_a_moment_too(on_sqlite: Home) -> None:
    home = on_sqlite
    home.written("before")
    moment = now()
    home.written("after")
    now()
    told = home.drilled(moment)
    assert told.returncode == 0, told.stderr
    assert re.search(r"; [1-9]\d* of after it are not\.", told.stdout)
