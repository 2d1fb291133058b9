"""A5: a line that is slow, late and half dead. First byte by byte, to a real server; then packet by
packet at 32 kbit/s, of which 40 % are lost, as the phone's own TCP and TLS meet them."""

from __future__ import annotations

import json
import random
import statistics
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.air import may
from tests.chaos.devices import Cut, Device
from tests.chaos.measuring import measure
from tests.chaos.oracle import compare
from tests.chaos.relay import Relay
from tests.chaos.test_a1_killed_servers import Marrow

PATIENCE = 0.6  # seconds: a line without packets is told from a slow one sooner than on a phone


@pytest.mark.both
@pytest.mark.parametrize(
    ("seed", "least"),
    [pytest.param(s, 60 if s == 1 else 400, marks=pytest.mark.long) for s in range(1, 7)],
)
def test_a_line_that_is_late_half_open_and_cut_in_the_answer_loses_nothing(
    tmp_path: Path, seed: int, least: int
) -> None:
    marrow = Marrow(tmp_path)
    devices = [Device(inst, token) for inst, token in marrow.world["phones"]]
    relay = Relay(marrow.port, random.Random(seed))  # noqa: S311  the same on every run
    with marrow.serving(), relay.on():
        marrow.door, marrow.patience = relay.port, PATIENCE
        threads = [
            threading.Thread(target=_live, args=(d, marrow, relay, least, random.Random(n)))  # noqa: S311
            for n, d in enumerate(devices)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        relay.good, marrow.patience = True, 20
        for device in devices * 2:
            device.all(marrow.send)
    assert len(relay.fates) >= least
    assert {(f.asked is None, f.told is None, f.silent) for f in relay.fates} >= {
        (False, True, True), (False, True, False), (True, False, True), (True, False, False),
    }  # fmt: skip
    told: dict[str, Any] = json.loads(marrow.step("held"))
    lines = {d.inst: [line.decode() for line in d.lines] for d in devices}
    assert all(d.shown == d.lines for d in devices)
    assert compare(told, lines, [d.records for d in devices], []) == []


def _live(device: Device, marrow: Marrow, relay: Relay, least: int, dice: random.Random) -> None:
    """Record and send, whatever the line does."""
    while len(relay.fates) < least:
        for _n in range(dice.randint(0, 6)):
            device.visits(marrow.world["batch"], dice.randint(1, 30))
        try:
            device.sync(marrow.send)
        except Cut:
            continue


@pytest.mark.long
@pytest.mark.parametrize("control", ["cubic", "bbr"])
@pytest.mark.parametrize(("loss", "median", "most"), [(0, 8, 25), (0.2, 45, 600), (0.4, 120, 600)])
def test_a_day_arrives_over_32_kilobits_a_second_whatever_is_lost(
    tmp_path: Path, control: str, loss: float, median: float, most: float
) -> None:
    if not may():
        pytest.skip("networks of their own can be made here only by root")
    found = measure(tmp_path, control, loss)
    sys.stdout.write(f"{control}, {loss:.0%}: {found}\n")
    assert found.faults == ()
    assert abs(found.lost - loss) < 0.15
    assert statistics.median(found.seconds) <= median
    assert max(found.seconds) <= most
