"""A list of 50 missions through the API: CPU of one call, and calls a second of two workers."""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from bench.starting import prepare

LIST = "/api/v1/missions?limit=50"
CALLERS = 4
SECONDS = 8.0
TURNS = 300


def fill() -> None:
    for words in ("migrate -v0", "collectstatic --noinput -v0", "demo"):
        command = [sys.executable, "manage.py", *words.split()]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def a_secret() -> str:
    import datetime as dt

    from marrow.accounts.models import Account
    from marrow.accounts.queries import viewer_of
    from marrow.accounts.tokens.actions import make_token

    viewer = viewer_of(Account.objects.get(username="demo-office"))
    now = dt.datetime.now(dt.UTC)
    return make_token(name="bench", scope="READ", roles=[], days=1, by=viewer, at=now)[1]


def in_process(secret: str) -> None:
    """CPU of one call through every middleware, without a network."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"Authorization": f"Bearer {secret}"})
    cases = (
        LIST, f"{LIST}&recipient=GN", "/api/v1/organisations?limit=50", "/api/v1/areas?limit=50",
        "/api/v1/documents?limit=50", "/api/v1/findings?limit=50", "/api/v1/me",
    )  # fmt: skip
    print(
        "| call | rows | queries | CPU ms, median | CPU ms, 95 % | kB |\n|---|---|---|---|---|---|"
    )
    for where in cases:
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(where)
        queries = len(asked)
        assert answer.status_code == 200, (where, answer.content)
        times = []
        for _turn in range(TURNS):
            start = time.process_time()
            client.get(where)
            times.append((time.process_time() - start) * 1000)
        times.sort()
        rows = len(answer.json().get("items", ()))
        print(
            f"| {where} | {rows} | {queries} | {statistics.median(times):.2f}"
            f" | {times[int(TURNS * 0.95)]:.2f} | {len(answer.content) / 1000:.0f} |"
        )
    version = client.get(LIST).headers["ETag"]
    start = time.process_time()
    for _turn in range(TURNS):
        client.get(LIST, headers={"If-None-Match": version})
    took = (time.process_time() - start) * 1000 / TURNS
    print(f"| the first again, unchanged (304) | 50 | – | {took:.2f} | – | 0 |")


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def over_the_wire(secret: str, where: str = LIST) -> None:
    """Calls a second of granian with two workers; the callers take their share of the machine."""
    port = free_port()
    command = [
        str(ROOT / ".venv/bin/granian"), "--interface", "wsgi", "marrow.server.wsgi:application",
        "--port", str(port), "--workers", "2", "--blocking-threads", "2", "--log-level", "error",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "MARROW_API_PACE": "0"})
    try:
        _wait(port)
        for headers in ({}, {"Accept-Encoding": "gzip"}):
            _measure(port, where, {"Authorization": f"Bearer {secret}", **headers})
    finally:
        server.terminate()
        server.wait(10)


def _wait(port: int) -> None:
    for _try in range(200):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


def _measure(port: int, where: str, headers: dict[str, str]) -> None:
    times: list[float] = []
    over = time.perf_counter() + SECONDS

    def calls() -> None:
        line = http.client.HTTPConnection("127.0.0.1", port)
        while time.perf_counter() < over:
            start = time.perf_counter()
            line.request("GET", where, headers=headers)
            answer = line.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
            times.append((time.perf_counter() - start) * 1000)

    callers = [threading.Thread(target=calls) for _n in range(CALLERS)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    times.sort()
    packed = "gzip" if "Accept-Encoding" in headers else "plain"
    print(
        f"| {packed} | {len(times) / SECONDS:.0f} | {statistics.median(times):.1f}"
        f" | {times[int(len(times) * 0.99)]:.1f} |"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        prepare(f"{home}/a.sqlite3", home)
        fill()
        secret = a_secret()
        in_process(secret)
        print(f"\n{LIST}, SQLite, granian with 2 workers, {CALLERS} callers\n")
        print("| sent | calls a second | median ms | 99 % ms |\n|---|---|---|---|")
        over_the_wire(secret)
