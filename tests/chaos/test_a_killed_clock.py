"""Kill -9 of the worker between the rungs of a silence: each rung is told once, none is lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from tests import migrated
from tests.loaded import Loaded

#: a real worker whose clock is `HOURS` ahead, and which hangs where `HANG` says
WORKER = """
import datetime as dt, os, sys, time
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marrow.server.settings")
from django.utils import timezone
real, ahead = timezone.now, dt.timedelta(hours=float(os.environ["HOURS"]))
timezone.now = lambda: real() + ahead
import django
django.setup()
from marrow.core.jobs import HANDLERS
from marrow.posts.actions import watching
where, climb, tell = os.environ.get("HANG", ""), HANDLERS[watching.JOB], watching.open_work
def hang():
    open(os.environ["REACHED"], "w").close()
    time.sleep(600)
def handler(lease):
    if where == "before":
        hang()
    climb(lease)
    if where == "after":
        hang()
def open_work(page, items):
    if where == "within":
        hang()
    return tell(page, items)
HANDLERS[watching.JOB], watching.open_work = handler, open_work
from django.core.management import call_command
call_command("work", *sys.argv[1:])
"""
#: the demonstration as far as its teams on post, in a world of the places that it names
FILL = """
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marrow.server.settings")
import django
django.setup()
from django.utils import timezone
from marrow.core.discovery import handed_in
from marrow.core.journal.sequencer import sequence
from marrow.core.management.commands.demo import KEEPER
from marrow.directory import demo
from tests.acceptance.conftest import NAMED
from tests.builders import load_places
demo.load_world = lambda by, at: load_places(*NAMED.split())
for room in handed_in("demo"):
    room.fill(KEEPER, timezone.now())
    if room.__name__ == "marrow.posts.demo":
        break
sequence()
"""
HEARD = """
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marrow.server.settings")
import datetime as dt
import django
django.setup()
from django.utils import timezone
from marrow.accounts.models import Account
from marrow.accounts.queries import viewer_of
from marrow.missions.models import Mission
from marrow.posts.actions import check_in
check_in(mission=Mission.objects.get(key="demonstration:1").pk, state="SAFE", whole_team=True,
         by=viewer_of(Account.objects.get(username="demo-leader")),
         at=timezone.now() + dt.timedelta(hours=float(os.environ["HOURS"])))
"""


OURS = (
    "SELECT w.id FROM posts_watch w JOIN missions_mission m ON m.id = w.mission_id"
    " WHERE m.key = 'demonstration:1'"
)


class Home:
    """The demonstration on disk: its team on post is waited for."""

    def __init__(self, folder: Path) -> None:
        env = migrated.a_home(folder, "demo")
        self.base, self.reached = env["MARROW_DATABASE"], folder / "reached"
        self.loaded = Loaded(env | {"REACHED": str(self.reached)}, folder)

    def ran(self, *words: str, **env: str) -> str:
        done = self.loaded.run(*words, **env)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path)
    with closing(made.loaded):
        made.ran("-c", FILL)
        with closing(sqlite3.connect(made.base)) as base, base:  # its other silent teams are let be
            (ours,) = base.execute(OURS).fetchone()
            others = "DELETE FROM core_job WHERE kind = 'post-silence' AND payload NOT LIKE ?"
            base.execute(others, [f"%{UUID(ours)}%"])
        yield made


def worked(home: Home, hours: float) -> None:
    """A worker does all that is due, `hours` from now, and ends."""
    home.ran("-c", WORKER, "--once", HOURS=str(hours))


def killed(home: Home, hours: float, where: str) -> None:
    """A worker comes to a rung, `hours` from now, and is killed there."""
    home.reached.unlink(missing_ok=True)
    running = home.loaded.start("-c", WORKER, HOURS=str(hours), HANG=where)
    deadline = time.monotonic() + 240
    while not home.reached.exists():
        assert running.poll() is None, "the worker ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.kill(running.pid, signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL


def asked(home: Home, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(home.base, timeout=30)) as base:
        return base.execute(question).fetchall()


def rungs(home: Home) -> list[object]:
    """Of the team near us: the demonstration has others, that are silent on their own."""
    question = f"SELECT step FROM posts_rung WHERE watch_id IN ({OURS}) ORDER BY climbed_at, step"
    return [row[0] for row in asked(home, question)]


def told(home: Home) -> list[tuple[object, ...]]:
    return asked(
        home,
        "SELECT code, count(*) FROM sources_workitem WHERE code LIKE 'POST_SILENT%' "
        f"AND about IN ({OURS}) GROUP BY code ORDER BY code",
    )


def test_each_rung_is_told_once_though_the_worker_is_killed_between(home: Home) -> None:
    worked(home, 20)
    assert rungs(home) == [], "nobody is told before 24 hours"

    killed(home, 25, "within")
    assert rungs(home) == [], "what was not committed is not there"
    assert told(home) == []
    worked(home, 25.1)
    assert rungs(home) == [1]
    assert told(home) == [("POST_SILENT_1", 1)]

    killed(home, 37, "after")
    assert rungs(home) == [1, 2]
    worked(home, 37.1)
    assert rungs(home) == [1, 2], "the next worker finds the rung"
    assert told(home) == [("POST_SILENT_1", 1), ("POST_SILENT_2", 1)]

    killed(home, 49, "before")
    assert rungs(home) == [1, 2]
    worked(home, 49.1)
    assert rungs(home) == [1, 2, 3]
    assert told(home) == [
        ("POST_SILENT_1", 1), ("POST_SILENT_2", 1), ("POST_SILENT_3", 1), ("POST_SILENT_NEAR", 1),
    ]  # fmt: skip

    home.ran("-c", HEARD, HOURS="50")
    still_open = (
        "SELECT count(*) FROM sources_workitem WHERE code LIKE 'POST_%' AND done_at IS NULL"
    )
    assert asked(home, still_open) == [(0,)], "heard: the work of the silence is done"
    worked(home, 73)
    assert rungs(home) == [1, 2, 3]
    worked(home, 74.5)
    assert rungs(home) == [1, 2, 3, 1], "another silence, another ladder"
    assert "Every byte is as it was sealed." in home.ran(
        "manage.py", "journal", "verify", "--skip-checks"
    )
