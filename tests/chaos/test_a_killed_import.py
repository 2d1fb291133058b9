"""Kill -9 in the middle of an import: after the restart nothing half-done, nothing twice."""

from __future__ import annotations

import csv
import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests import migrated
from tests.loaded import Loaded

ROWS = 10_000
PLACES = "from tests.builders import a_few_places; a_few_places()"


class Home:
    """A Marrow of its own, with a few places, on disk."""

    def __init__(self, folder: Path) -> None:
        env = migrated.a_home(folder, "demo")
        self.base, self.loaded = env["MARROW_DATABASE"], Loaded(env, folder)

    def marrow(self, *words: str) -> CompletedProcess[str]:
        return self.loaded.run("manage.py", *words, "--skip-checks")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path)
    with closing(made.loaded):
        assert made.loaded.run("-c", PLACES).returncode == 0
        yield made


def counted(home: Home) -> dict[str, int]:
    with sqlite3.connect(home.base, timeout=30) as base:
        found = {
            table: base.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("directory_organisation", "directory_identifier", "core_operation")
        }
        found["different"] = base.execute(
            "SELECT count(DISTINCT value) FROM directory_identifier"
        ).fetchone()[0]
    base.close()
    return found


def test_after_kill_9_a_restart_finishes_the_import_with_nothing_twice(
    home: Home, tmp_path: Path
) -> None:
    file = tmp_path / "register.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["name", "country", "lat", "lon"])
        writer.writerows([f"Test facility {n}", "GN", n / 1e4 + 7, -11] for n in range(ROWS))
    before = counted(home)
    running = home.loaded.start("manage.py", "import", "register", str(file), "--quiet")
    deadline = time.monotonic() + 240
    while counted(home)["directory_organisation"] < before["directory_organisation"] + 4000:
        assert running.poll() is None, "the import ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.kill(running.pid, signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL

    half = counted(home)
    done = half["directory_organisation"] - before["directory_organisation"]
    assert 0 < done < ROWS
    assert done % 2000 == 0, "a batch is in as a whole or not at all"
    assert half["directory_identifier"] == half["different"] == done

    assert home.marrow("import", "register", str(file), "--quiet").returncode == 0
    after = counted(home)
    assert after["directory_organisation"] - before["directory_organisation"] == ROWS
    assert after["directory_identifier"] == after["different"] == ROWS
    verdict = home.marrow("journal", "verify")
    assert verdict.returncode == 0, verdict.stderr
    assert "Every byte is as it was sealed." in verdict.stdout
