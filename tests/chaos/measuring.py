"""Phones at once over bad air: how long each takes to send a day's records and a month's report."""

from __future__ import annotations

import json
import os
import random
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from marrow.core.book import same_id
from tests.chaos.air import Air, network, tunnel, within
from tests.chaos.calling import Caller, a_certificate
from tests.chaos.devices import Device
from tests.chaos.oracle import compare
from tests.chaos.test_a1_killed_servers import Marrow

ENOUGH = 600.0  # seconds
APART = 1.0  # seconds between two phones' beginnings: the line is measured, not the queue


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds until each phone knew that its day had arrived, and until it had read its mates'
    days too; how often each tried, what broke the invariant, which part of all packets was lost."""

    seconds: tuple[float, ...]
    read: tuple[float, ...]
    tries: tuple[int, ...]
    faults: tuple[str, ...]
    lost: float


def measure(folder: Path, control: str, loss: float, phones: int = 7, seed: int = 1) -> Measured:
    """Each phone over a line of its own, with TCP governed by `control`, in TLS 1.3."""
    marrow, dice = Marrow(folder, phones), random.Random(seed)  # noqa: S311
    devices = [Device(inst, token) for inst, token in marrow.world["phones"]]
    own, air = f"m{os.getpid()}{control[0]}", Air(loss, dice)
    callers, began, read = dict[int, Caller](), dict[int, float](), dict[int, float]()
    certificate = str(a_certificate(folder))
    with ExitStack() as made:
        near = made.enter_context(network(f"{own}-near"))
        far = [made.enter_context(network(f"{own}-{n}")) for n in range(phones)]
        for n, name in enumerate(far):
            here, there = f"10.77.{n}.1", f"10.77.{n}.2"
            air.join(
                tunnel(near, f"mrw{n}", here, there, control),
                tunnel(name, "mrw", there, here, control),
            )  # fmt: skip
        made.enter_context(air.on())
        made.enter_context(marrow.serving(("ip", "netns", "exec", near), certificate))
        for device in devices:  # they read their lists when they still had a good line
            good = Caller("127.0.0.1", marrow.port, dice)
            within(near, partial(good.all, device, time.monotonic() + 60))
            a_day(device, marrow.world, dice)

        def live(n: int) -> None:
            callers[n] = Caller(f"10.77.{n}.1", marrow.port, random.Random(seed * 100 + n))  # noqa: S311
            time.sleep(n * APART)
            began[n] = time.monotonic()
            within(far[n], partial(callers[n].all, devices[n], began[n] + ENOUGH))
            read[n] = time.monotonic() - began[n]

        threads = [threading.Thread(target=live, args=(n,)) for n in range(phones)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for device in devices:  # at home again: what mates sent later
            within(near, partial(good.all, device, time.monotonic() + 60))
    arrived = [(c.arrived or began[n] + 2 * ENOUGH) - began[n] for n, c in sorted(callers.items())]
    lines = {d.inst: [line.decode() for line in d.lines] for d in devices}
    found = compare(json.loads(marrow.step("held")), lines, [d.records for d in devices], [])
    return Measured(
        tuple(round(seconds, 1) for seconds in arrived),
        tuple(round(read.get(n, 2 * ENOUGH), 1) for n in range(phones)),
        tuple(c.tries for _n, c in sorted(callers.items())), tuple(found[:5]),
        round(air.lost / max(air.came, 1), 2),
    )  # fmt: skip


def a_day(device: Device, world: dict[str, Any], dice: random.Random) -> None:
    """Fifty records and the report of a month, of this phone alone."""
    device.at_once = 60
    where = {"organisation": world["organisation"], "mission": world["batch"]}
    for n in range(50):
        data: dict[str, Any] = where | {
            "held_on": "2026-11-20", "kind": dice.choice(("RESCUE", "DELIVERY", "ADVICE")),
            "sex": dice.choice("FM"), "age": dice.choice(("U1", "18_64")), "count": 1,
            "with_whom": f"Dr Test {dice.randint(1, 9)}",
        }  # fmt: skip
        record = {"t": "record", "k": "create", "s": 1, "at": f"2026-11-20T09:{n:02}:00Z"}
        device.keep(record | {"d": data})
    month = f"2026-{dice.randint(1, 10):02}"
    cells = {"RESCUE": dice.randint(1, 90), "DELIVERY": dice.randint(1, 90)}
    report = str(same_id("month", where["organisation"], where["mission"], month))
    told = where | {"month": month, "cells": cells}
    device.keep(
        {"r": report, "t": "count", "k": "set", "s": 1, "b": dict.fromkeys(cells), "d": told}
    )
