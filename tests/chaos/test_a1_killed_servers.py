"""A1: the server is killed at any moment of a push while four phones send and read."""

from __future__ import annotations

import http.client
import json
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from run import free_port
from tests import migrated
from tests.builders import ROOT
from tests.chaos.devices import Cut, Device
from tests.chaos.oracle import compare


class Marrow:
    """A server of its own over a database of its own."""

    def __init__(self, folder: Path, phones: int = 4) -> None:
        self.folder, self.port = folder, free_port()
        self.door, self.patience = self.port, 20.0  # where phones knock, and seconds they wait
        self.env = migrated.a_home(folder, "test")
        if connection.vendor == "postgresql":
            self.env["MARROW_DATABASE"] = a_database()
        self.world = json.loads(self.step("prepare", str(phones)))
        self.process: subprocess.Popen[str] | None = None

    def step(self, name: str, *more: str) -> str:
        words = [sys.executable, "-m", "tests.chaos.serving", name, str(self.folder), *more]
        ran = subprocess.run(
            words, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    @contextmanager
    def serving(self, before: tuple[str, ...] = (), *more: str) -> Iterator[None]:
        """Its process for as long as it is needed; `before` are words that it is run with."""
        words = [sys.executable, "-m", "tests.chaos.serving", "serve", str(self.folder)]
        words = [*before, *words, str(self.port), *more]
        self.process = subprocess.Popen(
            words, cwd=ROOT, env=self.env, text=True, stderr=subprocess.DEVNULL,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self.process.stdout
        self.process.stdout.readline()
        try:
            yield
        finally:
            assert self.process.stdin
            self.process.stdin.close()
            self.process.wait(20)
            self.process.stdout.close()

    def kill(self) -> None:
        """End the server in the middle of whatever it does, and start the next."""
        assert self.process
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.process.stdout.readline()

    def send(self, packed: bytes, token: str) -> bytes:
        headers = {
            "Authorization": f"Marrow {token}", "Content-Encoding": "gzip",
            "Content-Type": "application/x-ndjson",
        }  # fmt: skip
        door = http.client.HTTPConnection("127.0.0.1", self.door, timeout=self.patience)
        try:
            door.request("POST", "/sync/v1", packed, headers)
            answer = door.getresponse()
            told = answer.read()
            if "Content-Length" not in answer.headers:
                raise Cut("the answer was cut in its head")
            if answer.status >= 500:
                raise Cut(str(answer.status))
        except (OSError, http.client.HTTPException) as broken:
            time.sleep(0.01)
            raise Cut(str(broken)) from broken
        finally:
            door.close()
        assert answer.status == 200, told
        return told


def a_database() -> str:
    """A migrated database on the PostgreSQL server in use; it goes with the server."""
    name = f"chaos_{os.getpid()}_{random.getrandbits(32):x}"
    told = settings.DATABASES["default"]
    at = f"postgres://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}"
    with psycopg.connect(f"{at}/postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {migrated.a_template()}")
    return f"{at}/{name}"


@pytest.mark.both
@pytest.mark.parametrize(
    ("seed", "kills"),
    [(1, 20), *[pytest.param(s, 200, marks=pytest.mark.long) for s in range(2, 7)]],
)
def test_a_server_that_is_killed_again_and_again_loses_nothing_and_doubles_nothing(
    tmp_path: Path, seed: int, kills: int
) -> None:
    marrow = Marrow(tmp_path)
    devices = [Device(inst, token) for inst, token in marrow.world["phones"]]
    over = threading.Event()
    with marrow.serving():
        threads = [
            threading.Thread(target=_live, args=(d, marrow, over, random.Random(seed * 100 + n)))  # noqa: S311
            for n, d in enumerate(devices)
        ]
        for thread in threads:
            thread.start()
        dice = random.Random(seed)  # noqa: S311  the same on every run
        for _n in range(kills):
            time.sleep(dice.random() * 0.4)
            marrow.kill()
        over.set()
        for thread in threads:
            thread.join(60)
        for device in devices * 2:
            device.all(marrow.send)
    told: dict[str, Any] = json.loads(marrow.step("held"))
    lines = {d.inst: [line.decode() for line in d.lines] for d in devices}
    assert sum(len(kept) for kept in lines.values()) > kills
    assert all(d.shown == d.lines for d in devices)
    assert compare(told, lines, [d.records for d in devices], []) == []


def _live(device: Device, marrow: Marrow, over: threading.Event, dice: random.Random) -> None:
    """Record and send, whatever the server does."""
    while not over.is_set():
        for _n in range(dice.randint(1, 4)):
            device.visits(marrow.world["batch"], dice.randint(1, 30))
        try:
            device.sync(marrow.send)
        except Cut:
            continue
