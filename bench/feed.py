"""Does a reader of the feed ever miss an operation while eight writers write? Ours, and the naive way.

The naive feed hands out the serial number that a row took when it was written; a reader that has
seen 2 never learns of a 1 that commits later.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import sys
import tempfile
import time
from pathlib import Path

from starting import prepare

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
WRITERS = 8
EACH = 3750  # 30,000 in all


def make(database: str, home: str) -> None:
    prepare(database, home)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def write(database: str, home: str) -> None:
    """Batches of one to four operations, some of which take a while to commit."""
    prepare(database, home)
    from django.db import transaction

    from marrow.core.journal import Act, journal
    from marrow.directory.models import Organisation
    from tests.builders import NOW, OFFICE

    act, dice, done = Act("bench", "bench"), random.Random(os.getpid()), 0
    while done < EACH:
        size = min(dice.randint(1, 4), EACH - done)
        with transaction.atomic(), journal(act, by=OFFICE, at=NOW) as page:
            page.save_all(Organisation(kind="OTHER", names={"en": "x"}) for _n in range(size))
            if dice.random() < 0.1:
                time.sleep(dice.random() * 0.02)
        done += size


def measure(database: str, home: str) -> None:
    setup = multiprocessing.Process(target=make, args=(database, home))
    setup.start()
    setup.join()
    prepare(database, home)
    from marrow.core.journal.sequencer import sequence
    from marrow.core.journal.verifying import verify
    from marrow.core.models import Operation

    writers = [
        multiprocessing.Process(target=write, args=(database, home)) for _n in range(WRITERS)
    ]
    start = time.monotonic()
    for writer in writers:
        writer.start()
    ours, naive = set(), set()
    seen, naive_seen = 0, 0
    while any(w.is_alive() for w in writers) or len(ours) < Operation.objects.count():
        sequence()
        page = list(
            Operation.objects.filter(feed__gt=seen).order_by("feed").values_list("feed", "id")
        )
        ours.update(pk for _feed, pk in page)
        seen = page[-1][0] if page else seen
        later = list(
            Operation.objects.filter(id__gt=naive_seen).order_by("id").values_list("id", flat=True)
        )
        naive.update(later)
        naive_seen = later[-1] if later else naive_seen
    spent = time.monotonic() - start
    total = set(Operation.objects.values_list("id", flat=True))
    print(f"| numbered after commit | {len(total):,} | {len(total - ours):,} | {spent:.0f} s |")
    print(f"| serial number (naive) | {len(total):,} | {len(total - naive):,} | |")
    print(f"\nverify: {'whole' if not verify().broken else 'BROKEN'}")


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    address = os.environ.get("MARROW_BENCH_POSTGRES", "")
    print("| feed, 8 writers | operations | missed | time |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as home:
        measure(address or f"{home}/a.sqlite3", home)
