"""Kill -9 in the middle of a backup: no half file gets its name, and the next clears up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests import migrated
from tests.loaded import Loaded

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


class Home:
    """A Marrow of its own on disk, empty."""

    def __init__(self, folder: Path) -> None:
        env = migrated.a_home(folder, "demo")
        self.var, self.base = Path(env["MARROW_VAR"]), Path(env["MARROW_DATABASE"])
        self.loaded = Loaded(env, folder)

    def marrow(self, *words: str, **env: str) -> CompletedProcess[str]:
        return self.loaded.run("manage.py", *words, "--skip-checks", **env)

    def a_file_sent(self) -> Path:
        """Into a world of a few places, or of those that are there."""
        sent = self.loaded.run("-c", SEND)
        assert sent.returncode == 0, sent.stderr
        return Path(sent.stdout.strip())


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path)
    with closing(made.loaded):
        yield made


@pytest.mark.parametrize(
    ("where", "name"),
    [pytest.param("os", "fsync", marks=pytest.mark.long), ("Path", "rename")],
)
def test_after_kill_9_no_half_file_has_a_backups_name(home: Home, where: str, name: str) -> None:
    home.a_file_sent()
    code = KILLED.format(where=where, name=name)
    assert home.loaded.run("-c", code).returncode == -9
    folder = home.var / "backups"
    assert not list(folder.glob("*.backup"))
    assert list((folder / ".taking").glob("sealed")), "it was in the middle"

    assert home.marrow("backup").returncode == 0
    (file,) = folder.glob("*.backup")
    assert [f.name for f in (folder / ".taking").iterdir()] == ["lock"]
    drilled = home.marrow("restore-drill", str(file))
    assert drilled.returncode == 0, drilled.stderr


def test_restoring_puts_the_file_back_and_keeps_what_was_there(home: Home) -> None:
    sent = home.a_file_sent()
    assert home.marrow("backup").returncode == 0
    sent.unlink()
    (file,) = (home.var / "backups").glob("*.backup")
    opening = ("manage.py", "account", "open", "late", "--name", "Too Late")
    opened = home.loaded.run(*opening, given="correct horse 7\n")
    assert "late" in opened.stdout
    told = home.marrow("restore", str(file), "--yes")
    assert told.returncode == 0, told.stderr
    assert sent.read_bytes() == b"name,country\nA,GN\n"
    assert "late" not in home.marrow("account", "list").stdout
    assert list(home.base.parent.glob("marrow.sqlite3.before-*"))
    (home.var / "heads.txt").unlink(missing_ok=True)
    verdict = home.marrow("journal", "verify", "--tables")
    assert verdict.returncode == 0, verdict.stderr
