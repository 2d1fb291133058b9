"""A process that has loaded a Marrow of its own, and forks into each that a test runs or kills.

To load takes seconds; what is forked begins as a process that has just loaded, with no connection
and no thread, and ends as any other: by itself or by `kill -9`.
"""

from __future__ import annotations

import json
import os
import runpy
import select
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connections
from django.utils.functional import empty

ROOT = Path(__file__).parents[1]


class Running:
    """A process that was forked; what it said is there once it has ended."""

    def __init__(self, asks: subprocess.Popen[str], folder: Path, words: tuple[str, ...]) -> None:
        self._asks, self._folder, self._words = asks, folder, words
        self.pid = int(_heard(asks))
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """How it ended; None while it runs."""
        assert self._asks.stdout
        if self.returncode is None and select.select([self._asks.stdout.fileno()], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self) -> int:
        if self.returncode is None:
            self.returncode = int(_heard(self._asks))
        return self.returncode

    def ended(self) -> subprocess.CompletedProcess[str]:
        said = ((self._folder / n).read_text(encoding="utf-8") for n in ("said", "erred"))
        return subprocess.CompletedProcess(self._words, self.wait(), *said)


class Loaded:
    """`words` are what stands behind `python`: `-c CODE …`, `-m MODULE …` or `FILE …`. One of its
    processes runs at a time."""

    def __init__(self, env: dict[str, str], folder: Path) -> None:
        self._folder = folder
        self._asks = subprocess.Popen(
            [sys.executable, "-m", "tests.loaded"], cwd=ROOT, env=env, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def start(self, *words: str, given: str = "", **env: str) -> Running:
        (self._folder / "given").write_text(given, encoding="utf-8")
        asked = {"words": words, "env": env, "folder": str(self._folder)}
        assert self._asks.stdin
        self._asks.stdin.write(json.dumps(asked) + "\n")
        self._asks.stdin.flush()
        return Running(self._asks, self._folder, words)

    def run(self, *words: str, given: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        running = self.start(*words, given=given, **env)
        running.wait()
        return running.ended()

    def close(self) -> None:
        self._asks.communicate()


def _heard(asks: subprocess.Popen[str]) -> str:
    assert asks.stdout
    return asks.stdout.readline()


def _asked() -> dict[str, Any]:
    """Comes back in each process that is forked, with what it is to be; ends with its input."""
    while line := sys.stdin.readline():
        pid = os.fork()
        if pid == 0:
            asked: dict[str, Any] = json.loads(line)
            return asked
        print(pid, flush=True)  # noqa: T201
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)  # noqa: T201
    raise SystemExit


def _become(words: list[str], env: dict[str, str], folder: str) -> None:
    os.environ.update(env)
    if "MARROW_DATABASE" in env:
        _read_settings_anew()
    here = Path(folder)
    for number, name, how in ((0, "given", "r"), (1, "said", "w"), (2, "erred", "w")):
        with (here / name).open(how) as file:
            os.dup2(file.fileno(), number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  nothing is read of it yet
    first, *rest = words
    if first == "-m":
        sys.argv = rest
        runpy.run_module(rest[0], run_name="__main__", alter_sys=True)
    elif first == "-c":
        sys.argv = ["-c", *rest[1:]]
        exec(rest[0], {"__name__": "__main__"})  # noqa: S102  what a test says
    else:
        sys.argv = words
        runpy.run_path(first, run_name="__main__")


def _read_settings_anew() -> None:
    """What was loaded has asked no database yet; where it is may still be told otherwise."""
    del sys.modules[os.environ["DJANGO_SETTINGS_MODULE"]]
    settings._wrapped = empty  # noqa: SLF001  as before anything was asked of them
    vars(connections).update(_settings=None)
    vars(connections).pop("settings", None)
    with suppress(AttributeError):  # was not asked for yet
        del connections["default"]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marrow.server.settings")
    django.setup()
    _become(**_asked())
