"""Kill -9 of the worker between the rungs of a silence: each rung is told once, none is lost."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest

from tests.builders import ROOT

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


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """The demonstration on disk: its team on post is waited for."""
    env = {**os.environ, "MARROW_VAR": str(tmp_path / "var"), "MARROW_MODE": "demo"}
    env["MARROW_DATABASE"] = str(tmp_path / "marrow.sqlite3")
    env["REACHED"] = str(tmp_path / "reached")
    for command in ("migrate -v0", "demo"):
        ran(env, "manage.py", *command.split())
    with sqlite3.connect(env["MARROW_DATABASE"]) as base:  # its other silent teams are let be
        (ours,) = base.execute(OURS).fetchone()
        others = "DELETE FROM core_job WHERE kind = 'post-silence' AND payload NOT LIKE ?"
        base.execute(others, [f"%{UUID(ours)}%"])
    base.close()
    return env


def ran(env: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def worked(env: dict[str, str], hours: float) -> None:
    """A worker does all that is due, `hours` from now, and ends."""
    ran({**env, "HOURS": str(hours)}, "-c", WORKER, "--once")


def killed(env: dict[str, str], hours: float, where: str) -> None:
    """A worker comes to a rung, `hours` from now, and is killed there."""
    reached = Path(env["REACHED"])
    reached.unlink(missing_ok=True)
    told = {**env, "HOURS": str(hours), "HANG": where}
    running = subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, env=told)
    deadline = time.monotonic() + 240
    while not reached.exists():
        assert running.poll() is None, "the worker ended before it could be killed"
        assert time.monotonic() < deadline
        time.sleep(0.05)
    os.kill(running.pid, signal.SIGKILL)
    running.wait()


def asked(env: dict[str, str], question: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(env["MARROW_DATABASE"], timeout=30) as base:
        found = base.execute(question).fetchall()
    base.close()
    return found


def rungs(env: dict[str, str]) -> list[object]:
    """Of the team near us: the demonstration has others, that are silent on their own."""
    question = f"SELECT step FROM posts_rung WHERE watch_id IN ({OURS}) ORDER BY climbed_at, step"
    return [row[0] for row in asked(env, question)]


def told(env: dict[str, str]) -> list[tuple[object, ...]]:
    return asked(
        env,
        "SELECT code, count(*) FROM sources_workitem WHERE code LIKE 'POST_SILENT%' "
        f"AND about IN ({OURS}) GROUP BY code ORDER BY code",
    )


def test_each_rung_is_told_once_though_the_worker_is_killed_between(home: dict[str, str]) -> None:
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

    ran({**home, "HOURS": "50"}, "-c", HEARD)
    still_open = (
        "SELECT count(*) FROM sources_workitem WHERE code LIKE 'POST_%' AND done_at IS NULL"
    )
    assert asked(home, still_open) == [(0,)], "heard: the work of the silence is done"
    worked(home, 73)
    assert rungs(home) == [1, 2, 3]
    worked(home, 74.5)
    assert rungs(home) == [1, 2, 3, 1], "another silence, another ladder"
    assert "Every byte is as it was sealed." in ran(home, "manage.py", "journal", "verify")
