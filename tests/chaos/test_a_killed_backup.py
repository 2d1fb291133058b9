"""Kill -9 in the middle of a backup: no half file gets its name, and the next clears up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import migrated
from tests.builders import ROOT

KILLED = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
def die(*_a, **_k): os.kill(os.getpid(), signal.SIGKILL)
setattr({where}, "{name}", die)
call_command("backup")
"""
SEND = """
import datetime as dt
import django
django.setup()
from marrow.directory.models import Area
from tests.builders import a_few_places
if not Area.objects.exists():
    a_few_places()
from marrow.core.viewer import Grant, Viewer
from marrow.sources.actions.intakes import place_of, receive_file
row = receive_file(kind="register", name="a.csv", parts=[b"name,country\\nA,GN\\n"],
    by=Viewer(None, "Office", (Grant("office"),)), at=dt.datetime.now(dt.UTC))
print(place_of(row))
"""


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A Marrow of its own on disk, empty."""
    return migrated.a_home(tmp_path, "demo") | {"DJANGO_SETTINGS_MODULE": "marrow.server.settings"}


def marrow(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *words, "--skip-checks"], cwd=ROOT, env=env,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def a_file_sent(env: dict[str, str]) -> Path:
    """Into a world of a few places, or of those that are there."""
    sent = subprocess.run(
        [sys.executable, "-c", SEND], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    return Path(sent.stdout.strip())


@pytest.mark.parametrize(
    ("where", "name"),
    [pytest.param("os", "fsync", marks=pytest.mark.long), ("Path", "rename")],
)
def test_after_kill_9_no_half_file_has_a_backups_name(
    home: dict[str, str], where: str, name: str
) -> None:
    a_file_sent(home)
    code = KILLED.format(where=where, name=name)
    killed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=home, check=False)
    assert killed.returncode == -9
    folder = Path(home["MARROW_VAR"], "backups")
    assert not list(folder.glob("*.backup"))
    assert list((folder / ".taking").glob("sealed")), "it was in the middle"

    assert marrow(home, "backup").returncode == 0
    (file,) = folder.glob("*.backup")
    assert [f.name for f in (folder / ".taking").iterdir()] == ["lock"]
    drilled = marrow(home, "restore-drill", str(file))
    assert drilled.returncode == 0, drilled.stderr


def test_restoring_puts_the_file_back_and_keeps_what_was_there(home: dict[str, str]) -> None:
    sent = a_file_sent(home)
    assert marrow(home, "backup").returncode == 0
    sent.unlink()
    (file,) = Path(home["MARROW_VAR"], "backups").glob("*.backup")
    base = Path(home["MARROW_DATABASE"])
    opened = subprocess.run(
        [sys.executable, "manage.py", "account", "open", "late", "--name", "Too Late"],
        cwd=ROOT, env=home, input="correct horse 7\n", text=True, check=True, capture_output=True,
    )  # fmt: skip
    assert "late" in opened.stdout
    told = marrow(home, "restore", str(file), "--yes")
    assert told.returncode == 0, told.stderr
    assert sent.read_bytes() == b"name,country\nA,GN\n"
    assert "late" not in marrow(home, "account", "list").stdout
    assert list(base.parent.glob("marrow.sqlite3.before-*"))
    Path(home["MARROW_VAR"], "heads.txt").unlink(missing_ok=True)
    verdict = marrow(home, "journal", "verify", "--tables")
    assert verdict.returncode == 0, verdict.stderr
