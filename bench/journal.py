"""Actions a second through the journal: one writer on SQLite, eight on PostgreSQL."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import sys
import tempfile
import time
from pathlib import Path

from starting import prepare

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
SECONDS = 8


def make(database: str, home: str) -> None:
    prepare(database, home)
    from django.core.management import call_command

    from tests import builders

    call_command("migrate", verbosity=0)
    builders.a_few_places()
    builders.a_batch(30, status="ON_POST")


def write(database: str, home: str, seconds: float, out: multiprocessing.Queue) -> None:  # type: ignore[type-arg]
    prepare(database, home)
    from marrow.activity.actions import count_visits
    from marrow.missions.models import Mission
    from tests.builders import LEADER, NOW

    mission = Mission.objects.get()
    until, done = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        count_visits(mission=mission.pk, held_on=dt.date(2026, 1, 1), count=3, by=LEADER, at=NOW)
        done += 1
    out.put(done)


def measure(name: str, database: str, home: str, writers: int) -> None:
    queue: multiprocessing.Queue = multiprocessing.Queue()  # type: ignore[type-arg]
    setup = multiprocessing.Process(target=make, args=(database, home))
    setup.start()
    setup.join()
    workers = [
        multiprocessing.Process(target=write, args=(database, home, SECONDS, queue))
        for _n in range(writers)
    ]
    for worker in workers:
        worker.start()
    done = sum(queue.get() for _worker in workers)
    for worker in workers:
        worker.join()
    print(f"| {name} | {writers} | {done / SECONDS:,.0f} |")


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    print("| database | writers | actions a second |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as home:
        measure("SQLite", f"{home}/a.sqlite3", home, 1)
        measure("SQLite", f"{home}/b.sqlite3", home, 4)
        if address := os.environ.get("MARROW_BENCH_POSTGRES"):
            measure("PostgreSQL", address, home, 8)
