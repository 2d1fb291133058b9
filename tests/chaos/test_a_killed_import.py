"""Kill -9 in the middle of an import: after the restart nothing half-done, nothing twice."""

from __future__ import annotations

import csv
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.builders import ROOT

ROWS = 12_000


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A Marrow of its own, with the world's places, on disk."""
    env = {**os.environ, "MARROW_VAR": str(tmp_path / "var"), "MARROW_MODE": "demo"}
    env["MARROW_DATABASE"] = str(tmp_path / "marrow.sqlite3")
    for command in ("migrate -v0", "demo"):
        marrow(env, *command.split()).check_returncode()
    return env


def marrow(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=env, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def counted(env: dict[str, str]) -> dict[str, int]:
    with sqlite3.connect(env["MARROW_DATABASE"], timeout=30) as base:
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
    home: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "register.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["name", "country", "lat", "lon"])
        writer.writerows([f"Test facility {n}", "GN", n / 1e4 + 7, -11] for n in range(ROWS))
    before = counted(home)
    command = [sys.executable, "manage.py", "import", "register", str(file), "--quiet"]
    running = subprocess.Popen(command, cwd=ROOT, env=home, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 240
    while counted(home)["directory_organisation"] < before["directory_organisation"] + 4000:
        assert running.poll() is None, "the import ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()

    half = counted(home)
    done = half["directory_organisation"] - before["directory_organisation"]
    assert 0 < done < ROWS
    assert done % 2000 == 0, "a batch is in as a whole or not at all"
    assert half["directory_identifier"] == half["different"] == done

    assert marrow(home, "import", "register", str(file), "--quiet").returncode == 0
    after = counted(home)
    assert after["directory_organisation"] - before["directory_organisation"] == ROWS
    assert after["directory_identifier"] == after["different"] == ROWS
    verdict = marrow(home, "journal", "verify")
    assert verdict.returncode == 0, verdict.stderr
    assert "Every byte is as it was sealed." in verdict.stdout
