"""A server of its own that takes pushes and dies in the middle; run as a process by the tests.

python -m tests.chaos.pushing prepare|push|die|twice FOLDER
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import django

LINES = 60


def prepare(folder: Path) -> None:
    """Into a migrated database: a batch, a phone, and the body of the push that it will send."""
    from tests.builders import (  # noqa: PLC0415  after django.setup()
        a_batch,
        a_few_places,
        a_series,
        personas,
    )
    from tests.unit.sync.phones import Phone  # noqa: PLC0415

    people = personas(a_few_places()["CN"])
    batch = a_batch(30, a_series(), status="ON_POST")
    phone = Phone(people["leader"])
    for _n in range(LINES):
        phone.count(batch.pk)
    (folder / "body").write_bytes(phone.body())


def push(folder: Path) -> dict[str, Any]:
    from marrow.sync.actions import receive  # noqa: PLC0415
    from marrow.sync.rules import read_batch  # noqa: PLC0415
    from tests.builders import NOW  # noqa: PLC0415

    answer = receive(batch=read_batch((folder / "body").read_bytes()), at=NOW)
    return {"ack": answer.ack, "hash": answer.hash, "fork": answer.fork, "notes": answer.notes}


def die(folder: Path) -> None:
    """Killed after the rows up to line 40 are written and before their receipts are."""
    from marrow.sync.models import Receipt  # noqa: PLC0415

    keep = Receipt.objects.bulk_create

    def bulk_create(rows: list[Receipt]) -> list[Receipt]:
        if any(row.q == LINES // 2 for row in rows):
            os.kill(os.getpid(), signal.SIGKILL)
        return keep(rows)

    Receipt.objects.bulk_create = bulk_create  # type: ignore[method-assign,assignment]
    push(folder)


def twice(folder: Path) -> list[dict[str, Any]]:
    """The same push by two connections at once."""
    from django.db import connections  # noqa: PLC0415

    found: list[dict[str, Any]] = []
    ready = threading.Barrier(2)

    def one() -> None:
        ready.wait()
        found.append(push(folder))
        connections.close_all()

    both = [threading.Thread(target=one) for _n in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    return found


def stands(_folder: Path) -> dict[str, Any]:
    """What the server holds now, and every fault that is found in it."""
    from marrow.activity.models import Visits  # noqa: PLC0415
    from marrow.core.journal.comparing import differences  # noqa: PLC0415
    from marrow.core.journal.verifying import verify  # noqa: PLC0415
    from marrow.core.models import Operation  # noqa: PLC0415
    from marrow.sync.models import Receipt  # noqa: PLC0415
    from marrow.sync.queries import broken_chains  # noqa: PLC0415

    return {
        "visits": Visits.objects.count(),
        "receipts": Receipt.objects.count(),
        "operations": Operation.objects.exclude(origin=None).count(),
        "faults": [*verify().broken, *map(str, differences()), *broken_chains()],
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marrow.server.settings")
    django.setup()
    steps = {"prepare": prepare, "push": push, "die": die, "twice": twice, "stands": stands}
    json.dump(steps[sys.argv[1]](Path(sys.argv[2])), sys.stdout)
