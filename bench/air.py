"""How long a day's records take over 32 kbit/s, 0.3 s each way, by what is lost and by the phone's
TCP. Needs root and Linux's tunnels; says so where it cannot be measured."""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from bench.starting import prepare

MOST = {0.0: 8, 0.2: 45, 0.4: 120}  # seconds, of the median


def table(home: str) -> None:
    from tests.chaos.air import may
    from tests.chaos.measuring import measure

    if not may():
        print("A line that loses packets can be made here only by root.")
        return
    print(
        "| lost | TCP | median s | each s | tries | wrong | at most |\n|---|---|---|---|---|---|---|"
    )
    for loss, most in MOST.items():
        for control in ("cubic", "bbr"):
            folder = Path(tempfile.mkdtemp(dir=home))
            found = measure(folder, control, loss)
            each = ", ".join(f"{seconds:.0f}" for seconds in sorted(found.seconds))
            tries = ", ".join(str(n) for n in sorted(found.tries))
            median = statistics.median(found.seconds)
            wrong = len(found.faults)
            print(
                f"| {loss:.0%} | {control} | {median:.0f} | {each} | {tries} | {wrong} | {most} |"
            )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        prepare(f"{home}/marrow.sqlite3", home)
        table(home)
